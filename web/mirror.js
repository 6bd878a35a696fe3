// Keeps the accessible mirror of the canvas: one real DOM element for each widget, invisible and on top of it. Clicks by a
// pointer reach the program as positions (see input.js); clicks by keyboard, screen reader or script, and values, go through
// here.

import { messageOf } from './error_message.js';

/**
 * A widget as src/ui/mirror.cpp describes it; what is absent has its default.
 * @typedef {object} MirrorNode
 * @property {number} id
 * @property {string} role a key of `makers`
 * @property {string} name
 * @property {string} [value]
 * @property {[x: number, y: number, width: number, height: number]} rect in CSS pixels
 * @property {boolean} [clipped] scrolled out of view
 * @property {boolean} [enabled] true unless given
 * @property {boolean} [keys] the program handles keys pressed on it
 * @property {boolean} [expanded]
 * @property {boolean} [pressed]
 * @property {boolean} [checked]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [step]
 * @property {{id: string, title: string}[]} [options] of a combobox
 * @property {boolean} [focus] gets the keyboard focus
 * @property {string[][]} [rows]
 * @property {number} [rowCount] number of all rows, if `rows` holds only some of them, from `firstRow` on
 * @property {number} [firstRow]
 * @property {string} [description]
 */

/**
 * Any element of the mirror. The value is used only where the element has one.
 * @typedef {HTMLInputElement & {shownValue?: string}} Mirrored
 */


/** @type {Record<string, () => HTMLElement>} */
const makers = {
  button: () => element('button', { type: 'button' }),
  tab: () => element('button', { type: 'button', role: 'tab' }),
  checkbox: () => element('input', { type: 'checkbox' }),
  slider: () => element('input', { type: 'range' }),
  field: () => element('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', 'data-field': '' }),
  textarea: () => element('textarea', { autocomplete: 'off', spellcheck: 'false', 'data-field': '' }),
  combobox: () => element('select'),
  region: () => element('div', { role: 'region' }),
  table: () => element('div'),
  status: () => element('div', { role: 'status', 'aria-live': 'polite' }),
  heading: () => element('div', { role: 'heading', 'aria-level': '2' }),
  text: () => element('div'),
  progressbar: () => element('div', { role: 'progressbar' }),
};

