// Declares the modules that tools/site.mjs copies next to the page, for the type check.

declare module '*/third_party/fflate.js' {
  export { zipSync } from 'fflate';
}
