/* Moving norms: p, the factor and both vectors are moved, drawn and measured here, without a call to the server.
   At the end of a movement the server gets the values, so its code and the link match. */

import "../shared/scene.css";
import "./norms.css";
import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { NormsEntries } from "./entries.js";
import { Meters, ROUNDING } from "./meters.js";
import { normOf, plus, powerAt, shareOf, times } from "./model.js";
import { NormsPlane } from "./plane.js";

const JUMPS = [0.5, 1, 2, 3, Infinity];
const QUIET_BEFORE_TELLING = 350; // milliseconds

class NormsGame {
  constructor(root) {
    this.canvas = make("canvas", { role: "img", tabindex: "0" });
    this.plane = new NormsPlane(this.canvas);
    this.entries = new NormsEntries(this.canvas);
    this.meters = new Meters();
    this.makeControls();
    this.legend = make("p", { class: "quiet" });
    this.note = make("p", { class: "note" });
    this.hint = make("p", { class: "quiet" });
    this.aloud = new Aloud();
    this.box = make("div", { class: "moving norms" },
      this.controls,
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.canvas, this.legend), make("div", { class: "panel" }, this.meters.root, this.note)),
      this.hint, this.aloud.root);
    root.append(this.box);
    listen(this, this.canvas, (event) => this.shown.grab(this, event));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  makeControls() {
    this.powerSaid = make("output", { class: "power", "aria-live": "off" });
    this.power = make("input", { type: "range", min: 0, max: 2, step: 0.005, class: "slider-p" });
    this.power.addEventListener("input", () => this.turn({ p: powerAt(this.power.valueAsNumber) }));
    this.jumps = JUMPS.map((p) => {
      const button = make("button", { type: "button" }, p === 0.5 ? "½" : written(p));
      button.addEventListener("click", () => this.turn({ p }, true));
      return button;
    });
    this.factorSaid = make("output", { class: "factor", "aria-live": "off" });
    this.factorSlider = make("input", { type: "range", min: -3, max: 3, step: 0.05, class: "slider-factor" });
    this.factorSlider.addEventListener("input", () => this.turn({ factor: this.factorSlider.valueAsNumber }));
    for (const slider of [this.power, this.factorSlider]) slider.addEventListener("change", () => this.settle());
    this.factorRow = make("div", { class: "control" }, this.factorSaid, this.factorSlider);
    this.controls = make("div", { class: "controls" },
      make("div", { class: "control" }, this.powerSaid, this.power, make("span", { class: "jumps" }, ...this.jumps)),
      this.factorRow);
  }

  /* Take over the values of the server, unless they only repeat those sent to it, or something is being dragged. */
  update({ data, setTriggerValue }) {
    const { x, y, p, factor, ball, words } = data;
    Object.assign(this, { ball, words, setTriggerValue });
    const said = JSON.stringify([x, y, Number(p), factor]);
    if (said !== this.said && !this.grabbed) {
      Object.assign(this, { x: [...x], y: [...y], p: Number(p), factor, said });
      this.plane.far = this.entries.range = null;
    }
    this.meters.update(this);
    this.factorRow.hidden = ball;
    this.power.ariaLabel = words.power;
    this.factorSlider.ariaLabel = words.factor;
    const planar = this.x.length === 2;
    this.shown = planar ? this.plane : this.entries;
    this.shown.state = null;
    this.hint.textContent = planar ? words.dragTips : words.dragEntries;
    this.legend.textContent = [planar ? (ball ? words.ballLegend : words.planeLegend) : words.entriesLegend, words.leftOut].join(" ");
    this.describe();
    this.schedule();
  }

  turn(values, rests = false) {
    Object.assign(this, values);
    this.schedule();
    if (rests) this.settle();
  }

  move(name, values) {
    if (values.every(Number.isFinite)) this.turn({ [name]: values });
  }

  /* The end of a movement. */
  settle() {
    this.grabbed = null;
    this.schedule();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), QUIET_BEFORE_TELLING);
    this.aloud.say(() => this.describe());
  }

  tell() {
    this.describe();
    const { x, y, p, factor } = this;
    const said = JSON.stringify([x, y, p, factor]);
    if (said === this.said || this.gone) return;
    this.said = said;
    this.setTriggerValue("settled", { x, y, p: String(p), factor });
  }

  press(event) {
    if (!this.shown.press(this, event.key)) return;
    event.preventDefault();
    this.settle();
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      const theme = themeOf(this.box);
      this.shown.plot.fit();
      this.shown.draw(this, theme);
      this.meters.draw(this, theme);
      this.drawControls();
    });
  }

  drawControls() {
    const { p, factor, words } = this;
    this.power.value = String(shareOf(p));
    this.power.ariaValueText = `p = ${written(p, 4)}`;
    this.powerSaid.textContent = `p = ${written(p, 4)}`;
    this.factorSlider.value = String(factor);
    this.factorSaid.textContent = `α = ${written(factor, 4)}`;
    this.note.textContent = this.ball ? this.aboutBall() : p < 1 ? words.noNorm : "";
    for (const [place, button] of this.jumps.entries()) {
      button.ariaPressed = String(JUMPS[place] === p);
      button.ariaLabel = `p = ${written(JUMPS[place])}`;
    }
    Object.assign(this.box.dataset, { p, factor, x: this.x.join(" "), y: this.y.join(" ") });
  }

  aboutBall() {
    const { x, y, p, words } = this;
    if (Math.max(normOf(x, p), normOf(y, p)) > 1 + ROUNDING) return words.outsideBall;
    const middle = normOf(times(0.5, plus(x, y)), p);
    return say(middle > 1 + ROUNDING ? words.cavesIn : words.convex, { middle: written(middle, 5) });
  }

  /* Set the text for screen readers, and return it. */
  describe() {
    const { x, y, p, words } = this;
    const seen = [x, y, plus(x, y)].map((vector) => written(normOf(vector, p), 6));
    this.canvas.ariaLabel = say(words.described, { p: written(p, 4), first: seen[0], second: seen[1], sum: seen[2] });
    return this.canvas.ariaLabel;
  }

  leave() {
    this.gone = true;
    this.watcher.disconnect();
    clearTimeout(this.telling);
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.norms ??= new NormsGame(parentElement);
  parentElement.norms.update(component);
  return () => {
    parentElement.norms?.leave();
    parentElement.norms = null;
  };
}
