/* A picture, the numbers of a patch, and its vector: one entry is chosen in all of them, and whatever is pointed at
   lights up in all of them. At the end of a movement the server gets the choice, so its lines and the link match. */

import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { themeOf } from "../shared/plot.js";
import { Twins } from "../shared/twins.js";
import { Matrices } from "./matrices.js";
import { Photo } from "./photo.js";
import { nameOf, Pixels } from "./pixels.js";
import { Reading } from "./reading.js";
import { Unrolling } from "./unrolling.js";

const PATCH = 5; // rows and columns of the patch
const SILENCE = 350; // milliseconds before the server gets a choice
const LETTERS = "rgb";
const OPENING = 5; // seconds in which the picture becomes a vector on arrival

export class Flattening {
  constructor(parent) {
    this.patch = { top: 0, left: 0, rows: 1, columns: 1 };
    this.chosen = { row: 0, column: 0, channel: 0 };
    this.on = [true, true, true];
    this.number = (value) => written(value, 9);
    this.photo = new Photo(this);
    this.matrices = new Matrices(this);
    this.reading = new Reading(this);
    this.unrolling = new Unrolling(this);
    this.player = new Player((step) => this.go(step), (step) => this.sentence(step));
    this.aloud = new Aloud();
    this.headings = ["picture", "numbers", "vector"].map((name) => [name, make("h2")]);
    this.hints = ["photo", "vector"].map((name) => [name, make("p", { class: "quiet hint" })]);
    this.switches = [0, 1, 2].map((channel) => this.makeSwitch(channel));
    const [picture, numbers, vector] = this.headings.map(([_name, heading]) => heading);
    this.box = make("div", { class: "moving picture" },
      make("div", { class: "top" },
        make("figure", { class: "panel" }, picture, this.photo.canvas, make("div", { class: "switches", role: "group" }, ...this.switches), this.hints[0][1]),
        make("div", { class: "panel" }, numbers, this.matrices.root, this.reading.root)),
      make("figure", { class: "panel stage" }, vector, this.unrolling.canvas, this.player.bar, this.hints[1][1]),
      this.aloud.root);
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.schedule());
    listen(this, this.photo.canvas, (event) => this.photo.grab(event));
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  makeSwitch(channel) {
    const button = make("button", { type: "button", class: `channel c${channel}`, "data-twin": `channel-${channel}` });
    button.addEventListener("click", () => {
      this.on = this.on.map((is, at) => (at === channel ? !is : is));
      this.schedule();
      this.settle();
    });
    return button;
  }

  /* Take over a picture and a choice, unless they only repeat what was sent. */
  update({ data, setTriggerValue }) {
    const { words, row, column, channel, on } = data;
    Object.assign(this, { words, setTriggerValue });
    const drawn = JSON.stringify([data.pixels, data.height, data.width, data.order]);
    const another = drawn !== this.drawn;
    const first = !this.drawn;
    if (another) {
      this.pixels = new Pixels(data);
      this.patch = { top: 0, left: 0, rows: Math.min(PATCH, data.height), columns: Math.min(PATCH, data.width) };
      for (const part of [this.photo, this.unrolling, this.matrices]) part.load(this.pixels, words);
      this.drawn = drawn;
      this.matrixKey = null; // the tables are new, and empty
    }
    const said = JSON.stringify([row, column, channel, on]);
    if (another || (said !== this.said && !this.grabbed)) {
      this.said = said;
      this.on = [...LETTERS].map((letter) => on.includes(letter));
      this.chosen = { row, column, channel };
      this.centre();
    }
    this.label();
    if (another) this.play(first);
    this.schedule();
  }

  label() {
    const { words } = this;
    for (const [name, heading] of this.headings) heading.textContent = words.headings[name];
    for (const [name, hint] of this.hints) hint.textContent = words.hints[name];
    this.switches.forEach((button, channel) => (button.textContent = words.channels[channel]));
    this.describe();
  }

  /* Load the steps; a picture seen first unrolls by itself, another one stands unrolled. */
  play(first) {
    const { steps } = this.unrolling;
    const numbers = Array.from({ length: steps + 1 }, (_none, step) => step);
    this.player.load(numbers, this.words, steps, steps);
    this.unrolling.shown = steps;
    if (!first) return;
    this.player.speed.value = "10";
    this.player.open(OPENING);
  }

