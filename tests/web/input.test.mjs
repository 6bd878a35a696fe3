// Pointers and the wheel: which events reach the program, and which the browser handles.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { noteCalls, openDocument } from './dom.mjs';

const { Input } = await import('../../web/input.js');

const [move, down, up, cancel] = [0, 1, 2, 3];

let window;
let stage;
let heard;
let input;
let captured;

beforeEach(() => {
  window = openDocument(`<main id="stage"><canvas></canvas><button><i>Start</i></button><input data-field><select></select>
    <textarea data-field></textarea><input type="range"></main><p>outside</p>`);
  stage = window.document.getElementById('stage');
  stage.getBoundingClientRect = () => ({ left: 10, top: 20 });
  captured = [];
  stage.setPointerCapture = (id) => captured.push(id);
  heard = noteCalls();
  input = new Input(stage, heard.program, () => {});
});

const find = (selector) => window.document.querySelector(selector);

function send(target, type, init = {}) {
  const event = new window.PointerEvent(type, {
    bubbles: true, cancelable: true, pointerId: 1, pointerType: 'mouse', clientX: 15, clientY: 26, button: 0, pressure: 0.5, ...init,
  });
  target.dispatchEvent(event);
  return event;
}

/** Returns phase and place of each position that the program has got. */
const positions = () => heard.take().map(([name, , phase, , x, y]) => [name, phase, x, y]);

test('a stroke on the canvas arrives in pixels of the stage, and is followed beyond it', () => {
  send(find('canvas'), 'pointerdown');
  assert.deepEqual(captured, [1]);
  send(find('p'), 'pointermove', { clientX: 500 });
  send(find('p'), 'pointerup', { clientX: 600 });
  send(find('p'), 'pointermove', { clientX: 700 });
  assert.deepEqual(positions(), [['pointer', down, 5, 6], ['pointer', move, 490, 6], ['pointer', up, 590, 6]]);
});

test('all positions coalesced between two frames arrive', () => {
  const gathered = [20, 30, 40].map((clientX) => new window.PointerEvent('pointermove', { clientX, clientY: 26 }));
  const event = new window.PointerEvent('pointermove', { bubbles: true, pointerType: 'pen', pointerId: 4, clientX: 40, clientY: 26 });
  event.getCoalescedEvents = () => gathered;
  find('canvas').dispatchEvent(event);
  assert.deepEqual(heard.calls.map(([, kind, phase, id, x]) => [kind, phase, id, x]), [[2, move, 4, 10], [2, move, 4, 20], [2, move, 4, 30]]);
});

test('a touch that the browser takes over is cancelled, and so is a mouse that leaves', () => {
  send(find('canvas'), 'pointerdown', { pointerType: 'touch', pointerId: 7 });
  send(find('canvas'), 'pointercancel', { pointerType: 'touch', pointerId: 7 });
  send(find('canvas'), 'pointerup', { pointerType: 'touch', pointerId: 7 });
  send(stage, 'pointerleave');
  assert.deepEqual(positions().map(([, phase]) => phase), [down, cancel, cancel]);
});

test('presses on fields, lists and elements scrolled out of view do not reach the program', () => {
  for (const selector of ['input[data-field]', 'select']) send(find(selector), 'pointerdown');
  find('button').setAttribute('data-clipped', 'true');
  send(find('i'), 'pointerdown');
  assert.deepEqual(heard.take(), []);
});

test('a press elsewhere takes the focus from a field, which hides an on-screen keyboard', () => {
  const field = find('input[data-field]');
  field.focus();
  send(find('canvas'), 'pointerdown');
  assert.notEqual(window.document.activeElement, field);
  send(find('input[type=range]'), 'pointerdown');
  assert.equal(window.document.activeElement, find('input[type=range]'));
});

test('a click counts as seen only once, and only if its press reached the program', () => {
  const button = find('button');
  const click = (detail) => {
    const event = new window.MouseEvent('click', { bubbles: true, detail });
    button.dispatchEvent(event);
    return event;
  };
  send(button, 'pointerdown');
  assert.deepEqual(captured, [], 'otherwise the click would go to the stage');
  const byPointer = click(1);
  assert.equal(input.hasSeen(byPointer), true);
  assert.equal(input.hasSeen(byPointer), false);
  send(button, 'pointerdown');
  assert.equal(input.hasSeen(click(0)), false, 'by keyboard or script');
});

test('the wheel scrolls the program in notches; the browser zooms and scrolls text', () => {
  const wheel = (target, init) => {
    const event = new window.WheelEvent('wheel', { bubbles: true, cancelable: true, ...init });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.ok(wheel(find('canvas'), { deltaY: 100 }));
  assert.ok(wheel(find('canvas'), { deltaY: 5, deltaMode: 1 }));
  assert.ok(wheel(find('canvas'), { deltaX: -50 }));
  assert.deepEqual(heard.take().map(([, x, y]) => [x + 0, y + 0]), [[0, -1], [0, -2], [0.5, 0]]);
  assert.ok(!wheel(find('canvas'), { deltaY: 100, ctrlKey: true }));
  find('textarea').focus();
  assert.ok(!wheel(find('textarea'), { deltaY: 100 }));
  assert.deepEqual(heard.take(), []);
});

test('only fields have the browser’s context menu, and a finger on the canvas scrolls nothing', () => {
  const prevented = (target, Kind, type) => {
    const event = new window[Kind](type, { bubbles: true, cancelable: true });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.ok(prevented(find('canvas'), 'MouseEvent', 'contextmenu'));
  assert.ok(!prevented(find('input[data-field]'), 'MouseEvent', 'contextmenu'));
  assert.ok(prevented(find('canvas'), 'Event', 'touchstart'));
  assert.ok(!prevented(find('button'), 'Event', 'touchstart'));
});
