/* The picture, large: a frame around the patch that can be dragged, the chosen pixel, and what is lit. */

import { make } from "../shared/elements.js";
import { framed, litPlaces, namesOfPixel, penOn } from "./pixels.js";

const ROOM = 8; // pixels around the frame within which it is hit
const KEYS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Photo {
  constructor(game) {
    this.game = game;
    this.canvas = make("canvas", { class: "photo", role: "img", tabindex: "0" });
    this.canvas.addEventListener("pointerdown", () => (this.moved = false));
    this.canvas.addEventListener("pointermove", (event) => !game.grabbed && this.point(event));
    this.canvas.addEventListener("pointerleave", () => game.twins.point([]));
    this.canvas.addEventListener("click", (event) => this.click(event));
    this.canvas.addEventListener("keydown", (event) => this.press(event));
  }

  load(pixels) {
    this.pixels = pixels;
    this.sheets = new Map();
    this.canvas.style.aspectRatio = `${pixels.width} / ${pixels.height}`;
  }

  /* How many pixels of the page a pixel of the picture has. */
  get unit() {
    return this.canvas.clientWidth / this.pixels.width;
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const inside = (value, count) => Math.min(Math.max(Math.floor(value / this.unit), 0), count - 1);
    return {
      row: inside(event.clientY - box.top, this.pixels.height), column: inside(event.clientX - box.left, this.pixels.width),
    };
  }

  point(event) {
    if (event.pointerType !== "touch") this.game.twins.point(namesOfPixel(this.at(event)));
  }

  /* Return how the patch moves with a pointer put down on its frame, or null if it is not hit. */
  grab(event) {
    const { game, unit } = this;
    const box = this.canvas.getBoundingClientRect();
    const { top, left, rows, columns } = game.patch;
    const [x, y] = [event.clientX - box.left, event.clientY - box.top];
    const hit = (value, from, count) => value > from * unit - ROOM && value < (from + count) * unit + ROOM;
    if (!hit(x, left, columns) || !hit(y, top, rows)) return null;
    this.moved = false;
    return (now) => {
      const by = [now.clientY - event.clientY, now.clientX - event.clientX].map((pixels) => Math.round(pixels / unit));
      this.moved ||= by.some(Boolean);
      game.movePatch(top + by[0], left + by[1]);
    };
  }

  click(event) {
    if (!this.moved) this.game.choose(this.at(event), true);
    this.moved = false;
  }

  press(event) {
    const { game } = this;
    const digit = ["1", "2", "3"].indexOf(event.key);
    const way = KEYS[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || (!way && digit < 0)) return;
    const { row, column } = game.chosen;
    game.choose(way ? { row: row + way[0], column: column + way[1] } : { channel: digit }, true);
    event.preventDefault();
  }

  draw(theme) {
    const { game, canvas, unit, pixels } = this;
    const pen = penOn(canvas);
    const key = game.on.join();
    if (!this.sheets.has(key)) this.sheets.set(key, pixels.sheet(game.on));
    pen.drawImage(this.sheets.get(key), 0, 0, canvas.clientWidth, canvas.clientHeight);
    const lit = litPlaces(game.twins.lit);
    for (const row of lit.row) framed(pen, 1, row * unit, canvas.clientWidth - 2, unit, theme.primary);
    for (const column of lit.column) framed(pen, column * unit, 1, unit, canvas.clientHeight - 2, theme.primary);
    pen.fillStyle = theme.primary;
    if (game.twins.lit.has("rows")) pen.fillRect(0, 0, 8, canvas.clientHeight);
    if (game.twins.lit.has("columns")) pen.fillRect(0, 0, canvas.clientWidth, 8);
    const { top, left, rows, columns } = game.patch;
    framed(pen, left * unit, top * unit, columns * unit, rows * unit, "#111", 2.5);
    const { row, column } = game.chosen;
    framed(pen, column * unit, row * unit, unit, unit, theme.primary, 2);
    for (const place of lit.entries) framed(pen, place.column * unit - 1, place.row * unit - 1, unit + 2, unit + 2, theme.series[1], 2.5);
  }
}
