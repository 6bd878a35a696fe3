// The accessible twin of the canvas: one real DOM element per widget, laid invisibly over its picture. Clicks by a pointer reach
// the program as positions (see input.js); clicks by keyboard, screen reader or script, and values, go through here.

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
const typingPauseMs = 600; // a text is judged when the person has stopped typing, not while it is half there

function element(tag, attributes = {}) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

function setAttribute(target, name, value) {
  if (value === undefined || value === null || value === '' || value === false) target.removeAttribute(name);
  else if (target.getAttribute(name) !== String(value)) target.setAttribute(name, value);
}

function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/** An option of a combobox is "id\ttitle", or a title that is its own id. */
function splitOption(option) {
  const tab = option.indexOf('\t');
  return tab < 0 ? [option, option] : [option.slice(0, tab), option.slice(tab + 1)];
}

export class Mirror {
  /**
   * @param {HTMLElement} root
   * @param program
   * @param {import('./input.js').Input} input
   * @param {() => void} onInput called after the program was told something
   */
  constructor(root, program, input, onInput) {
    this.root = root;
    this.program = program;
    this.input = input;
    this.onInput = onInput;
    this.elements = new Map(); // id → element
    this.tablist = null;
    this.typedIn = null; // the field with text that the program has not got yet
    this.typingTimer = 0;

    root.addEventListener('click', (event) => this.click(event));
    root.addEventListener('input', (event) => this.edit(event));
    root.addEventListener('change', (event) => this.change(event));
    root.addEventListener('keydown', (event) => this.key(event));
    root.addEventListener('focusin', (event) => this.tell(() => this.program.mirrorFocus(shownFocus(event.target))));
    root.addEventListener('focusout', (event) => this.leave(event));
  }

  // --- from the person to the program -----------------------------------------------------------------------------

  tell(say) {
    say();
    this.onInput();
  }

  click(event) {
    const target = event.target.closest('[data-id]');
    if (!target || this.input.hasSeen(event) || target.matches('[data-field], select, [type=range]')) return;
    if (target.getAttribute('aria-disabled') === 'true') return;
    this.sendTyped();
    this.tell(() => this.program.mirrorActivate(idOf(target)));
  }

  edit(event) {
    const target = event.target;
    if (target.matches('[data-field]')) {
      this.typedIn = target;
      clearTimeout(this.typingTimer);
      this.typingTimer = setTimeout(() => this.sendTyped(), typingPauseMs);
    } else {
      this.change(event);
    }
  }

  /** What has been typed counts now. */
  sendTyped() {
    clearTimeout(this.typingTimer);
    const target = this.typedIn;
    this.typedIn = null;
    if (target) this.tell(() => this.program.mirrorSet(idOf(target), target.value));
  }

  change(event) {
    const target = event.target;
    if (target.type === 'checkbox') return; // its click says it
    if (this.typedIn !== target) this.sendTyped();
    this.typedIn = target;
    this.sendTyped();
  }

  leave(event) {
    this.sendTyped();
    this.tell(() => this.program.mirrorFocus(0));
    const target = event.target;
    if (!target.matches('[data-field]')) return;
    // A text that was not taken gives way to what the window shows.
    setTimeout(() => setValue(target, target.shownValue), 2 * typingPauseMs);
  }

