// The page in a real Firefox. Browsers differ in their WebAssembly compiler, GL driver, storage and input.
//
// DIGITLAB_SITE_URL: the address of build/site, served with isolation headers. Needs an X server: headless Firefox has no
// WebGL.

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import puppeteer from 'puppeteer-core';

const siteUrl = process.env.DIGITLAB_SITE_URL ?? 'http://127.0.0.1:8080/';
const executablePath = process.env.DIGITLAB_FIREFOX ?? '/usr/bin/firefox-esr';
const logs = new URL('../../build/logs/', import.meta.url);

let browser;
before(async () => { browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: false }); });
after(async () => { await browser?.close(); });

/** Defines a test with storage of its own. Errors on the page fail it. */
function pageTest(name, body) {
  test(name, { timeout: 120_000 }, async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await page.setViewport({ width: 1280, height: 800 });
    try {
      await body(page);
      assert.deepEqual(errors, [], 'errors on the page');
    } catch (error) {
      await mkdir(logs, { recursive: true });
      await page.screenshot({ path: new URL(`firefox-${name.replace(/[^a-z0-9]+/gi, '-')}.png`, logs).pathname }).catch(() => {});
      throw error;
    } finally {
      await context.close();
    }
  });
}

async function openLab(page, query = '') {
  await page.goto(new URL(query, siteUrl).href);
  await page.evaluate(async () => { await window.digitlab.ready(); });
}

const press = (page, name) => page.locator(`#mirror ::-p-aria([name="${name}"])`).click();

async function fill(page, name, text) {
  await page.locator(`#mirror ::-p-aria([name="${name}"])`).fill(text);
}

const { spec: sameSpec, weightsHash } = JSON.parse(await readFile(new URL('../same_weights.json', import.meta.url)));

for (const variant of ['threads', 'single']) {
  pageTest(`a run gives the same weights as on every platform, variant ${variant}`, async (page) => {
    await openLab(page, `?variant=${variant}`);
    assert.equal((await page.evaluate(() => window.digitlab.env())).variant, variant);
    const run = await page.evaluate((spec) => window.digitlab.train(spec), sameSpec);
    assert.equal(run.weightsHash, weightsHash);
  });
}

pageTest('a model is trained, answers a drawing, and is there after a reload', async (page) => {
  await openLab(page);
  await fill(page, 'Epochs', '1');
  await press(page, 'Start training');
  await page.waitForFunction(async () => (await window.digitlab.runs()).some(({ status }) => status === 'finished'), { timeout: 60_000 });
  const [trained] = await page.evaluate(() => window.digitlab.runs());
  assert.ok(trained.test.accuracy > 0.9, `test accuracy ${trained.test.accuracy}`);

  await press(page, 'Draw');
  const area = await page.waitForSelector('#mirror ::-p-aria([name="Drawing area"])');
  const box = await area.boundingBox();
  const at = (x, y) => [box.x + x * box.width, box.y + y * box.height];
  await page.mouse.move(...at(0.27, 0.22));
  await page.mouse.down();
  await page.mouse.move(...at(0.72, 0.22), { steps: 12 });
  await page.mouse.move(...at(0.45, 0.82), { steps: 12 });
  await page.mouse.up();
  const answers = 'table[aria-label="Answers"]';
  await page.waitForSelector(`#mirror ${answers}`);
  const said = await page.$eval('#mirror', (mirror) => mirror.textContent);
  assert.match(said, /says? 7|[Aa]ll .* 7/);

  await page.waitForFunction(async () => (await window.digitlab.status()).save.phase === 'saved');
  await openLab(page);
  const [kept] = await page.evaluate(() => window.digitlab.runs());
  assert.equal(kept.id, trained.id);
  assert.equal(kept.weightsHash, trained.weightsHash);
  assert.ok((await page.evaluate(() => window.digitlab.models())).some(({ id }) => id === trained.id));
});
