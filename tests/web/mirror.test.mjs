// The accessible mirror: its elements follow the program, and send it what the user does.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { noteCalls, openDocument, pretendTimers } from './dom.mjs';

const { Mirror } = await import('../../web/mirror.js');

const rect = [0, 0, 100, 20];
const nodes = {
  train: { id: 1, role: 'tab', name: 'Train', rect, checked: true },
  draw: { id: 2, role: 'tab', name: 'Draw', rect },
  start: { id: 3, role: 'button', name: 'Start training', rect, description: 'Trains a network.' },
  epochs: { id: 4, role: 'field', name: 'Epochs', value: '3', rect, minimum: 1, maximum: 100 },
  notes: { id: 5, role: 'textarea', name: 'Notes', value: 'one\ntwo', rect },
  architecture: { id: 6, role: 'combobox', name: 'Architecture', value: 'mlp', options: [{ id: 'mlp', title: 'Two layers' }, { id: 'softmax', title: 'One layer,\tonly' }], rect },
  shuffle: { id: 7, role: 'checkbox', name: 'Shuffle', checked: true, rect },
  pen: { id: 8, role: 'slider', name: 'Pen', value: '4', minimum: 1, maximum: 9, step: 1, rect },
  paper: { id: 9, role: 'region', name: 'Drawing area', keys: true, rect, description: 'Draw here.' },
  answers: { id: 10, role: 'table', name: 'Answers', rows: [['Model', 'Answer'], ['mlp', '7']], rect },
  state: { id: 11, role: 'status', name: 'State', value: 'training', rect },
  title: { id: 12, role: 'heading', name: 'Settings', rect },
  share: { id: 13, role: 'progressbar', name: 'Download', value: '0.5', rect },
  words: { id: 14, role: 'text', name: '', value: 'Some words', rect },
};
const all = Object.values(nodes);

let document;
let root;
let heard;
let mirror;
let seenClick = false;

beforeEach(() => {
  ({ document } = openDocument('<div id="mirror"></div>'));
  root = document.getElementById('mirror');
  heard = noteCalls({ key: (_id, name) => name === 'ArrowUp' });
  seenClick = false;
  mirror = new Mirror(root, heard.program, { hasSeen: () => seenClick }, () => {});
});

