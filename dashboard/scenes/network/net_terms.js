/* The formula of one unit with live numbers: its sum, its activation and, on the way back, its gradients. Every term
   is a twin of an edge, and the number that enters one of the unit that it comes from. */

import { make, say } from "../shared/elements.js";
import { shortly } from "./net_numbers.js";
import { twin, walkable } from "../shared/twins.js";

export class NetTerms {
  constructor() {
    this.root = make("div", { class: "formula" });
  }

  show(data, frame, moment, { layer, n }) {
    const { columns, words } = data;
    const [here, unit] = [frame.layers[layer], columns[layer + 1].units[n].name];
    const lines = [this.line(say(words.sum, { unit }), this.sum(data, here, frame, layer, n), here.z[n])];
    const { activation, formula } = columns[layer + 1];
    if (formula !== "z") lines.push(this.line(say(words.after, { unit, formula, activation }), [], here.a[n]));
    if (moment.returned <= layer + 1) lines.push(...this.back(data, frame, layer, n, unit));
    this.root.replaceChildren(...lines);
  }

  line(title, terms, value) {
    const end = value === undefined ? [] : [make("span", { class: "equals" }, `= ${shortly(value, 4)}`)];
    const row = make("div", { class: "row" }, ...terms, ...end);
    return make("div", { class: "line" }, make("p", { class: "quiet" }, title), terms.length ? walkable(row) : row);
  }

  entering(data, frame, layer, from) {
    return layer ? frame.layers[layer - 1].a[from] : data.x[from];
  }

  sum(data, here, frame, layer, n) {
    const terms = data.columns[layer].units.map((source, from) => {
      const name = make("small", {}, source.name);
      const edge = `e${layer}.${from}.${n}`;
      if (source.count > 1) {
        const count = say(data.words.terms, { count: source.count });
        return twin(edge, "span", { class: "term" }, `${shortly(here.parts[from][n], 3)} (${count})`, name);
      }
      const enters = twin(`u${layer}.${from}`, "span", {}, shortly(this.entering(data, frame, layer, from), 3));
      return twin(edge, "span", { class: "term" }, make("b", {}, shortly(here.w[from][n], 3)), " × ", enters, name);
    });
    const bias = twin(`b${layer}.${n}`, "span", { class: "term" }, make("b", {}, shortly(here.b[n], 3)), make("small", {}, "b"));
    return plus([...terms, bias]);
  }

  back(data, frame, layer, n, unit) {
    const { words, columns, y } = data;
    const here = frame.layers[layer];
    const after = frame.layers[layer + 1];
    const lines = [];
    if (after) {
      const terms = after.w[n].map((weight, to) =>
        twin(`e${layer + 1}.${n}.${to}`, "span", { class: "term back" }, make("b", {}, shortly(weight, 3)), " × ",
          twin(`u${layer + 2}.${to}`, "span", {}, shortly(after.dz[to], 3)), make("small", {}, columns[layer + 2].units[to].name)));
      lines.push(this.line(say(words.gradientSum, { unit }), plus(terms), here.da[n]));
    } else {
      const minus = make("span", { class: "term back" }, `${shortly(here.a[n], 4)} − ${bracketed(y[n])}`);
      lines.push(this.line(words.gradientOutput, [minus], here.da[n]));
    }
    if (columns[layer + 1].formula !== "z") lines.push(this.line(words.gradientZ, [], here.dz[n]));
    const weights = columns[layer].units.flatMap((source, from) => {
      if (source.count > 1) return [];
      const enters = this.entering(data, frame, layer, from);
      return [twin(`e${layer}.${from}.${n}`, "span", { class: "term back" },
        twin(`u${layer}.${from}`, "span", {}, shortly(enters, 3)), " × ", shortly(here.dz[n], 3),
        make("b", {}, ` = ${shortly(enters * here.dz[n], 3)}`), make("small", {}, source.name))];
    });
    lines.push(this.line(words.gradientWeights, weights));
    return lines;
  }
}

function plus(terms) {
  return terms.flatMap((term, n) => (n ? [make("span", { class: "sign" }, "+"), term] : [term]));
}

function bracketed(value) {
  return value < 0 ? `(${shortly(value, 4)})` : shortly(value, 4);
}
