/* The formula of a neuron with its numbers, and a table of its terms. Each term is a twin of its bar. */

import { make, reachWhenWide, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { twin, walkable } from "../shared/twins.js";

const LOW = "₀₁₂₃₄₅₆₇₈₉";
const lowered = (count) => String(count).replace(/\d/g, (digit) => LOW[digit]);
const factor = (value) => (value < 0 ? `(${written(value, 4)})` : written(value, 4));

export class NeuronFormula {
  constructor(game) {
    this.game = game;
    this.root = make("div", { class: "working formula" });
  }

  build() {
    const { shown, x, words } = this.game;
    this.places = shown;
    this.names = [...shown.map((place) => `term${place + 1}`), ...(shown.length < x.length ? ["others"] : []), "bias"];
    const symbols = this.names.map((name) => {
      const place = lowered(name.slice(4));
      const text = name === "bias" ? "b" : name === "others" ? words.otherTerms : `w${place}·x${place}`;
      return twin(name, "span", { role: "note" }, text);
    });
    this.numbers = this.names.map((name) => twin(name, "span"));
    this.values = this.names.map((name) => twin(name, "span"));
    [this.z, this.zAgain] = [twin("z", "span"), twin("z", "span")];
    this.p = twin("p", "span");
    const first = walkable(make("p", { "aria-label": words.formula, role: "group" }, "z = ", ...joined(symbols, " + ")));
    this.symbols = symbols;
    this.root.replaceChildren(first,
      make("p", {}, "= ", ...joined(this.numbers, " + ")),
      make("p", {}, "= ", ...joined(this.values, " + "), " = ", this.z),
      make("p", {}, "p = σ(z) = 1 / (1 + e", make("sup", {}, "−z"), ") = σ(", this.zAgain, ") = ", this.p));
  }

  draw({ parts, z, p }, frame) {
    const { x, w } = this.game;
    this.names.forEach((name, n) => {
      const place = this.places[n];
      const text = place === undefined || name === "bias" ? factor(parts[n]) : `${factor(w[place])}·${factor(x[place])}`;
      this.numbers[n].textContent = text;
      this.values[n].textContent = factor(parts[n]);
      for (const span of [this.symbols[n], this.numbers[n], this.values[n]]) span.classList.toggle("later", n > frame);
    });
    this.z.textContent = this.zAgain.textContent = written(z, 4);
    this.p.textContent = written(p, 4);
    for (const span of [this.z, this.zAgain, this.p]) span.classList.toggle("later", frame < this.names.length);
  }
}

export class NeuronTable {
  constructor(game) {
    this.game = game;
    this.table = make("table");
    this.root = make("div", { class: "scroll", role: "group" }, this.table);
    reachWhenWide(this.root, this.table);
  }

  build() {
    const { shown, x, names, words } = this.game;
    this.root.setAttribute("aria-label", words.table);
    const heads = [words.feature, "x", "w", "w·x", words.sum, "∂p/∂w"].map((text) => make("th", { scope: "col" }, text));
    const row = (name, label) => twin(name, "tr", {}, make("th", { scope: "row" }, label), ...heads.slice(1).map(() => make("td")));
    this.rows = shown.map((place) => row(`term${place + 1}`, names[place]));
    if (shown.length < x.length) this.rows.push(row("others", say(words.others, { count: written(x.length - shown.length) })));
    this.rows.push(row("bias", words.bias));
    this.table.replaceChildren(make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...this.rows));
  }

  draw({ parts, sums, slope }) {
    const { x, w, b, shown } = this.game;
    this.rows.forEach((row, n) => {
      const place = shown[n];
      const last = n === this.rows.length - 1;
      const own = place === undefined ? ["", last ? written(b, 4) : ""] : [written(x[place], 4), written(w[place], 4)];
      const moves = place === undefined ? (last ? slope : null) : slope * x[place];
      const cells = [...own, written(parts[n], 4), written(sums[n], 4), moves === null ? "" : written(moves, 3)];
      cells.forEach((text, at) => { row.children[at + 1].textContent = text; });
    });
  }
}

function joined(spans, between) {
  return spans.flatMap((span, n) => (n ? [between, span] : [span]));
}
