/* A plane of a miniature: points, curves, arrows and colours on two axes. */

import { make } from "../shared/elements.js";
import { Plot } from "../shared/plot.js";
import { linearScale, logScale } from "../shared/scales.js";
import { allOf, groupColor, inFrame, roleColor } from "./roles.js";

const REACH = { mouse: 14, touch: 26 }; // pixels from a point that still take hold of it

/* A plot without axes, as for a graph. */
class BarePlot extends Plot {
  /* Labels may stand beyond the area. */
  cutAtArea() {
    const pen = this.context;
    pen.save();
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.font = this.font();
  }

  measure() {
    this.top = 24;
    this.left = 56; // of half a label
    this.up = Math.max(this.height - 36, 20);
    this.across = Math.max(this.width - 112, 20);
  }

  drawAxes() {}
}

export class PlanePanel {
  constructor(canvas, bare) {
    this.canvas = canvas;
    this.plot = bare ? new BarePlot(canvas) : new Plot(canvas);
    this.chosen = 0;
    this.heats = new Map();
  }

  take(data) {
    this.data = data;
    this.heats.clear();
    this.ranges = ["x", "y"].map((name, axis) => rangeOf(data, name, axis));
    this.shape = null;
  }

  movable() {
    const layer = this.data.layers.findIndex((each) => each.movable);
    return layer < 0 ? null : layer;
  }

  fit(theme) {
    this.plot.fit();
    const shape = `${this.plot.width} ${this.plot.height} ${theme.text} ${theme.background}`;
    if (shape === this.shape) return;
    this.shape = shape;
    const [x, y] = this.data.square ? this.squared() : this.ranges;
    const scale = (axis, [low, high]) => (axis.log ? logScale(low, high) : linearScale(low, high));
    this.plot.frame({
      x: { scale: scale(this.data.x, x), title: this.data.x.title },
      y: { scale: scale(this.data.y, y), title: this.data.y.title },
      theme,
    });
  }

  /* Both ranges widened to the same units a pixel. */
  squared() {
    const [across, up] = [this.plot.width - 60, this.plot.height - 74];
    const [[left, right], [low, high]] = this.ranges;
    const unit = Math.max((right - left) / across, (high - low) / up);
    const widened = (from, to, size) => [(from + to - unit * size) / 2, (from + to + unit * size) / 2];
    return [widened(left, right, across), widened(low, high, up)];
  }

  draw(frame, { theme, exact, open }) {
    this.fit(theme);
    const { plot } = this;
    plot.begin();
    for (const [place, layer] of this.data.layers.entries()) {
      if (layer.role === "exact" && !exact) continue;
      this[layer.kind](layer, frame, { theme, open, place });
    }
    plot.end();
  }

  heat(layer, frame, { theme, place }) {
    const { plot } = this;
    const values = inFrame(layer.values, frame);
    const known = `${place} ${layer.values.still ? 0 : frame} ${theme.background}`;
    if (!this.heats.has(known)) this.heats.set(known, heatSheet(layer, values, theme));
    const [left, right] = layer.x.map((value) => plot.px(value));
    const [bottom, top] = layer.y.map((value) => plot.py(value));
    const pen = plot.context;
    pen.globalAlpha = 1;
    pen.imageSmoothingEnabled = !layer.regions;
    pen.drawImage(this.heats.get(known), left, top, right - left, bottom - top);
  }

  curve(layer, frame, { theme, open }) {
    const [xs, ys] = columns(inFrame(layer.xy, frame));
    const color = roleColor(theme, layer.role);
    if (layer.band) this.band(layer, xs, color, layer.until?.[frame]);
    const style = { color, width: layer.role === "exact" ? 2 : 2.25, dash: layer.dashed || layer.role === "exact" ? [6, 4] : [] };
    const [right, up] = layer.steps ? inSteps(xs, ys) : [xs, ys];
    if (!layer.until) {
      this.plot.line(right, up, style);
      return;
    }
    const until = layer.until[frame];
    const reached = layer.steps ? Math.max(2 * until - 1, 0) : until;
    if (open) this.plot.line(right, up, { ...style, alpha: 0.22 });
    this.plot.line(right, up, style, 0, reached);
    if (until > 0) this.plot.dots(xs, ys, { color, size: 4 }, until - 1, until);
  }

