/* A vector carried on to a neuron: every entry times its weight, in three rows of pictures, the sum as it grows, and the
   sigmoid at its end. */

import { Aloud, make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { Plot, themeOf } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";
import { sigmoidOf } from "../shared/sigmoid.js";
import { twin, Twins, walkable } from "../shared/twins.js";
import { framed, litPlaces, nameOf, penOn, Pixels, sheetOf, unpacked } from "./pixels.js";

const COLUMNS = ["x", "w", "product"];
const PLUS = [0, 114, 178];
const MINUS = [213, 94, 0];
const FLAT = 6; // how far z is drawn on either side, at least
const KEYS_OF_TILE = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Weighing {
  constructor(parent) {
    this.tiles = make("div", { class: "tiles" });
    this.term = make("p", { class: "formula working", role: "group" });
    this.sum = new Plot(make("canvas", { role: "img" }));
    this.curve = new Plot(make("canvas", { role: "img" }));
    this.answer = make("p", { class: "formula working answer" });
    this.player = new Player((step) => this.go(step), (step) => this.sentence(step));
    this.hint = make("p", { class: "quiet hint" });
    this.aloud = new Aloud();
    const plots = [this.sum, this.curve].map((plot) => make("figure", { class: "panel" }, plot.canvas));
    this.box = make("div", { class: "moving picture weighing" },
      make("div", { class: "sides" },
        make("div", {}, this.tiles, this.hint, this.term),
        make("div", { class: "plots" }, ...plots, this.player.bar, this.answer)),
      this.aloud.root);
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.schedule());
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  update({ data }) {
    this.words = data.words;
    const drawn = JSON.stringify([data.pixels, data.weights, data.bias, data.largest, data.order, data.height, data.width]);
    if (drawn !== this.drawn) {
      const same = this.pixels && this.pixels.height === data.height && this.pixels.width === data.width;
      this.drawn = drawn;
      this.pixels = new Pixels(data);
      this.weights = new Float64Array(unpacked(data.weights).buffer);
      Object.assign(this, { bias: data.bias, largest: data.largest });
      this.place = same ? this.place : { row: data.row, column: data.column, channel: data.channel };
      this.compute();
      this.hang();
      const steps = Array.from({ length: this.steps + 1 }, (_none, step) => step);
      this.player.load(steps, this.words, this.steps, same ? Math.min(this.player.frame, this.steps) : this.steps);
      if (!same) this.player.speed.value = "10";
    }
    this.hint.textContent = this.words.hint;
    this.schedule();
  }

  compute() {
    const { pixels, weights } = this;
    this.steps = pixels.order === "channel" ? 3 * pixels.height : pixels.height;
    this.perStep = pixels.length / this.steps;
    this.x = Float64Array.from({ length: pixels.length }, (_none, entry) => (pixels.value(entry) / 255) * this.largest);
    this.products = this.x.map((value, entry) => value * weights[entry]);
    this.sums = new Float64Array(this.steps + 1);
    let sum = 0;
    for (let entry = 0; entry < pixels.length; entry++) {
      sum += this.products[entry];
      if ((entry + 1) % this.perStep === 0) this.sums[(entry + 1) / this.perStep] = sum;
    }
  }

  hang() {
    const { pixels, words } = this;
    const top = { w: Math.max(...this.weights.map(Math.abs)) || 1, product: Math.max(...this.products.map(Math.abs)) || 1 };
    const shade = (value, most) => [...(value < 0 ? MINUS : PLUS), Math.round((255 * Math.abs(value)) / most)];
    const colours = {
      x: (entry) => Array(3).fill(Math.round((255 * this.x[entry]) / this.largest)),
      w: (entry) => shade(this.weights[entry], top.w),
      product: (entry) => shade(this.products[entry], top.product),
    };
    this.sheets = [];
    const rows = [0, 1, 2].flatMap((channel) => [
      twin(`channel-${channel}`, "span", { class: `channel c${channel}` }, words.channels[channel]),
      ...COLUMNS.map((kind) => {
        const canvas = make("canvas", { role: "img", tabindex: "0", "aria-label": say(words.tile[kind], { name: words.channels[channel] }) });
        canvas.style.aspectRatio = `${pixels.width} / ${pixels.height}`;
        const sheet = sheetOf(pixels.height, pixels.width, (row, column) => colours[kind](pixels.entry({ row, column, channel })));
        this.sheets.push({ canvas, sheet, channel });
        this.hear(canvas, channel);
        return canvas;
      }),
    ]);
    this.tiles.replaceChildren(make("span"), ...COLUMNS.map((kind) => make("h2", {}, words.columns[kind])), ...rows);
  }

  hear(canvas, channel) {
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      const inside = (share, count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
      const { height, width } = this.pixels;
      return { row: inside((event.clientY - box.top) / box.height, height), column: inside((event.clientX - box.left) / box.width, width), channel };
    };
    canvas.addEventListener("pointermove", (event) => {
      this.place = at(event);
      this.twins.point([nameOf(this.place)]);
    });
    canvas.addEventListener("pointerleave", () => this.twins.point([]));
    canvas.addEventListener("keydown", (event) => {
      const way = KEYS_OF_TILE[event.key];
      if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
      const { height, width } = this.pixels;
      const next = { row: this.place.row + way[0], column: this.place.column + way[1], channel };
      this.place = { ...next, row: Math.min(Math.max(next.row, 0), height - 1), column: Math.min(Math.max(next.column, 0), width - 1) };
      this.twins.point([nameOf(this.place)]);
      this.aloud.say(() => this.term.textContent);
      event.preventDefault();
    });
  }

  go(step) {
    this.step = step;
    this.box.dataset.step = step;
    this.schedule();
  }

  sentence(step) {
    return say(this.words.summed, { count: written(step * this.perStep, 9), sum: written(this.sums[step], 5) });
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.gone || !this.pixels) return;
      const theme = themeOf(this.box);
      this.drawTiles(theme);
      this.drawTerm();
      this.drawSum(theme);
      this.drawCurve(theme);
      this.say();
    });
  }

  drawTiles(theme) {
    const { height, width } = this.pixels;
    const lit = litPlaces(this.twins.lit);
    for (const { canvas, sheet, channel } of this.sheets) {
      const pen = penOn(canvas);
      pen.drawImage(sheet, 0, 0, canvas.clientWidth, canvas.clientHeight);
      const [wide, high] = [canvas.clientWidth / width, canvas.clientHeight / height];
      const places = lit.entries.length ? lit.entries : [this.place];
      for (const place of places)
        if (place.channel === channel)
          framed(pen, place.column * wide, place.row * high, wide, high, lit.entries.length ? theme.series[1] : theme.primary, 2);
      if (lit.channel.includes(channel)) framed(pen, 1, 1, canvas.clientWidth - 2, canvas.clientHeight - 2, theme.primary, 3);
    }
  }

  drawTerm() {
    const entry = this.pixels.entry(this.place);
    if (this.told === `${entry} ${this.drawn}`) return;
    this.told = `${entry} ${this.drawn}`;
    const name = nameOf(this.place);
    const [x, w, product] = [this.x, this.weights, this.products].map((values) => twin(name, "b", {}, written(values[entry], 4)));
    const index = written(entry, 9);
    const symbol = (letter) => [letter, make("sub", {}, index)];
    this.term.replaceChildren(...symbol("x"), " · ", ...symbol("w"), " = ", x, " · ", w, " = ", product);
    walkable(this.term);
    this.twins.refresh();
  }

  drawSum(theme) {
    const { sums, step, words, sum: plot } = this;
    const [low, high] = extent(sums, [0]);
    plot.fit();
    plot.frame({
      x: { scale: linearScale(0, this.pixels.length), title: words.entries },
      y: { scale: linearScale(low, high, 0.08), title: words.running },
      theme, still: () => plot.rule({ y: 0 }, { color: theme.quiet, width: 1 }),
    });
    plot.begin();
    const xs = Float64Array.from(sums, (_sum, at) => at * this.perStep);
    plot.line(xs, sums, { color: theme.quiet, width: 1, alpha: 0.5 });
    plot.line(xs, sums, { color: theme.primary, width: 2.5 }, 0, step + 1);
    plot.dots([xs[step]], [sums[step]], { color: theme.primary, size: 5 });
    const lit = litPlaces(this.twins.lit).entries[0];
    if (lit) plot.rule({ x: this.pixels.entry(lit) }, { color: theme.series[1], width: 1.5, dash: [4, 3] });
    plot.end();
    plot.canvas.ariaLabel = this.sentence(step);
  }

  drawCurve(theme) {
    const { words, curve: plot } = this;
    const z = this.sums[this.step] + this.bias;
    const last = this.sums[this.steps] + this.bias;
    const wide = Math.max(FLAT, Math.abs(last) * 1.15, ...Array.from(extent(this.sums), (value) => Math.abs(value + this.bias) * 1.1));
    plot.fit();
    const xs = Float64Array.from({ length: 161 }, (_none, at) => (at / 80 - 1) * wide);
    plot.frame({
      x: { scale: linearScale(-wide, wide), title: words.z },
      y: { scale: linearScale(0, 1, 0.04), title: words.probability },
      theme, still: () => plot.line(xs, xs.map(sigmoidOf), { color: theme.quiet, width: 2 }),
    });
    plot.begin();
    plot.rule({ x: z }, { color: theme.series[1], width: 1, dash: [4, 3] });
    plot.rule({ y: sigmoidOf(z) }, { color: theme.series[1], width: 1, dash: [4, 3] });
    plot.dots([z], [sigmoidOf(z)], { color: theme.series[1], size: 6 });
    plot.end();
    plot.canvas.ariaLabel = say(words.answer, this.numbers());
  }

  numbers() {
    const sum = this.sums[this.step];
    const z = sum + this.bias;
    return { sum: written(sum, 4), bias: written(this.bias, 4), z: written(z, 4), probability: written(sigmoidOf(z), 4) };
  }

  say() {
    this.answer.textContent = say(this.words.answer, this.numbers());
    Object.assign(this.box.dataset, { entry: this.pixels.entry(this.place), z: this.sums[this.step] + this.bias });
  }

  leave() {
    this.gone = true;
    this.player.pause();
    this.twins.destroy();
    this.watcher.disconnect();
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}
