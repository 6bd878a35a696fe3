// What the page says when the graphics driver does not take its shaders.

import assert from 'node:assert/strict';
import { pageTest, siteUrl, until, useBrowser } from './harness.mjs';

useBrowser();

/** Runs in the page before its scripts: a driver that takes no shader, or does not link them. */
function refuse(what) {
  const context = WebGL2RenderingContext.prototype;
  const original = context[`get${what}Parameter`];
  context[`get${what}Parameter`] = function (subject, name) {
    const wanted = what === 'Shader' ? this.COMPILE_STATUS : this.LINK_STATUS;
    return name === wanted ? false : original.call(this, subject, name);
  };
  context[`get${what}InfoLog`] = () => 'line 7: this driver is having a bad day';
}

for (const what of ['Shader', 'Program']) {
  pageTest(`a driver that refuses the ${what.toLowerCase()} is quoted`, { expectedErrors: /./ }, async (page) => {
    await page.addInitScript(refuse, what);
    await page.goto(siteUrl);
    const text = () => page.locator('body').innerText();
    await until(async () => /having a bad day/.test(await text()), 'the driver’s reason is shown', 120_000);
    assert.match(await text(), /graphics driver/);
  });
}
