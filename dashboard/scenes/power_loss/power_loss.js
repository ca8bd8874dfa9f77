/* Estimates under every p-loss: p slides, values are dragged, and median, mean and mid-range answer at once. */

import "../shared/scene.css";
import "./power_loss.css";
import { powerAt, shareOf } from "../norms/model.js";
import { listen } from "../shared/dragging.js";
import { columnHead, make, say, wideBox } from "../shared/elements.js";
import { Game, mountGame, sliderField } from "../shared/game.js";
import { written } from "../shared/numbers.js";
import { twin, walkable } from "../shared/twins.js";
import { estimateOf, followsBy, shownOf } from "./model.js";
import { BallPicture, DensityPicture, NormPicture, PathPicture, ValuesPicture, pathOf } from "./pictures.js";

const JUMPS = [1, 1.5, 2, 4, Infinity];
const FIXED = { one: 1, two: 2, many: Infinity };
const LAWS = { one: ["absolute", "laplace"], any: ["sum", "family"], two: ["squared", "normal"], many: ["largest", "uniform"] };
const LARGEST = 1e6;

class PowerGame extends Game {
  constructor(root) {
    super(root, "power-loss");
    const kinds = { rows: ValuesPicture, curve: NormPicture, path: PathPicture, ball: BallPicture, noise: DensityPicture };
    this.canvases = {};
    this.pictures = {};
    this.titles = {};
    for (const [name, Kind] of Object.entries(kinds)) {
      this.canvases[name] = make("canvas", name === "rows" ? { role: "img", tabindex: "0" } : { "aria-hidden": "true" });
      this.pictures[name] = new Kind(this.canvases[name]);
      this.titles[name] = make("figcaption", { class: "quiet" });
    }
    this.field = sliderField("p", { min: 1, max: 2, step: 0.005 }, (share) => this.change({ p: powerAt(share) }), () => this.settle());
    this.jumps = JUMPS.map((p) => {
      const button = make("button", { type: "button" }, written(p));
      button.addEventListener("click", () => this.change({ p }, true));
      return button;
    });
    this.legend = make("p", { class: "quiet" });
    this.table = make("table");
    this.moved = make("p");
    this.hint = make("p", { class: "quiet" });
    const small = (name) => make("figure", { class: "panel" }, this.titles[name], this.canvases[name]);
    this.box.append(
      make("div", { class: "top" }, this.field.root, make("span", { class: "jumps" }, ...this.jumps)),
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.canvases.rows, this.legend),
        make("div", { class: "panel" }, wideBox(this.table), this.moved, this.hint)),
      make("div", { class: "panels small" }, ...["curve", "path", "ball", "noise"].map(small)),
      this.aloud.root);
    listen(this, this.canvases.rows, (event) => this.pictures.rows.grab(this, event));
    this.pointOn(this.canvases.rows, (event) => {
      const place = this.pictures.rows.valueAt(this, event);
      return place < 0 ? [] : [`value${place}`];
    });
    this.canvases.rows.addEventListener("keydown", (event) => this.press(event));
  }

  /* an infinite p travels as text, since JSON has none. */
  adopt({ p, ...more }) {
    super.adopt(p === undefined ? more : { ...more, p: Number(p) });
    this.estimates = null;
  }

  settled() {
    return { values: this.values, p: this.p === Infinity ? String(this.p) : this.p };
  }

  get lit() {
    return this.twins.lit;
  }

  take({ words, line }) {
    if (line !== this.line) this.estimates = null;
    this.line = line;
    this.field.name.textContent = this.field.slider.ariaLabel = words.p;
    this.legend.textContent = words.legend;
    this.hint.textContent = words.hint;
    for (const [name, title] of Object.entries(this.titles)) title.textContent = words[name] ?? "";
    for (const [n, button] of this.jumps.entries()) button.ariaLabel = `p = ${written(JUMPS[n])}`;
  }

  /* Compute all estimates anew, after p or a value has moved. */
  estimate() {
    const { values, p, line } = this;
    const powers = { ...FIXED, any: p };
    this.estimates = {};
    this.follows = {};
    const chosen = Math.min(this.pictures.rows.chosen ?? values.length - 1, values.length - 1);
    for (const [name, power] of Object.entries(powers)) {
      this.estimates[name] = estimateOf(values, power, line);
      this.follows[name] = followsBy(values, chosen, power, line);
    }
    this.chosen = chosen;
    const state = JSON.stringify([values, line]);
    if (state !== this.pathOfState) this.path = pathOf(values, line);
    this.pathOfState = state;
  }

  move(place, value) {
    const unit = 10 ** Math.floor(Math.log10(this.pictures.rows.range[1] - this.pictures.rows.range[0])) / 20;
    if (!Number.isFinite(value)) return;
    const snapped = Number((Math.round(value / unit) * unit).toPrecision(10));
    const bounded = Math.min(Math.max(snapped, -LARGEST), LARGEST);
    this.change({ values: this.values.map((old, n) => (n === place ? bounded : old)) });
  }

  press(event) {
    const picture = this.pictures.rows;
    const [low, high] = picture.range;
    const step = 10 ** Math.floor(Math.log10(high - low)) / 10;
    const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const along = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!(up || along) || event.altKey || event.ctrlKey || event.metaKey) return;
    if (along) {
      picture.chosen = Math.min(Math.max(picture.chosen + along, 0), this.values.length - 1);
      this.estimates = null;
      this.twins.point([`value${picture.chosen}`]);
      this.schedule();
    } else {
      this.move(picture.chosen, this.values[picture.chosen] + up * step);
      this.settle();
    }
    event.preventDefault();
  }

  paint(theme) {
    const { p, words, line } = this;
    if (!this.estimates || this.chosen !== this.pictures.rows.chosen) this.estimate();
    this.field.slider.value = String(shareOf(p));
    this.field.slider.ariaValueText = this.field.value.textContent = written(p, 4);
    for (const [n, button] of this.jumps.entries()) button.ariaPressed = String(JUMPS[n] === p);
    for (const picture of Object.values(this.pictures)) picture.draw(this, theme);
    this.write();
    this.moved.textContent = say(words.moved, { value: written(this.values[this.chosen], 5) });
    this.canvases.rows.ariaLabel = this.sentence();
    const shown = Object.entries(this.estimates).map(([name, estimate]) => [name, shownOf(estimate, line)]);
    Object.assign(this.box.dataset, { p, values: this.values.join(" "), ...Object.fromEntries(shown) });
  }

  /* The table is made anew only where its numbers change, so that the focus stays in it. */
  write() {
    const { p, words, estimates, follows, line } = this;
    const state = JSON.stringify([String(p), estimates, follows, words.one]);
    if (state === this.state) return;
    this.state = state;
    const rows = [...this.table.querySelectorAll("[data-twin]")];
    const focus = rows.indexOf(this.twins.focused());
    const head = ["", words.result, words.loss, words.under, words.follows];
    const row = (name) => {
      const [loss, law] = LAWS[name];
      const [shown, moves] = [shownOf(estimates[name], line), follows[name]];
      return twin(name, "tr", { class: name }, make("th", { scope: "row" }, say(words[name], { p: written(p, 4) })),
        make("td", {}, written(shown, 5)), make("td", {}, words[loss]), make("td", {}, words[law]),
        make("td", {}, written(Math.abs(moves) < 1e-6 ? 0 : moves, 3)));
    };
    this.table.replaceChildren(make("tr", {}, ...head.map(columnHead)),
      ...["one", "any", "two", "many"].map(row));
    walkable(this.table);
    this.twins.refresh();
    if (focus >= 0) this.table.querySelectorAll("[data-twin]")[focus]?.focus();
  }

  sentence() {
    const { p, words, estimates, line } = this;
    const shown = Object.entries(estimates ?? {}).map(([name, estimate]) => [name, written(shownOf(estimate, line), 5)]);
    return say(words.described, { p: written(p, 4), ...Object.fromEntries(shown) });
  }
}

export default function (component) {
  return mountGame(component, "powerLoss", PowerGame);
}
