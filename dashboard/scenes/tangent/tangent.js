/* A secant that turns into a tangent: the point and its step are kept and drawn here, without a call to the server. */

import "../shared/scene.css";
import "./tangent.css";
import { putIntoAddress } from "../shared/address.js";
import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { TangentPlot, middle } from "./plot.js";
import { SlopeModel } from "./slope_model.js";

const KEPT = new Map(); // the point and its step, for each function of this visit
const DECADES = 7; // range of the slider for the step, below half the picture
const SHRINKING = 3500; // milliseconds

class Tangent {
  constructor(root) {
    this.canvases = { curve: make("canvas", { role: "img", class: "curve" }), lens: make("canvas", { role: "img", class: "lens" }) };
    this.figures = Object.fromEntries(["secantSlope", "derivative", "apart"].map((name) => [name, make("output", { "aria-live": "off" })]));
    this.words_ = {};
    this.verdict = make("p", { class: "verdict" });
    this.aloud = new Aloud();
    this.note = make("p", { class: "quiet note" });
    this.makeControls();
    this.box = this.laidOut();
    root.append(this.box);
    this.plots = [new TangentPlot(this.canvases.curve, false), new TangentPlot(this.canvases.lens, true)];
    const [whole] = this.plots;
    this.canvases.curve.addEventListener("pointerdown", (event) => event.button === 0 && this.stop()); // wherever it hits
    listen(this, this.canvases.curve, (event) => whole.grab(this, event));
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
    this.keeper = setInterval(() => this.grabbed || this.writeAddress(), 1000); // the page may overwrite it after a run
  }

  /* An element for one of the scene's texts. */
  said(name, tag = "span", className = "") {
    const place = make(tag, className ? { class: className } : {});
    (this.words_[name] ??= []).push(place);
    return place;
  }

  makeControls() {
    const slider = (name, set) => {
      const made = make("input", { type: "range", class: `slider-${name}`, step: "any" });
      made.addEventListener("input", () => {
        this.stop();
        set(made.valueAsNumber);
      });
      made.addEventListener("change", () => this.settle());
      return made;
    };
    const button = (name, press) => {
      const made = this.said(name, "button", name);
      made.type = "button";
      made.addEventListener("click", press);
      return made;
    };
    this.stepSlider = slider("step", (at) => this.moveStep(this.stepOf(at)));
    this.stepSlider.step = "0.01";
    this.placeSlider = slider("place", (at) => this.movePlace(at));
    this.values = { step: make("output", { "aria-live": "off" }), place: make("output", { "aria-live": "off" }) };
    this.buttons = [button("shrink", () => this.shrink()), button("again", () => this.restart()),
      button("take", () => this.setTriggerValue("take", this.x))];
  }