const shown = (id) => root.querySelector(`[data-id="${id}"]`);
const send = (target, Kind, type, init = {}) => {
  const event = new window[Kind](type, { bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
};
const focusless = (calls) => calls.filter(([name]) => name !== 'mirrorFocus');

test('every role becomes an element with the right attributes', () => {
  mirror.update(all);
  assert.equal(shown(3).textContent, 'Start training');
  assert.equal(shown(3).getAttribute('aria-description'), 'Trains a network.');
  assert.equal(shown(1).getAttribute('aria-selected'), 'true');
  assert.equal(shown(2).getAttribute('aria-selected'), 'false');
  assert.equal(shown(1).parentElement.getAttribute('role'), 'tablist');
  assert.equal(shown(4).value, '3');
  assert.equal(shown(4).getAttribute('inputmode'), 'decimal');
  assert.equal(shown(5).value, 'one\ntwo');
  assert.deepEqual([...shown(6).options].map(({ value, text }) => [value, text]), [['mlp', 'Two layers'], ['softmax', 'One layer, only']]);
  assert.equal(shown(6).value, 'mlp');
  assert.equal(shown(7).checked, true);
  assert.equal(shown(8).value, '4');
  assert.equal(shown(9).getAttribute('tabindex'), '0');
  assert.equal(shown(9).getAttribute('title'), null, 'no tooltip over the paper');
  assert.deepEqual([...root.querySelectorAll('th')].map((cell) => cell.textContent), ['Model', 'Answer']);
  assert.deepEqual([...root.querySelectorAll('td')].map((cell) => cell.textContent), ['mlp', '7']);
  assert.equal(shown(11).textContent, 'State: training');
  assert.equal(shown(12).getAttribute('role'), 'heading');
  assert.equal(shown(13).getAttribute('aria-valuenow'), '0.5');
  assert.equal(shown(14).textContent, 'Some words');
});

test('elements are kept, moved into the program’s order, and removed', () => {
  mirror.update([nodes.start, nodes.epochs]);
  const [start, epochs] = [shown(3), shown(4)];
  start.focus();
  mirror.update([nodes.words, nodes.epochs, nodes.start]);
  assert.deepEqual([...root.children].map((child) => child.dataset.id), ['14', '4', '3']);
  assert.equal(shown(3), start);
  assert.equal(shown(4), epochs);
  assert.equal(document.activeElement, start, 'the focus stays where it was');
  mirror.update([nodes.epochs, { ...nodes.start, role: 'text' }]);
  assert.notEqual(shown(3), start, 'another role is another element');
  mirror.update([]);
  assert.equal(root.children.length, 0);
});

test('disabled and pressed elements say so, and a disabled button does nothing', () => {
  mirror.update([{ ...nodes.start, enabled: false, pressed: true, expanded: false }, { ...nodes.epochs, enabled: false }]);
  assert.equal(shown(3).getAttribute('aria-disabled'), 'true');
  assert.equal(shown(3).getAttribute('aria-pressed'), 'true');
  assert.equal(shown(3).getAttribute('aria-expanded'), 'false');
  assert.ok(shown(4).disabled);
  shown(3).click();
  assert.deepEqual(focusless(heard.calls), []);
});

test('an element scrolled out of view gets a tiny place of its own', () => {
  Object.defineProperty(root, 'clientWidth', { value: 3 });
  Object.defineProperty(root, 'clientHeight', { value: 600 });
  mirror.update([{ ...nodes.start, clipped: true }, { ...nodes.epochs, clipped: true }]);
  assert.equal(shown(3).dataset.clipped, 'true');
  assert.match(shown(3).style.cssText, /top: 598px.*width: 2px/);
  assert.match(shown(4).style.cssText, /top: 596px/);
});

test('a click reaches the program once: by keyboard and script here, by pointer through the input', () => {
  mirror.update(all);
  shown(3).click();
  assert.deepEqual(focusless(heard.take()), [['mirrorActivate', 3]]);
  seenClick = true;
  shown(3).click();
  shown(6).click();
  assert.deepEqual(focusless(heard.take()), []);
});

test('typed text is sent after a pause, on Enter, before another action, and when the field loses the focus', () => {
  const timers = pretendTimers();
  try {
    mirror.update(all);
    const type = (text) => {
      shown(4).focus();
      shown(4).value = text;
      send(shown(4), 'Event', 'input');
    };
    type('12');
    assert.deepEqual(focusless(heard.take()), [], 'not while it is half typed');
    timers.advance(600);
    assert.deepEqual(focusless(heard.take()), [['mirrorSet', 4, '12']]);
    type('13');
    send(shown(4), 'KeyboardEvent', 'keydown', { key: 'Enter' });
    assert.deepEqual(focusless(heard.take()), [['mirrorSet', 4, '13']]);
    type('14');
    shown(3).click();
    assert.deepEqual(focusless(heard.take()), [['mirrorSet', 4, '14'], ['mirrorActivate', 3]]);
    type('15');
    shown(4).blur();
    assert.deepEqual(focusless(heard.take()), [['mirrorSet', 4, '15']]);
    timers.advance(1200);
    assert.equal(shown(4).value, '3', 'text that was not accepted is replaced by the shown value');
  } finally {
    timers.restore();
  }
});

test('a field is not changed while the user types in it', () => {
  mirror.update(all);
  shown(4).focus();
  shown(4).value = '77';
  mirror.update([{ ...nodes.epochs, value: '5' }]);
  assert.equal(shown(4).value, '77');
  shown(4).blur();
  mirror.update([{ ...nodes.epochs, value: '6' }]);
  assert.equal(shown(4).value, '6');
});

test('values of lists, sliders and checkboxes are sent', () => {
  mirror.update(all);
  shown(6).value = 'softmax';
  send(shown(6), 'Event', 'change');
  shown(8).value = '7';
  send(shown(8), 'Event', 'input');
  shown(7).click();
  assert.deepEqual(focusless(heard.take()), [['mirrorSet', 6, 'softmax'], ['mirrorSet', 8, '7'], ['mirrorActivate', 7]]);
});

test('arrows move along the tabs and wrap; the paper’s keys go to the program, which leaves unused ones to the browser', () => {
  mirror.update(all);
  shown(1).focus();
  const press = (id, key, init = {}) => send(shown(id), 'KeyboardEvent', 'keydown', { key, ...init });
  const places = ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End'].map((key) => {
    press(document.activeElement.dataset.id, key);
    return document.activeElement.dataset.id;
  });
  assert.deepEqual(places, ['2', '1', '2', '1', '2']);
  heard.take();
  assert.ok(press(9, 'ArrowUp', { shiftKey: true }).defaultPrevented);
  assert.ok(!press(9, 'F5').defaultPrevented);
  assert.ok(!press(9, 'x', { altKey: true }).defaultPrevented);
  assert.deepEqual(heard.calls.filter(([name]) => name === 'key'), [['key', 9, 'ArrowUp', true, false], ['key', 9, 'F5', false, false]]);
});

test('a widget that cannot be shown leaves the others alone, and is reported once', (context) => {
  const errors = context.mock.method(console, 'error', () => {});
  const broken = [{ id: 20, role: 'carousel', name: 'From a newer program', rect }, { id: 21, role: 'button', name: 'No place' }];
  for (let frame = 0; frame < 3; frame += 1) mirror.update([nodes.train, ...broken, { ...nodes.epochs, value: String(frame) }]);
  assert.equal(shown(4).value, '2');
  assert.equal(shown(1).textContent, 'Train');
  const reports = heard.calls.filter(([name]) => name === 'reportProblem');
  assert.equal(reports.length, 1, 'one message for the user');
  assert.match(reports[0][1], /cannot be reached/);
  assert.equal(errors.mock.callCount(), 2, 'each cause once for the developer');
});