  band(layer, xs, color, until = xs.length) {
    const known = layer.band.slice(0, until);
    const edge = [...known.map(([low], n) => [xs[n], low]), ...known.map(([, high], n) => [xs[n], high]).toReversed()];
    const [right, up] = columns(edge);
    this.plot.line(right, up, { color, fill: color, alpha: 0.15, width: 0 });
  }

  segments(layer, frame, { theme }) {
    const style = { color: roleColor(theme, layer.role), width: 1.75, dash: layer.dashed ? [5, 4] : [] };
    for (const [x0, y0, x1, y1] of inFrame(layer.ends, frame)) {
      if ([x0, y0, x1, y1].includes(null)) continue;
      if (layer.arrow) this.plot.arrow(x0, y0, x1, y1, style);
      else this.plot.line([x0, x1], [y0, y1], style);
    }
  }

  points(layer, frame, { theme }) {
    const xy = inFrame(layer.xy, frame);
    const [xs, ys] = columns(xy);
    const groups = inFrame(layer.groups, frame);
    const style = { shape: layer.shape, size: layer.size, width: 2, alpha: layer.role === "muted" ? 0.6 : 0.9 };
    const paint = (color, pick) => this.plot.dots(xs, ys, { ...style, color, fill: color }, 0, pick.length, pick);
    const present = xy.flatMap(([x, y], n) => (x === null || y === null ? [] : [n]));
    if (!groups) paint(roleColor(theme, layer.role), present);
    else for (const group of new Set(groups)) paint(groupColor(theme, group), present.filter((n) => groups[n] === group));
    if (layer.movable && this.focused && present.includes(this.chosen)) {
      const at = this.chosen;
      this.plot.dots(xs, ys, { shape: "ring", size: layer.size + 5, width: 2, color: theme.primary }, at, at + 1);
    }
    const beside = { color: theme.text, align: "left", right: layer.size + 4 };
    for (const n of layer.labels.length ? present : [])
      this.plot.text(layer.labels[n], xs[n], ys[n], this.data.bare ? { color: theme.text, align: "center", down: -layer.size - 10, weight: 600 } : beside);
  }

  /* Take hold of the nearest movable point: a function of the following events, or null. */
  grab(event, moved) {
    const place = this.movable();
    if (place === null || !this.plot.x) return null;
    const layer = this.data.layers[place];
    const [right, down] = this.plot.spot(event);
    const far = layer.xy.still.map(([x, y]) => Math.hypot(this.plot.px(x) - right, this.plot.py(y) - down));
    const nearest = far.indexOf(Math.min(...far));
    if (!(far[nearest] <= (event.pointerType === "touch" ? REACH.touch : REACH.mouse))) return null;
    return (later) => {
      this.chosen = nearest;
      this.put(nearest, this.plot.at(later));
      moved();
    };
  }

  put(point, [x, y]) {
    const layer = this.data.layers[this.movable()];
    const { x: across, y: up } = this.plot;
    const within = (value, { scale }) => Math.min(Math.max(value, scale.low), scale.high);
    const digits = (value, { scale }) => Number(value.toFixed(Math.max(2 - Math.floor(Math.log10(scale.high - scale.low)), 0)));
    layer.xy.still[point] = [digits(within(x, across), across), digits(within(y, up), up)];
  }

