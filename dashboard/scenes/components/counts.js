/* The four counts of a classifier on the same test rows, for several models: as a bar, as a table and in formulas. */

import { make, say } from "../shared/elements.js";
import { percentage, written } from "../shared/numbers.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const COUNTS = ["tp", "fn", "tn", "fp"]; // in the order of the bar: the rows of class 1 first

export class CountsScene {
  constructor(parent) {
    this.box = make("div", { class: "moving components counts", role: "group" });
    parent.append(this.box);
    this.twins = new Twins(this.box);
  }

  take(data) {
    this.data = data;
    const { words, models } = data;
    this.box.setAttribute("aria-label", words.label);
    const legend = make("p", { class: "legend quiet" }, ...COUNTS.map((name) => twin(name, "span", {}, make("i", { class: name }), words[name])));
    const panels = make("div", { class: "panels" }, ...models.map((model, n) => this.panel(model, n)));
    this.box.replaceChildren(legend, panels, make("p", { class: "quiet" }, words.hint));
    walkable(legend);
    this.twins.refresh();
  }

  panel(model, n) {
    const { words } = this.data;
    const { tp, fp, tn, fn } = model;
    const rows = tp + fp + tn + fn;
    const bar = make("div", { class: "bar", role: "img", "aria-label": say(words.counted, { name: model.name, tp: written(tp, 12), fp: written(fp, 12), tn: written(tn, 12), fn: written(fn, 12) }) },
      ...COUNTS.filter((name) => model[name]).map((name) => twin(name, "i", { class: name, style: `flex: ${model[name]} 0 2px` })));
    const piece = (name) => twin(name, "span", {}, written(model[name], 12));
    const ratio = (title, top, bottom) => {
      const [over, under] = [top, bottom].map((names) => names.reduce((sum, name) => sum + model[name], 0));
      const terms = (names) => names.flatMap((name, k) => (k ? [" + ", piece(name)] : [piece(name)]));
      const value = under ? percentage((100 * over) / under, 3) : words.undefined;
      return make("p", { class: "ratio" }, `${title} = (`, ...terms(top), ") / (", ...terms(bottom), ") = ", make("b", {}, value));
    };
    const [recall, other] = [tp / (tp + fn), tn / (tn + fp)];
    const balanced = make("p", { class: "ratio" }, say(words.balancedSays, { recall: percentage(100 * recall, 3), other: percentage(100 * other, 3) }), " ",
      make("b", {}, Number.isFinite(recall + other) ? percentage(50 * (recall + other), 3) : words.undefined));
    const formulas = make("div", { class: "working" },
      ratio(words.accuracy, ["tp", "tn"], COUNTS), ratio(words.precision, ["tp"], ["tp", "fp"]), ratio(words.recall, ["tp"], ["tp", "fn"]), balanced);
    walkable(formulas);
    return make("figure", { class: "panel", "data-model": n, "data-rows": rows, "data-right": tp + tn }, make("h2", {}, model.name), bar, this.table(model), formulas);
  }

  table(model) {
    const { words } = this.data;
    const cell = (name) => make("td", {}, twin(name, "span", {}, written(model[name], 12)));
    const head = (said) => make("th", { scope: "col" }, said);
    const row = (said, ...names) => make("tr", {}, make("th", { scope: "row" }, said), ...names.map(cell));
    return make("table", {}, make("tr", {}, make("td"), head(words.saysOne), head(words.saysZero)), row(words.isOne, "tp", "fn"), row(words.isZero, "fp", "tn"));
  }

  leave() {
    this.twins.destroy();
    this.box.remove();
  }
}
