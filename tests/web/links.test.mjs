// Settings as links: in the address when the page opens, and followed on the open page.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { noteCalls, openDocument } from './dom.mjs';

const links = await import('../../web/links.js');

/** Opens `url`; all calls to the page and the program are in `calls`. */
function open(url, { refused = false } = {}) {
  const window = openDocument('', url);
  const { program, calls } = noteCalls();
  const page = {
    program,
    call(method, parameters) {
      calls.push([method, parameters]);
      if (refused) throw new Error('There is no such setting.');
    },
    changed: () => calls.push(['changed']),
  };
  return { window, page, calls };
}

const address = (spec) => `https://lab.example/page?variant=single#spec=${encodeURIComponent(JSON.stringify(spec))}`;

test('a spec in the address fills in the form', () => {
  const { page, calls } = open(address({ epochs: 7, name: 'a&b=c' }));
  links.followLinks(page);
  assert.deepEqual(calls, [['openSpec', { epochs: 7, name: 'a&b=c' }], ['changed']]);
});

test('an address without a spec changes nothing', () => {
  const { page, calls } = open('https://lab.example/#about');
  links.followLinks(page);
  assert.deepEqual(calls, [['changed']]);
});

test('a damaged link and refused settings are reported', () => {
  const damaged = open('https://lab.example/#spec=%7B%22epochs%22%3A');
  links.followLinks(damaged.page);
  assert.match(damaged.calls[0][1], /cut short or damaged/);
  const refused = open(address({ epoch: 7 }), { refused: true });
  links.followLinks(refused.page);
  assert.deepEqual(refused.calls[1], ['reportProblem', 'There is no such setting.', 'link']);
});

test('a link is followed on the open page', async () => {
  const { window, page, calls } = open('https://lab.example/');
  links.followLinks(page);
  const followed = new Promise((resolve) => { window.addEventListener('hashchange', resolve); });
  window.location.hash = `spec=${encodeURIComponent('{"epochs":9}')}`;
  await followed;
  assert.deepEqual(calls.filter(([name]) => name === 'openSpec'), [['openSpec', { epochs: 9 }]]);
});