  /* A key that chooses a point or moves it; whether it was one. */
  press(key) {
    const place = this.movable();
    if (place === null || !this.plot.x) return false;
    const { still } = this.data.layers[place].xy;
    const turn = { PageUp: -1, PageDown: 1 }[key];
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] }[key];
    if (turn) this.chosen = (this.chosen + turn + still.length) % still.length;
    else if (way) {
      const step = ({ scale }) => (scale.high - scale.low) / 50;
      const [x, y] = still[this.chosen];
      this.put(this.chosen, [x + way[0] * step(this.plot.x), y + way[1] * step(this.plot.y)]);
    }
    return Boolean(turn || way);
  }

  legend(theme, exact, words) {
    const shown = this.data.layers.filter((layer) => layer.name && (layer.role !== "exact" || exact));
    return shown.flatMap((layer) => legendOf(layer, theme, words));
  }
}

function legendOf(layer, theme, words) {
  if (layer.kind === "heat") return [make("span", {}, layer.name)];
  const colors = layer.groupNames?.length
    ? layer.groupNames.map((name, group) => [name, groupColor(theme, group)])
    : [[layer.name, roleColor(theme, layer.role)]];
  const line = layer.kind !== "points";
  const signs = { dot: "●", ring: "○", diamond: "◆", cross: "✕" };
  const sign = line ? (layer.dashed || layer.role === "exact" ? "╌╌" : layer.arrow ? "→" : "──") : signs[layer.shape];
  return colors.map(([name, color]) => {
    const mark = make("span", { "aria-hidden": "true", style: `color:${color}` }, sign);
    return make("span", {}, mark, layer.role === "exact" && !name.includes(words.exactly) ? `${name} (${words.exactly})` : name);
  });
}

function columns(pairs) {
  return [pairs.map(([x]) => x ?? NaN), pairs.map(([, y]) => y ?? NaN)];
}

function inSteps(xs, ys) {
  const [right, up] = [[xs[0]], [ys[0]]];
  for (let n = 1; n < xs.length; n++) {
    right.push(xs[n], xs[n]);
    up.push(ys[n - 1], ys[n]);
  }
  return [right, up];
}

/* The range of an axis: what it says, or what all frames of all layers need. */
function rangeOf(data, name, axis) {
  const wanted = data[name];
  let [low, high] = [Infinity, -Infinity];
  const add = (value) => {
    if (value === null || (wanted.log && !(value > 0))) return;
    low = Math.min(low, value);
    high = Math.max(high, value);
  };
  for (const layer of data.layers) {
    if (layer.kind === "heat") layer[name].forEach(add);
    else if (layer.kind === "segments") for (const ends of allOf(layer.ends)) ends.forEach((end) => [end[axis], end[axis + 2]].forEach(add));
    else for (const xy of allOf(layer.xy)) xy.forEach((pair) => add(pair[axis]));
    if (layer.band && axis === 1) layer.band.forEach((pair) => pair.forEach(add));
  }
  const solid = data.layers.some((layer) => layer.kind === "heat");
  const room = wanted.log || solid ? 0 : (high - low) * 0.05 || Math.abs(high) * 0.1 || 0.5;
  const spread = wanted.log ? 1.2 : 1;
  return [wanted.low ?? (low - room) / spread, wanted.high ?? (high + room) * spread];
}

/* A small picture with a pixel for each number. */
function heatSheet(layer, values, theme) {
  const [high, wide] = [values.length, values[0].length];
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { width: wide, height: high });
  const pen = sheet.getContext("2d");
  const span = layer.high - layer.low || 1;
  values.forEach((row, up) => row.forEach((value, across) => {
    if (value === null) return;
    const share = Math.min(Math.max((value - layer.low) / span, 0), 1);
    if (layer.regions) [pen.fillStyle, pen.globalAlpha] = [groupColor(theme, value), 0.22];
    else if (layer.low < 0) [pen.fillStyle, pen.globalAlpha] = [theme.series[share < 0.5 ? 3 : 0], Math.abs(share - 0.5) * 1.2];
    else [pen.fillStyle, pen.globalAlpha] = [theme.series[0], share * 0.65];
    pen.fillRect(across, high - 1 - up, 1, 1);
  }));
  return sheet;
}
