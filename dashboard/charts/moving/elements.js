/* Put values into the named places of a sentence. */
function say(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (place, name) => (name in values ? values[name] : place));
}

/* Make an element: its attributes, and children that are elements or plain text. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/* Let keys reach, and scroll, a box whose content is wider than the box; only then. */
function reachWhenWide(box, content) {
  const watcher = new ResizeObserver(() => {
    if (content.offsetWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  });
  for (const watched of [box, content]) watcher.observe(watched);
}
