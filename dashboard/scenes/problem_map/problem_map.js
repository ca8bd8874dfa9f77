/* The map of learning problems: a node for each kind, in the region where it belongs; a node opens its miniature. */

import "../shared/scene.css";
import "./problem_map.css";
import { make, say } from "../shared/elements.js";
import { GLYPHS } from "./glyphs.js";

const SPACE = "http://www.w3.org/2000/svg";

function glyph(name) {
  const [drawing, path] = [document.createElementNS(SPACE, "svg"), document.createElementNS(SPACE, "path")];
  drawing.setAttribute("viewBox", "0 0 48 48");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", GLYPHS[name]);
  drawing.append(path);
  return drawing;
}

class ProblemMap {
  constructor(parent) {
    this.box = make("div", { class: "moving problem-map", role: "group" });
    parent.append(this.box);
  }

  update({ data, setTriggerValue }) {
    const state = JSON.stringify(data);
    this.send = setTriggerValue;
    if (state === this.state) return;
    this.state = state;
    const { words, groups } = data;
    this.box.setAttribute("aria-label", words.group);
    this.box.replaceChildren(
      make("p", { class: "root" }, words.root),
      make("div", { class: "regions" }, ...groups.map((group) => this.region(group, data))),
      make("p", { class: "quiet" }, words.legend));
  }

  region({ name, title, text, kinds }, data) {
    return make("section", { class: `region ${name}`, "aria-label": title }, make("h2", {}, title), make("p", { class: "quiet" }, text),
      make("div", { class: "nodes" }, ...kinds.map((kind) => this.node(kind, data))));
  }

  node({ name, title, question, timing, online }, { chosen, words }) {
    const node = make("button", { type: "button", class: "node", "data-kind": name, "aria-label": say(words.opens, { title, timing, question }) },
      glyph(name),
      make("strong", {}, title),
      make("span", { class: `timing ${online === "true" ? "online" : ""}` }, timing),
      make("span", { class: "question" }, question));
    if (name === chosen) node.setAttribute("aria-current", "true");
    node.addEventListener("click", () => this.send("opened", { kind: name }));
    return node;
  }
}

export default function (component) {
  const { parentElement } = component;
  parentElement.problemMap ??= new ProblemMap(parentElement);
  parentElement.problemMap.update(component);
  return () => {
    parentElement.problemMap?.box.remove();
    parentElement.problemMap = null;
  };
}