  laidOut() {
    const figure = (name) => make("div", {}, this.said(name, "div", "quiet"), this.figures[name]);
    const field = (name, slider) => make("label", { class: "field" }, this.said(name, "b"), slider, this.values[name]);
    this.legend = make("p", { class: "legend" });
    return make("div", { class: "moving tangent" },
      make("div", { class: "figures" }, ...Object.keys(this.figures).map(figure)), this.verdict,
      make("div", { class: "fields" }, field("step", this.stepSlider), field("place", this.placeSlider)),
      make("div", { class: "switches" }, ...this.buttons),
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.said("curve", "h2"), this.canvases.curve, this.legend, this.said("hint", "p", "quiet")),
        make("figure", { class: "panel" }, this.said("lens", "h2"), this.canvases.lens, this.note)),
      this.aloud.root);
  }

  update({ data, setTriggerValue }) {
    const other = data.key !== this.key;
    Object.assign(this, { setTriggerValue, key: data.key, words: data.words, start: data, unit: data.unit });
    if (other) {
      this.stop();
      this.model = new SlopeModel(data.program);
      if (!KEPT.has(data.key)) KEPT.set(data.key, { x: data.x, h: data.h });
      Object.assign(this, KEPT.get(data.key));
      this.heights = null;
      this.place = this.model.at(this.x);
    }
    for (const [name, places] of Object.entries(this.words_)) for (const place of places) place.textContent = this.words[name];
    this.stepSlider.setAttribute("aria-label", this.words.stepSlider);
    this.placeSlider.setAttribute("aria-label", this.words.placeSlider);
    [this.stepSlider.min, this.stepSlider.max] = ["-1", "1"];
    [this.placeSlider.min, this.placeSlider.max] = data.window.map(String);
    this.placeSlider.step = String(this.grain);
    for (const shown of this.plots) shown.reset();
    this.settle();
  }

  /* The rounding of a dragged point: a two hundredth of half the picture. */
  get grain() {
    return (this.start.window[1] - this.start.window[0]) / 400;
  }

  rounded(x) {
    return Number((Math.round(x / this.grain) * this.grain).toPrecision(12));
  }

  get half() {
    return (this.start.window[1] - this.start.window[0]) / 2;
  }

  stepOf(at) {
    const size = this.half * 10 ** (-DECADES * (1 - Math.abs(at)));
    return Number(((at < 0 ? -1 : 1) * size).toPrecision(3));
  }

  sliderOf(h) {
    return Math.sign(h) * Math.max(1 + Math.log10(Math.abs(h) / this.half) / DECADES, 0);
  }

  moveStep(h) {
    const [low, high] = this.start.window;
    const inside = Math.min(Math.max(this.x + h, low), high) - this.x;
    this.keep(this.x, Math.abs(inside) < Math.abs(h) ? Number(inside.toPrecision(12)) || h : h);
  }

  moveRing(x) {
    const h = this.rounded(x) - this.x;
    const least = this.grain * Math.sign(x - this.x || this.h);
    this.moveStep(Math.abs(h) < this.grain / 2 ? least : Number(h.toPrecision(12)));
  }

  movePlace(x) {
    const [low, high] = this.start.window;
    const place = Math.min(Math.max(this.rounded(x), low), high);
    const inside = place + this.h >= low && place + this.h <= high;
    this.keep(place, inside ? this.h : -this.h);
  }

  keep(x, h) {
    if (x !== this.x) this.place = this.model.at(x);
    Object.assign(this, { x, h });
    KEPT.set(this.key, { x, h });
    this.schedule();
  }

  restart() {
    this.stop();
    this.keep(this.start.x, this.start.h);
    this.settle();
  }

  /* Shrink the step gradually; at once with reduced motion. */
  shrink() {
    this.stop();
    const from = this.sliderOf(this.h);
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const begun = performance.now();
    const next = (now) => {
      const share = still ? 1 : Math.min((now - begun) / SHRINKING, 1);
      this.moveStep(this.stepOf((from || 1e-9) * (1 - share) || Math.sign(from) * 1e-12));
      if (share < 1) this.shrinking = requestAnimationFrame(next);
      else this.settle();
    };
    this.shrinking = requestAnimationFrame(next);
  }

  stop() {
    cancelAnimationFrame(this.shrinking);
  }

  valueThere() {
    return this.model.value(this.x + this.h);
  }

  secant() {
    return (this.valueThere() - this.place.value) / this.h;
  }

  /* The range of the whole picture; its heights are fixed while the point moves. */
  window() {
    const x = this.start.window;
    if (!this.heights) {
      const values = Array.from({ length: 301 }, (_, i) => this.model.value(x[0] + ((x[1] - x[0]) * i) / 300));
      const shown = [...middle(values), ...[this.model.value(this.start.x)].filter(Number.isFinite)];
      const scale = linearScale(Math.min(...shown), Math.max(...shown), 0.1);
      this.heights = [scale.low, scale.high];
    }
    return { x, y: this.heights };
  }

  get times() {
    return Math.max(this.half / (2 * Math.abs(this.h)), 1);
  }

  lens() {
    const { y } = this.window();
    const value = Number.isFinite(this.place.value) ? this.place.value : (y[0] + y[1]) / 2;
    const [across, up] = [this.half / this.times, (y[1] - y[0]) / 2 / this.times];
    return { x: [this.x - across, this.x + across], y: [value - up, value + up] };
  }

  settle() {
    this.grabbed = null;
    this.writeAddress();
    this.aloud.say(() => this.describe());
    this.schedule();
  }

  writeAddress() {
    if (this.gone) return;
    const unlessOne = (value) => (value === 1 ? null : value); // the default of both
    const h = unlessOne(Number((this.h / this.unit).toPrecision(12)));
    putIntoAddress({ calculus_h: h, ...(this.x !== this.start.x && { calculus_x: unlessOne(this.x) }) });
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      const theme = themeOf(this.box);
      for (const shown of this.plots) {
        shown.plot.fit();
        shown.draw(this, theme);
      }
      this.write(theme);
    });
  }

  write(theme) {
    const { words, place } = this;
    const secant = this.secant();
    const number = (value, none) => (Number.isFinite(value) ? written(value, 7) : none);
    const slope = place.kind === "smooth" ? place.left : NaN;
    this.figures.secantSlope.textContent = number(secant, words.noValue);
    this.figures.derivative.textContent = number(slope, words.none);
    this.figures.apart.textContent = number(secant - slope, "–");
    this.verdict.textContent = this.verdictSaid();
    const enlarged = this.times > 1 ? say(words.enlarged, { times: written(this.times, 3) }) : words.whole;
    this.note.textContent = `${enlarged} ${words.straight}`;
    this.stepSlider.value = String(this.sliderOf(this.h));
    this.placeSlider.value = String(this.x);
    this.values.step.textContent = written(this.h, 3);
    this.values.place.textContent = written(this.x, 6);
    this.stepSlider.setAttribute("aria-valuetext", `h = ${written(this.h, 3)}`);
    this.placeSlider.setAttribute("aria-valuetext", `x = ${written(this.x, 6)}`);
    this.drawLegend(theme);
  }

  verdictSaid() {
    const { place, words } = this;
    const limit = (value) => (Number.isNaN(value) ? words.nothing : written(value, 6));
    return say(words.kinds[place.kind], {
      x: written(this.x, 6), value: written(place.value, 6), slope: written(place.left, 6),
      left: written(place.left, 6), right: written(place.right, 6),
      left_limit: limit(place.leftLimit), right_limit: limit(place.rightLimit),
    });
  }

  drawLegend(theme) {
    const halves = !["smooth", "jump", "unknown", "undefined"].includes(this.place.kind);
    const state = JSON.stringify([halves, this.place.kind === "smooth", theme.series, this.words]);
    if (state === this.legendShown) return;
    this.legendShown = state;
    const lines = [["function", 0, "solid"], ["secant", 1, "dashed"]];
    if (this.place.kind === "smooth") lines.push(["tangent", 2, "solid"]);
    if (halves) lines.push(["half", 2, "dotted"]);
    this.legend.replaceChildren(...lines.map(([name, colour, style]) => {
      const stroke = make("i");
      stroke.style.borderTop = `3px ${style} ${theme.series[colour]}`;
      return make("span", {}, stroke, this.words[name]);
    }));
  }

  /* Set the texts for screen readers; return that of the curve. */
  describe() {
    const secant = this.secant();
    const values = {
      x: written(this.x, 6), h: written(this.h, 3), times: written(this.times, 3), verdict: this.verdictSaid(),
      secant: Number.isFinite(secant) ? written(secant, 7) : this.words.noValue,
    };
    this.canvases.curve.setAttribute("aria-label", say(this.words.described, values));
    this.canvases.lens.setAttribute("aria-label", say(this.words.described_lens, values));
    return this.canvases.curve.getAttribute("aria-label");
  }

  leave() {
    this.gone = true;
    this.stop();
    this.watcher.disconnect();
    this.aloud.hush();
    clearInterval(this.keeper);
    cancelAnimationFrame(this.waiting);
  }
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.tangent ??= new Tangent(parentElement);
  parentElement.tangent.update(component);
  return () => {
    parentElement.tangent?.leave();
    parentElement.tangent = null;
  };
}
