/* Flattening: the rows of the picture leave it one after another and queue up as the vector, of which a few entries are
   seen large. The stage moves smoothly towards the step that the player is at. */

import { make } from "../shared/elements.js";
import { css, framed, inkOn, litPlaces, nameOf, penOn, sheetOf, tinted } from "./pixels.js";

const TOP = 26; // pixels above the pictures, for their names
const BAR = 30; // how high the vector is
const CELL = 46; // how wide an entry is when it is large
const FINEST = 1600; // how many parts of the vector are told apart
const EASE = 90; // milliseconds in which two thirds of the way to the step are gone
const BEHIND = 2.5; // rows, at most, between what is seen and the step
const LATE = 0.45; // of the time of a row, until its last entry leaves
const NEXT = 3; // entries still on their way that are seen large
const GONE = 0.38; // how much is still seen of what has left

export class Unrolling {
  constructor(game) {
    Object.assign(this, { game, shown: 0, step: 0 });
    this.canvas = make("canvas", { class: "unrolling", role: "img", tabindex: "0" });
    this.canvas.addEventListener("pointermove", (event) => this.point(event));
    this.canvas.addEventListener("pointerleave", () => {
      this.overCells = false;
      game.twins.point([]);
    });
    this.canvas.addEventListener("click", (event) => this.click(event));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
  }

  load(pixels) {
    this.pixels = pixels;
    const whole = pixels.order === "pixel";
    this.sheets = whole ? [pixels.sheet()] : [0, 1, 2].map((channel) => pixels.channelSheet(channel));
    this.steps = pixels.height * this.sheets.length;
    this.row = pixels.length / this.steps; // entries in a row
    const parts = Math.min(pixels.length, FINEST);
    this.strip = sheetOf(1, parts, (_row, part) => {
      const [from, to] = [part, part + 1].map((edge) => Math.floor((edge * pixels.length) / parts));
      const sum = [0, 0, 0];
      for (let entry = from; entry < to; entry++) this.colour(entry).forEach((value, at) => (sum[at] += value));
      return sum.map((value) => value / Math.max(to - from, 1));
    });
  }

  colour(entry) {
    const place = this.pixels.place(entry);
    return tinted(this.pixels.at(place), place.channel);
  }

  /* Go to a step: at once, or on the way that the eye can follow. */
  go(step, calm) {
    this.step = step;
    if (calm) this.shown = step;
  }

  /* Move on, and say whether there is more of the way; `now` is in milliseconds. */
  move(now) {
    const passed = Math.min(now - (this.before ?? now - 16), 100);
    const left = Math.min(Math.max(this.step - this.shown, -BEHIND), BEHIND);
    this.shown = this.step - left;
    this.before = Math.abs(left) < 0.004 ? undefined : now;
    if (Math.abs(left) < 0.004) {
      this.shown = this.step;
      return false;
    }
    this.shown += left * (1 - Math.exp(-passed / EASE));
    return true;
  }

  /* How many entries have come to the vector: those of the rows before, and the first ones of the row on its way. */
  arrived() {
    const row = Math.floor(this.shown + 1e-9);
    const way = this.shown - row;
    const landed = way < 1 - LATE ? 0 : Math.floor((this.row * (way - 1 + LATE)) / LATE) + 1;
    return Math.min(row * this.row + Math.min(landed, this.row), this.pixels.length);
  }

  measure() {
    const { pixels } = this;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    const barTop = height - BAR - 92;
    const high = barTop - TOP - 34;
    const gap = this.sheets.length > 1 ? 22 : 0;
    const unit = Math.min((width - 4 - gap * (this.sheets.length - 1)) / (this.sheets.length * pixels.width), high / pixels.height);
    const [w, h] = [unit * pixels.width, unit * pixels.height];
    const start = (width - this.sheets.length * w - gap * (this.sheets.length - 1)) / 2;
    const boxes = this.sheets.map((_sheet, n) => ({ x: start + n * (w + gap), y: TOP + (high - h) / 2, w, h }));
    const cells = Math.max(Math.min(Math.floor(width / CELL), pixels.length), 1);
    return { width, height, barTop, unit, boxes, cells, cellsTop: barTop + BAR + 34, cell: width / Math.max(cells, Math.floor(width / CELL)) };
  }

  /* The box of a number in its picture. By pixel its three numbers share the pixel. */
  source(entry) {
    const { unit, boxes } = this.lay;
    const { row, column, channel } = this.pixels.place(entry);
    const box = boxes[this.sheets.length > 1 ? channel : 0];
    const third = this.sheets.length > 1 ? [0, 1] : [channel / 3, 1 / 3];
    return { x: box.x + (column + third[0]) * unit, y: box.y + row * unit, w: unit * third[1], h: unit };
  }

