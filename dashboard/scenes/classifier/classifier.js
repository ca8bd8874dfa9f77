/* A neuron that learns two classes, update by update. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./classifier.css";
import { make, say, wideBox } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { Plot, themeOf } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";
import { sigmoidOf } from "../shared/sigmoid.js";
import { Twins, twin, walkable } from "../shared/twins.js";
import { BoundaryPlot } from "./boundary.js";

class ClassifierStage {
  constructor(parent) {
    this.parent = parent;
    const picture = () => make("canvas", { role: "img", tabindex: "0" });
    this.planeCanvas = picture();
    this.lossCanvas = picture();
    this.lossCanvas.removeAttribute("tabindex");
    this.plane = new BoundaryPlot(this.planeCanvas);
    this.loss = new Plot(this.lossCanvas);
    this.titles = [make("h2"), make("h2")];
    this.legend = make("p", { class: "legend quiet" });
    this.note = make("p", { class: "quiet" });
    this.formula = make("div", { class: "working sum" });
    this.saying = make("p", { class: "saying" });
    this.table = make("table", { class: "weights" });
    this.hint = make("p", { class: "quiet hint" });
    this.player = new Player((frame) => this.draw(frame), (frame) => this.sentence(frame));
    const left = make("figure", { class: "panel" }, this.titles[0], this.planeCanvas, this.legend, this.note);
    const right = make("figure", { class: "panel" }, this.titles[1], this.lossCanvas);
    this.root = make("div", { class: "moving classifier", role: "group" },
      make("div", { class: "panels" }, left, right), this.player.bar, this.formula, this.saying,
      wideBox(this.table), this.hint);
    parent.append(this.root);
    this.twins = new Twins(this.root, () => this.redraw());
    this.chosen = 0;
    this.listen();
    this.watcher = new ResizeObserver(() => this.redraw());
    for (const canvas of [this.planeCanvas, this.lossCanvas]) this.watcher.observe(canvas);
  }

  listen() {
    this.planeCanvas.addEventListener("pointermove", (event) => {
      const row = this.plane.near(event);
      this.planeCanvas.style.cursor = row === null ? "default" : "pointer";
    });
    this.planeCanvas.addEventListener("click", (event) => this.choose(this.plane.near(event)));
    this.planeCanvas.addEventListener("focus", () => this.twins.point(["neuron-line"]));
    this.planeCanvas.addEventListener("blur", () => this.twins.point([]));
    this.planeCanvas.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      const count = this.data.rows.length;
      this.choose((this.chosen + way + count) % count);
      this.player.aloud.say(() => this.saying.textContent);
      event.preventDefault();
    });
    const seek = (event) => {
      if (event.buttons === 0) return;
      const [step] = this.loss.at(event);
      const later = this.data.steps.findIndex((each) => each >= step);
      this.player.stopAt(later < 0 ? this.data.steps.length - 1 : later);
    };
    this.lossCanvas.addEventListener("pointerdown", (event) => {
      this.lossCanvas.setPointerCapture(event.pointerId);
      seek(event);
    });
    this.lossCanvas.addEventListener("pointermove", seek);
    this.lossCanvas.addEventListener("pointerenter", () => this.twins.point(["neuron-loss"]));
    this.lossCanvas.addEventListener("pointerleave", () => this.twins.point([]));
  }

  /* Take over a scene: the same rows keep their frame, others are shown at the end. */
  take(data) {
    const same = this.data && JSON.stringify(this.data.rows) === JSON.stringify(data.rows) && JSON.stringify(this.data.names) === JSON.stringify(data.names);
    const atEnd = !same || this.player.frame === this.data.steps.length - 1;
    const frame = atEnd ? data.steps.length - 1 : Math.min(this.player.frame, data.steps.length - 1);
    if (!same) this.chosen = 0;
    this.data = data;
    const { words, names, axes, rows, labels } = data;
    this.root.setAttribute("aria-label", words.label);
    this.titles[0].textContent = words.plane;
    this.titles[1].textContent = words.lossTitle;
    this.hint.textContent = words.hint;
    this.note.textContent = [say(words.legendShade, { name: data.classes[1] }), names.length > 2 ? words.slice : "", words.some].filter(Boolean).join(" ");
    this.plane.load(rows.map((row) => axes.map((at) => row[at])), labels, axes.map((at) => names[at]));
    this.drawLegend();
    this.fillTable();
    this.fillSum();
    this.twins.refresh();
    this.lossState = null;
    this.player.load(data.steps, words.controls, data.steps.at(-1), frame);
  }

  drawLegend() {
    const { words, classes, beside } = this.data;
    const colors = this.theme().series;
    const sign = (kind, color, said) => {
      const mark = make("i", { class: kind });
      mark.style.setProperty("--ink", color);
      return make("span", {}, mark, said);
    };
    const theme = this.theme();
    this.legend.replaceChildren(
      sign("dot", colors[0], classes[1]), sign("diamond", colors[1], classes[0]), sign("whole", theme.text, words.legendLine),
      sign("fine", theme.text, words.legendBand), ...(beside[0].weights ? [sign("dash", colors[3], words.legendExact)] : []));
  }

  theme() {
    return themeOf(this.parent.host ?? this.parent);
  }

  /* The names that light up with a parameter. */
  nameOf(at) {
    const place = this.data.axes.indexOf(at);
    return `neuron-w${at}${["", " neuron-across", " neuron-up"][place + 1]}`;
  }

  fillTable() {
    const { words, names, beside } = this.data;
    const head = [words.parameter, words.now, ...beside.map((fit) => fit.name)];
    this.cells = [];
    const line = (name, said, values) => {
      const now = make("td");
      this.cells.push(now);
      const rest = values.map((value) => make("td", {}, value === null ? words.none : written(value, 5)));
      return twin(name, "tr", {}, make("th", { scope: "row" }, said), now, ...rest);
    };
    this.table.replaceChildren(
      make("thead", {}, make("tr", {}, ...head.map((each) => make("th", { scope: "col" }, each)))),
      make("tbody", {},
        ...names.map((name, at) => line(this.nameOf(at), `w: ${name}`, beside.map((fit) => fit.weights?.[at] ?? null))),
        line("neuron-b", words.bias, beside.map((fit) => fit.bias)),
        line("neuron-loss", words.loss, beside.map((fit) => fit.loss))));
  }

  /* Weight across, weight up, and what the bias and the other columns at their means add. */
  lineOf(weights, bias) {
    const { axes, means } = this.data;
    const rest = weights.reduce((sum, weight, at) => (axes.includes(at) ? sum : sum + weight * means[at]), bias);
    return [weights[axes[0]], weights[axes[1]], rest];
  }

  choose(row) {
    if (row === null) return;
    this.chosen = row;
    this.redraw();
  }

  redraw() {
    if (this.data) this.draw(this.player.frame);
  }

  draw(frame) {
    const { data, twins } = this;
    const theme = this.theme();
    const [weights, bias] = [data.weights[frame], data.bias[frame]];
    const exact = data.beside[0];
    this.plane.draw(theme, this.lineOf(weights, bias), exact.weights && this.lineOf(exact.weights, exact.bias), this.chosen, twins.lit);
    this.drawLoss(theme, frame);
    [...weights, bias, data.loss[frame]].forEach((value, n) => {
      this.cells[n].textContent = written(value, 5);
    });
    this.drawSum(weights, bias);
    if (!this.player.playing) this.planeCanvas.setAttribute("aria-label", this.sentence(frame));
    Object.assign(this.root.dataset, { frame, step: data.steps[frame], loss: data.loss[frame], row: this.chosen, lit: [...twins.lit].join(" ") });
  }

  drawLoss(theme, frame) {
    const { data, loss: plot } = this;
    plot.fit();
    const state = JSON.stringify([theme, plot.width, plot.height]);
    const best = data.beside[0].loss;
    if (state !== this.lossState || plot.stale) {
      this.lossState = state;
      const [low, high] = extent(data.loss, [best ?? 0]);
      plot.frame({
        x: { scale: linearScale(0, data.steps.at(-1)), title: data.words.update },
        y: { scale: linearScale(Math.min(low, best ?? 0), high, 0.04), title: data.words.loss },
        theme,
        still: (still) => {
          still.line(data.steps, data.loss, { color: theme.quiet, width: 1.5 });
          if (best !== null) {
            still.rule({ y: best }, { color: theme.series[3], width: 2, dash: [9, 5] });
            still.text(data.words.exactLoss, data.steps.at(-1), best, { color: theme.text, align: "right", down: -9, right: -4 });
          }
        },
      });
    }
    const lit = this.twins.lit.has("neuron-loss");
    plot.begin();
    plot.line(data.steps, data.loss, { color: theme.series[0], width: lit ? 4 : 2.5 }, 0, frame + 1);
    plot.dots([data.steps[frame]], [data.loss[frame]], { color: theme.series[0], size: lit ? 8 : 5 });
    plot.end();
    this.lossCanvas.setAttribute("aria-label", `${data.words.lossTitle}: ${written(data.loss[frame])}`);
  }

  /* The sum of a row, made once: each weight times its value, then the bias, then the probability. */
  fillSum() {
    const { axes, names, terms, words } = this.data;
    const every = names.map((_, at) => at);
    this.shown = names.length <= terms ? every : [...axes, ...every.filter((at) => !axes.includes(at))].slice(0, terms);
    this.terms = this.shown.map((at) => twin(this.nameOf(at), "span", { title: names[at] }));
    this.others = make("span");
    this.biasTerm = twin("neuron-b", "span", { title: words.bias });
    this.z = twin("neuron-z", "b");
    this.p = twin("neuron-p", "b");
    const parts = this.terms.flatMap((term) => [term, " + "]);
    this.formula.replaceChildren("z = ", ...parts, this.others, this.biasTerm, " = ", this.z, ",   p = σ(z) = ", this.p);
    walkable(this.formula);
  }

  drawSum(weights, bias) {
    const { rows, labels, names, words, classes } = this.data;
    const row = rows[this.chosen];
    const z = weights.reduce((sum, weight, at) => sum + weight * row[at], bias);
    const p = sigmoidOf(z);
    this.shown.forEach((at, n) => {
      this.terms[n].textContent = `${written(weights[at], 4)} · ${written(row[at], 4)}`;
      this.terms[n].setAttribute("aria-label", `${names[at]}: ${this.terms[n].textContent}`);
    });
    const rest = z - bias - this.shown.reduce((sum, at) => sum + weights[at] * row[at], 0);
    const left = names.length - this.shown.length;
    this.others.textContent = left ? `(${say(words.others, { count: left })}: ${written(rest, 4)}) + ` : "";
    this.biasTerm.textContent = `(${written(bias, 4)})`;
    this.z.textContent = written(z, 4);
    this.p.textContent = written(p, 4);
    this.saying.textContent = [
      say(words.row, { label: classes[labels[this.chosen]] }),
      say(words.probability, { share: percentage(100 * p, 4), name: classes[1] }),
    ].join(" ");
    this.root.dataset.p = p;
  }

  sentence(frame) {
    const { data } = this;
    const [weights, bias] = [data.weights[frame], data.bias[frame]];
    const right = data.rows.filter((row, n) => weights.reduce((sum, weight, at) => sum + weight * row[at], bias) > 0 === (data.labels[n] === 1));
    return say(data.words.described, {
      update: written(data.steps[frame], 12), loss: written(data.loss[frame]), right: written(right.length, 12), rows: written(data.rows.length, 12),
    });
  }

  leave() {
    this.player.pause();
    this.twins.destroy();
    this.watcher.disconnect();
    this.root.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.classifier ??= new ClassifierStage(parentElement);
  parentElement.classifier.take(data);
  return () => {
    parentElement.classifier?.leave();
    delete parentElement.classifier;
  };
}
