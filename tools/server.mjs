// Serves build/site the way a good static host would, with the headers that threads in WebAssembly need.
//
//   node tools/server.mjs [--root DIR] [--host HOST] [--port N] [--no-isolation]
//
// Prints the address on a line of its own once it listens; --port 0 takes any free port. --no-isolation leaves out the headers,
// like a host that cannot send them; the page then runs on one thread.

import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sirv from 'sirv';

const options = readOptions();

function readOptions() {
  try {
    return parseArgs({
      options: {
        root: { type: 'string', default: fileURLToPath(new URL('../build/site', import.meta.url)) },
        host: { type: 'string', default: '127.0.0.1' },
        port: { type: 'string', default: '8080' },
        'no-isolation': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exit(2);
  }
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const hashed = /\.[0-9a-f]{8}\.\w+$/; // the name changes with the content
const data = /^\/data\/[^/]+\.gz$/; // unpacked by the page itself

function setHeaders(response, path) {
  if (hashed.test(path)) response.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
  if (data.test(path)) response.setHeader('Content-Type', 'application/gzip');
  if (path.endsWith('.d.ts')) response.setHeader('Content-Type', 'text/plain;charset=utf-8');
  response.setHeader('X-Content-Type-Options', 'nosniff');
}

// `dev` reads the folder at each request, so a rebuilt page needs no restart. Unhashed files get no-cache and an ETag.
const files = sirv(options.root, { dev: true, etag: true, brotli: true, gzip: true, setHeaders });

function answer(request, response) {
  if (!options['no-isolation']) for (const [name, value] of Object.entries(isolation)) response.setHeader(name, value);
  if (!['GET', 'HEAD'].includes(request.method)) {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  if (data.test(new URL(request.url, 'http://any').pathname)) keepPacked(response);
  files(request, response, () => {
    response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found\n');
  });
}

// sirv takes every .gz for the compressed copy of another file and would make the browser unpack it.
function keepPacked(response) {
  const { writeHead } = response;
  response.writeHead = (status, { 'Content-Encoding': _, ...headers } = {}) => writeHead.call(response, status, headers);
}

function explain(error) {
  const { host, port } = options;
  const reasons = {
    EADDRINUSE: `Port ${port} is taken by another program. Choose another one: --port N (0 takes any free port).`,
    EACCES: `Port ${port} may not be used by this user. Choose one above 1023: --port N.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Choose another one: --host H.`,
    ENOTFOUND: `${host} is not an address of this machine. Choose another one: --host H.`,
  };
  console.error(`error: ${reasons[error.code] ?? error.message}`);
  process.exit(1);
}

if (!existsSync(options.root)) {
  console.error(`error: ${options.root} does not exist. Build the page first: tools/site`);
  process.exit(1);
}
const port = Number(options.port);
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`error: --port takes a number from 0 to 65535, not ${options.port}`);
  process.exit(2);
}

const server = createServer(answer);
server.on('error', explain);
server.listen(port, options.host, () => {
  const { address, port: actual, family } = server.address();
  const shown = options.host === 'localhost' ? 'localhost' : family === 'IPv6' ? `[${address}]` : address;
  console.log(`http://${shown}:${actual}/`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    server.close(() => process.exit(0));
    server.closeAllConnections?.();
  });
}