  target(entry) {
    const wide = this.lay.width / this.pixels.length;
    return { x: entry * wide, y: this.lay.barTop, w: wide, h: BAR };
  }

  /* The first of the entries seen large. */
  first() {
    const { game, pixels } = this;
    const lit = litPlaces(game.twins.lit).entries;
    const middle = Math.floor(this.lay.cells / 2);
    const moving = game.player.playing || this.shown !== this.step;
    let about = moving ? this.arrived() + NEXT - this.lay.cells + middle : pixels.entry(game.chosen);
    if (!this.overCells && !moving && lit.length) about = pixels.entry(lit[0]);
    if (this.overCells) return this.held;
    return Math.min(Math.max(about - middle, 0), pixels.length - this.lay.cells);
  }

  draw(theme) {
    const pen = penOn(this.canvas);
    this.lay = this.measure();
    this.held = this.first();
    this.drawSheets(pen, theme);
    this.drawBar(pen, theme);
    this.drawFlying(pen);
    this.drawLarge(pen, theme);
    this.drawLit(pen, theme);
  }

  drawSheets(pen, theme) {
    const { boxes, unit } = this.lay;
    const { height } = this.pixels;
    const { words } = this.game;
    boxes.forEach((box, n) => {
      const left = Math.min(Math.max(Math.ceil(this.shown - 1e-9) - n * height, 0), height);
      pen.globalAlpha = GONE;
      pen.drawImage(this.sheets[n], box.x, box.y, box.w, box.h);
      pen.globalAlpha = 1;
      if (left < height)
        pen.drawImage(this.sheets[n], 0, left, this.pixels.width, height - left, box.x, box.y + left * unit, box.w, box.h - left * unit);
      pen.strokeStyle = theme.quiet;
      pen.lineWidth = 1;
      pen.strokeRect(box.x - 0.5, box.y - 0.5, box.w + 1, box.h + 1);
      this.write(pen, theme, boxes.length > 1 ? words.channels[n] : words.whole, box.x + box.w / 2, box.y - 8, { weight: 600, most: box.w + 20 });
    });
  }

  write(pen, theme, text, x, y, { weight = 400, size = 12, align = "center", color = theme.text, most } = {}) {
    pen.font = `${weight} ${size}px ${theme.font}`;
    pen.textAlign = align;
    pen.textBaseline = "alphabetic";
    pen.fillStyle = color;
    pen.fillText(text, x, y, most);
  }

  drawBar(pen, theme) {
    const { width, barTop } = this.lay;
    const arrived = this.arrived();
    const share = arrived / this.pixels.length;
    pen.fillStyle = theme.raised;
    pen.fillRect(0, barTop, width, BAR);
    pen.imageSmoothingEnabled = this.pixels.length > width;
    if (share > 0) pen.drawImage(this.strip, 0, 0, this.strip.width * share, 1, 0, barTop, width * share, BAR);
    pen.imageSmoothingEnabled = false;
    pen.strokeStyle = theme.quiet;
    pen.lineWidth = 1;
    pen.strokeRect(0.5, barTop + 0.5, width - 1, BAR - 1);
    this.write(pen, theme, this.game.queued(arrived), 1, barTop - 9, { align: "left", weight: 600, most: width });
  }

  /* The row that is on its way: its entries leave one after another. */
  drawFlying(pen) {
    const row = Math.floor(this.shown + 1e-9);
    const way = this.shown - row;
    if (way < 1e-3 || row >= this.steps) return;
    pen.lineWidth = 1;
    pen.strokeStyle = "rgba(255, 255, 255, 0.6)";
    for (let n = 0; n < this.row; n++) {
      const share = Math.min(Math.max((way - (LATE * n) / this.row) / (1 - LATE), 0), 1);
      if (share === 1) continue;
      const eased = share * share * (3 - 2 * share);
      const entry = row * this.row + n;
      const [from, to] = [this.source(entry), this.target(entry)];
      const mix = (a, b) => a + (b - a) * eased;
      pen.fillStyle = css(this.colour(entry));
      const box = [mix(from.x, to.x), mix(from.y, to.y), Math.max(mix(from.w, to.w), 1), mix(from.h, to.h)];
      pen.fillRect(...box);
      if (share > 0 && box[2] > 2) pen.strokeRect(...box);
    }
  }

