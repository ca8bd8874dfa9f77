/* What stands at the chosen place: the three numbers of the pixel, and the entry of the vector with its formula. */

import { make, say } from "../shared/elements.js";
import { twin, walkable } from "../shared/twins.js";
import { nameOf, namesOfPixel } from "./pixels.js";

export class Reading {
  constructor(game) {
    this.game = game;
    this.swatch = make("i", { class: "swatch" });
    this.pixel = make("p", { class: "pixel-said" });
    this.formula = make("p", { class: "formula", role: "group" });
    this.symbols = make("p", { class: "quiet symbols" });
    this.length = make("p", { class: "formula length", role: "group" });
    this.root = make("div", { class: "reading" }, this.pixel, this.formula, this.symbols, this.length);
  }

  draw() {
    const { game } = this;
    const { pixels, words, chosen } = game;
    const key = JSON.stringify([chosen, pixels.order, pixels.height, pixels.width]);
    if (key === this.key && pixels === this.pixels) return;
    Object.assign(this, { key, pixels });
    const [red, green, blue] = [0, 1, 2].map((channel) => pixels.at({ ...chosen, channel }));
    this.swatch.style.background = `rgb(${red}, ${green}, ${blue})`;
    const values = [red, green, blue].map((value, channel) =>
      twin(nameOf({ ...chosen, channel }), "b", { class: `c${channel}` }, `${words.channels[channel]} ${value}`));
    const place = twin(namesOfPixel(chosen).join(" "), "span", {}, say(words.pixel, chosen));
    this.pixel.replaceChildren(this.swatch, place, " ", ...values.flatMap((value) => [value, " "]));
    this.formula.replaceChildren(...this.terms());
    this.symbols.textContent = words.symbols[pixels.order];
    const count = (name, value, word) => twin(name, "span", {}, make("b", {}, game.number(value)), make("small", {}, ` ${word}`));
    this.length.replaceChildren(
      "n = ", count("rows", pixels.height, words.height), " · ", count("columns", pixels.width, words.width), " · ",
      count("channel-0 channel-1 channel-2", 3, words.depth), " = ", make("b", {}, game.number(pixels.length)), ` ${words.features}`);
    walkable(this.formula);
    walkable(this.length);
    game.twins.refresh();
  }

  terms() {
    const { pixels, chosen, number } = this.game;
    const { height, width, order } = pixels;
    const [row, column, channel] = ["row", "column", "channel"].map((kind) =>
      twin(`${kind}-${chosen[kind]}`, "b", {}, String(chosen[kind])));
    const inner = order === "channel"
      ? ["(", channel, ` · ${height} + `, row, `) · ${width} + `, column]
      : ["(", row, ` · ${width} + `, column, ") · 3 + ", channel];
    const entry = pixels.entry(chosen);
    const name = nameOf(chosen);
    return ["k = ", ...inner, " = ", twin(name, "b", {}, number(entry)), ",  ", "x", make("sub", {}, number(entry)), " = ",
      twin(name, "b", {}, String(pixels.at(chosen)))];
  }
}