  key(event) {
    const target = event.target;
    if (target.matches('[data-keys]')) {
      this.pressKey(event);
      return;
    }
    const enters = target.matches('textarea') ? event.ctrlKey || event.metaKey : target.matches('[data-field]');
    if (event.key === 'Enter' && enters) {
      this.typedIn = target;
      this.sendTyped();
    } else if (target.matches('[role=tab]') && ['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(event.key)) {
      const tabs = [...this.root.querySelectorAll('[role=tab]')];
      const place = tabs.indexOf(target);
      const next = { ArrowLeft: place - 1, ArrowRight: place + 1, Home: 0, End: tabs.length - 1 }[event.key];
      tabs.at(next % tabs.length).focus();
      event.preventDefault();
    }
  }

  /** A key that the program does not use is the browser's. */
  pressKey(event) {
    if (event.altKey) return;
    const id = idOf(event.target);
    this.tell(() => {
      this.program.mirrorFocus(id); // whoever presses keys wants to see where
      if (this.program.key(id, event.key, event.shiftKey, event.ctrlKey || event.metaKey)) event.preventDefault();
    });
  }

  // --- from the program to the person -----------------------------------------------------------------------------

  /** Makes the elements those of `nodes`: [{id, role, name, value, rect, …}]. */
  update(nodes) {
    const present = new Set(nodes.map((node) => node.id));
    for (const [id, old] of this.elements) {
      if (!present.has(id)) this.drop(id, old);
    }
    let clipped = 0;
    const ordered = [];
    const tabs = [];
    for (const node of nodes) {
      const target = this.elementFor(node);
      if (node.role === 'tab') {
        if (tabs.length === 0) ordered.push(this.tablistElement());
        tabs.push(target);
      } else {
        ordered.push(target);
      }
      place(target, node.clipped ? clippedRect(clipped++, this.root) : node.rect, node.clipped);
      describe(target, node);
    }
    if (tabs.length > 0) arrange(this.tablistElement(), tabs);
    else this.tablist?.remove();
    arrange(this.root, ordered);
  }

  drop(id, old) {
    old.remove();
    this.elements.delete(id);
  }

  elementFor(node) {
    const old = this.elements.get(node.id);
    if (old && old.dataset.role === node.role) return old;
    old?.remove();
    const made = makers[node.role]();
    made.dataset.id = node.id;
    made.dataset.role = node.role;
    this.elements.set(node.id, made);
    return made;
  }

  tablistElement() {
    this.tablist ??= element('div', { role: 'tablist', 'aria-label': 'Views' });
    return this.tablist;
  }
}

const idOf = (target) => Number(target.dataset.id ?? 0);

// A ring shows where the keyboard is; who has just clicked knows.
const shownFocus = (target) => (target.matches(':focus-visible') ? idOf(target) : 0);

// What is scrolled out of view still has to be reachable by keyboard and script: it gets a tiny place of its own at the bottom.
function clippedRect(index, root) {
  const perRow = Math.max(Math.floor(root.clientWidth / clippedSize), 1);
  const row = Math.floor(index / perRow) + 1;
  return [(index % perRow) * clippedSize, root.clientHeight - row * clippedSize, clippedSize, clippedSize];
}

function place(target, [x, y, width, height], clipped) {
  const wanted = `left:${x}px;top:${y}px;width:${width}px;height:${height}px`;
  if (target.dataset.place !== wanted) {
    target.style.cssText = wanted;
    target.dataset.place = wanted;
  }
  setAttribute(target, 'data-clipped', clipped ? 'true' : null);
}

/** Gives `parent` exactly `children`, in this order, without ever moving the focused one (moving takes its focus away). */
function arrange(parent, children) {
  let next = parent.firstChild;
  for (const child of children) {
    if (child === next) {
      next = next.nextSibling;
    } else if (child.parentNode === parent && child.contains(document.activeElement)) {
      while (next !== child) {
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

function describe(target, node) {
  setAttribute(target, 'aria-description', node.description === node.name ? null : node.description);
  // The browser's own tooltip; not over the paper, where it would be in the way.
  setAttribute(target, 'title', node.role === 'region' ? null : node.description);
  const enabled = node.enabled !== false;
  const describers = {
    button: () => {
      setText(target, node.name);
      setAttribute(target, 'aria-disabled', !enabled);
      setAttribute(target, 'aria-pressed', node.pressed === undefined ? null : String(node.pressed));
      setAttribute(target, 'aria-expanded', node.expanded === undefined ? null : String(node.expanded));
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

const joined = ({ name = '', value = '' }) => (name && value ? `${name}: ${value}` : name || value);

// A person who is typing has the last word.
function setValue(target, value) {
  target.shownValue = value;
  if (document.activeElement === target || target.value === value) return;
  target.value = value;
  target.setSelectionRange(0, 0); // long texts show their beginning
}

function describeSlider(target, node, enabled) {
  setAttribute(target, 'aria-label', node.name);
  setAttribute(target, 'min', node.minimum ?? 0);
  setAttribute(target, 'max', node.maximum ?? 1);
  setAttribute(target, 'step', node.step || 'any');
  target.disabled = !enabled;
  if (target.value !== node.value) target.value = node.value ?? '';
}

function describeCombobox(target, node, enabled) {
  setAttribute(target, 'aria-label', node.name);
  const options = (node.options ?? []).join('\n');
  if (target.dataset.options !== options) {
    target.dataset.options = options;
    target.replaceChildren(...(node.options ?? []).map((option) => {
      const [id, title] = splitOption(option);
      return new Option(title, id);
    }));
  }
  target.disabled = !enabled;
  if (target.value !== node.value) target.value = node.value ?? '';
}

function describeTable(target, node) {
  const rows = JSON.stringify(node.rows ?? []);
  if (target.dataset.rows === rows) return;
  target.dataset.rows = rows;
  const table = element('table', { 'aria-label': node.name });
  (node.rows ?? []).forEach((cells, index) => {
    const row = table.insertRow();
    for (const cell of cells) {
      const made = index === 0 ? element('th', { scope: 'col' }) : element('td');
      made.textContent = cell;
      row.append(made);
    }
  });
  target.replaceChildren(table);
}
