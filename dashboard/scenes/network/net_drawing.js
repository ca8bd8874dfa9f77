/* The picture of a network as an SVG: a column of units for the input and for every layer, and the edges between them.
   Width and colour of an edge say its weight, the same in every frame of a run. Texts are inserted as text only. */

import { make, say } from "../shared/elements.js";
import { shortly } from "./net_numbers.js";
import { walkable } from "../shared/twins.js";

const NET_SPACE = "http://www.w3.org/2000/svg";
const UNIT = { height: 40, pitch: 58 };
const FEATURE = { height: 34, pitch: 40 }; // no gradient stands below it
const NET_HEAD = 58; // room above the units, for the titles of the columns
const NARROW = 560;
const EDGE_ROOM = 26; // right of the output, for the title above it
const WIDEST = 9; // pixels of an edge

export function svgPart(tag, attributes = {}, ...children) {
  const made = document.createElementNS(NET_SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class NetDrawing {
  constructor() {
    this.svg = svgPart("svg", { class: "net", role: "group" });
    this.box = make("div", { class: "scroll" }, this.svg);
  }

  load(data) {
    this.data = data;
    this.fitted = 0;
    this.svg.setAttribute("aria-label", data.words.label);
    this.fit();
  }

  /* Lay the units out for the available width; return whether that has changed. */
  fit() {
    const room = this.box.clientWidth;
    if (!this.data || !room || room === this.fitted) return false;
    this.fitted = room;
    const { columns } = this.data;
    const narrow = room < NARROW;
    this.inputWide = narrow ? 92 : 168;
    this.unitWide = narrow ? 48 : 62;
    const taken = this.inputWide + (columns.length - 1) * this.unitWide;
    const aside = narrow ? 4 : EDGE_ROOM;
    const least = narrow ? 20 : 46; // from column to column
    const width = Math.max(room - 4, taken + (columns.length - 1) * least + aside);
    const gap = Math.min((width - taken - aside - 4) / (columns.length - 1), 300);
    const left = (width - aside + 4 - taken - gap * (columns.length - 1)) / 2;
    const tallest = Math.max(...columns.map((column, c) => column.units.length * sizeOf(c).pitch));
    this.height = NET_HEAD + tallest + 4;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${this.height}`);
    Object.assign(this.svg.style, { width: `${width}px`, height: `${this.height}px` });
    this.middles = columns.map((column, n) =>
      n ? left + this.inputWide + n * gap + (n - 0.5) * this.unitWide : left + this.inputWide / 2);
    Object.assign(this, { gap, narrow });
    this.fill(tallest);
    return true;
  }

  halfOf(column) {
    return (column ? this.unitWide : this.inputWide) / 2;
  }

  fill(tallest) {
    const { columns } = this.data;
    const down = (column, n) =>
      NET_HEAD + sizeOf(column).height / 2 + n * sizeOf(column).pitch +
      (tallest - columns[column].units.length * sizeOf(column).pitch) / 2;
    this.units = columns.map((column, c) => column.units.map((unit, n) => this.unitOf(unit, c, n, down(c, n))));
    this.edges = [];
    const bundles = columns.slice(1).map((column, layer) => {
      const bundle = svgPart("g", { class: "edges", role: "group" });
      this.edges.push(columns[layer].units.map((source, from) =>
        column.units.map((target, to) => {
          const edge = this.edgeOf(layer, from, to, source, [down(layer, from), down(layer + 1, to)]);
          bundle.append(edge.group);
          return edge;
        })));
      return walkable(bundle);
    });
    const stacks = this.units.map((column) => walkable(svgPart("g", { role: "group" }, ...column.map((unit) => unit.group))));
    this.svg.replaceChildren(...columns.map((column, c) => this.titleOf(column, c)), ...bundles, ...stacks);
  }

  titleOf(column, c) {
    const x = this.middles[c];
    const wide = this.halfOf(c) * 2 + Math.min(this.gap, 120) - 6;
    const line = (text, y, name) =>
      svgPart("text", { class: name, x, y }, clipped(text, wide / (name === "head" ? 6.4 : 5.6)));
    const shape = column.weights && wide > 130 ? column.weights : column.shape;
    const below = [shape, column.activation].filter(Boolean);
    return svgPart("g", {}, line(this.narrow ? column.short : column.title, 13, "head"), ...below.map((text, n) => line(text, 28 + 15 * n, "sub")));
  }

  unitOf(unit, column, n, y) {
    const half = this.halfOf(column);
    const x = this.middles[column];
    const { height } = sizeOf(column);
    const box = { x: x - half, y: y - height / 2, width: half * 2, height, rx: column ? 19 : 5 };
    const frame = svgPart("rect", box);
    const name = svgPart("text", { class: "name", x, y: y - 4 }, clipped(unit.name, half / 3.1));
    const value = svgPart("text", { class: "value", x, y: y + 12 });
    const gradient = svgPart("text", { class: "gradient", x, y: y + height / 2 + 12 });
    const twins = column ? `u${column}.${n} b${column - 1}.${n}` : `u0.${n}`;
    const group = svgPart("g", { class: `unit${column ? "" : " feature"}${unit.count > 1 ? " group" : ""}`, "data-twin": twins,
      "data-column": column, "data-n": n, role: "img" });
    if (unit.count > 1) group.append(svgPart("rect", { ...box, x: box.x + 4, y: box.y - 4, class: "behind" }));
    group.append(frame, name, value, gradient);
    group.append(svgPart("title", {}, unit.about ? `${unit.name}: ${unit.about}` : unit.name));
    return { group, value, gradient, unit };
  }

  edgeOf(layer, from, to, source, [y0, y1]) {
    const [x0, x1] = [this.middles[layer] + this.halfOf(layer), this.middles[layer + 1] - this.halfOf(layer + 1)];
    const bend = (x1 - x0) * 0.4;
    const d = `M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`;
    const [line, pulse] = [svgPart("path", { class: "line", d }), svgPart("path", { class: "pulse", d, pathLength: 100 })];
    const group = svgPart("g", { class: "edge", role: "img", "data-twin": `e${layer}.${from}.${to}`, "data-layer": layer,
      "data-from": from, "data-to": to }, svgPart("path", { class: "reach", d }), line, pulse);
    return { group, line, isGroup: source.count > 1 };
  }

  /* Show the weights and numbers of a frame, as far as the passes have come. */
  show(frame, moment, still) {
    const { columns, x, words, largest } = this.data;
    frame.layers.forEach((layer, l) => {
      for (const [from, row] of this.edges[l].entries()) {
        for (const [to, edge] of row.entries()) {
          const weight = layer.w[from][to];
          const size = Math.min(Math.abs(weight ?? largest) / largest, 1);
          edge.line.style.strokeWidth = `${0.6 + (WIDEST - 0.6) * size}px`;
          edge.line.style.opacity = String(0.25 + 0.75 * size);
          const flows = moment.layer === l && (moment.kind === "forward" || moment.kind === "backward");
          edge.group.setAttribute("class", ["edge", edge.isGroup && l === 0 ? "grouped" : weight < 0 ? "minus" : "plus",
            flows && moment.kind, edge.group.classList.contains("lit") && "lit"].filter(Boolean).join(" "));
          if (still) edge.group.setAttribute("aria-label", this.about(l, from, to, weight));
        }
      }
    });
    this.units.forEach((column, c) => column.forEach(({ group, value, gradient, unit }, n) => {
      const layer = frame.layers[c - 1];
      const known = c === 0 || moment.reached >= c;
      const back = c > 0 && moment.returned <= c;
      const number = c ? layer.a[n] : x[n];
      value.textContent = !known ? "" : unit.count > 1 ? say(words.group, { count: unit.count }) : shortly(number, 3);
      gradient.textContent = back ? shortly(layer.dz[n], 3) : "";
      group.classList.toggle("waiting", !known);
      group.classList.toggle("active", (moment.kind === "inputs" && c === 0) || (moment.layer === c - 1) ||
        (moment.kind === "loss" && c === columns.length - 1));
      if (still) group.setAttribute("aria-label", known ? `${unit.name}: ${value.textContent}` : unit.name);
    }));
  }

  about(layer, from, to, value) {
    const { columns, words } = this.data;
    const [source, unit] = [columns[layer].units[from], columns[layer + 1].units[to].name];
    const sentence = source.count > 1 ? words.groupEdge : words.edge;
    return say(sentence, { count: source.count, source: source.name, unit, value: shortly(value, 3) });
  }
}

function sizeOf(column) {
  return column ? UNIT : FEATURE;
}

function clipped(text, most) {
  return text.length <= most ? text : `${text.slice(0, Math.max(Math.floor(most) - 1, 1))}…`;
}