  go(step) {
    this.unrolling.go(step, this.player.calm);
    this.box.dataset.step = step;
    this.schedule();
  }

  queued(count) {
    return say(this.words.queued, { count: this.number(count), length: this.number(this.pixels.length) });
  }

  sentence(step) {
    return this.queued(step * this.unrolling.row);
  }

  centre() {
    const { row, column } = this.chosen;
    this.movePatch(row - Math.floor(this.patch.rows / 2), column - Math.floor(this.patch.columns / 2), false);
  }

  /* Move the patch; what is chosen in it moves along. */
  movePatch(top, left, along = true) {
    const { rows, columns } = this.patch;
    const inside = (value, most) => Math.min(Math.max(value, 0), most);
    const next = { rows, columns, top: inside(top, this.pixels.height - rows), left: inside(left, this.pixels.width - columns) };
    const by = [next.top - this.patch.top, next.left - this.patch.left];
    this.patch = next;
    if (along) this.choose({ row: this.chosen.row + by[0], column: this.chosen.column + by[1] });
    this.schedule();
  }

  /* Choose an entry: what is not said of its place stays. The patch follows if it has to. */
  choose(place, rests = false) {
    const inside = (value, count) => Math.min(Math.max(value, 0), count - 1);
    const { row, column, channel } = { ...this.chosen, ...place };
    this.chosen = { row: inside(row, this.pixels.height), column: inside(column, this.pixels.width), channel };
    const { top, left, rows, columns } = this.patch;
    const into = (from, count, at) => Math.min(Math.max(from, at - count + 1), at);
    this.movePatch(into(top, rows, this.chosen.row), into(left, columns, this.chosen.column), false);
    if (rests) this.settle();
  }

  /* The end of a movement. */
  settle() {
    this.grabbed = null;
    this.schedule();
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), SILENCE);
    this.aloud.say(() => this.describe());
  }

  tell() {
    const { row, column, channel } = this.chosen;
    const on = [...LETTERS].filter((_letter, at) => this.on[at]).join("") || "none";
    const said = JSON.stringify([row, column, channel, on]);
    if (said === this.said || this.gone) return;
    this.said = said;
    this.setTriggerValue("settled", { row, column, channel, on });
  }

  schedule() {
    this.waiting ??= requestAnimationFrame((now) => {
      this.waiting = null;
      if (this.gone || !this.pixels) return;
      const theme = themeOf(this.box);
      const goes = this.unrolling.move(now);
      this.reading.draw();
      if (this.matrixKey !== this.matrixState()) {
        this.matrixKey = this.matrixState();
        this.matrices.draw();
      }
      this.photo.draw(theme);
      this.unrolling.draw(theme);
      this.switches.forEach((button, channel) => (button.ariaPressed = String(this.on[channel])));
      Object.assign(this.box.dataset, {
        row: this.chosen.row, column: this.chosen.column, channel: this.chosen.channel, entry: this.pixels.entry(this.chosen),
        lit: [...this.twins.lit].join(" "), top: this.patch.top, left: this.patch.left,
      });
      if (goes) this.schedule();
    });
  }

  matrixState() {
    return [nameOf(this.chosen), this.patch.top, this.patch.left, this.on].join();
  }

  /* Set the texts for screen readers, and return what is chosen in a sentence. */
  describe() {
    const { pixels, words, chosen } = this;
    const [red, green, blue] = [0, 1, 2].map((channel) => pixels.at({ ...chosen, channel }));
    const values = {
      ...chosen, red, green, blue, height: pixels.height, width: pixels.width, entry: this.number(pixels.entry(chosen)),
      value: pixels.at(chosen), length: this.number(pixels.length), name: words.channels[chosen.channel],
    };
    this.photo.canvas.ariaLabel = say(words.described.photo, values);
    this.unrolling.canvas.ariaLabel = say(words.described.vector, values);
    return say(words.described.chosen, values);
  }

  leave() {
    this.gone = true;
    this.player.pause();
    this.twins.destroy();
    this.watcher.disconnect();
    clearTimeout(this.telling);
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}
