/* Polynomials through the same rows, one a frame: by degree, or by update of gradient descent. The errors of all frames
   stand beside, and a pointer on them chooses the frame. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { Plot, themeOf } from "../shared/plot.js";
import { extent, linearScale, logScale } from "../shared/scales.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const QUIET_FITS = 400; // milliseconds at rest until the server hears of the frame

export class FitsScene {
  constructor(parent, kind) {
    this.parent = parent;
    this.canvases = ["fit", "errors"].map((name) => make("canvas", { role: "img", tabindex: "0", class: name }));
    this.plots = this.canvases.map((canvas) => new Plot(canvas));
    this.headings = [make("h2"), make("h2")];
    this.legends = [make("p", { class: "legend quiet" }), make("p", { class: "legend quiet" })];
    this.terms = make("p", { class: "terms working" });
    this.facts = make("p", { class: "facts working" });
    this.note = make("p", { class: "note" });
    this.hint = make("p", { class: "quiet" });
    const Made = kind === "degrees" ? StepPlayer : Player;
    this.player = new Made((frame) => this.draw(frame), (frame) => this.sentence(frame));
    const figure = (k) => make("figure", { class: "panel" }, this.headings[k], this.canvases[k], this.legends[k]);
    this.box = make("div", { class: "moving components fits", role: "group" },
      make("div", { class: "panels" }, figure(0), figure(1)), this.player.bar, this.facts, this.terms, this.note, this.hint);
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.data && this.draw(this.player.frame));
    this.listen();
    this.watcher = new ResizeObserver(() => {
      for (const plot of this.plots) plot.fit();
      if (this.data) this.draw(this.player.frame);
    });
    for (const canvas of this.canvases) this.watcher.observe(canvas);
  }

  listen() {
    const [fit, errors] = this.canvases;
    for (const canvas of this.canvases) canvas.addEventListener("keydown", (event) => this.player.press(event));
    const choose = (event) => this.player.stopAt(this.nearest(this.plots[1].at(event)[0]));
    errors.addEventListener("pointerdown", (event) => {
      errors.setPointerCapture(event.pointerId);
      choose(event);
    });
    errors.addEventListener("pointermove", (event) => {
      if (event.buttons) choose(event);
      else this.twins.point(this.curveAt(event));
    });
    fit.addEventListener("pointermove", (event) => this.twins.point(this.rowAt(event)));
    for (const canvas of this.canvases) canvas.addEventListener("pointerleave", () => this.twins.point());
  }

  take(data, setTriggerValue) {
    const known = this.data;
    this.data = data;
    this.setTriggerValue = setTriggerValue;
    const { words, labels } = data;
    this.theme = themeOf(this.parent.host ?? this.parent);
    const [blue, orange, green] = this.theme.series;
    this.box.setAttribute("aria-label", words.label);
    this.headings[0].textContent = words.fitTitle;
    this.headings[1].textContent = words.errorsTitle;
    this.hint.textContent = words.hint;
    const key = (ink, shape, name, said) => twin(name, "span", { style: `--ink: ${ink}` }, make("i", { class: shape }), said);
    this.legends[0].replaceChildren(
      key(blue, "dot", "train", words.trainRows), key(orange, "ring", "test", words.testRows),
      key(green, "line", "curve", words.curve), ...(data.exact ? [key(this.theme.text, "dash", "exact", words.exact)] : []));
    this.legends[1].replaceChildren(
      key(blue, "line", "train", words.trainError), key(orange, "dash", "test", words.testError),
      ...(data.floor === null ? [] : [key(this.theme.text, "thin", "exact", words.floor)]));
    this.bounds();
    const same = known && known.key === data.key;
    if (same && data.start === this.told) this.player.load(labels, words, this.player.frame, 0);
    else this.load(data);
  }

  load({ labels, words, start, kind }) {
    this.told = start;
    if (kind === "degrees") this.player.load(labels.map((degree) => say(words.degree, { degree })), words, start);
    else this.player.load(labels, words, labels.at(-1), start);
  }

  bounds() {
    const { data, plots, theme } = this;
    const [xs, ys] = [[data.train[0], data.test[0]], [data.train[1], data.test[1]]];
    const [low, high] = extent(...ys);
    const room = 0.25 * (high - low || 1);
    plots[0].frame({
      x: { scale: linearScale(...extent(...xs), 0.04), title: data.words.x },
      y: { scale: linearScale(low - room, high + room), title: data.words.y },
      theme,
    });
    const positive = [...data.trainErrors, ...data.testErrors].filter((value) => value > 0);
    const [least, most] = extent(positive);
    const top = Math.min(most, 1e4 * Math.min(...data.testErrors.filter((value) => value > 0)));
    const bottom = Math.max(least, top / 1e7);
    const across = data.kind === "degrees" ? linearScale(0, data.labels.at(-1), 0.03) : logScale(1, Math.max(data.labels.at(-1), 2), 0.02);
    plots[1].frame({
      x: { scale: across, title: data.words.across },
      y: { scale: logScale(bottom, top, 0.05), title: data.words.error },
      theme,
    });
  }

  /* The place of a frame on the axis of the errors; on a log axis the start is drawn at 1. */
  across(frame) {
    const { labels, kind } = this.data;
    return kind === "degrees" ? labels[frame] : Math.max(labels[frame], 1);
  }

  nearest(value) {
    const far = this.data.labels.map((_label, frame) => Math.abs(this.plots[1].px(this.across(frame)) - this.plots[1].px(value)));
    return far.indexOf(Math.min(...far));
  }

  curveAt(event) {
    const [, down] = this.plots[1].spot(event);
    const frame = this.nearest(this.plots[1].at(event)[0]);
    const far = (errors) => Math.abs(this.plots[1].py(errors[frame]) - down);
    const { trainErrors, testErrors } = this.data;
    if (Math.min(far(trainErrors), far(testErrors)) > 18) return [];
    return [far(trainErrors) < far(testErrors) ? "train" : "test"];
  }

  rowAt(event) {
    const [right, down] = this.plots[0].spot(event);
    const near = ([xs, ys]) => xs.some((x, n) => Math.hypot(this.plots[0].px(x) - right, this.plots[0].py(ys[n]) - down) < 9);
    return near(this.data.train) ? ["train"] : near(this.data.test) ? ["test"] : [];
  }

  draw(frame) {
    if (!this.data) return;
    this.drawFit(frame);
    this.drawErrors(frame);
    this.write(frame);
    if (this.data.kind === "degrees") this.player.position.textContent = say(this.data.words.degree, { degree: frame });
    const { labels, trainErrors, testErrors } = this.data;
    Object.assign(this.box.dataset, { frame, label: labels[frame], train: trainErrors[frame], test: testErrors[frame] });
    clearTimeout(this.telling);
    if (!this.player.playing) this.telling = setTimeout(() => this.tell(frame), QUIET_FITS);
  }

  drawFit(frame) {
    const [plot, { data, theme, twins }] = [this.plots[0], this];
    const [blue, orange, green, pink] = theme.series;
    const lit = (name) => twins.lit.has(name);
    plot.begin();
    plot.dots(data.test[0], data.test[1], { color: orange, size: lit("test") ? 5 : 2.6, alpha: lit("test") ? 0.9 : 0.45, shape: "ring", width: 1.3 });
    if (data.exact) plot.line(data.grid, data.exact, { color: theme.text, width: lit("exact") ? 3 : 1.5, dash: [3, 4] });
    plot.line(data.grid, data.curves[frame], { color: green, width: lit("curve") ? 4.5 : 2.8 });
    for (let k = 0; k <= frame && data.coefficients.length; k++)
      if (lit(`term${k}`)) plot.line(data.grid, data.curves[k], { color: pink, width: 3, dash: [8, 4] });
    plot.dots(data.train[0], data.train[1], { color: theme.background, fill: blue, size: lit("train") ? 8 : 5.5, width: 1 });
    plot.end();
  }

  drawErrors(frame) {
    const [plot, { data, theme, twins }] = [this.plots[1], this];
    const [blue, orange] = theme.series;
    const places = data.labels.map((_label, n) => this.across(n));
    const lit = (name) => (twins.lit.has(name) ? 2 : 0);
    plot.begin();
    plot.rule({ x: this.across(data.best) }, { color: orange, width: 1.2, dash: [2, 4] });
    if (data.floor > 0) plot.rule({ y: data.floor }, { color: theme.text, width: 1 + lit("exact"), dash: [1, 3] });
    plot.line(places, data.trainErrors, { color: blue, width: 2.2 + lit("train") });
    plot.line(places, data.testErrors, { color: orange, width: 2.2 + lit("test"), dash: [7, 4] });
    plot.rule({ x: this.across(frame) }, { color: theme.quiet, width: 1 });
    plot.dots([places[frame]], [data.trainErrors[frame]], { color: theme.background, fill: blue, size: 6, width: 1.5 });
    plot.dots([places[frame]], [data.testErrors[frame]], { color: orange, fill: theme.background, size: 6, shape: "diamond", width: 2.5 });
    plot.text(data.words.best, this.across(data.best), data.testErrors[data.best], {
      color: orange, weight: 600, down: 16, right: this.across(data.best) > places.at(-1) / 2 ? -6 : 6,
      align: this.across(data.best) > places.at(-1) / 2 ? "right" : "left",
    });
    plot.end();
  }

  write(frame) {
    const { data } = this;
    const { words, trainErrors, testErrors } = data;
    const part = (name, said) => twin(name, "span", {}, said);
    this.facts.replaceChildren(
      part("train", `${words.trainError}: ${written(trainErrors[frame])}`), " · ",
      part("test", `${words.testError}: ${written(testErrors[frame])}`));
    walkable(this.facts);
    this.terms.hidden = !data.coefficients.length;
    if (data.coefficients.length && this.wrote !== `${data.key} ${frame}`) {
      const shown = data.coefficients.slice(0, frame + 1);
      const parts = shown.flatMap((value, k) => [k ? (value < 0 ? " − " : " + ") : value < 0 ? "−" : "", twin(`term${k}`, "span", {}, `${written(Math.abs(value))}·p${subscript(k)}(x)`)]);
      this.terms.replaceChildren("ŷ = ", ...parts);
      walkable(this.terms);
      this.wrote = `${data.key} ${frame}`;
    }
    this.note.textContent = this.sentence(frame);
    this.twins.refresh();
    this.canvases[0].ariaLabel = say(words.fitAlt, { shown: this.player.position.textContent });
    this.canvases[1].ariaLabel = [words.finding, this.sentence(frame)].join(" ");
  }

  sentence(frame) {
    const { labels, best, trainErrors, testErrors } = this.data;
    return say(this.data.sentences[this.data.says[frame]], {
      at: written(labels[frame], 12), best: written(labels[best], 12), train: written(trainErrors[frame]),
      test: written(testErrors[frame]), least: written(testErrors[best]), times: written(testErrors[frame] / testErrors[best], 3),
    });
  }

  tell(frame) {
    if (this.gone || frame === this.told) return;
    this.told = frame;
    this.setTriggerValue("settled", frame);
  }

  leave() {
    this.gone = true;
    this.player.pause();
    clearTimeout(this.telling);
    this.watcher.disconnect();
    this.twins.destroy();
    this.box.remove();
  }
}

function subscript(number) {
  return [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
}
