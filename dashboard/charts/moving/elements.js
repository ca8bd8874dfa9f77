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
