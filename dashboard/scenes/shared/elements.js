/* Fill values into the placeholders of a sentence. */
export function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
}

/* Make an element: its attributes, and children that are elements or plain text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const CALM = 500; // milliseconds without a movement until it counts as ended

/* A sentence for screen readers only: read at the end of a movement, not for every frame. */
export class Aloud {
  constructor() {
    this.root = make("p", { class: "aloud", role: "status" });
  }

  /* Read aloud what `sentence()` returns, unless something moves first; the last sentence is not repeated. */
  say(sentence) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const words = sentence();
      if (words !== this.root.textContent) this.root.textContent = words;
    }, CALM);
  }

  hush() {
    clearTimeout(this.waiting);
  }
}

/* The head of a column; the empty corner above a column of heads is none. */
export function columnHead(said) {
  return said ? make("th", { scope: "col" }, said) : make("td");
}

/* Make a box focusable and scrollable by keys only if its content is wider than the box. */
export function reachWhenWide(box, content) {
  const watcher = new ResizeObserver(() => {
    if (content.offsetWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
  for (const watched of [box, content]) watcher.observe(watched);
}

/* A box in which content scrolls where it is wider. */
export function wideBox(content) {
  const box = make("div", { class: "wide" }, content);
  reachWhenWide(box, content);
  return box;
}
