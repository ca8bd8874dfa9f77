/* A line, its squared loss and its likelihood: one slider, one drag, and both curves have their best place in common. */

import "../shared/scene.css";
import "./likelihood.css";
import { listen } from "../shared/dragging.js";
import { make, say } from "../shared/elements.js";
import { Game, mountGame, sliderField } from "../shared/game.js";
import { written } from "../shared/numbers.js";
import { twin, walkable } from "../shared/twins.js";
import { LineModel } from "./model.js";
import { CurveOver, RowsPicture } from "./pictures.js";

const FURTHEST = 3; // from 0, at least, and
const AROUND = 1.5; // around the optimum
const STEP = 0.01;

class LikelihoodGame extends Game {
  constructor(root) {
    super(root, "likelihood");
    this.canvases = { rows: make("canvas", { role: "img", tabindex: "0" }) };
    for (const name of ["loss", "likelihood"]) this.canvases[name] = make("canvas", { role: "img", class: "curve" });
    this.rows = new RowsPicture(this.canvases.rows);
    this.curves = { loss: new CurveOver(this.canvases.loss), likelihood: new CurveOver(this.canvases.likelihood) };
    this.field = sliderField("at", { step: STEP }, (value) => this.move(value), () => this.settle());
    this.bestButton = make("button", { type: "button", class: "best" });
    this.bestButton.addEventListener("click", () => this.change({ at: this.model.best }, true));
    this.legend = make("p", { class: "quiet" });
    this.note = make("p", { class: "note" });
    this.working = make("div", { class: "working formulas" });
    this.verdict = make("p", { class: "verdict" });
    this.hint = make("p", { class: "quiet" });
    this.box.append(
      make("div", { class: "top" }, this.field.root, this.bestButton),
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.canvases.rows, this.legend),
        make("figure", { class: "panel" }, this.canvases.loss, this.canvases.likelihood, this.note)),
      this.verdict, this.working, this.hint, this.aloud.root);
    for (const [name, picture] of Object.entries({ rows: this.rows, ...this.curves }))
      listen(this, this.canvases[name], (event) => picture.grab(this, event));
    this.pointOn(this.canvases.rows, (event) => this.namesOf(this.rows.rowAt(this, event)));
    this.canvases.rows.addEventListener("keydown", (event) => this.press(event));
  }

  settled() {
    return { at: this.at };
  }

  get lit() {
    return this.twins.lit;
  }

  litRow() {
    const name = [...this.lit].find((each) => each.startsWith("row"));
    return name && Number(name.slice(3)) < this.model.n ? Number(name.slice(3)) : -1;
  }

  namesOf(row) {
    return row < 0 ? [] : [`row${row}`];
  }

  take({ words, mostTerms, sign, log, ...data }) {
    Object.assign(this, { mostTerms, sign, log });
    const version = JSON.stringify([data.x, data.y, data.base, data.sigma, data.best, log]);
    if (version !== this.version) {
      this.version = version;
      this.model = new LineModel(data);
      const { best } = this.model;
      this.range = [Math.min(-FURTHEST, snapped(best - AROUND)), Math.max(FURTHEST, snapped(best + AROUND))];
      [this.field.slider.min, this.field.slider.max] = this.range;
    }
    this.field.name.textContent = this.field.slider.ariaLabel = words.at;
    this.bestButton.textContent = words.best;
    this.hint.textContent = words.hint;
    this.legend.textContent = words.legend;
  }

  move(value) {
    if (!Number.isFinite(value)) return;
    this.change({ at: Math.min(Math.max(snapped(value), this.range[0]), this.range[1]) });
  }

  press(event) {
    const moves = { ArrowUp: 1, ArrowDown: -1 };
    const ways = { ArrowRight: 1, ArrowLeft: -1 };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in moves) {
      this.move(this.at + moves[event.key] * 5 * STEP);
      this.settle();
    } else if (event.key in ways) {
      const row = this.litRow();
      const next = row < 0 ? 0 : Math.min(Math.max(row + ways[event.key], 0), this.model.n - 1);
      this.twins.point(this.namesOf(next));
    } else return;
    event.preventDefault();
  }

  paint(theme) {
    const { model, at, words } = this;
    this.field.slider.value = String(at);
    this.field.slider.ariaValueText = this.field.value.textContent = written(at, 4);
    this.rows.draw(this, theme);
    this.curves.loss.draw(this, theme, (each) => model.loss(each), words.loss, theme.series[1]);
    const [value, title] = this.log
      ? [(each) => model.logLikelihood(each), words.logLikelihood]
      : [(each) => model.product(each), words.likelihood];
    const heights = this.curves.likelihood.draw(this, theme, value, title, theme.series[3]);
    this.note.textContent = this.log ? "" : this.trouble(heights);
    this.write();
    const sentence = this.sentence();
    for (const canvas of Object.values(this.canvases)) canvas.ariaLabel = sentence;
    const product = this.model.product(at);
    Object.assign(this.box.dataset, { at, loss: model.loss(at), log: model.logLikelihood(at), product, row: this.litRow() });
  }

  trouble(heights) {
    if (heights.some((height) => !Number.isFinite(height))) return this.words.overflow;
    return heights.every((height) => height === 0) ? this.words.underflow : "";
  }

  /* The formulas are made anew only where a number in them changes, so that the focus stays in them. */
  write() {
    const { model, at, words, sign } = this;
    const state = JSON.stringify([this.version, at, words.sum]);
    if (state === this.state) return;
    this.state = state;
    const places = [...this.working.querySelectorAll("[data-twin]")];
    const focus = places.indexOf(this.twins.focused());
    const [loss, log] = [model.loss(at), model.logLikelihood(at)];
    const term = (row) => `${signed(model.residual(row, at))}²`;
    const factor = (row) => written(model.factor(row, at), 3);
    const part = (row) => signed(model.logFactor(row, at));
    const level = model.n * model.level;
    const penalty = loss / (2 * model.sigma ** 2);
    this.working.replaceChildren(
      this.line(words.sum, `L(${sign}) = `, term, " + ", ` = ${written(loss, 5)}`),
      this.line(words.product, `P(${sign}) = `, factor, " · ", ` = ${productText(model.product(at))}`),
      this.line(words.logs, "log P = ", part, " + ", ` = ${written(log, 5)}`),
      make("p", { class: "identity" }, `log P = −n/2 · log(2πσ²) − L / (2σ²) = ${written(level, 5)} − ${written(penalty, 5)} = ${written(level - penalty, 5)}`),
    );
    this.twins.refresh();
    if (focus >= 0) this.working.querySelectorAll("[data-twin]")[focus]?.focus();
    const [least, most] = [model.loss(model.best), model.logLikelihood(model.best)];
    const optimum = say(words.optimum, { sign, best: written(model.best, 5), loss: written(least, 5), log: written(most, 5) });
    const there = Math.abs(at - model.best) < STEP / 2;
    const away = say(words.above, { sign, at: written(at, 4), more: written(loss - least, 4), less: written(most - log, 4) });
    this.verdict.textContent = `${optimum} ${there ? words.atOptimum : away}`;
  }

  line(title, start, text, sign, end) {
    const count = Math.min(this.model.n, this.mostTerms);
    const terms = Array.from({ length: count }, (_, row) => twin(`row${row}`, "span", { class: "term" }, text(row)));
    const left = this.model.n - count;
    const more = left > 0 ? [sign, make("i", {}, `… (${say(this.words.more, { count: written(left) })})`)] : [];
    const parts = terms.flatMap((term, n) => (n ? [sign, term] : [term]));
    return walkable(make("p", {}, make("b", {}, title), make("br"), start, ...parts, ...more, end));
  }

  sentence() {
    const { model, at, sign, words } = this;
    return say(words.described, { sign, at: written(at, 4), loss: written(model.loss(at), 5),
      log: written(model.logLikelihood(at), 5), best: written(model.best, 5) });
  }
}

const snapped = (value) => Number((Math.round(value / STEP) * STEP).toPrecision(12));
const signed = (value) => (value < 0 ? `(${written(value, 3)})` : written(value, 3));

/* As Python prints it where the product has left float64. */
const productText = (value) => (value === 0 ? "0.0" : written(value, 4));

export default function (component) {
  return mountGame(component, "likelihood", LikelihoodGame);
}
