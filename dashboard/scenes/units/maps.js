/* The network as a picture: a heat map in every unit, edges between them as wide as their weights, and on the output's
   map the rows. An edge is dragged up and down. */

import { make } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { twin } from "../shared/twins.js";
import { gridOf, sheetOf, zeroCurve } from "./heat.js";
import { PER_UNIT, answerOf, outputOf, unitsOf } from "./model.js";

const COARSE = 26; // numbers along each side of a small map
const PER_PIXEL = 0.02; // of a weight, as its edge is dragged
const STEP = 0.05; // of the plane's width, as the arrow keys move the point

export class NetworkMaps {
  constructor(game) {
    this.game = game;
    this.edges = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    this.edges.setAttribute("class", "edges");
    this.edges.setAttribute("aria-hidden", "true");
    this.inputs = make("div", { class: "layer inputs" });
    this.hidden = make("div", { class: "layer hidden" });
    this.canvas = make("canvas", { role: "img", tabindex: "0" });
    this.plot = new Plot(this.canvas);
    this.output = make("button", { type: "button", class: "name", "data-twin": "out" }, "o");
    this.output.addEventListener("click", () => game.choose(-1));
    this.last = make("div", { class: "layer output" }, this.output, this.canvas);
    this.root = make("div", { class: "net" }, this.edges, this.inputs, this.hidden, this.last);
    this.canvas.addEventListener("pointermove", (event) => game.probe(this.plot.at(event)));
    this.canvas.addEventListener("pointerenter", () => game.twins.point(["out"]));
    this.canvas.addEventListener("focus", () => game.twins.point(["out"]));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
  }

  /* Make the units and edges of a network with so many hidden units. */
  build(count, names) {
    this.boxes = [0, 1].map((place) => this.makeUnit(`x${place + 1}`, names[place], `x${place + 1}`));
    this.inputs.replaceChildren(...this.boxes.map((box) => box.root));
    this.units = Array.from({ length: count }, (_none, unit) => {
      const box = this.makeUnit(`h${unit + 1}`, `h${unit + 1}`, `h${unit + 1}`, "button");
      box.root.addEventListener("click", () => this.game.choose(unit));
      return box;
    });
    this.hidden.replaceChildren(...this.units.map((box) => box.root));
    this.root.style.setProperty("--units", count);
    this.ways = [];
    for (let unit = 0; unit < count; unit++) {
      for (const input of [0, 1]) this.ways.push(this.makeEdge(unit * PER_UNIT + input, this.boxes[input].root, this.units[unit].root));
      this.ways.push(this.makeEdge(unit * PER_UNIT + 3, this.units[unit].root, this.last));
    }
    this.edges.replaceChildren(...this.ways.map((way) => way.group));
  }

  makeUnit(name, words, said, tag = "div") {
    const canvas = make("canvas", { "aria-hidden": "true" });
    canvas.width = canvas.height = COARSE * 4;
    const value = make("span", { class: "value" });
    const title = make("span", { class: "title" }, said);
    const root = twin(name, tag, tag === "button" ? { type: "button", class: "unit" } : { class: "unit", title: words }, canvas, title, value);
    return { root, canvas, value };
  }

