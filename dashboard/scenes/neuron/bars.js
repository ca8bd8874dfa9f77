/* Features times weights as bars: each product begins where the sum before it ended, so that they add up to z. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { twin } from "../shared/twins.js";
import { reachOf } from "./model.js";
import { SliderBar } from "./slider_bar.js";

export class NeuronBars {
  constructor(game) {
    this.game = game;
    this.root = make("div", { class: "bars" });
    this.hint = make("p", { class: "quiet" });
  }

  /* Make the rows: one for each term that is shown, one for all others, the bias, and z. */
  build() {
    const { game } = this;
    const { words, shown, names, x } = game;
    const heads = [words.feature, "x", "w", words.addUp].map((text) => make("span", { class: "head" }, text));
    this.rows = shown.map((place) => this.row(`term${place + 1}`, names[place], ["x", place], ["w", place]));
    if (shown.length < x.length) this.rows.push(this.row("others", say(words.others, { count: written(x.length - shown.length) })));
    this.rows.push(this.row("bias", words.bias, null, ["b"]));
    this.total = this.row("z", "z");
    this.total.root.classList.add("total");
    this.root.replaceChildren(make("div", { class: "heads", "aria-hidden": "true" }, ...heads),
      ...[...this.rows, this.total].map((row) => row.root));
    this.hint.textContent = words.dragBars;
    this.reaches = null;
  }

  row(name, label, feature = null, weight = null) {
    const fall = make("div", { class: "fall" }, make("u"), make("i"), make("span", { class: "grown" }));
    const row = { name, fall, feature: feature && this.bar(...feature), weight: weight && this.bar(...weight) };
    const cell = (bar, kind) => make("div", { class: `cell ${kind}` }, ...(bar ? [bar.root, bar.said] : []));
    row.root = twin(name, "div", { class: "term" }, make("span", { class: "name", title: label }, label),
      cell(row.feature, "x"), cell(row.weight, "w"), fall);
    return row;
  }

  bar(kind, place) {
    const { game } = this;
    const bar = new SliderBar({
      hold: () => { game.held = true; },
      change: (value) => game.change(kind, place, value),
      rest: () => game.settle(),
    });
    bar.said = make("output", { "aria-live": "off" });
    return Object.assign(bar, { kind, place });
  }

  draw({ parts, sums, z }, frame) {
    const { game } = this;
    if (!game.held || !this.reaches) {
      const ends = { x: reachOf(game.x), w: reachOf([...game.w, game.b]) };
      this.reaches = { ...ends, b: ends.w };
      this.low = Math.min(0, ...sums);
      this.high = Math.max(0, ...sums);
    }
    [this.low, this.high] = [Math.min(this.low, ...sums), Math.max(this.high, ...sums)]; // in sight while dragged
    const wide = this.high - this.low || 1;
    const share = (value) => (100 * (value - this.low)) / wide;
    this.rows.forEach((row, n) => {
      for (const bar of [row.feature, row.weight]) if (bar) this.drawBar(bar);
      this.drawFall(row, sums[n - 1] ?? 0, sums[n], parts[n], share);
      row.root.classList.toggle("later", n > frame);
      row.root.classList.toggle("now", n === frame);
    });
    this.drawFall(this.total, 0, z, z, share);
    this.total.root.classList.toggle("later", frame < this.rows.length);
    this.total.root.classList.toggle("now", frame === this.rows.length);
  }

  drawBar(bar) {
    const { game } = this;
    const value = bar.kind === "b" ? game.b : game[bar.kind][bar.place];
    const label = say(game.words[`of_${bar.kind}`], { name: game.names[bar.place] ?? "" });
    bar.draw(value, this.reaches[bar.kind], label);
    bar.said.textContent = written(value, 4);
  }

  drawFall({ fall }, from, to, part, share) {
    const [zero, bar, said] = fall.children;
    zero.style.left = `${share(0)}%`;
    bar.style.left = `${share(Math.min(from, to))}%`;
    bar.style.width = `${Math.abs(share(to) - share(from))}%`;
    bar.className = part < 0 ? "negative" : "";
    said.textContent = `${part > 0 ? "+" : ""}${written(part, 4)}`;
    said.style.left = `${Math.max(share(from), share(to))}%`;
  }
}
