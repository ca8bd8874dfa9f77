/* One neuron: features, weights and bias are moved, added up and drawn here, without a call to the server. At the end
   of a movement the server gets the values, so that its fields, its lines and the link match. See scene.py for `data`. */

import "../shared/scene.css";
import "../shared/player.css";
import "./neuron.css";
import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin } from "../shared/twins.js";
import { NeuronBars } from "./bars.js";
import { ActivationCurves, SigmoidCurve } from "./curves.js";
import { NeuronFormula, NeuronTable } from "./formula.js";
import { ACTIVATIONS, SATURATED, chosenPlaces, termsOf } from "./model.js";
import { NeuronPlane } from "./plane.js";

const QUIET_BEFORE_TELLING = 350; // milliseconds
const ALMOST_NEVER = 0.0005; // the other probability would be written as 100%

class NeuronGame {
  constructor(root) {
    this.formula = new NeuronFormula(this);
    this.bars = new NeuronBars(this);
    this.table = new NeuronTable(this);
    this.player = new StepPlayer(() => this.schedule(), (frame) => this.sentence(frame));
    this.step = make("p", { class: "working step" });
    this.canvases = { curve: movable(), plane: movable(), value: still(), slope: still() };
    this.curve = new SigmoidCurve(this.canvases.curve);
    this.plane = new NeuronPlane(this.canvases.plane);
    this.beside = ["value", "slope"].map((part) => new ActivationCurves(this.canvases[part], part));
    this.aloud = new Aloud();
    this.lay(root);
    this.twins = new Twins(this.box, () => this.schedule());
    for (const name of ["curve", "plane"]) {
      const canvas = this.canvases[name];
      listen(this, canvas, (event) => this[name].grab(this, event));
      canvas.addEventListener("keydown", (event) => this.press(event, name));
      canvas.addEventListener("pointermove", (event) => this.point(event, name));
      canvas.addEventListener("pointerleave", () => this.twins.point());
      canvas.addEventListener("focus", () => this.twins.point(this.meant(name)));
    }
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  lay(root) {
    this.said = Object.fromEntries(["likely", "slope", "curve", "plane", "distance", "beside"].map((name) => [name, make("p", { class: `said ${name}` })]));
    this.said.likely.dataset.twin = "p";
    this.heads = Object.fromEntries(["bars", "curve", "table", "plane", "beside"].map((name) => [name, make("h2")]));
    this.axes = ["across", "up"].map((name) => {
      const list = make("select");
      list.addEventListener("change", () => { this[name] = Number(list.value); this.settle(); });
      return { name, list, label: make("label", {}, make("span"), list) };
    });
    this.axesRow = make("div", { class: "axes" }, ...this.axes.map((axis) => axis.label));
    this.values = make("table", { class: "activations" });
    const figure = (...parts) => make("figure", { class: "panel" }, ...parts);
    const { heads, said, canvases } = this;
    this.planePanel = figure(heads.plane, this.axesRow, canvases.plane, said.plane, said.distance);
    this.box = make("div", { class: "moving neuron" }, this.formula.root,
      figure(heads.bars, this.bars.root, this.player.bar, this.step, this.bars.hint),
      make("div", { class: "panels" }, figure(heads.curve, canvases.curve, said.likely, said.slope, said.curve), this.planePanel),
      heads.table, this.table.root, heads.beside,
      make("div", { class: "panels" }, figure(canvases.value), figure(canvases.slope)),
      this.values, said.beside, this.aloud.root);
    root.append(this.box);
  }

  /* Take over the values of the server, unless they only repeat those sent to it, or something is being dragged. */
  update({ data, setTriggerValue }) {
    Object.assign(this, { words: data.words, names: data.names, setTriggerValue });
    const told = JSON.stringify([data.x, data.w, data.b, data.across, data.up]);
    if (told !== this.told && !this.busy) {
      const { x, w, b, across, up } = data;
      Object.assign(this, { x: [...x], w: [...w], b, across, up, told });
      this.shown = chosenPlaces(x, w);
      this.plane.far = this.curve.reach = null;
    }
    const structure = JSON.stringify([data.words, data.names, this.shown]);
    if (structure !== this.structure) this.build();
    this.structure = structure;
    this.describe();
    this.schedule();
  }

  get busy() {
    return this.grabbed || this.held;
  }

  build() {
    const { words, names } = this;
    for (const part of [this.formula, this.bars, this.table]) part.build();
    for (const [name, head] of Object.entries(this.heads)) head.textContent = words[`head_${name}`];
    for (const axis of this.axes) {
      axis.label.firstChild.textContent = words[axis.name];
      axis.list.replaceChildren(...names.map((name, place) => make("option", { value: place }, name)));
    }
    this.axesRow.hidden = names.length < 3;
    this.planePanel.hidden = names.length < 2;
    this.said.curve.textContent = words.curveLegend;
    this.said.plane.textContent = words.planeLegend;
    this.said.beside.textContent = words.besideLegend;
    const heads = [words.activation, words.value, words.slope].map((text) => make("th", { scope: "col" }, text));
    this.rows = Object.keys(ACTIVATIONS).map((name, n) =>
      twin(name, "tr", { tabindex: "0" }, make("th", { scope: "row" }, make("i", { class: `dash${n}` }), words.activations[name]), make("td"), make("td")));
    this.values.replaceChildren(make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...this.rows));
    const count = this.formula.names.length + 2;
    const frame = this.count === count ? this.player.frame : count - 1;
    this.count = count;
    this.terms = termsOf(this, this.shown);
    this.player.load(this.titles(), words, frame);
    this.twins.refresh();
  }

