/* The way of supervised learning, one step at a time: rows, labels, lines of a family, predictions. See scene.py for
   what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./supervised.css";
import { make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";
import { SupervisedPlane } from "./plane.js";

const ORDER = ["table", "draw", "label", "family", "step", "exact", "predict", "truth"];

class Supervised {
  constructor(parent) {
    this.canvas = make("canvas", { role: "img" });
    this.plane = new SupervisedPlane(this.canvas);
    this.title = make("h2");
    this.text = make("p", { class: "text" });
    this.legend = make("p", { class: "quiet" });
    this.formula = make("p", { class: "working formula" });
    this.termsHint = make("p", { class: "quiet" });
    this.terms = make("div", { class: "terms" });
    this.about = make("p", { class: "about" });
    this.tables = make("div", { class: "tables" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    const left = make("figure", { class: "panel" }, this.canvas, this.legend, this.player.bar, this.termsHint, this.terms, this.about);
    const right = make("div", { class: "panel" }, this.title, this.text, this.formula, this.tables);
    this.box = make("div", { class: "moving supervised", role: "group" },
      make("div", { class: "panels" }, left, right));
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.relight());
    this.canvas.addEventListener("pointermove", (event) => this.twins.point(this.plane.under(event)));
    this.canvas.addEventListener("pointerleave", () => this.twins.point());
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  /* Take over a scene. One with as many frames keeps its step; another begins at its end, where the result stands. */
  take(data) {
    const same = this.data?.frames.length === data.frames.length;
    Object.assign(this, { data, words: data.words });
    this.box.setAttribute("aria-label", data.words.group);
    this.legend.textContent = data.words.legend;
    this.termsHint.textContent = data.words.terms;
    this.terms.replaceChildren(...data.terms.map((term) => this.chip(term)));
    walkable(this.terms);
    this.plane.take(data);
    this.player.load(data.frames.map((frame) => frame.title), data.words, same ? this.player.frame : data.frames.length - 1);
  }

  /* A word lights all its places, and lights up with any of them. */
  chip({ key: name, word }) {
    const { drawn, asked, path } = this.data;
    const rows = [...drawn.map((_row, n) => `d${n}`), ...asked.map((_row, n) => `a${n}`)];
    const places = {
      sample: rows.map((row) => `row-${row}`),
      feature: ["feature", ...rows.map((row) => `x-${row}`)],
      label: ["label", ...rows.map((row) => `y-${row}`)],
      algorithm: path.map((_line, n) => `step-${n}`),
      objective: ["loss", ...path.map((_line, n) => `loss-${n}`)],
    };
    return twin([`term-${name}`, name, ...(places[name] ?? [])].join(" "), "button", { type: "button", class: "term" }, word);
  }

  get frame() {
    return this.data.frames[this.player.frame];
  }

  /* Whether a part of the way has been reached. */
  reached(kind) {
    return ORDER.indexOf(this.frame.kind) >= ORDER.indexOf(kind);
  }

  /* The line that stands at this frame, or null before learning. */
  get line() {
    const { path } = this.data;
    return this.frame.kind === "step" ? path[this.frame.step] : this.reached("exact") ? path.at(-1) : null;
  }

  draw(frame) {
    const { title, text, kind } = this.data.frames[frame];
    this.title.textContent = title;
    this.text.textContent = text;
    this.canvas.ariaLabel = this.sentence(frame);
    this.writeFormula();
    this.tables.replaceChildren(...this.makeTables());
    this.tables.querySelectorAll("tbody").forEach(walkable);
    this.twins.refresh();
    this.relight();
    Object.assign(this.box.dataset, { frame, kind, frames: this.data.frames.length });
  }

  writeFormula() {
    const { line, data } = this;
    const [w, b] = line ? [written(line[0], 5), written(Math.abs(line[1]), 5)] : ["w", "b"];
    const sign = line?.[1] < 0 ? " − " : " + ";
    const part = (name, said) => twin(name, "span", {}, said);
    const parts = [part("label", data.label), " ≈ ", part("model", w), " · ", part("feature", data.feature), sign, part("model", b)];
    this.formula.replaceChildren(...parts);
    this.formula.classList.toggle("known", Boolean(line));
  }

  makeTables() {
    const { words } = this;
    const shown = [this.rowsTable()];
    if (this.reached("step")) shown.unshift(this.linesTable());
    if (this.reached("predict")) shown.unshift(this.askedTable());
    const headings = { drawn: words.drawnRows, asked: words.askedRows, lines: words.lines };
    return shown.map(([name, head, rows]) =>
      make("figure", { class: `sheet ${name}` }, make("figcaption", {}, headings[name]),
        make("div", { class: "scroll" }, make("table", {}, make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)))),
    );
  }

  rowsTable() {
    const { data, words } = this;
    const head = [make("th", { scope: "col" }, words.row), twin("feature", "th", { scope: "col" }, data.feature), twin("label", "th", { scope: "col" }, data.label)];
    const drawn = this.reached("draw") ? data.drawn : [];
    const rows = drawn.map((row, n) =>
      twin(`row-d${n}`, "tr", {}, make("th", { scope: "row" }, row.row), twin(`x-d${n}`, "td", {}, written(row.x, 6)),
        twin(`y-d${n}`, "td", {}, this.reached("label") ? written(row.y, 6) : words.unknown)));
    return ["drawn", head, rows];
  }

  askedTable() {
    const { data, words } = this;
    const titles = [words.row, data.feature, words.guess, words.truth, words.error];
    const head = titles.map((title) => make("th", { scope: "col" }, title));
    const open = this.reached("truth");
    const rows = data.asked.map((row, n) =>
      twin(`row-a${n}`, "tr", {}, make("th", { scope: "row" }, row.row), twin(`x-a${n}`, "td", {}, written(row.x, 6)),
        twin(`guess-a${n}`, "td", {}, written(row.guess, 5)), twin(`y-a${n}`, "td", {}, open ? written(row.y, 6) : words.unknown),
        twin(`error-a${n}`, "td", {}, open ? written(row.error, 4) : words.unknown)));
    return ["asked", head, rows];
  }

  linesTable() {
    const { data, words } = this;
    const head = [words.step, "w", "b"].map((title) => make("th", { scope: "col" }, title));
    head.push(twin("loss", "th", { scope: "col" }, words.loss));
    const until = this.frame.kind === "step" ? this.frame.step + 1 : data.path.length;
    const row = (name, title, [w, b, loss]) =>
      twin(name, "tr", {}, make("th", { scope: "row" }, title), make("td", {}, written(w, 5)), make("td", {}, written(b, 5)),
        twin(name.replace("step", "loss"), "td", {}, written(loss, 5)));
    const rows = data.path.slice(0, until).map((line, n) => row(`step-${n}`, String(n), line));
    if (this.reached("exact")) rows.push(row("exact", words.exact, data.exact));
    return ["lines", head, rows];
  }

  /* What is lit: drawn on the canvas, and said where it is one of the words. */
  relight() {
    if (!this.data) return;
    const { lit } = this.twins;
    const term = this.data.terms.find(({ key: name }) => lit.has(`term-${name}`) || (lit.size === 1 && lit.has(name)));
    this.about.textContent = term ? `${term.word}: ${term.text}` : "";
    this.box.dataset.lit = [...lit].join(" ");
    this.schedule();
  }

  sentence(frame) {
    const { title, text } = this.data.frames[frame];
    return say(this.words.described, { title, text });
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.data) this.plane.draw(this, themeOf(this.box));
    });
  }

  leave() {
    this.player.pause();
    this.watcher.disconnect();
    this.twins.destroy();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.supervised ??= new Supervised(parentElement);
  parentElement.supervised.take(data);
  return () => {
    parentElement.supervised?.leave();
    parentElement.supervised = null;
  };
}
