/* What moving scenes share that compute in the browser and give their values to the server when a movement ends.

   A scene extends `Game` and has: kind, `settled()` (what the server gets), `take(data)` (adopt the server's values),
   `paint(theme)` and `sentence()` (for screen readers). `mountGame` makes it, updates it and takes it away. */

import { Aloud, make } from "./elements.js";
import { useNumberRules } from "./numbers.js";
import { themeOf } from "./plot.js";
import { Twins } from "./twins.js";

const QUIET_BEFORE_SENDING = 350; // milliseconds

export class Game {
  constructor(root, kind) {
    this.aloud = new Aloud();
    this.box = make("div", { class: `moving ${kind}` });
    root.append(this.box);
    this.twins = new Twins(this.box, () => this.schedule());
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  /* Take over the values of the server, unless they only repeat those sent to it, or something is being dragged. */
  update({ data, setTriggerValue }) {
    Object.assign(this, { data, words: data.words, setTriggerValue });
    const given = JSON.stringify(data.state);
    if (given !== this.given && !this.grabbed) {
      this.given = given;
      this.adopt(data.state);
    }
    this.take(data);
    this.schedule();
  }

  change(values, rests = false) {
    this.adopt(values);
    this.schedule();
    if (rests) this.settle();
  }

  adopt(values) {
    Object.assign(this, values);
  }

  /* The end of a movement. */
  settle() {
    this.grabbed = null;
    this.schedule();
    clearTimeout(this.sending);
    this.sending = setTimeout(() => this.send(), QUIET_BEFORE_SENDING);
    this.aloud.say(() => this.sentence());
  }

  send() {
    const given = JSON.stringify(this.settled());
    if (given === this.given || this.gone) return;
    this.given = given;
    this.setTriggerValue("settled", this.settled());
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.data) this.paint(themeOf(this.box));
    });
  }

  /* Light what `names(event)` finds under the pointer on a canvas. */
  pointOn(canvas, names) {
    canvas.addEventListener("pointermove", (event) => this.grabbed || this.twins.point(names(event)));
    canvas.addEventListener("pointerleave", () => this.twins.point([]));
  }

  leave() {
    this.gone = true;
    this.watcher.disconnect();
    this.twins.destroy();
    clearTimeout(this.sending);
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

export function mountGame(component, name, Scene) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement[name] ??= new Scene(parentElement);
  parentElement[name].update(component);
  return () => {
    parentElement[name]?.leave();
    parentElement[name] = null;
  };
}

/* A slider with its name and its value: {root, slider, value}. */
export function sliderField(kind, attributes, moved, rested) {
  const name = make("span", { class: "name" });
  const slider = make("input", { type: "range", class: `slider-${kind}`, ...attributes });
  const value = make("output", { "aria-live": "off" });
  slider.addEventListener("input", () => moved(slider.valueAsNumber));
  slider.addEventListener("change", rested);
  return { root: make("div", { class: "field" }, name, slider, value), name, slider, value };
}