  /* What happens in each step, a few words each. */
  titles() {
    const { words } = this;
    return [...this.bars.rows.map((row) => say(row.name === "bias" ? words.stepBias : words.stepTerm, { name: this.nameOf(row.name) })), words.stepSum, words.stepSigmoid];
  }

  nameOf(term) {
    return term.startsWith("term") ? this.names[Number(term.slice(4)) - 1] : say(this.words.others, { count: written(this.x.length - this.shown.length) });
  }

  sentence(frame) {
    const { words, terms, bars } = this;
    const { parts, sums, z, p } = terms;
    const row = bars.rows[frame];
    if (!row) return say(frame === parts.length ? words.toldSum : words.toldSigmoid, { z: written(z, 4), p: written(p, 4) });
    const values = { name: this.nameOf(row.name), part: written(parts[frame], 4), sum: written(sums[frame], 4) };
    if (row.name === "bias") return say(words.toldBias, values);
    if (row.name === "others") return say(words.toldOthers, values);
    const place = this.shown[frame];
    return say(words.toldTerm, { ...values, x: written(this.x[place], 4), w: written(this.w[place], 4) });
  }

  change(kind, place, value) {
    if (!Number.isFinite(value)) return;
    if (kind === "b") this.b = value;
    else this[kind] = this[kind].map((old, at) => (at === place ? value : old));
    this.terms = termsOf(this, this.shown);
    this.schedule();
  }