  makeEdge(place, from, to) {
    const shape = (name, tag) => {
      const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
      element.setAttribute("class", name);
      return element;
    };
    const [group, hit, ink] = [shape("edge", "g"), shape("hit", "line"), shape("ink", "line")];
    group.dataset.twin = `p${place}`;
    group.append(hit, ink);
    hit.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.dragged = { place, weight: this.game.parameters[place], height: event.clientY };
      hit.setPointerCapture(event.pointerId);
      this.game.grip(place);
      event.preventDefault();
    });
    hit.addEventListener("pointermove", (event) => {
      const { dragged } = this;
      if (dragged?.place === place) this.game.turn(place, dragged.weight + (dragged.height - event.clientY) * PER_PIXEL);
    });
    for (const end of ["pointerup", "pointercancel"])
      hit.addEventListener(end, () => {
        if (this.dragged?.place === place) this.game.loosen(place);
        this.dragged = null;
      });
    return { place, group, hit, ink, from, to };
  }

  press(event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!way) return;
    const { part, point } = this.game;
    this.game.probe([point[0] + way[0] * STEP * (part.x[1] - part.x[0]), point[1] + way[1] * STEP * (part.y[1] - part.y[0])]);
    event.preventDefault();
  }

  /* Put the edges between their units, wherever the page has placed these. */
  fit() {
    this.plot.fit();
    const box = this.root.getBoundingClientRect();
    this.edges.setAttribute("viewBox", `0 0 ${Math.max(box.width, 1)} ${Math.max(box.height, 1)}`);
    for (const { from, to, hit, ink } of this.ways) {
      const [start, end] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
      const ends = { x1: start.right - box.left, y1: start.top + start.height / 2 - box.top, x2: end.left - box.left, y2: end.top + end.height / 2 - box.top };
      for (const line of [hit, ink]) for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value);
    }
  }

  draw(theme) {
    const { parameters, rule, point, chosen, names } = this.game;
    const count = unitsOf(parameters);
    this.boxes.forEach((box, input) => this.drawUnit(box, (...x) => x[input], point[input], theme));
    for (let unit = 0; unit < count; unit++) {
      const value = (x1, x2) => answerOf(parameters, rule, unit, x1, x2);
      this.drawUnit(this.units[unit], value, value(...point), theme);
      this.units[unit].root.setAttribute("aria-pressed", String(unit === chosen));
      this.units[unit].root.setAttribute("aria-label", this.game.describeUnit(unit));
    }
    this.output.setAttribute("aria-pressed", String(chosen < 0));
    this.output.textContent = `o = ${written(outputOf(parameters, rule, ...point), 3)}`;
    for (const { place, ink, group } of this.ways) {
      const weight = parameters[place];
      ink.setAttribute("stroke", theme.series[weight < 0 ? 1 : 0].trim());
      ink.setAttribute("stroke-width", String(Math.min(0.8 + 2.2 * Math.abs(weight), 9)));
      ink.setAttribute("stroke-dasharray", weight < 0 ? "7 4" : "");
      group.classList.toggle("held", this.game.isHeld(place));
    }
    this.drawOutput(theme, names);
  }

  drawUnit(box, value, here, theme) {
    const { part, point } = this.game;
    const grid = gridOf(value, part, COARSE);
    const pen = box.canvas.getContext("2d");
    const { width, height } = box.canvas;
    pen.clearRect(0, 0, width, height);
    pen.drawImage(sheetOf(grid, Math.max(grid.most, 1e-9), theme), 0, 0, width, height);
    const spot = (x, y) => [((x - part.x[0]) / (part.x[1] - part.x[0])) * width, ((part.y[1] - y) / (part.y[1] - part.y[0])) * height];
    pen.strokeStyle = theme.text;
    pen.lineWidth = 3;
    const [right, down] = spot(...point);
    pen.beginPath();
    pen.arc(right, down, 6, 0, 2 * Math.PI);
    pen.stroke();
    box.value.textContent = written(here, 3);
  }

  drawOutput(theme, names) {
    const { plot } = this;
    const { parameters, rule, part, rows, point, twins } = this.game;
    const state = JSON.stringify([theme, part, names]);
    if (state !== this.state) {
      plot.frame({ x: { scale: linearScale(...part.x), title: names[0] }, y: { scale: linearScale(...part.y), title: names[1] }, theme });
      this.state = state;
    }
    const grid = gridOf((x1, x2) => outputOf(parameters, rule, x1, x2), part);
    plot.begin();
    plot.ink({}).drawImage(sheetOf(grid, 1, theme), plot.left, plot.top, plot.across, plot.up);
    for (const unit of this.litUnits(twins.lit)) this.drawUnitLine(unit, theme);
    for (const [x0, y0, x1, y1] of zeroCurve(grid, part)) plot.line([x0, x1], [y0, y1], { color: theme.text, width: 2.5 });
    for (const first of [true, false]) {
      const pick = [...rows.y.keys()].filter((row) => rows.y[row] > 0 === first);
      const [color, shape] = first ? [theme.series[0], "dot"] : [theme.series[1], "diamond"];
      plot.dots(rows.x1, rows.x2, { color: theme.background, shape, size: 5 }, 0, pick.length, pick);
      plot.dots(rows.x1, rows.x2, { color: theme.background, fill: color, shape, width: 1, size: first ? 3.6 : 4.6 }, 0, pick.length, pick);
    }
    plot.dots([point[0]], [point[1]], { color: theme.text, shape: "ring", size: 8, width: 2.5 });
    plot.end();
  }

  /* The hidden units whose line is drawn on the output's map: the chosen one, and those that light up. */
  litUnits(lit) {
    const wanted = new Set(this.game.chosen < 0 ? [] : [this.game.chosen]);
    for (const name of lit) {
      if (/^h\d+$/.test(name)) wanted.add(Number(name.slice(1)) - 1);
      if (/^p\d+$/.test(name)) wanted.add(Math.floor(Number(name.slice(1)) / PER_UNIT));
    }
    return [...wanted].filter((unit) => unit < unitsOf(this.game.parameters));
  }

  /* Where the sum of a unit is 0: a straight line. */
  drawUnitLine(unit, theme) {
    const { parameters, part } = this.game;
    const [w1, w2, bias] = parameters.slice(unit * PER_UNIT, unit * PER_UNIT + 3);
    const far = 2 * Math.max(part.x[1] - part.x[0], part.y[1] - part.y[0]);
    const size = w1 * w1 + w2 * w2;
    if (!(size > 0)) return;
    const foot = [(-bias * w1) / size, (-bias * w2) / size];
    const along = [(-w2 / Math.sqrt(size)) * far, (w1 / Math.sqrt(size)) * far];
    this.plot.line([foot[0] - along[0], foot[0] + along[0]], [foot[1] - along[1], foot[1] + along[1]], { color: theme.text, width: 1.5, dash: [6, 5] });
  }
}
