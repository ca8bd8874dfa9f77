/* Softmax of one row in four steps, and the plane divided among the classes. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./softmax.css";
import { make, say, wideBox } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { Plot, themeOf } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const SHAPES = ["dot", "diamond", "cross", "ring"];
const GLYPHS = ["●", "◆", "✕", "○"]; // of these shapes
const GRID = [56, 40];
const CLOSE = 14; // pixels within which a row is hit

export function shares(z) {
  const top = Math.max(...z);
  const powers = z.map((each) => Math.exp(each - top));
  const sum = powers.reduce((total, each) => total + each, 0);
  return { top, powers, sum, shares: powers.map((each) => each / sum) };
}

/* A share as a percentage; one digit more near 1, so that it is not called certain. */
const asPercentage = (share) => percentage(100 * share, share > 0.99 ? 4 : 3);

class SoftmaxStage {
  constructor(parent) {
    this.parent = parent;
    this.canvas = make("canvas", { role: "img", tabindex: "0" });
    this.plot = new Plot(this.canvas);
    this.title = make("h2");
    this.legend = make("p", { class: "legend quiet" });
    this.note = make("p", { class: "quiet" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => `${this.data.words.steps[frame]}. ${this.saying.textContent}`);
    this.step = make("p", { class: "step" });
    this.table = make("table", { class: "scores" });
    this.saying = make("p", { class: "saying" });
    this.slider = make("input", { type: "range", min: -1000, max: 1000, step: 10, class: "shift" });
    this.shiftSaid = make("span");
    this.about = make("p", { class: "quiet" });
    this.naive = make("table", { class: "naive" });
    this.hint = make("p", { class: "quiet" });
    const left = make("figure", { class: "panel" }, this.title, this.canvas, this.legend, this.note);
    const right = make("div", { class: "panel" }, this.step, wideBox(this.table), this.saying, this.player.bar,
      make("label", { class: "field" }, this.shiftSaid, this.slider), wideBox(this.naive), this.about);
    this.root = make("div", { class: "moving softmax", role: "group" }, make("div", { class: "panels" }, left, right), this.hint);
    parent.append(this.root);
    this.twins = new Twins(this.root, () => this.redraw());
    this.listen();
    this.watcher = new ResizeObserver(() => this.redraw());
    this.watcher.observe(this.canvas);
  }

  listen() {
    this.canvas.addEventListener("pointermove", (event) => {
      this.canvas.style.cursor = this.near(event) === null ? "default" : "pointer";
      const [across, up] = this.plot.at(event);
      const { x, y } = this.plot;
      const inside = across >= x.scale.low && across <= x.scale.high && up >= y.scale.low && up <= y.scale.high;
      this.twins.point(inside ? [`softmax-k${this.winner(this.placeOf(across, up))}`] : []);
    });
    this.canvas.addEventListener("pointerleave", () => this.twins.point([]));
    this.canvas.addEventListener("click", (event) => this.choose(this.near(event)));
    this.canvas.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      this.choose((this.row + way + this.data.rows.length) % this.data.rows.length);
      this.player.aloud.say(() => this.saying.textContent);
      event.preventDefault();
    });
    this.slider.addEventListener("input", () => {
      this.shift = this.slider.valueAsNumber;
      this.redraw();
    });
    this.slider.addEventListener("change", () => this.settle());
  }

  /* Take over a scene; what only repeats the values sent to the server changes nothing. */
  update({ data, setTriggerValue }) {
    this.setTriggerValue = setTriggerValue;
    const told = JSON.stringify([data.row, data.shift]);
    const known = JSON.stringify([this.data?.rows, this.data?.names]) === JSON.stringify([data.rows, data.names]);
    if (told !== this.told || !known) Object.assign(this, { row: data.row, shift: data.shift, told });
    const first = !this.data;
    this.data = data;
    const { words, rows, axes, names } = data;
    this.root.setAttribute("aria-label", words.label);
    this.title.textContent = words.plane;
    this.hint.textContent = words.hint;
    this.note.textContent = [words.legend, names.length > 2 ? words.slice : "", words.some].filter(Boolean).join(" ");
    this.xs = rows.map((each) => each[axes[0]]);
    this.ys = rows.map((each) => each[axes[1]]);
    this.slider.ariaLabel = say(words.shift, { value: "" });
    this.fill();
    this.state = null;
    this.player.load(words.steps, words.controls, first ? words.steps.length - 1 : this.player.frame);
  }

  color(k) {
    const { series } = themeOf(this.parent.host ?? this.parent);
    return series[k % series.length];
  }

  fill() {
    const { classes, words, names, axes, terms } = this.data;
    this.legend.replaceChildren(...classes.map((name, k) => {
      const mark = make("i", { class: "swatch", "aria-hidden": "true" }, GLYPHS[k % GLYPHS.length]);
      mark.style.setProperty("--ink", this.color(k));
      return twin(`softmax-k${k}`, "span", {}, mark, name);
    }));
    const every = names.map((_, at) => at);
    this.shown = names.length <= terms ? every : [...axes, ...every.filter((at) => !axes.includes(at))].slice(0, terms);
    const head = (said) => make("th", { scope: "col" }, said);
    this.lines = classes.map((name, k) => {
      const parts = this.shown.map((at) => twin(`softmax-f${at}`, "span", { title: names[at] }));
      const line = { parts, rest: make("span"), z: make("b"), less: make("td"), power: make("td"), share: make("b"), bar: make("i") };
      line.bar.style.setProperty("--ink", this.color(k));
      const sum = walkable(make("td", { class: "sum" }, ...parts.flatMap((part) => [part, " + "]), line.rest, " = ", line.z));
      const share = make("td", { class: "share" }, line.share, make("span", { class: "track" }, line.bar));
      line.row = make("tr", {}, twin(`softmax-k${k}`, "th", { scope: "row", tabindex: 0 }, name), sum, line.less, line.power, share);
      return line;
    });
    this.total = make("td");
    this.table.replaceChildren(
      make("thead", {}, make("tr", {}, ...[words.class, words.score, words.less, words.power, words.share].map(head))),
      make("tbody", {}, ...this.lines.map((line) => line.row), make("tr", {}, make("th", { scope: "row" }, words.sum), make("td"), make("td"), this.total, make("td", {}, written(1)))));
    this.raw = classes.map((_, k) => [twin(`softmax-k${k}`, "td"), twin(`softmax-k${k}`, "td")]);
    this.naive.replaceChildren(
      make("thead", {}, make("tr", {}, make("td"), ...classes.map(head))),
      make("tbody", {},
        make("tr", {}, make("th", { scope: "row" }, words.naive), ...this.raw.map((cells) => cells[0])),
        make("tr", {}, make("th", { scope: "row" }, words.naiveShare), ...this.raw.map((cells) => cells[1]))));
    this.twins.refresh();
  }

  scores(row) {
    const { weights, bias } = this.data;
    return bias.map((each, k) => weights[k].reduce((sum, weight, at) => sum + weight * row[at], each));
  }

  placeOf(across, up) {
    const { means, axes } = this.data;
    return means.map((mean, at) => (at === axes[0] ? across : at === axes[1] ? up : mean));
  }

  winner(row) {
    const z = this.scores(row);
    return z.indexOf(Math.max(...z));
  }

  near(event) {
    const [right, down] = this.plot.spot(event);
    let [best, least] = [null, CLOSE];
    this.xs.forEach((x, n) => {
      const far = Math.hypot(this.plot.px(x) - right, this.plot.py(this.ys[n]) - down);
      if (far < least) [best, least] = [n, far];
    });
    return best;
  }

  choose(row) {
    if (row === null) return;
    this.row = row;
    this.redraw();
    this.settle();
  }

  settle() {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const told = JSON.stringify([this.row, this.shift]);
      if (told === this.told || this.gone) return;
      this.told = told;
      this.setTriggerValue("settled", { row: this.row, shift: this.shift });
    }, 350);
  }

  redraw() {
    if (this.data) this.draw(this.player.frame);
  }

  draw(frame) {
    const { data } = this;
    const { words, classes, names, weights, bias, rows, labels } = data;
    const row = rows[this.row];
    const z = this.scores(row).map((each) => each + this.shift);
    const found = shares(z);
    this.step.textContent = `${frame + 1}. ${words.steps[frame]}`;
    this.lines.forEach((line, k) => {
      this.shown.forEach((at, n) => {
        line.parts[n].textContent = `${written(weights[k][at], 3)} · ${written(row[at], 4)}`;
      });
      const left = names.length - this.shown.length;
      const others = z[k] - bias[k] - this.shift - this.shown.reduce((sum, at) => sum + weights[k][at] * row[at], 0);
      const added = this.shift ? ` + (${written(this.shift)})` : "";
      line.rest.textContent = `${left ? `(${say(words.others, { count: left })}: ${written(others, 3)}) + ` : ""}(${written(bias[k], 4)})${added}`;
      line.z.textContent = written(z[k], 4);
      line.less.textContent = frame >= 1 ? written(z[k] - found.top, 4) : "";
      line.power.textContent = frame >= 2 ? written(found.powers[k], 4) : "";
      line.share.textContent = frame >= 3 ? asPercentage(found.shares[k]) : "";
      line.bar.style.width = `${frame >= 3 ? 100 * found.shares[k] : 0}%`;
    });
    this.total.textContent = frame >= 2 ? written(found.sum, 4) : "";
    this.drawNaive(z);
    const best = found.shares.indexOf(Math.max(...found.shares));
    const label = labels[this.row];
    const values = { row: written(data.numbers[this.row], 12), label: classes[label], share: asPercentage(found.shares[label]), best: asPercentage(found.shares[best]), name: classes[best] };
    this.saying.textContent = say(best === label ? words.right : words.chosen, values);
    this.shiftSaid.textContent = say(words.shift, { value: written(this.shift) });
    this.slider.value = String(this.shift);
    this.drawPlane();
    this.canvas.setAttribute("aria-label", `${words.plane}. ${this.saying.textContent}`);
    Object.assign(this.root.dataset, { frame, row: this.row, shift: this.shift, shares: found.shares.join(" "), lit: [...this.twins.lit].join(" ") });
  }

  /* The same without the largest subtracted, as the formula is written: it overflows. */
  drawNaive(z) {
    const powers = z.map(Math.exp);
    const sum = powers.reduce((total, each) => total + each, 0);
    this.raw.forEach(([power, share], k) => {
      power.textContent = written(powers[k], 3);
      const part = powers[k] / sum;
      share.textContent = Number.isNaN(part) ? "NaN" : asPercentage(part);
    });
    const { words } = this.data;
    this.about.textContent = sum === Infinity ? words.overflow : sum === 0 ? words.underflow : words.same;
  }

  drawPlane() {
    const { data, plot } = this;
    const theme = themeOf(this.parent.host ?? this.parent);
    plot.fit();
    const state = JSON.stringify([theme, plot.width, plot.height, data.axes, data.names]);
    if (state !== this.state || plot.stale) {
      this.state = state;
      const [across, up] = data.axes.map((at) => data.names[at]);
      plot.frame({
        x: { scale: linearScale(...extent(this.xs), 0.06), title: across },
        y: { scale: linearScale(...extent(this.ys), 0.06), title: up },
        theme,
      });
    }
    plot.begin();
    this.drawRegions(theme);
    data.classes.forEach((_, k) => {
      const pick = data.labels.flatMap((label, n) => (label === k ? [n] : []));
      plot.dots(this.xs, this.ys, { color: this.color(k), shape: SHAPES[k % SHAPES.length], size: 3.8, width: 2 }, 0, pick.length, pick);
    });
    plot.dots(this.xs, this.ys, { color: theme.text, shape: "ring", size: 9, width: 2.5 }, 0, 1, [this.row]);
    plot.end();
  }

  drawRegions() {
    const { plot } = this;
    const { x, y } = plot;
    for (let column = 0; column < GRID[0]; column++)
      for (let row = 0; row < GRID[1]; row++) {
        const place = this.placeOf(x.scale.value((column + 0.5) / GRID[0]), y.scale.value((row + 0.5) / GRID[1]));
        const found = shares(this.scores(place)).shares;
        const k = found.indexOf(Math.max(...found));
        const floor = 1 / found.length;
        const sure = (found[k] - floor) / (1 - floor);
        if (!Number.isFinite(sure)) continue;
        const pen = plot.ink({ fill: this.color(k), alpha: (this.twins.lit.has(`softmax-k${k}`) ? 0.5 : 0.3) * sure + 0.02 });
        const [left, right] = [column, column + 1].map((edge) => Math.round(plot.left + (edge * plot.across) / GRID[0]));
        const [top, bottom] = [row + 1, row].map((edge) => Math.round(plot.top + plot.up - (edge * plot.up) / GRID[1]));
        pen.fillRect(left, top, right - left, bottom - top);
      }
  }

  leave() {
    this.gone = true;
    this.player.pause();
    this.twins.destroy();
    clearTimeout(this.telling);
    this.watcher.disconnect();
    this.root.remove();
  }
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.softmax ??= new SoftmaxStage(parentElement);
  parentElement.softmax.update(component);
  return () => {
    parentElement.softmax?.leave();
    delete parentElement.softmax;
  };
}
