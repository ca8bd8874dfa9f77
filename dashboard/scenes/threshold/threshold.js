/* A threshold dragged over the probabilities of two classes. Everything is counted here; at the end of a movement the
   server gets the values, so the link matches. */

import "../shared/scene.css";
import "./threshold.css";
import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { Plot, themeOf } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { Twins, twin, walkable } from "../shared/twins.js";
import { cheapestOf, costOf, countsAt, everyInterval, middleOf } from "./counts.js";

const NEAR_LINE = 18; // pixels within which the line is hit
const KINDS = ["tp", "fp", "fn", "tn"];
const MOST_COST = 100;

class ThresholdGame {
  constructor(parent) {
    this.parent = parent;
    this.aloud = new Aloud();
    this.pictures = ["histogram", "cost"].map((name) => {
      const canvas = make("canvas", { role: "img", class: name });
      return { canvas, plot: new Plot(canvas), title: make("h2") };
    });
    this.pictures[0].canvas.tabIndex = 0;
    this.value = make("output", { class: "value", "aria-live": "off" });
    this.go = make("button", { type: "button", class: "cheapest" });
    this.go.addEventListener("click", () => this.turn({ threshold: middleOf(this.best) }, true));
    this.legend = make("p", { class: "quiet" });
    this.sliders = ["wrongPositive", "wrongNegative"].map((name, n) => {
      const slider = make("input", { type: "range", min: 0, max: MOST_COST, step: 0.5, class: name });
      slider.addEventListener("input", () => this.turn({ costs: this.costs.map((cost, k) => (k === n ? slider.valueAsNumber : cost)) }));
      slider.addEventListener("change", () => this.settle());
      return { slider, said: make("span") };
    });
    this.table = make("table", { class: "confusion" });
    this.formulas = make("div", { class: "working" });
    this.about = make("p", { class: "saying" });
    this.hint = make("p", { class: "quiet" });
    const [histogram, cost] = this.pictures;
    const fields = make("div", { class: "fields" }, ...this.sliders.map(({ slider, said }) => make("label", { class: "field" }, said, slider)));
    this.root = make("div", { class: "moving threshold", role: "group" },
      make("div", { class: "top" }, this.value, this.go),
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, histogram.title, histogram.canvas, this.legend),
        make("div", { class: "panel" }, this.table, this.formulas)),
      fields,
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, cost.title, cost.canvas), make("div", { class: "panel" }, this.about, this.hint)),
      this.aloud.root);
    parent.append(this.root);
    this.twins = new Twins(this.root, () => this.schedule());
    for (const picture of this.pictures) listen(this, picture.canvas, (event) => this.grab(picture.plot, event));
    histogram.canvas.addEventListener("pointermove", (event) => this.grabbed || this.hover(event));
    histogram.canvas.addEventListener("pointerleave", () => this.twins.point([]));
    histogram.canvas.addEventListener("keydown", (event) => this.press(event));
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.root);
  }

  /* Take over the values of the server, unless they only repeat those sent to it, or something is being dragged. */
  update({ data, setTriggerValue }) {
    this.setTriggerValue = setTriggerValue;
    const told = JSON.stringify([data.threshold, data.costs]);
    if (told !== this.told && !this.grabbed) Object.assign(this, { threshold: data.threshold, costs: data.costs, told });
    this.data = data;
    this.intervals = everyInterval(data.p, data.y);
    const { words } = data;
    this.root.setAttribute("aria-label", words.label);
    [words.histogram, words.costTitle].forEach((said, n) => {
      this.pictures[n].title.textContent = said;
    });
    this.go.textContent = words.goCheapest;
    this.legend.textContent = [words.legend, words.some].filter(Boolean).join(" ");
    this.hint.textContent = words.hint;
    this.bars = this.countBars();
    this.fill();
    this.state = [];
    this.schedule();
  }

  /* Rows in each bin: of the positive class and of the negative one. */
  countBars() {
    const { p, y, bins } = this.data;
    const bars = Array.from({ length: bins }, () => [[], []]);
    p.forEach((each, n) => bars[Math.min(Math.floor(each * bins), bins - 1)][y[n] ? 0 : 1].push(each));
    return bars;
  }

  fill() {
    const { words } = this.data;
    this.cells = Object.fromEntries(KINDS.map((kind) => [kind, make("b")]));
    const cell = (kind) => twin(`threshold-${kind}`, "td", {}, this.cells[kind], make("span", {}, words[kind]));
    const head = (said, scope) => make("th", { scope }, said);
    this.table.replaceChildren(
      make("tr", {}, make("td"), head(words.saidPositive, "col"), head(words.saidNegative, "col")),
      make("tr", {}, head(words.isPositive, "row"), cell("tp"), cell("fn")),
      make("tr", {}, head(words.isNegative, "row"), cell("fp"), cell("tn")));
    this.parts = [];
    const part = (kind) => {
      const place = twin(`threshold-${kind}`, "span", { title: words[kind] });
      this.parts.push([kind, place]);
      return place;
    };
    this.results = ["accuracy", "precision", "recall", "total"].map(() => make("b"));
    this.prices = [make("span"), make("span")];
    const lines = [
      [words.accuracy, " = (", part("tp"), " + ", part("tn"), `) / ${written(this.data.p.length, 12)} = `, this.results[0]],
      [words.precision, " = ", part("tp"), " / (", part("tp"), " + ", part("fp"), ") = ", this.results[1]],
      [words.recall, " = ", part("tp"), " / (", part("tp"), " + ", part("fn"), ") = ", this.results[2]],
      [words.total, " = ", part("fp"), " · ", this.prices[0], " + ", part("fn"), " · ", this.prices[1], " = ", this.results[3]],
    ];
    this.formulas.replaceChildren(...lines.map((line) => make("p", {}, ...line)));
    walkable(this.formulas);
    walkable(this.table);
    this.twins.refresh();
  }

  turn(values, rests = false) {
    Object.assign(this, values);
    this.threshold = Math.min(Math.max(this.threshold, 0), 1);
    this.schedule();
    if (rests) this.settle();
  }

  settle() {
    this.grabbed = null;
    this.schedule();
    this.aloud.say(() => this.describe());
    clearTimeout(this.telling);
    this.telling = setTimeout(() => {
      const told = JSON.stringify([this.threshold, this.costs]);
      if (told === this.told || this.gone) return;
      this.told = told;
      this.setTriggerValue("settled", { threshold: this.threshold, costs: this.costs });
    }, 350);
  }

  grab(plot, event) {
    const [right] = plot.spot(event);
    if (!(Math.abs(right - plot.px(this.threshold)) < NEAR_LINE)) return null;
    return (now) => this.turn({ threshold: Math.round(plot.at(now)[0] * 1000) / 1000 });
  }

  press(event) {
    const ways = { ArrowRight: 0.01, ArrowLeft: -0.01, PageUp: 0.1, PageDown: -0.1 };
    const ends = { Home: 0, End: 1, Enter: middleOf(this.best) };
    if (event.key in ways) this.turn({ threshold: Math.round((this.threshold + ways[event.key]) * 1000) / 1000 }, true);
    else if (event.key in ends) this.turn({ threshold: ends[event.key] }, true);
    else return;
    event.preventDefault();
  }

  /* Light up what the pointer is over: a kind of row on one side of the line. */
  hover(event) {
    const [x, y] = this.pictures[0].plot.at(event);
    const [up, right] = [y > 0, x >= this.threshold];
    this.twins.point([`threshold-${up ? (right ? "tp" : "fn") : right ? "fp" : "tn"}`]);
  }

  schedule() {
    if (!this.data) return;
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw(themeOf(this.parent.host ?? this.parent));
    });
  }

  draw(theme) {
    const { data, costs } = this;
    const { words } = data;
    this.counts = countsAt(data.p, data.y, this.threshold);
    this.best = cheapestOf(this.intervals, costs);
    const { tp, fp, fn, tn } = this.counts;
    const [cost, least] = [costOf(this.counts, costs), costOf(this.best, costs)];
    this.drawHistogram(theme);
    this.drawCost(theme);
    this.value.textContent = say(words.threshold, { value: written(this.threshold, 3) });
    for (const kind of KINDS) this.cells[kind].textContent = written(this.counts[kind], 12);
    for (const [kind, place] of this.parts) place.textContent = written(this.counts[kind], 12);
    const rates = [(tp + tn) / data.p.length, tp / (tp + fp), tp / (tp + fn)];
    rates.forEach((rate, n) => {
      this.results[n].textContent = Number.isFinite(rate) ? percentage(100 * rate, 3) : "–";
    });
    this.results[3].textContent = written(cost, 6);
    costs.forEach((each, n) => {
      this.prices[n].textContent = written(each, 4);
      this.sliders[n].slider.value = String(each);
      this.sliders[n].said.textContent = say([words.wrongPositive, words.wrongNegative][n], { value: written(each, 4) });
    });
    const here = cost === least ? words.same : say(words.dearer, { more: written(cost - least, 6) });
    const [low, high] = [Math.max(this.best.low, 0), Math.min(this.best.high, 1)];
    this.about.textContent = say(words.about, { cost: written(least, 6), low: written(low, 3), high: written(high, 3), here });
    this.pictures[0].canvas.setAttribute("aria-label", this.describe());
    this.pictures[1].canvas.setAttribute("aria-label", `${words.costTitle}. ${this.about.textContent}`);
    Object.assign(this.root.dataset, { threshold: this.threshold, cost, least, tp, fp, fn, tn, costs: costs.join(" "), lit: [...this.twins.lit].join(" ") });
  }

  describe() {
    const { words } = this.data;
    const shown = Object.fromEntries(KINDS.map((kind) => [kind, written(this.counts[kind], 12)]));
    const costs = { cost: written(costOf(this.counts, this.costs), 6), least: written(costOf(this.best, this.costs), 6) };
    return say(words.described, { value: written(this.threshold, 3), ...shown, ...costs });
  }

  /* Frame a picture if its theme, size or axes have changed. */
  frame(n, theme, x, y) {
    const { plot } = this.pictures[n];
    plot.fit();
    const state = JSON.stringify([theme, plot.width, plot.height, y.scale.low, y.scale.high, y.title]);
    if (state === this.state[n] && !plot.stale) return plot;
    this.state[n] = state;
    plot.frame({ x, y, theme });
    return plot;
  }

  drawHistogram(theme) {
    const { words, bins } = this.data;
    const most = Math.max(1, ...this.bars.flat().map((rows) => rows.length));
    const scale = linearScale(-most, most, 0.05);
    const count = { ...scale, ticks: (wanted) => scale.ticks(wanted).map((tick) => ({ ...tick, label: written(Math.abs(tick.value), 6) })) };
    const plot = this.frame(0, theme, { scale: linearScale(0, 1), title: words.probability }, { scale: count, title: words.rows });
    plot.begin();
    this.bars.forEach((bar, n) => bar.forEach((rows, down) => {
      const right = rows.filter((p) => p >= this.threshold).length;
      const kinds = down ? ["tn", "fp"] : ["fn", "tp"];
      let base = 0;
      for (const [kind, height] of [[kinds[0], rows.length - right], [kinds[1], right]]) {
        this.bar(plot, theme, kind, n / bins, (n + 1) / bins, base, base + (down ? -height : height));
        base += down ? -height : height;
      }
    }));
    plot.rule({ y: 0 }, { color: theme.text, width: 1 });
    plot.rule({ x: middleOf(this.best) }, { color: theme.series[2], width: 2, dash: [3, 4] });
    this.line(plot, theme);
    plot.end();
  }

  bar(plot, theme, kind, from, to, base, top) {
    if (base === top) return;
    const [wrong, lit] = [kind === "fp" || kind === "fn", this.twins.lit.has(`threshold-${kind}`)];
    const color = theme.series[kind === "tp" || kind === "fn" ? 0 : 1];
    const [left, right, start, end] = [plot.px(from) + 1, plot.px(to) - 1, plot.py(base), plot.py(top)];
    const box = [left, Math.min(start, end), right - left, Math.abs(end - start)];
    let pen = plot.ink({ fill: color, alpha: wrong ? 0.25 : 0.85 });
    pen.fillRect(...box);
    if (!wrong && !lit) return;
    pen = plot.ink({ color: lit ? theme.text : color, width: lit ? 3 : 1.5, dash: wrong && !lit ? [3, 3] : [] });
    pen.strokeRect(...box);
  }

  line(plot, theme) {
    plot.rule({ x: this.threshold }, { color: theme.text, width: 3 });
    const pen = plot.ink({ color: theme.text, fill: theme.background, width: 2.5 });
    pen.beginPath();
    pen.arc(plot.px(this.threshold), plot.top + 12, 7, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }

  drawCost(theme) {
    const { words } = this.data;
    const { costs, intervals, best } = this;
    const every = intervals.map((each) => costOf(each, costs));
    const plot = this.frame(1, theme, { scale: linearScale(0, 1), title: words.thresholdAxis }, { scale: linearScale(0, Math.max(...every, 1), 0.04), title: words.cost });
    const [xs, ys] = [[], []];
    intervals.forEach(({ low, high }, n) => {
      xs.push(Math.min(high, 1), Math.max(low, 0));
      ys.push(every[n], every[n]);
    });
    plot.begin();
    plot.line(xs, ys, { color: theme.series[3], width: 2 });
    plot.rule({ x: middleOf(best) }, { color: theme.series[2], width: 2, dash: [3, 4] });
    plot.dots([middleOf(best)], [costOf(best, costs)], { color: theme.series[2], shape: "diamond", size: 7 });
    const right = middleOf(best) < 0.7;
    plot.text(words.cheapest, middleOf(best), costOf(best, costs), { color: theme.text, right: right ? 12 : -12, down: 14, align: right ? "left" : "right" });
    this.line(plot, theme);
    plot.end();
  }

  leave() {
    this.gone = true;
    this.watcher.disconnect();
    this.twins.destroy();
    clearTimeout(this.telling);
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.root.remove();
  }
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.threshold ??= new ThresholdGame(parentElement);
  parentElement.threshold.update(component);
  return () => {
    parentElement.threshold?.leave();
    parentElement.threshold = null;
  };
}
