/* Put values into the named places of a sentence. */
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

const CALM = 500; // milliseconds without a movement after which it is at rest

/* A sentence read aloud, but not seen: only once a movement has come to rest, and not on every picture on the way. */
export class Aloud {
  constructor() {
    this.root = make("p", { class: "aloud", role: "status" });
  }

  /* Say what `sentence()` returns, unless something moves before; what was said last is not said again. */
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

/* Let keys reach, and scroll, a box whose content is wider than the box; only then. */
export function reachWhenWide(box, content) {
  const watcher = new ResizeObserver(() => {
    if (content.offsetWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
  for (const watched of [box, content]) watcher.observe(watched);
}
