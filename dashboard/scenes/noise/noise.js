/* The normal density: mean and variance are moved, curves are pinned and values drawn here, without the server. At the
   end of a movement the server gets the values, so that its code and the link match. */

import "../shared/scene.css";
import "../shared/player.css";
import "./noise.css";
import { listen } from "../shared/dragging.js";
import { make, say } from "../shared/elements.js";
import { Game, mountGame, sliderField } from "../shared/game.js";
import { percentage, written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { twin, walkable } from "../shared/twins.js";
import { CurvePicture, areaUnder, curvePoints, heightAt } from "./curve.js";

const LIMITS = { mean: [-5, 5, 0.1], variance: [0.05, 9, 0.05] };
const BANDS = [1, 2, 3];

class NoiseGame extends Game {
  constructor(root) {
    super(root, "noise");
    this.canvas = make("canvas", { role: "img", tabindex: "0" });
    this.picture = new CurvePicture(this.canvas);
    this.fields = {};
    for (const [name, [min, max, step]] of Object.entries(LIMITS))
      this.fields[name] = sliderField(name, { min, max, step }, (value) => this.move(name, value), () => this.settle());
    this.pinButton = make("button", { type: "button", class: "pin" });
    this.pinButton.addEventListener("click", () => this.pin());
    this.chips = make("span", { class: "chips" });
    this.legend = make("p", { class: "quiet" });
    this.player = new Player((frame) => this.show(frame), () => this.sentence());
    this.formula = make("p", { class: "working formula" });
    this.peak = make("p");
    this.table = make("table");
    this.area = make("p", { class: "quiet" });
    this.hint = make("p", { class: "quiet" });
    this.box.append(
      make("div", { class: "fields" }, ...Object.values(this.fields).map((field) => field.root)),
      make("div", { class: "pins" }, this.pinButton, this.chips),
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.canvas, this.legend, this.player.bar),
        make("div", { class: "panel" }, this.formula, this.peak, this.table, this.area)),
      this.hint, this.aloud.root);
    listen(this, this.canvas, (event) => this.picture.grab(this, event));
    this.pointOn(this.canvas, (event) => this.picture.namesAt(this, event));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
  }

  settled() {
    return { mean: this.mean, variance: this.variance, pins: this.pins };
  }

  get lit() {
    return this.twins.lit;
  }

  get band() {
    return BANDS.find((k) => this.lit.has(`band${k}`)) ?? 1;
  }

  take({ draws, words, mostPins, shares }) {
    Object.assign(this, { draws, mostPins, shares });
    for (const name of Object.keys(LIMITS)) {
      this.fields[name].name.textContent = this.fields[name].slider.ariaLabel = words[name];
      this.fields[name].name.dataset.twin = name;
    }
    this.pinButton.textContent = words.pin;
    this.hint.textContent = words.hint;
    const other = draws.length !== this.count;
    this.count = draws.length;
    this.wide = draws.length < 100 ? 0.5 : 0.25; // of the bins, in standard deviations
    const steps = Array.from({ length: draws.length + 1 }, (_, n) => n);
    this.player.load(steps, words, draws.length, other ? draws.length : this.player.frame);
  }

  show(frame) {
    this.shown = frame;
    const counts = new Map();
    for (const z of this.draws.slice(0, frame)) {
      const bin = Math.floor(z / this.wide);
      counts.set(bin, (counts.get(bin) ?? 0) + 1);
    }
    this.counts = counts;
    this.inside = BANDS.map((k) => this.draws.slice(0, frame).filter((z) => Math.abs(z) <= k).length);
    this.schedule();
  }

  move(name, value) {
    const [low, high, step] = LIMITS[name];
    if (!Number.isFinite(value)) return;
    const snapped = Number((Math.round(value / step) * step).toPrecision(12));
    this.change({ [name]: Math.min(Math.max(snapped, low), high) });
  }

  press(event) {
    const move = { ArrowLeft: ["mean", -0.1], ArrowRight: ["mean", 0.1], ArrowUp: ["variance", 0.1],
      ArrowDown: ["variance", -0.1] }[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    this.twins.point([move[0]]);
    this.move(move[0], this[move[0]] + move[1]);
    this.settle();
    event.preventDefault();
  }

  pin() {
    const here = [this.mean, this.variance];
    if (this.pins.some((pin) => `${pin}` === `${here}`)) return;
    this.change({ pins: [...this.pins, here].slice(-this.mostPins) }, true);
  }

  unpin(place) {
    this.change({ pins: this.pins.filter((_, n) => n !== place) }, true);
    this.pinButton.focus();
  }

  paint(theme) {
    const { mean, variance, words } = this;
    for (const name of Object.keys(LIMITS)) {
      const field = this.fields[name];
      field.slider.value = String(this[name]);
      field.slider.ariaValueText = field.value.textContent = written(this[name], 4);
    }
    this.picture.draw(this, theme);
    const peak = written(heightAt(mean, mean, variance), 4);
    this.peak.textContent = say(heightAt(mean, mean, variance) > 1 ? words.tall : words.peak, { peak });
    const { area, strips } = areaUnder(curvePoints(mean, variance));
    this.area.textContent = say(words.area, { area: written(area, 7), strips: written(strips) });
    this.legend.textContent = say(words.legend, { bands: this.band });
    this.write(theme, peak);
    this.canvas.ariaLabel = this.sentence();
    Object.assign(this.box.dataset, { mean, variance, shown: this.shown, pins: this.pins.join(";") });
  }

  /* Formula, table and pins are made anew only where their numbers change, so that the focus stays in them. */
  write(theme, peak) {
    const { mean, variance, words, shown, inside } = this;
    const state = JSON.stringify([mean, variance, shown, this.count, this.pins, theme.series, words.pin]);
    if (state === this.state) return;
    this.state = state;
    const keep = this.focused();
    const sigma = Math.sqrt(variance);
    const number = (name, value) => twin(name, "b", {}, written(value, 4));
    const power = () => ["exp(−(x − ", mean < 0 ? "(" : "", number("mean", mean), mean < 0 ? ")" : "", ")² / (2 · ",
      number("variance", variance), "))"];
    this.formula.replaceChildren(
      "p(x) = ", twin("peak", "span", {}, "1 / √(2π · ", number("variance", variance), ")"), " · ", ...power(), make("br"),
      " = ", twin("peak", "b", {}, peak), " · ", ...power());
    walkable(this.formula);
    const row = (k, n) => twin(`band${k}`, "tr", {}, make("th", { scope: "row" }, `μ ± ${k === 1 ? "" : k}σ`),
      make("td", {}, `${written(mean - k * sigma, 3)} … ${written(mean + k * sigma, 3)}`),
      make("td", {}, percentage(100 * this.shares[n], 4)),
      make("td", {}, shown ? `${percentage((100 * inside[n]) / shown, 3)} (${say(words.of, { count: written(inside[n]), all: written(shown) })})` : "–"));
    const head = ["within", "interval", "computed", "counted"].map((name) => make("th", { scope: "col" }, words[name]));
    this.table.replaceChildren(make("tr", {}, ...head), ...BANDS.map(row));
    walkable(this.table);
    this.chips.replaceChildren(...this.pins.map((pin, n) => this.chip(pin, n, theme)));
    this.twins.refresh();
    if (keep) [...this.box.querySelectorAll("[data-walk] [data-twin]")][keep - 1]?.focus();
  }

  /* Which place of a row has the focus, from 1; 0 for none. */
  focused() {
    return [...this.box.querySelectorAll("[data-walk] [data-twin]")].indexOf(this.twins.focused()) + 1;
  }

  chip([mean, variance], n, theme) {
    const values = { mean: written(mean, 4), variance: written(variance, 4) };
    const button = make("button", { type: "button", "aria-label": say(this.words.unpin, values) }, "×");
    button.addEventListener("click", () => this.unpin(n));
    const chip = twin(`pin${n}`, "span", { class: "chip" }, say(this.words.pinned, values), button);
    chip.style.setProperty("--ink", theme.series[(n + 2) % theme.series.length]);
    return chip;
  }

  sentence() {
    const { mean, variance, words, shown, inside } = this;
    const [one, two, three] = inside.map((count) => written(count));
    return say(words.described, { mean: written(mean, 4), variance: written(variance, 4), one, two, three,
      peak: written(heightAt(mean, mean, variance), 4), all: written(shown) });
  }

  leave() {
    this.player.pause();
    super.leave();
  }
}

export default function (component) {
  return mountGame(component, "noise", NoiseGame);
}
