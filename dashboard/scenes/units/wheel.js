/* The formulas of all units with their numbers, and the wheel: the weights of the chosen unit as sliders, each of which
   can be held while the others learn. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { twin, walkable } from "../shared/twins.js";
import { PER_UNIT, sumOf, unitsOf } from "./model.js";

const LEAST_WIDTH = 4; // a slider goes at least that far to both sides of 0

/* The name of a parameter, by its place. */
export function nameOf(place, count) {
  const [unit, part] = [Math.floor(place / PER_UNIT) + 1, place % PER_UNIT];
  if (unit > count) return "c";
  return [`w${unit}1`, `w${unit}2`, `b${unit}`, `v${unit}`][part];
}

export class Wheel {
  constructor(game) {
    this.game = game;
    this.formulas = make("div", { class: "working formulas" });
    this.title = make("h2");
    this.sliders = make("div", { class: "sliders" });
    this.root = make("div", { class: "wheel" }, this.formulas, this.title, this.sliders);
  }

  build() {
    this.lines = this.rows = null;
  }

  draw() {
    this.drawFormulas();
    this.drawSliders();
  }

  drawFormulas() {
    const { parameters, point, rule, activation } = this.game;
    const count = unitsOf(parameters);
    if (!this.lines) this.makeLines(count);
    const number = (value) => written(value, 3);
    for (const [place, found] of this.places.entries()) for (const element of found) element.textContent = number(parameters[place]);
    for (const input of [0, 1]) for (const element of this.points[input]) element.textContent = number(point[input]);
    let output = parameters.at(-1);
    for (let unit = 0; unit < count; unit++) {
      const value = rule.value(sumOf(parameters, unit, ...point));
      output += parameters[unit * PER_UNIT + 3] * value;
      for (const element of this.values[unit]) element.textContent = number(value);
    }
    this.total.textContent = number(output);
    this.formulas.dataset.activation = activation;
  }

  makeLines(count) {
    const { activation } = this.game;
    this.places = Array.from(this.game.parameters, () => []);
    [this.points, this.values] = [[[], []], Array.from({ length: count }, () => [])];
    const number = (place) => {
      const element = twin(`p${place}`, "span", { class: "number", title: nameOf(place, count) });
      this.places[place].push(element);
      return element;
    };
    const input = (place) => {
      const element = twin(`x${place + 1}`, "span", { class: "number" });
      this.points[place].push(element);
      return element;
    };
    const answer = (unit) => {
      const element = twin(`h${unit + 1}`, "span", { class: "number" });
      this.values[unit].push(element);
      return element;
    };
    const called = activation === "none" ? "" : activation;
    this.lines = Array.from({ length: count }, (_none, unit) => {
      const at = unit * PER_UNIT;
      return twin(`h${unit + 1}`, "p", {}, `h${unit + 1} = ${called}(`, number(at), " · ", input(0), " + ", number(at + 1), " · ", input(1), " + ", number(at + 2), ") = ", answer(unit));
    });
    const terms = Array.from({ length: count }, (_none, unit) => [number(unit * PER_UNIT + 3), " · ", answer(unit), " + "]).flat();
    this.total = twin("out", "span", { class: "number" });
    this.lines.push(twin("out", "p", {}, "o = ", ...terms, number(count * PER_UNIT), " = ", this.total));
    this.formulas.replaceChildren(...this.lines);
    walkable(this.formulas);
    this.game.twins.refresh();
  }

  /* The parameters of the chosen unit, by their places. */
  chosenPlaces() {
    const { chosen, parameters } = this.game;
    const count = unitsOf(parameters);
    if (chosen >= 0) return [0, 1, 2, 3].map((part) => chosen * PER_UNIT + part);
    return [...Array.from({ length: count }, (_none, unit) => unit * PER_UNIT + 3), count * PER_UNIT];
  }

  drawSliders() {
    const { chosen, parameters, gradient, words } = this.game;
    const places = this.chosenPlaces();
    if (!this.rows || this.shown !== chosen) {
      this.shown = chosen;
      this.rows = places.map((place) => this.makeRow(place));
      this.sliders.replaceChildren(...this.rows.map((row) => row.root));
      this.game.twins.refresh();
    }
    this.title.textContent = chosen < 0 ? words.ofOutput : say(words.ofUnit, { unit: `h${chosen + 1}` });
    for (const [n, place] of places.entries()) {
      const row = this.rows[n];
      const value = parameters[place];
      const width = Math.max(LEAST_WIDTH, 2 * Math.ceil(Math.abs(value)));
      if (Number(row.range.max) < Math.abs(value)) Object.assign(row.range, { min: -width, max: width });
      row.range.value = String(value);
      row.range.ariaValueText = written(value, 4);
      row.value.textContent = written(value, 4);
      row.gradient.textContent = say(words.gradient, { value: written(gradient[place], 2) });
      row.hold.checked = this.game.isHeld(place);
    }
  }

  makeRow(place) {
    const { parameters, words } = this.game;
    const name = nameOf(place, unitsOf(parameters));
    const range = make("input", { type: "range", min: -LEAST_WIDTH, max: LEAST_WIDTH, step: 0.01, class: `turn-p${place}` });
    const hold = make("input", { type: "checkbox", class: `hold-p${place}` });
    const [value, gradient] = [make("output", { "aria-live": "off" }), make("span", { class: "quiet gradient" })];
    range.ariaLabel = say(words.turn, { name });
    range.addEventListener("pointerdown", () => this.game.grip(place));
    range.addEventListener("input", () => this.game.turn(place, range.valueAsNumber));
    for (const end of ["pointerup", "pointercancel", "change"]) range.addEventListener(end, () => this.game.loosen(place));
    hold.addEventListener("change", () => this.game.hold(place, hold.checked));
    const root = twin(`p${place}`, "div", { class: "slider" },
      make("span", { class: "name" }, name), range, value, gradient, make("label", {}, hold, ` ${words.hold}`));
    return { root, range, value, gradient, hold };
  }
}