  drawLarge(pen, theme) {
    const { barTop, cells, cellsTop, cell, width } = this.lay;
    const { pixels, game } = this;
    const wide = width / pixels.length;
    const all = this.arrived();
    const [from, to] = [this.held * wide, (this.held + cells) * wide];
    pen.beginPath();
    pen.moveTo(from, barTop + BAR);
    pen.lineTo(0, cellsTop - 3);
    pen.lineTo(cells * cell, cellsTop - 3);
    pen.lineTo(Math.max(to, from + 1), barTop + BAR);
    pen.closePath();
    pen.globalAlpha = 0.16;
    pen.fillStyle = theme.primary;
    pen.fill();
    pen.globalAlpha = 1;
    for (let n = 0; n < cells; n++) {
      const entry = this.held + n;
      const arrived = entry < all;
      const colour = this.colour(entry);
      const x = n * cell;
      pen.fillStyle = arrived ? css(colour) : theme.raised;
      pen.fillRect(x + 1, cellsTop, cell - 2, 28);
      this.write(pen, theme, arrived ? String(pixels.value(entry)) : "·", x + cell / 2, cellsTop + 18.5, {
        weight: 600, color: arrived ? inkOn(colour) : theme.text, size: 12.5,
      });
      this.write(pen, theme, game.number(entry), x + cell / 2, cellsTop + 43, { size: 11, most: cell - 3 });
    }
  }

  drawLit(pen, theme) {
    const { unit, boxes, width, barTop, cells, cellsTop, cell } = this.lay;
    const { game, pixels } = this;
    const lit = litPlaces(game.twins.lit);
    const sheetsOf = (channel) => (this.sheets.length > 1 ? [boxes[channel]] : boxes);
    const mark = (place, color) => {
      const entry = pixels.entry(place);
      const box = this.source(entry);
      framed(pen, box.x, box.y, box.w, box.h, color, 2);
      const x = (entry * width) / pixels.length;
      const wide = Math.max(width / pixels.length, 3);
      framed(pen, x - (wide > 3 ? 0 : 1), barTop - 3, wide, BAR + 6, color, 1.5);
      const n = entry - this.held;
      if (n >= 0 && n < cells) framed(pen, n * cell + 1, cellsTop, cell - 2, 28, color, 2.5);
    };
    for (const row of lit.row) for (const box of boxes) framed(pen, box.x, box.y + row * unit, box.w, unit, theme.primary);
    for (const column of lit.column) for (const box of boxes) framed(pen, box.x + column * unit, box.y, unit, box.h, theme.primary);
    for (const channel of lit.channel) for (const box of sheetsOf(channel)) framed(pen, box.x, box.y, box.w, box.h, theme.primary, 3);
    mark(game.chosen, theme.primary);
    for (const place of lit.entries) mark(place, theme.series[1]);
  }

  /* The place of the number under a pointer: in the pictures, in the vector, or among the large entries. */
  under(event) {
    const { boxes, unit, width, barTop, cells, cellsTop, cell } = this.lay;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    this.overCells = y > cellsTop - 4;
    if (this.overCells) {
      const n = Math.floor(x / cell);
      return n >= 0 && n < cells ? this.pixels.place(this.held + n) : null;
    }
    if (y > barTop - 4 && y < barTop + BAR + 6) {
      const entry = Math.floor((x / width) * this.pixels.length);
      return this.pixels.place(Math.min(Math.max(entry, 0), this.pixels.length - 1));
    }
    const channel = boxes.findIndex((each) => x >= each.x && x < each.x + each.w && y >= each.y && y < each.y + each.h);
    if (channel < 0) return null;
    const column = (x - boxes[channel].x) / unit;
    const place = { row: Math.floor((y - boxes[channel].y) / unit), column: Math.floor(column), channel };
    if (this.sheets.length === 1) place.channel = Math.min(Math.floor((column % 1) * 3), 2);
    return { ...place, row: Math.min(place.row, this.pixels.height - 1), column: Math.min(place.column, this.pixels.width - 1) };
  }

  point(event) {
    if (!this.lay) return;
    const place = this.under(event);
    this.canvas.style.cursor = place ? "pointer" : "default";
    this.game.twins.point(place ? [nameOf(place)] : []);
  }

  click(event) {
    const place = this.lay && this.under(event);
    if (place) this.game.choose(place, true);
  }

  /* Left and right go to the next entry of the vector, Home and End to its ends. */
  press(event) {
    const { pixels, game } = this;
    const now = pixels.entry(game.chosen);
    const next = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: pixels.length - 1 }[event.key];
    if (event.key === " ") game.player.toggle();
    else if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    else game.choose(pixels.place(Math.min(Math.max(next, 0), pixels.length - 1)), true);
    event.preventDefault();
  }
}
