/* Ten neurons on a picture of 8 x 8 pixels: the weights of each as a picture, step by step and exact, and the terms of a
   pixel in all of them. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./digits.css";
import { Aloud, make, say } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { themeOf } from "../shared/plot.js";
import { Twins, twin } from "../shared/twins.js";
import { sheetOf } from "../units/heat.js";

const SIDE = 8;
const SHARE_IN_SCALE = 0.95; // of the weights, which the scale of colours tells apart
const SPEEDS_OF_LAYERS = [1, 2, 4, 8];

class LayerPlayer extends Player {
  load(...run) {
    const chosen = this.speed.value;
    super.load(...run);
    this.speed.replaceChildren(...SPEEDS_OF_LAYERS.map((count) => make("option", { value: count }, say(this.words.a_second, { count }))));
    this.speed.value = SPEEDS_OF_LAYERS.includes(Number(chosen)) ? chosen : 4;
  }
}

/* Ten pictures of weights with the scale of their colours. */
class Board {
  constructor(game, name) {
    this.title = make("h2");
    this.cells = Array.from({ length: 10 }, (_none, k) => {
      const canvas = make("canvas", { role: "img", tabindex: k ? "-1" : "0" });
      game.listenTo(canvas, k);
      const value = make("span", { class: "value" });
      return { canvas, value, root: twin(`neuron${k}`, "div", { class: "neuron" }, canvas, make("b", {}, String(k)), value) };
    });
    this.ends = [make("span"), make("span")];
    this.legend = make("p", { class: "legend quiet" }, make("span", {}, this.ends[0], make("i", { class: "bar" }), this.ends[1]));
    this.accuracy = make("p", { class: "accuracy" });
    this.root = make("figure", { class: `panel ${name}` }, this.title, make("div", { class: "board" }, ...this.cells.map((cell) => cell.root)), this.legend, this.accuracy);
  }

  draw(game, layer, accuracy, values, theme) {
    const sizes = layer.weights.flat().map(Math.abs).toSorted((a, b) => a - b);
    const largest = sizes.at(-1);
    const most = sizes[Math.floor(SHARE_IN_SCALE * sizes.length)] || largest || 1; // few pixels would make the rest pale
    const best = values.indexOf(Math.max(...values));
    for (const [k, { canvas, value, root }] of this.cells.entries()) {
      paint(canvas, sheetOf({ values: layer.weights[k], count: SIDE }, most, theme), game.pixel, game.isLit(), theme);
      value.textContent = written(values[k], 2);
      root.classList.toggle("best", k === best);
      canvas.ariaLabel = say(game.words.neuronSaid, { k });
    }
    this.ends[0].textContent = say(game.words.below, { value: written(-most, 2) });
    this.ends[1].textContent = say(game.words.above, { value: written(most, 2) });
    this.accuracy.textContent = say(game.words.accuracy, { right: percentage(100 * accuracy, 3), largest: written(largest, 2) });
  }
}

/* A sheet of 8 x 8 colours as large squares, with a frame around a pixel. */
function paint(canvas, sheet, pixel, lit, theme) {
  const size = 96;
  if (canvas.width !== size) canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d");
  pen.imageSmoothingEnabled = false;
  pen.clearRect(0, 0, size, size);
  pen.drawImage(sheet, 0, 0, size, size);
  pen.strokeStyle = lit ? theme.primary : theme.text;
  pen.lineWidth = lit ? 5 : 2.5;
  const wide = size / SIDE;
  pen.strokeRect((pixel % SIDE) * wide, Math.floor(pixel / SIDE) * wide, wide, wide);
}

class DigitsGame {
  constructor(parent) {
    this.parent = parent;
    this.pixel = 3 * SIDE + 3;
    this.neuron = 0;
    this.boards = { learned: new Board(this, "learned"), exact: new Board(this, "exact") };
    this.caption = make("h2");
    this.picture = make("canvas", { role: "img", class: "picture", tabindex: "0" });
    this.listenTo(this.picture, null);
    this.head = make("tr");
    this.rows = Array.from({ length: 10 }, (_none, k) => {
      const cells = Array.from({ length: 6 }, () => make("td"));
      return { root: twin(`neuron${k}`, "tr", {}, ...cells), cells };
    });
    this.formula = twin("pixel", "p", { class: "working" });
    this.found = make("p", { class: "found" });
    this.hint = make("p", { class: "quiet" });
    this.player = new LayerPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    this.box = make("div", { class: "moving digits" },
      make("div", { class: "panels" },
        this.boards.learned.root, this.boards.exact.root,
        make("figure", { class: "panel" }, this.caption, this.picture, this.formula),
        make("div", { class: "panel" }, make("table", {}, make("thead", {}, this.head), make("tbody", {}, ...this.rows.map((row) => row.root))))),
      this.player.bar, this.found, this.hint);
    parent.append(this.box);
    this.aloud = new Aloud();
    this.box.append(this.aloud.root);
    this.twins = new Twins(this.box, (lit) => this.follow(lit));
    for (const { root } of this.rows) root.addEventListener("pointerenter", () => this.read(Number(root.dataset.twin.slice(6))));
  }

