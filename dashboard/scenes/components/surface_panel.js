/* One surface of a loss from above: bluer is lower. Starts are dragged, or moved by keys; each descends to a minimum. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { LossSurface } from "./surface_model.js";

const FINE = 90; // cells of the picture each way
const BANDS = 12; // of equal loss, each holding as many cells
const SHAPES = ["dot", "diamond", "ring", "dot", "diamond"];
export const LETTERS = "ABCDE";

export class SurfacePanel {
  constructor(scene, name) {
    Object.assign(this, { scene, name, chosen: 0, starts: [] });
    this.canvas = make("canvas", { role: "img", tabindex: "0", class: `surface ${name}` });
    this.plot = new Plot(this.canvas);
    this.heading = make("h2");
    this.formula = make("p", { class: "working formula" });
    this.minima = make("table", { class: "minima" });
    this.ends = make("p", { class: "ends" });
    this.root = make("figure", { class: "panel" }, this.heading, this.canvas, this.formula, this.ends, this.minima);
  }

  load(data, theme, words) {
    const known = this.data;
    Object.assign(this, { data, theme, words, model: new LossSurface(data) });
    this.heading.textContent = data.title;
    if (!known || known.key !== data.key) this.bands = this.banded();
    this.starts = data.starts.map((start) => this.model.placed(start));
    this.chosen = Math.min(this.chosen, this.starts.length - 1);
    this.frame();
    this.follow();
  }

  frame() {
    const { data, theme } = this;
    this.plot.frame({
      x: { scale: linearScale(data.low[0], data.high[0]), title: data.axes[0] },
      y: { scale: linearScale(data.low[1], data.high[1]), title: data.axes[1] },
      theme,
      still: (plot) => this.drawBands(plot),
    });
  }

  /* The number of the band of each cell: 0 holds the lowest losses. */
  banded() {
    const { model, data } = this;
    const losses = [];
    for (let j = 0; j < FINE; j++)
      for (let i = 0; i < FINE; i++) losses.push(model.loss(...model.placed([(i + 0.5) / FINE, (j + 0.5) / FINE])));
    const sorted = [...losses].sort((a, b) => a - b);
    const edges = Array.from({ length: BANDS - 1 }, (_none, k) => sorted[Math.floor(((k + 1) * losses.length) / BANDS)]);
    this.key = data.key;
    return losses.map((loss) => edges.filter((edge) => loss >= edge).length);
  }

  drawBands(plot) {
    const { theme, scene, data, words } = this;
    const cells = scene.basins && data.basins.length ? data.basins : null;
    const count = cells ? Math.round(Math.sqrt(cells.length)) : FINE;
    const [wide, high] = [plot.across / count, plot.up / count];
    const pen = plot.ink({});
    for (let j = 0; j < count; j++)
      for (let i = 0; i < count; i++) {
        const n = j * count + i;
        const band = this.bands[Math.floor(((j + 0.5) * FINE) / count) * FINE + Math.floor(((i + 0.5) * FINE) / count)];
        if (cells && cells[n] < 0) continue;
        pen.fillStyle = cells ? theme.series[cells[n] % theme.series.length] : theme.series[0];
        pen.globalAlpha = cells ? 0.32 + 0.12 * (Math.floor(cells[n] / theme.series.length) % 2) : 0.85 * (1 - band / (BANDS - 1)) ** 1.4;
        const [left, top] = [Math.round((plot.left + i * wide) * plot.ratio), Math.round((plot.top + (count - 1 - j) * high) * plot.ratio)];
        const [right, bottom] = [Math.round((plot.left + (i + 1) * wide) * plot.ratio), Math.round((plot.top + (count - j) * high) * plot.ratio)];
        pen.fillRect(left / plot.ratio, top / plot.ratio, (right - left) / plot.ratio, (bottom - top) / plot.ratio);
      }
    if (cells) this.drawNumbers(plot);
    pen.globalAlpha = 1;
    this.saidBands = cells ? words.basins : words.bands;
  }

  /* Each basin carries the number of its minimum, so that it can be told without its colour. */
  drawNumbers(plot) {
    const { data, model, theme } = this;
    const count = Math.round(Math.sqrt(data.basins.length));
    for (let j = 2; j < count; j += 5)
      for (let i = 2; i < count; i += 5) {
        const reached = data.basins[j * count + i];
        if (reached < 0) continue;
        plot.text(written(reached + 1), ...model.placed([(i + 0.5) / count, (j + 0.5) / count]), { color: theme.text, size: 11, align: "center" });
      }
  }

  /* Compute the paths of all starts anew, and which minimum each reaches. */
  follow() {
    const { rate, steps } = this.scene.data;
    this.paths = this.starts.map((start) => this.model.descend(start, rate, steps));
    this.reached = this.paths.map(({ us, vs }) => this.nearest(us.at(-1), vs.at(-1)));
  }

  nearest(u, v) {
    const far = this.data.minima.map(({ place }) => Math.hypot(place[0] - u, place[1] - v));
    const best = far.indexOf(Math.min(...far));
    return far[best] <= this.data.within ? best : -1;
  }

  draw(step) {
    if (!this.data) return;
    const { plot, theme, data, scene } = this;
    const lit = (name) => scene.twins.lit.has(name);
    plot.begin();
    for (const [n, { place }] of data.minima.entries()) {
      const big = lit(`${this.name}-minimum${n}`) ? 5 : 0;
      plot.dots([place[0]], [place[1]], { color: theme.background, fill: theme.text, size: 7 + big, shape: "diamond", width: 2 });
      plot.text(written(n + 1), place[0], place[1], { color: theme.text, weight: 700, right: 11, down: -9 });
    }
    this.paths.forEach(({ us, vs }, n) => {
      const color = theme.series[[1, 3, 2, 4, 5][n % 5]];
      const strong = lit(`${this.name}-start${n}`) ? 2 : 0;
      plot.line(us, vs, { color: theme.background, width: 4.5 + strong }, 0, step + 1);
      plot.line(us, vs, { color, width: 2.4 + strong }, 0, step + 1);
      plot.dots([us[step]], [vs[step]], { color: theme.background, fill: color, size: 5.5 + strong, shape: SHAPES[n], width: 1.5 });
      this.drawStart(n, color);
    });
    const { us, vs } = this.paths[this.chosen];
    if (lit(`${this.name}-u`)) plot.rule({ x: us[step] }, { color: theme.text, width: 2, dash: [4, 3] });
    if (lit(`${this.name}-v`)) plot.rule({ y: vs[step] }, { color: theme.text, width: 2, dash: [4, 3] });
    plot.end();
    Object.assign(this.canvas.dataset, {
      starts: this.starts.map((start) => start.map((value) => value.toPrecision(6)).join(" ")).join(";"),
      ends: this.paths.map((path) => `${path.us.at(-1)} ${path.vs.at(-1)}`).join(";"),
      reached: this.reached.join(" "), loss: this.model.loss(us[step], vs[step]),
    });
  }

  drawStart(n, color) {
    const { plot, theme } = this;
    const pen = plot.ink({ color, fill: theme.background, width: n === this.chosen ? 3.5 : 2 });
    const [right, down] = [plot.px(this.starts[n][0]), plot.py(this.starts[n][1])];
    pen.beginPath();
    pen.arc(right, down, 9, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
    plot.text(LETTERS[n], ...this.starts[n], { color: theme.text, weight: 700, align: "center" });
  }

  hit(event) {
    const [right, down] = this.plot.spot(event);
    const far = this.starts.map(([u, v]) => Math.hypot(this.plot.px(u) - right, this.plot.py(v) - down));
    const best = far.indexOf(Math.min(...far));
    return far[best] < 20 ? best : -1;
  }

  move(n, place) {
    const { low, high } = this.model;
    this.chosen = n;
    this.starts[n] = place.map((value, j) => {
      const kept = Math.min(Math.max(value, low[j]), high[j]);
      return low[j] + Math.round(((kept - low[j]) / (high[j] - low[j])) * 200) * ((high[j] - low[j]) / 200);
    });
    this.follow();
  }

  /* Say where every start ends; the sentence of the picture. */
  sentence() {
    const { words, data, reached } = this;
    const parts = reached.map((place, n) =>
      say(place < 0 ? words.nowhere : words.reaches, {
        start: LETTERS[n], minimum: written(place + 1), loss: written(place < 0 ? NaN : data.minima[place].loss, 3),
      }));
    const best = reached.filter((place) => place >= 0 && data.minima[place].loss <= data.minima[0].loss * (1 + 1e-9) + 1e-12).length;
    return [...parts, say(words.best, { best: written(best), starts: written(reached.length) })].join(" ");
  }
}
