/* The controls around the plots of fitting by hand: numbers, sliders and fields, switches. */

import { Aloud, make, say } from "../shared/elements.js";
import { percentage, written } from "../shared/numbers.js";
import { Coordinates } from "./model.js";

const SAID_DIGITS = 6;

export class HandControls {
  constructor(game) {
    this.game = game;
    this.texts = {};
    this.makeFigures();
    this.makeFields();
    this.makeSwitches();
    this.box = make("div", { class: "moving hand" },
      make("div", { class: "figures" }, this.lossBox, this.slopeBox),
      this.progress,
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.text("line", "h2"), this.lineCanvas, this.legend, this.text("leftOut", "p", "quiet")),
        make("figure", { class: "panel" }, this.text("landscape", "h2"), this.landscapeCanvas, this.text("handNote", "p", "quiet"))),
      make("div", { class: "fields" }, this.fields.w.row, this.fields.b.row),
      make("div", { class: "switches" }, ...this.switches),
      make("div", { class: "switches" }, this.handOver, this.again, this.moved),
      this.text("constant", "p", "quiet"), this.text("dragHint", "p", "quiet"), this.levelHint,
      this.answer, this.aloud.root);
  }

  /* A place for one of the scene's words; every place of a word is filled when the scene is loaded. */
  text(name, tag = "span", className = "") {
    const made = make(tag, className ? { class: className } : {});
    (this.texts[name] ??= []).push(made);
    return made;
  }

  makeFigures() {
    this.lossValue = make("output", { class: "loss", "aria-live": "off" });
    this.lossBox = make("div", {}, this.text("loss", "div", "quiet"), this.lossValue);
    this.slopeValues = { w: make("output", { "aria-live": "off" }), b: make("output", { "aria-live": "off" }) };
    this.slopeBox = make("div", {}, this.text("slopes", "div", "quiet"),
      make("div", { class: "slopes" }, this.text("weightSlope"), " = ", this.slopeValues.w, make("br"),
        this.text("biasSlope"), " = ", this.slopeValues.b));
    this.progress = make("p", { class: "progress" });
    this.answer = make("p", { class: "answer" });
    this.levelHint = make("p", { class: "quiet level-hint" });
    this.moved = make("span", { class: "quiet moved" });
    this.aloud = new Aloud();
    this.lineCanvas = make("canvas", { role: "img", class: "line" });
    this.landscapeCanvas = make("canvas", { role: "img", class: "landscape" });
    this.legend = make("p", { class: "legend" });
  }

  makeFields() {
    this.fields = {};
    for (const [place, name] of ["w", "b"].entries()) {
      const slider = make("input", { type: "range", class: `slider-${name}` });
      const field = make("input", { type: "number", step: "any", class: `field-${name}` });
      slider.addEventListener("input", () => this.set(place, slider.valueAsNumber));
      slider.addEventListener("change", () => this.game.settle());
      field.addEventListener("change", () => {
        this.set(place, field.valueAsNumber);
        this.game.settle();
      });
      const row = make("label", { class: "field" }, this.text(name === "w" ? "weight" : "bias", "b"), slider, field);
      this.fields[name] = { slider, field, row };
    }
  }

  set(place, value) {
    const hand = [...this.game.hand];
    hand[place] = value;
    this.game.move(...hand);
  }

  makeSwitches() {
    const { game } = this;
    this.residuals = make("select", { class: "residuals" });
    this.residuals.addEventListener("change", () => {
      game.residuals = this.residuals.value;
      game.schedule();
    });
    this.axes = make("select", { class: "axes" });
    this.axes.addEventListener("change", () => {
      game.coordinates = new Coordinates(game.model, this.axes.value === "standardAxes");
      game.settle();
    });
    const box = (name, turn) => {
      const input = make("input", { type: "checkbox", class: name });
      input.addEventListener("change", () => {
        turn(input.checked);
        game.settle();
      });
      return input;
    };
    this.levels = box("levels", (on) => { game.showsLevels = on; });
    this.answers = box("answers", (on) => { game.showsAnswer = on; });
    this.switches = [
      make("label", {}, this.text("residuals"), this.residuals),
      make("label", {}, this.text("axes"), this.axes),
      make("label", {}, this.levels, this.text("showLevels")),
      make("label", {}, this.answers, this.text("showAnswer")),
    ];
    this.handOver = make("button", { type: "button", class: "hand-over" }, this.text("handOver"));
    this.handOver.addEventListener("click", () => game.handOver());
    this.again = make("button", { type: "button", class: "again" }, this.text("again"));
    this.again.addEventListener("click", () => game.restart());
  }

  /* Set the words and the ends of the sliders. */
  update() {
    const { words, ranges } = this.game;
    for (const [name, places] of Object.entries(this.texts))
      for (const place of places) {
        place.textContent = words[name];
        if (place.tagName === "P") place.hidden = !words[name];
      }
    for (const [name, long] of [["w", "weight"], ["b", "bias"]]) {
      const { slider, field } = this.fields[name];
      [slider.min, slider.max, slider.step] = [...ranges[name], ranges[`${name}Step`]].map(String);
      slider.ariaLabel = words[`${long}Slider`];
      slider.title = words[`${long}Slider`];
      field.ariaLabel = words[`${long}Field`];
    }
    this.choices(this.residuals, ["squares", "sticks", "nothing"], this.game.residuals);
    this.choices(this.axes, ["tableAxes", "standardAxes"], this.game.coordinates.standardised ? "standardAxes" : "tableAxes");
  }

  choices(list, names, chosen) {
    list.replaceChildren(...names.map((name) => make("option", { value: name }, this.game.words[name])));
    list.value = chosen;
  }

  /* Show where the hand is, and its loss. */
  draw(theme) {
    const { game, fields } = this;
    const [w, b] = game.hand;
    for (const [name, value] of [["w", w], ["b", b]]) {
      const { slider, field } = fields[name];
      slider.value = String(value);
      slider.ariaValueText = written(value, SAID_DIGITS);
      if (field.getRootNode().activeElement !== field || field.valueAsNumber !== value) field.value = String(value);
    }
    const loss = game.model.loss(w, b);
    this.lossValue.textContent = this.figure(loss);
    const slopes = game.coordinates.gradient(w, b);
    this.slopeValues.w.textContent = this.figure(slopes[0]);
    this.slopeValues.b.textContent = this.figure(slopes[1]);
    this.progress.textContent = this.progressSaid();
    this.answers.checked = game.showsAnswer;
    this.levels.checked = game.showsLevels;
    this.levelHint.textContent = `${game.words.levelHint} ${this.roundness()}`;
    this.moved.textContent = game.moved ? game.words.moved : "";
    this.answer.hidden = !game.showsAnswer;
    this.answer.textContent = game.showsAnswer ? this.answerSaid() : "";
    this.drawLegend(theme);
  }

  figure(value, digits = SAID_DIGITS) {
    return Number.isFinite(value) ? written(value, digits) : this.game.words.tooLarge;
  }

  progressSaid() {
    const { model, hand, start, words } = this.game;
    const [first, now] = [model.gap(...start), model.gap(...hand)];
    if (first <= 1e-24 * (model.floor + first)) return now <= first ? words.flatIsBest : words.worse;
    if (now === 0) return words.done;
    const share = 1 - now / first;
    if (share < 0) return words.worse;
    return say(words.progress, { share: percentage(Math.floor(share * 1e6) / 1e4, 6) });
  }

  answerSaid() {
    const { model, best, hand, words } = this.game;
    return say(words.answer, {
      w: written(best[0], SAID_DIGITS),
      b: written(best[1], SAID_DIGITS),
      loss: this.figure(model.floor),
      gap: this.figure(model.gap(...hand)),
    });
  }

  roundness() {
    const { coordinates, words } = this.game;
    if (!Number.isFinite(coordinates.length)) return "";
    if (coordinates.length < 1.05) return words.round;
    return say(words.long, { times: written(coordinates.length, 3) });
  }

  drawLegend(theme) {
    const { game } = this;
    const shown = ["yourLine", ...(game.sgd ? ["sgdLine"] : []), ...(game.showsAnswer ? ["bestLine"] : [])];
    const state = `${shown} ${theme.series}`;
    if (this.legendShown === state) return;
    this.legendShown = state;
    const colors = { yourLine: theme.series[3], sgdLine: theme.series[0], bestLine: theme.series[1] };
    this.legend.replaceChildren(...shown.map((name) => {
      const stroke = make("i", { class: name });
      stroke.style.borderTopColor = colors[name];
      return make("span", {}, stroke, game.words[name]);
    }));
  }

  /* The same in words, for screen readers; return those of the line. */
  describe() {
    const { game } = this;
    const { words, feature, label, rows, coordinates } = game;
    const loss = this.figure(game.model.loss(...game.hand));
    const said = ([w, b]) => ({ w: written(w, SAID_DIGITS), b: written(b, SAID_DIGITS), loss });
    const seen = { feature, label, shown: written(rows.x.length, 12), ...said(game.hand) };
    this.lineCanvas.ariaLabel = say(words.described, seen);
    const there = { where: this.whereDown(), ...said(coordinates.fromTable(...game.hand)) };
    this.landscapeCanvas.ariaLabel = say(words.landscapeDescribed, there);
    return this.lineCanvas.ariaLabel;
  }

  whereDown() {
    const { coordinates, hand, words } = this.game;
    const [slopeW, slopeB] = coordinates.gradient(...hand);
    if (slopeW === 0 && slopeB === 0) return words.nowhere;
    const name = Math.abs(slopeW) > Math.abs(slopeB) ? (slopeW < 0 ? "largerWeight" : "smallerWeight")
      : slopeB < 0 ? "largerBias" : "smallerBias";
    return words[name];
  }
}