const clippedSize = 2; // CSS pixels
const typingPauseMs = 600; // text is sent when the user has paused, not while it is half typed

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 */
function element(tag, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

/**
 * Sets the attribute, or removes it if the value is empty or false.
 * @param {Element} target
 * @param {string} name
 * @param {string | number | boolean | null | undefined} value
 */
function setAttribute(target, name, value) {
  if (value === undefined || value === null || value === '' || value === false) target.removeAttribute(name);
  else if (target.getAttribute(name) !== String(value)) target.setAttribute(name, String(value));
}

/** @param {Element} target @param {string} text */
function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export class Mirror {
  /**
   * @param {HTMLElement} root
   * @param {import('./program.js').Program} program
   * @param {import('./input.js').Input} input
   * @param {() => void} onInput called after a call that may change the program's state
   */
  constructor(root, program, input, onInput) {
    this.root = root;
    this.program = program;
    this.input = input;
    this.onInput = onInput;
    this.elements = /** @type {Map<number, Mirrored>} */ (new Map()); // by id
    this.tablist = /** @type {HTMLElement | null} */ (null);
    this.typedIn = /** @type {Mirrored | null} */ (null); // the field whose text has not been sent to the program yet
    this.reported = /** @type {Set<string>} */ (new Set()); // why widgets could not be shown
    this.typingTimer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('input', (event) => this.edit(event));
    root.addEventListener('change', (event) => this.change(event));
    root.addEventListener('keydown', (event) => this.key(event));
    root.addEventListener('focusin', (event) => this.tell(() => this.program.mirrorFocus(shownFocus(targetOf(event)))));
    root.addEventListener('focusout', (event) => this.leave(event));
  }

  // --- from the user to the program -------------------------------------------------------------------------------

  /** @param {() => void} say */
  tell(say) {
    say();
    this.onInput();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const target = /** @type {Mirrored | null} */ (targetOf(event).closest('[data-id]'));
    if (!target || this.input.hasSeen(event) || target.matches('[data-field], select, [type=range]')) return;
    if (target.getAttribute('aria-disabled') === 'true') return;
    this.sendTyped();
    this.tell(() => this.program.mirrorActivate(idOf(target)));
  }

  /** @param {Event} event */
  edit(event) {
    const target = targetOf(event);
    if (target.matches('[data-field]')) {
      this.typedIn = target;
      clearTimeout(this.typingTimer);
      this.typingTimer = setTimeout(() => this.sendTyped(), typingPauseMs);
    } else {
      this.change(event);
    }
  }

  /** Sends what has been typed to the program. */
  sendTyped() {
    clearTimeout(this.typingTimer);
    const target = this.typedIn;
    this.typedIn = null;
    if (target) this.tell(() => this.program.mirrorSet(idOf(target), target.value));
  }

  /** @param {Event} event */
  change(event) {
    const target = targetOf(event);
    if (target.type === 'checkbox') return; // handled by its click
    if (this.typedIn !== target) this.sendTyped();
    this.typedIn = target;
    this.sendTyped();
  }

  /** @param {FocusEvent} event */
  leave(event) {
    this.sendTyped();
    this.tell(() => this.program.mirrorFocus(0));
    const target = targetOf(event);
    if (!target.matches('[data-field]')) return;
    // Text that the program did not accept is replaced by what the window shows.
    setTimeout(() => setValue(target, target.shownValue ?? ''), 2 * typingPauseMs);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const target = targetOf(event);
    if (target.matches('[data-keys]')) {
      this.pressKey(event);
      return;
    }
    const enters = target.matches('textarea') ? event.ctrlKey || event.metaKey : target.matches('[data-field]');
    if (event.key === 'Enter' && enters) {
      this.typedIn = target;
      this.sendTyped();
    } else if (target.matches('[role=tab]')) {
      this.moveAlongTabs(target, event);
    }
  }

  /** @param {Mirrored} tab @param {KeyboardEvent} event */
  moveAlongTabs(tab, event) {
    const tabs = /** @type {NodeListOf<HTMLElement>} */ (this.root.querySelectorAll('[role=tab]'));
    const index = [...tabs].indexOf(tab);
    const last = tabs.length - 1;
    /** @type {Record<string, number>} */
    const places = { ArrowLeft: index === 0 ? last : index - 1, ArrowRight: index === last ? 0 : index + 1, Home: 0, End: last };
    if (!(event.key in places)) return;
    tabs[places[event.key]].focus();
    event.preventDefault();
  }

  /**
   * Sends the key to the program. The browser keeps keys that the program does not use.
   * @param {KeyboardEvent} event
   */
  pressKey(event) {
    if (event.altKey) return;
    const id = idOf(targetOf(event));
    this.tell(() => {
      this.program.mirrorFocus(id); // shows the focus ring, since the user is working by keyboard
      if (this.program.key(id, event.key, event.shiftKey, event.ctrlKey || event.metaKey)) event.preventDefault();
    });
  }

  // --- from the program to the user -------------------------------------------------------------------------------

  /**
   * Makes the elements match `nodes`.
   * @param {MirrorNode[]} nodes
   */
  update(nodes) {
    const present = new Set(nodes.map((node) => node.id));
    for (const [id, old] of this.elements) {
      if (!present.has(id)) this.drop(id, old);
    }
    let clipped = 0;
    const ordered = [];
    const tabs = [];
    for (const node of nodes) {
      const target = this.shown(node, () => clippedRect(clipped++, this.root));
      if (!target) continue;
      if (node.role === 'tab') {
        if (tabs.length === 0) ordered.push(this.tablistElement());
        tabs.push(target);
      } else {
        ordered.push(target);
      }
    }
    if (tabs.length > 0) arrange(this.tablistElement(), tabs);
    else this.tablist?.remove();
    arrange(this.root, ordered);
    const wanted = nodes.find((node) => node.focus);
    if (wanted) this.elements.get(wanted.id)?.focus();
  }

  /**
   * Returns the element that shows the node. Returns null if it cannot be shown, so that the others still are.
   * @param {MirrorNode} node
   * @param {() => MirrorNode['rect']} clippedPlace
   */
  shown(node, clippedPlace) {
    try {
      const target = this.elementFor(node);
      place(target, node.clipped ? clippedPlace() : node.rect, node.clipped);
      describe(target, node);
      return target;
    } catch (error) {
      this.report(node, error);
      return null;
    }
  }

  /**
   * Reports the first problem to the user, and every different cause once to the console.
   * @param {MirrorNode} node
   * @param {unknown} error
   */
  report(node, error) {
    const cause = `${node.role} “${node.name}”: ${messageOf(error)}`;
    if (this.reported.has(cause)) return;
    if (this.reported.size === 0) {
      this.program.reportProblem(`A part of the page cannot be reached by keyboard or screen reader (${cause}). Reload the page.`, '');
    }
    this.reported.add(cause);
    console.error('This widget could not be mirrored:', node, error);
  }

  /** @param {number} id @param {Element} old */
  drop(id, old) {
    old.remove();
    this.elements.delete(id);
  }

  /** @param {MirrorNode} node */
  elementFor(node) {
    const old = this.elements.get(node.id);
    if (old && old.dataset.role === node.role) return old;
    old?.remove();
    const made = /** @type {Mirrored} */ (makers[node.role]());
    made.dataset.id = String(node.id);
    made.dataset.role = node.role;
    this.elements.set(node.id, made);
    return made;
  }

  tablistElement() {
    this.tablist ??= element('div', { role: 'tablist', 'aria-label': 'Views' });
    return this.tablist;
  }
}

/** @param {Event} event */
const targetOf = (event) => /** @type {Mirrored} */ (event.target);

/** @param {HTMLElement} target */
const idOf = (target) => Number(target.dataset.id ?? 0);

/**
 * Returns the id of the element to draw the focus ring around; 0 if it was focused by a click, which needs no ring.
 * @param {HTMLElement} target
 */
const shownFocus = (target) => (target.matches(':focus-visible') ? idOf(target) : 0);

/**
 * Returns a tiny place of its own at the bottom for an element that is scrolled out of view but must stay reachable by keyboard
 * and script.
 * @param {number} index
 * @param {HTMLElement} root
 * @returns {MirrorNode['rect']}
 */
function clippedRect(index, root) {
  const perRow = Math.max(Math.floor(root.clientWidth / clippedSize), 1);
  const row = Math.floor(index / perRow) + 1;
  return [(index % perRow) * clippedSize, root.clientHeight - row * clippedSize, clippedSize, clippedSize];
}

/**
 * @param {HTMLElement} target
 * @param {MirrorNode['rect']} rect
 * @param {boolean} [clipped]
 */
function place(target, [x, y, width, height], clipped) {
  const wanted = `left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
  if (target.dataset.place !== wanted) {
    target.style.cssText = wanted;
    target.dataset.place = wanted;
  }
  setAttribute(target, 'data-clipped', clipped ? 'true' : null);
}

/**
 * Gives `parent` exactly `children`, in this order, without ever moving the focused one, which would lose the focus.
 * @param {HTMLElement} parent
 * @param {HTMLElement[]} children
 */
function arrange(parent, children) {
  let next = parent.firstChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextSibling;
    } else if (child.parentNode === parent && child.contains(document.activeElement)) {
      while (next && next !== child) {
        const after = next.nextSibling;
        parent.append(next);
        next = after;
      }
      next = child.nextSibling;
    } else {
      parent.insertBefore(child, next);
    }
  }
  while (next) {
    const after = next.nextSibling;
    next.remove();
    next = after;
  }
}

/** @param {Mirrored} target @param {MirrorNode} node */
function describe(target, node) {
  setAttribute(target, 'aria-description', node.description === node.name ? null : node.description);
  // The browser's own tooltip; not over regions, such as the drawing paper, where it would be in the way.
  setAttribute(target, 'title', node.role === 'region' ? null : node.description);
  const enabled = node.enabled !== false;
  /** @type {Record<string, () => void>} */
  const describers = {
    button: () => {
      setText(target, node.name);
      setAttribute(target, 'aria-disabled', !enabled);
      setAttribute(target, 'aria-pressed', node.pressed === undefined ? null : String(node.pressed));
      setAttribute(target, 'aria-expanded', node.expanded === undefined ? null : String(node.expanded));
      setAttribute(target, 'data-keys', node.keys ? 'true' : null);
    },
    tab: () => {
      setText(target, node.name);
      setAttribute(target, 'aria-selected', node.checked ? 'true' : 'false');
      setAttribute(target, 'aria-disabled', !enabled);
    },
    checkbox: () => {
      setAttribute(target, 'aria-label', node.name);
      target.checked = Boolean(node.checked);
      target.disabled = !enabled;
    },
    slider: () => describeSlider(target, node, enabled),
    field: () => {
      setAttribute(target, 'aria-label', node.name);
      setAttribute(target, 'inputmode', node.minimum || node.maximum ? 'decimal' : null);
      target.disabled = !enabled;
      setValue(target, node.value ?? '');
    },
    textarea: () => {
      setAttribute(target, 'aria-label', node.name);
      target.disabled = !enabled;
      setValue(target, node.value ?? '');
    },
    combobox: () => describeCombobox(target, node, enabled),
    region: () => {
      setAttribute(target, 'aria-label', node.name);
      setAttribute(target, 'tabindex', node.keys ? '0' : null);
      setAttribute(target, 'data-keys', node.keys ? 'true' : null);
    },
    table: () => describeTable(target, node),
    status: () => setText(target, joined(node)),
    heading: () => setText(target, joined(node)),
    text: () => setText(target, joined(node)),
    progressbar: () => {
      setAttribute(target, 'aria-label', node.name);
      setAttribute(target, 'aria-valuemin', node.minimum ?? 0);
      setAttribute(target, 'aria-valuemax', node.maximum ?? 1);
      setAttribute(target, 'aria-valuenow', node.value);
    },
  };
  describers[node.role]();
}

/** @param {MirrorNode} node */
const joined = ({ name = '', value = '' }) => (name && value ? `${name}: ${value}` : name || value);

/**
 * Sets the value, except while the user is typing in the element.
 * @param {Mirrored} target
 * @param {string} value
 */
function setValue(target, value) {
  target.shownValue = value;
  if (document.activeElement === target || target.value === value) return;
  target.value = value;
  target.setSelectionRange(0, 0); // long texts show their beginning
}

/** @param {Mirrored} target @param {MirrorNode} node @param {boolean} enabled */
function describeSlider(target, node, enabled) {
  setAttribute(target, 'aria-label', node.name);
  setAttribute(target, 'min', node.minimum ?? 0);
  setAttribute(target, 'max', node.maximum ?? 1);
  setAttribute(target, 'step', node.step || 'any');
  target.disabled = !enabled;
  if (target.value !== node.value) target.value = node.value ?? '';
}

/** @param {Mirrored} target @param {MirrorNode} node @param {boolean} enabled */
function describeCombobox(target, node, enabled) {
  setAttribute(target, 'aria-label', node.name);
  const options = JSON.stringify(node.options ?? []);
  if (target.dataset.options !== options) {
    target.dataset.options = options;
    target.replaceChildren(...(node.options ?? []).map(({ id, title }) => new Option(title, id)));
  }
  target.disabled = !enabled;
  if (target.value !== node.value) target.value = node.value ?? '';
}

/** @param {Mirrored} target @param {MirrorNode} node */
function describeTable(target, node) {
  setAttribute(target, 'role', node.keys ? 'group' : null);
  setAttribute(target, 'aria-label', node.keys ? node.name : null);
  setAttribute(target, 'tabindex', node.keys ? '0' : null);
  setAttribute(target, 'data-keys', node.keys ? 'true' : null);
  const rows = JSON.stringify([node.rows, node.firstRow, node.rowCount]);
  if (target.dataset.rows === rows) return;
  target.dataset.rows = rows;
  const table = element('table', { 'aria-label': node.name });
  // Only some rows of a long table are here. ARIA counts rows from 1, including the header.
  setAttribute(table, 'aria-rowcount', node.rowCount && node.rowCount + 1);
  (node.rows ?? []).forEach((cells, index) => {
    const row = table.insertRow();
    if (node.rowCount) setAttribute(row, 'aria-rowindex', index === 0 ? 1 : (node.firstRow ?? 0) + index + 1);
    for (const cell of cells) {
      const made = index === 0 ? element('th', { scope: 'col' }) : element('td');
      made.textContent = cell;
      row.append(made);
    }
  });
  target.replaceChildren(table);
}
