// Modules that tools/site.mjs puts beside the page, for the type check.

declare module '*/third_party/fflate.js' {
  export { zipSync } from 'fflate';
}
