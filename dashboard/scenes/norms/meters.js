/* The three properties, each as two bars to compare, and whether it holds. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { normOf, plus, times } from "./model.js";

export const ROUNDING = 1e-9; // relative to the larger side: tolerance for equal lengths

class Meter {
  constructor(name) {
    this.title = make("h2");
    this.rows = [0, 1].map(() => this.makeRow());
    this.verdict = make("p", { class: "verdict" });
    this.root = make("section", { class: `meter ${name}` }, this.title, ...this.rows.map((row) => row.root), this.verdict);
  }

  makeRow() {
    const label = make("span", { class: "label" });
    const bar = make("span", { class: "bar" });
    const value = make("output", { "aria-live": "off" });
    return { root: make("div", { class: "row" }, label, bar, value), label, bar, value };
  }

  /* Draw sides as [label, parts: [[length, colour, whether hatched]…]], a bar each, against the longer one. */
  draw(sides, holds, words) {
    const totals = sides.map(([, parts]) => parts.reduce((sum, [length]) => sum + length, 0));
    const most = Math.max(...totals, 0) || 1;
    for (const [place, [label, parts]] of sides.entries()) {
      const row = this.rows[place];
      row.label.textContent = label;
      row.value.textContent = written(totals[place], 6);
      row.bar.replaceChildren(...parts.map(([length, color, hatched]) => {
        const part = make("i", { class: hatched ? "hatched" : "" });
        part.style.width = `${(100 * length) / most}%`;
        part.style.setProperty("--ink", color);
        return part;
      }));
    }
    this.verdict.textContent = `${holds ? "✓" : "✗"} ${words}`;
    this.root.dataset.holds = holds;
  }
}

export class Meters {
  constructor() {
    this.all = { triangle: new Meter("triangle"), scaling: new Meter("scaling"), positive: new Meter("positive") };
    this.root = make("div", { class: "meters" }, ...Object.values(this.all).map((meter) => meter.root));
  }

  update({ words, ball }) {
    for (const [name, meter] of Object.entries(this.all)) meter.title.textContent = words[name];
    this.all.scaling.root.hidden = this.all.positive.root.hidden = ball;
  }

  draw(game, theme) {
    this.drawTriangle(game, theme);
    if (game.ball) return;
    const { x, factor, p, words } = game;
    const [blue] = theme.series;
    const [whole, scaled] = [normOf(x, p), normOf(times(factor, x), p)];
    const product = Math.abs(factor) * whole;
    const factorSaid = written(factor, 4);
    this.all.scaling.draw(
      [["‖αx‖", [[scaled, blue]]], ["|α| · ‖x‖", [[product, blue, true]]]],
      Math.abs(scaled - product) <= ROUNDING * Math.max(scaled, product),
      say(words.scalingHolds, { factor: factorSaid, size: written(Math.abs(factor), 4), norm: written(whole, 6) }),
    );
    const nothing = times(factor, x).every((value) => value === 0);
    this.all.positive.draw(
      [["‖αx‖", [[scaled, blue]]], ["‖0‖", [[0, blue]]]],
      (scaled > 0) === !nothing,
      nothing ? words.isNothing : say(words.isSomething, { norm: written(scaled, 6) }),
    );
  }

  drawTriangle(game, theme) {
    const { x, y, p, words } = game;
    const [blue, orange, , pink] = theme.series;
    const [first, second, sum] = [normOf(x, p), normOf(y, p), normOf(plus(x, y), p)];
    const gap = sum - first - second;
    const even = Math.abs(gap) <= ROUNDING * Math.max(sum, first + second);
    const values = { sum: written(sum, 6), both: written(first + second, 6), p: written(p, 4) };
    const sentence = even ? words.triangleEven : gap < 0 ? words.triangleHolds : words.triangleBroken;
    this.all.triangle.draw(
      [["‖x + y‖", [[sum, pink]]], ["‖x‖ + ‖y‖", [[first, blue], [second, orange, true]]]],
      even || gap < 0,
      say(sentence, values),
    );
  }
}
