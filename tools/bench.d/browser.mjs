// A headless Chromium, and servers for folders with the headers that threads in WebAssembly need.

import { execFileSync, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { root, threads } from './common.mjs';

// As in tests/browser/harness.mjs: software WebGL, and no network traffic of the browser's own.
const flags = ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

async function serve(folder) {
  const server = spawn(process.execPath, [`${root}/tools/server.mjs`, '--port', '0', '--root', folder],
    { stdio: ['ignore', 'pipe', 'inherit'] });
  const { value: address } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
  if (!address) throw new Error(`the server for ${folder} did not start`);
  return { address, stop: () => server.kill() };
}

export class Browser {
  #servers = [];

  static async launch() {
    const executablePath = process.env.DIGITLAB_CHROMIUM ?? execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
    const browser = new Browser();
    browser.chromium = await chromium.launch({ executablePath, args: flags });
    return browser;
  }

  version() { return `Chromium ${this.chromium.version()}`; }

  /** Serves a folder until the browser closes; returns the address. */
  async serve(folder) {
    const server = await serve(folder);
    this.#servers.push(server);
    return server.address;
  }

  /** Opens a page with a fresh profile in which the machine seems to have as many cores as the comparison has threads. */
  async openPage(address) {
    const context = await this.chromium.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(0); // training may take any time
    const page = await context.newPage();
    page.on('crash', () => console.error(`the page ${address} crashed`));
    const session = await context.newCDPSession(page);
    await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: threads });
    await page.goto(address);
    return page;
  }

  async close() {
    await this.chromium.close();
    for (const server of this.#servers) server.stop();
  }
}