  /* The end of a movement. */
  settle() {
    this.grabbed = null;
    this.held = false;
    this.schedule();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), QUIET_BEFORE_TELLING);
    this.aloud.say(() => this.describe());
  }

  tell() {
    const { x, w, b, across, up } = this;
    const told = JSON.stringify([x, w, b, across, up]);
    if (told === this.told || this.gone) return;
    this.told = told;
    this.setTriggerValue("settled", { x, w, b, across, up });
  }

  press(event, name) {
    if (event.altKey || event.ctrlKey || event.metaKey || !this[name].press(this, event.key)) return;
    event.preventDefault();
    this.settle();
  }

  meant(name) {
    return name === "curve" ? ["z", "p"] : [`term${this.across + 1}`, `term${this.up + 1}`];
  }

  point(event, name) {
    this.twins.point(this.grabbed || this[name].isNear(this, event) ? this.meant(name) : []);
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.words) this.draw();
    });
  }

  draw() {
    const theme = themeOf(this.box);
    const { frame } = this.player;
    this.terms = termsOf(this, this.shown);
    this.box.style.setProperty("--positive", theme.series[0]);
    this.box.style.setProperty("--negative", theme.series[1]);
    for (const part of [this.formula, this.bars, this.table]) part.draw(this.terms, frame);
    const pictures = [this.curve, ...this.beside, ...(this.names.length > 1 ? [this.plane] : [])];
    for (const picture of pictures) {
      picture.plot.fit();
      picture.draw(this, theme, this.terms, frame);
    }
    this.step.textContent = this.sentence(frame);
    this.drawWords(theme);
    const { x, w, b } = this;
    const { z, p } = this.terms;
    Object.assign(this.box.dataset, { x: x.join(" "), w: w.join(" "), b, z, p, frame, lit: [...this.twins.lit].join(" ") });
  }

  drawWords(theme) {
    const { words, terms, said } = this;
    const { z, slope, norm } = terms;
    const saturated = slope < SATURATED;
    said.likely.textContent = this.likely();
    said.slope.textContent = say(saturated ? words.saturated : words.slopes, { slope: written(slope, 3), z: written(z, 4), share: percentage(400 * slope, 3) });
    said.slope.dataset.saturated = saturated;
    said.distance.textContent = this.distance(z, norm);
    this.axes.forEach((axis) => { axis.list.value = String(this[axis.name]); });
    this.rows.forEach((row, n) => {
      const { value, slope: slopeAt } = Object.values(ACTIVATIONS)[n];
      row.style.setProperty("--ink", theme.series[n]);
      row.children[1].textContent = written(value(z), 4);
      row.children[2].textContent = written(slopeAt(z), 4);
    });
  }

  /* What the probability says; one that would be read as 100% is not called that. */
  likely() {
    const { words, terms } = this;
    const { p, other } = terms;
    const sentence = other < ALMOST_NEVER ? words.likelyYes : p < ALMOST_NEVER ? words.likelyNo : words.likely;
    return say(sentence, { p: written(p, 4), yes: percentage(100 * p, 3), no: percentage(100 * other, 3) });
  }

  distance(z, norm) {
    const { words, names } = this;
    if (!(norm > 0)) return words.noLine;
    if (z === 0) return [words.onLine, this.plane.alike ? "" : words.unlike].filter(Boolean).join(" ");
    const values = { z: written(Math.abs(z), 4), norm: written(norm, 4), distance: written(Math.abs(z) / norm, 4), side: z > 0 ? words.sideYes : words.sideNo };
    const own = this.plane.line(this).norm;
    const inPlane = names.length > 2 && own > 0 ? say(words.distanceInPlane, { distance: written(Math.abs(z) / own, 4) }) : "";
    return [say(words.distance, values), inPlane, this.plane.alike ? "" : words.unlike].filter(Boolean).join(" ");
  }

  /* Set the texts for screen readers, and return what is read at the end of a movement. */
  describe() {
    const { x, w, words } = this;
    this.terms = termsOf(this, this.shown);
    const { z, p, slope } = this.terms;
    const values = { z: written(z, 4), p: written(p, 4), slope: written(slope, 3), distance: written(Math.abs(z) / Math.hypot(...w), 4) };
    this.canvases.curve.ariaLabel = say(words.describedCurve, values);
    this.canvases.plane.ariaLabel = x.length < 2 ? "" : say(words.describedPlane, { ...values, x: written(x[this.across], 4), y: written(x[this.up], 4) });
    this.canvases.value.ariaLabel = say(words.describedValues, values);
    this.canvases.slope.ariaLabel = say(words.describedSlopes, values);
    return this.likely();
  }

  leave() {
    this.gone = true;
    this.player.pause();
    this.watcher.disconnect();
    this.twins.destroy();
    clearTimeout(this.telling);
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

const movable = () => make("canvas", { role: "img", tabindex: "0" });
const still = () => make("canvas", { role: "img" });

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.neuron ??= new NeuronGame(parentElement);
  parentElement.neuron.update(component);
  return () => {
    parentElement.neuron?.leave();
    parentElement.neuron = null;
  };
}