  /* A picture that says which pixel is pointed at, of a neuron or of what goes in. */
  listenTo(canvas, neuron) {
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      const place = (share) => Math.min(Math.max(Math.floor(share * SIDE), 0), SIDE - 1);
      this.choose(place((event.clientY - box.top) / box.height) * SIDE + place((event.clientX - box.left) / box.width), neuron);
    };
    canvas.addEventListener("pointermove", at);
    canvas.addEventListener("pointerdown", at);
    canvas.addEventListener("focus", () => this.choose(this.pixel, neuron));
    canvas.addEventListener("keydown", (event) => {
      const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
      if (!way) return;
      const within = (value) => Math.min(Math.max(value, 0), SIDE - 1);
      this.choose(within(Math.floor(this.pixel / SIDE) + way[0]) * SIDE + within((this.pixel % SIDE) + way[1]), neuron);
      event.preventDefault();
    });
  }

  choose(pixel, neuron) {
    this.pixel = pixel;
    if (neuron !== null) this.neuron = neuron;
    this.twins.point(neuron === null ? ["pixel"] : ["pixel", `neuron${neuron}`]);
    this.draw(this.player.frame);
  }

  read(neuron) {
    this.neuron = neuron;
    this.draw(this.player.frame);
  }

  follow(lit) {
    for (const name of lit) if (name.startsWith("neuron")) this.neuron = Number(name.slice(6));
    if (this.data) this.draw(this.player.frame);
  }

  isLit() {
    return Boolean(this.twins?.lit.has("pixel"));
  }

  take(data) {
    const same = this.data && JSON.stringify(this.data.steps) === JSON.stringify(data.steps);
    const { frame, count } = this.player;
    Object.assign(this, { data, words: data.words });
    const { words } = data;
    for (const [name, board] of Object.entries(this.boards)) board.title.textContent = words[name];
    this.caption.textContent = say(words.picture, { digit: data.digit });
    this.head.replaceChildren(...["neuron", "weight", "pixel", "term", "sum", "probability"].map((name) => make("th", { scope: "col" }, words[name])));
    this.hint.textContent = words.hint;
    this.player.load(data.steps, words, data.steps.at(-1), same && count ? frame : data.steps.length - 1);
  }

  /* The sums of all neurons for the picture. */
  sums({ weights, bias }) {
    return weights.map((neuron, k) => neuron.reduce((sum, weight, place) => sum + weight * this.data.picture[place], bias[k]));
  }

  draw(frame) {
    const { data, pixel, neuron, words } = this;
    const theme = themeOf(this.parent.host ?? this.parent);
    this.box.style.setProperty("--above", theme.series[0]);
    this.box.style.setProperty("--below", theme.series[1]);
    const layer = data.layers[frame];
    const sums = this.sums(layer);
    const shares = sums.map((sum) => Math.exp(sum - Math.max(...sums)));
    const total = shares.reduce((sum, share) => sum + share, 0);
    this.probabilities = shares.map((share) => share / total);
    this.boards.learned.draw(this, layer, data.accuracies[frame], sums, theme);
    this.boards.exact.draw(this, data.exact, data.exact.accuracy, this.sums(data.exact), theme);
    this.drawPicture(theme);
    const x = data.picture[pixel];
    for (const [k, { cells, root }] of this.rows.entries()) {
      const texts = [String(k), written(layer.weights[k][pixel], 3), written(x, 3), written(layer.weights[k][pixel] * x, 3), written(sums[k], 3), percentage(100 * this.probabilities[k], 3)];
      cells.forEach((cell, place) => { cell.textContent = texts[place]; });
      root.classList.toggle("chosen", k === neuron);
    }
    const weight = layer.weights[neuron][pixel];
    this.formula.textContent = say(words.formula, {
      k: neuron, row: Math.floor(pixel / SIDE), column: pixel % SIDE, weight: written(weight, 3), x: written(x, 3),
      term: written(weight * x, 3), z: written(sums[neuron], 3),
    });
    this.found.textContent = this.sentence(frame);
    this.picture.ariaLabel = this.caption.textContent;
    Object.assign(this.box.dataset, { frame, pixel, neuron, sums: sums.join(" "), said: sums.indexOf(Math.max(...sums)) });
  }

  drawPicture(theme) {
    const sheet = document.createElement("canvas");
    sheet.width = sheet.height = SIDE;
    const pen = sheet.getContext("2d");
    pen.fillStyle = theme.text;
    for (const [place, value] of this.data.picture.entries()) {
      pen.globalAlpha = value;
      pen.fillRect(place % SIDE, Math.floor(place / SIDE), 1, 1);
    }
    paint(this.picture, sheet, this.pixel, this.isLit(), theme);
  }

  sentence(frame) {
    const { data, words, probabilities } = this;
    const most = Math.max(...probabilities);
    return say(words.found, {
      step: written(data.steps[frame], 12), right: percentage(100 * data.accuracies[frame], 3), digit: data.digit,
      said: probabilities.indexOf(most), probability: percentage(100 * most, 3),
    });
  }

  leave() {
    this.player.pause();
    this.twins.destroy();
    this.aloud.hush();
    this.box.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.digits ??= new DigitsGame(parentElement);
  parentElement.digits.take(data);
  return () => {
    parentElement.digits?.leave();
    parentElement.digits = null;
  };
}
