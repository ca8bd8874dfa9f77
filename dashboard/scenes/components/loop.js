/* The loop of learning on one minibatch after the other: data, model, objective, optimiser, with every number. */

import { make, reachWhenWide, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const PARTS = ["data", "model", "objective", "optimiser"];

export class LoopScene {
  constructor(parent) {
    this.parts = Object.fromEntries(PARTS.map((name) => [name, {
      root: make("button", { type: "button", class: `part ${name}` }), title: make("h2"), figure: make("span", { class: "figure" }),
    }]));
    for (const [n, name] of PARTS.entries()) {
      const { root, title, figure } = this.parts[name];
      root.append(title, figure);
      root.addEventListener("click", () => this.player.stopAt(4 * Math.floor(this.player.frame / 4) + n));
    }
    const arrow = (mark) => make("span", { class: "arrow", "aria-hidden": "true" }, mark);
    this.ring = make("div", { class: "ring" }, ...PARTS.flatMap((name, n) => [this.parts[name].root, arrow(n === 3 ? "↺" : "→")]));
    this.title = make("p", { class: "step-title" });
    this.formula = make("p", { class: "working formula" });
    this.table = make("table", { class: "rows" });
    this.weights = make("table", { class: "weights" });
    this.note = make("p", { class: "note" });
    this.hint = make("p", { class: "quiet" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.data.frames[frame].sentence);
    const scroll = (table) => {
      const around = make("div", { class: "scroll" }, table);
      reachWhenWide(around, table);
      return around;
    };
    this.box = make("div", { class: "moving components loop", role: "group" },
      this.ring, this.player.bar, this.title, this.formula,
      make("div", { class: "panels" }, scroll(this.table), scroll(this.weights)), this.note, this.hint);
    parent.append(this.box);
    this.twins = new Twins(this.box);
  }

  take(data) {
    const same = this.data && this.data.key === data.key;
    this.data = data;
    const { words, frames } = data;
    this.box.setAttribute("aria-label", words.label);
    for (const name of PARTS) this.parts[name].title.textContent = words[name];
    this.hint.textContent = words.hint;
    this.player.load(frames.map((frame) => frame.title), words, same ? this.player.frame : data.start);
  }

  draw(frame) {
    const { frames, turns, words } = this.data;
    const { phase: part, turn, title, sentence } = frames[frame];
    const known = PARTS.indexOf(part);
    const now = turns[turn];
    for (const [n, name] of PARTS.entries()) {
      this.parts[name].root.classList.toggle("active", name === part);
      this.parts[name].root.setAttribute("aria-current", name === part ? "step" : "false");
      this.parts[name].figure.textContent = n <= known ? now.figures[name] : "…";
      this.parts[name].root.dataset.twin = { data: "x y", model: "yhat", objective: "loss", optimiser: "after" }[name];
    }
    this.title.textContent = title;
    this.write(part, now);
    this.tabulate(known, now);
    this.weigh(known, now);
    this.note.textContent = sentence;
    Object.assign(this.box.dataset, { frame, part, turn, loss: known >= 2 ? now.loss : "" });
    this.box.setAttribute("aria-description", say(words.described, { sentence }));
    this.twins.refresh();
  }

  /* The formula of the part, its terms the twins of what stands in the tables. */
  write(part, now) {
    const { names, words, rate } = this.data;
    const signed = (value, first) => (first ? (value < 0 ? "−" : "") : value < 0 ? " − " : " + ") + written(Math.abs(value), 3);
    const piece = (name, said) => twin(name, "span", {}, said);
    const first = now.rows[0];
    let parts = [];
    if (part === "data") parts = [words.rowsAre, " ", ...now.rows.flatMap((row, n) => [n ? ", " : "", piece(`row${n}`, row)])];
    if (part === "model") {
      parts = [say(words.rowSays, { row: first }), " ", piece("yhat0 yhat", `ŷ = ${written(now.predictions[0], 4)}`), " = "];
      names.forEach((_name, j) => parts.push(piece(`w${j} x${j}`, `${signed(now.before[j], j === 0)}·(${written(now.X[0][j], 3)})`)));
      if (now.more !== null) parts.push(piece("rest", signed(now.more, false)));
      parts.push(piece("b", signed(now.before.at(-1), false)));
    }
    if (part === "objective") {
      parts = [piece("loss", `L = ${written(now.loss, 5)}`), ` = 1/(2·${now.rows.length}) · (`];
      now.errors.forEach((error, n) => parts.push(n ? " + " : "", piece(`error${n}`, `(${written(error, 4)})²`)));
      parts.push(")");
      if (now.penalty) parts.push(" · ", piece("penalty", say(words.penalised, { objective: written(now.objective, 5), part: written(now.objective - now.loss, 3) })));
    }
    if (part === "optimiser") {
      parts = names.slice(0, 1).flatMap((_name, j) => [
        piece(`w${j} after`, `${written(now.after[j], 4)}`), " = ", piece(`w${j}`, written(now.before[j], 4)),
        " − ", ...(now.plain ? [piece("rate", `${written(rate, 4)}`), "·", piece(`g${j}`, `(${written(now.gradient[j], 4)})`)] : [piece("step", `(${written(now.before[j] - now.after[j], 4)})`)]),
      ]);
    }
    this.formula.replaceChildren(...parts);
    walkable(this.formula);
  }

  /* The rows of the minibatch: features, label, then what the model and the objective make of them. */
  tabulate(known, now) {
    const { names, label, words } = this.data;
    const head = [words.row, ...names, ...(now.more === null ? [] : ["…"]), label, "ŷ", "ŷ − y"];
    const cell = (name, value, shown) => make("td", {}, twin(name, "span", {}, shown ? written(value, 4) : "…"));
    const rows = now.rows.map((row, n) => make("tr", {},
      make("th", { scope: "row" }, twin(`row${n}`, "span", {}, row)),
      ...names.map((_name, j) => cell(n === 0 ? `x${j} x row${n}` : `x row${n}`, now.X[n][j], true)),
      ...(now.more === null ? [] : [make("td", {}, "…")]),
      cell(`y row${n}`, now.y[n], true), cell(`yhat${n} yhat`, now.predictions[n], known >= 1), cell(`error${n}`, now.errors[n], known >= 2)));
    this.table.replaceChildren(make("caption", { class: "quiet" }, words.rowsTitle), make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name))), ...rows);
  }

  weigh(known, now) {
    const { names, words } = this.data;
    const shown = [...names.map((name, j) => [name, `w${j}`, `g${j}`, j]), [words.bias, "b", "gb", now.before.length - 1]];
    const cell = (name, value, seen) => make("td", {}, twin(name, "span", {}, seen ? written(value, 4) : "…"));
    const rows = shown.map(([name, own, slope, j]) => make("tr", {}, make("th", { scope: "row" }, twin(own, "span", {}, name)),
      cell(own, now.before[j], true), cell(slope, now.gradient[j], known >= 3), cell(`${own} after`, now.after[j], known >= 3)));
    const head = [words.parameter, words.beforeHead, words.gradientHead, words.afterHead];
    this.weights.replaceChildren(make("caption", { class: "quiet" }, words.weightsTitle), make("tr", {}, ...head.map((name) => make("th", { scope: "col" }, name))), ...rows);
  }

  leave() {
    this.player.pause();
    this.twins.destroy();
    this.box.remove();
  }
}
