/* Texts of different lengths become vectors of one length, step by step. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./lengths.css";
import { make, reachWhenWide, say } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const ORDER = ["tokens", "numbers", "pad", "cut", "mean"];

class Lengths {
  constructor(parent) {
    [this.title, this.text] = [make("h2"), make("p", { class: "text" })];
    [this.grid, this.means] = [make("table"), make("table")];
    this.boxes = [this.grid, this.means].map((table) => make("div", { class: "scroll" }, table));
    this.vocabulary = make("div", { class: "vocabulary" });
    this.hint = make("p", { class: "quiet" });
    this.working = make("p", { class: "working" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    this.box = make("div", { class: "moving lengths", role: "group" }, this.title, this.text, ...this.boxes,
      this.player.bar, this.hint, this.vocabulary, this.working);
    parent.append(this.box);
    this.boxes.forEach((box, n) => reachWhenWide(box, [this.grid, this.means][n]));
    this.twins = new Twins(this.box, (lit) => this.tell(lit));
  }

  /* Take over a scene; its step stays, and the first one begins where texts are cut. */
  take(data) {
    const first = !this.data;
    Object.assign(this, { data, words: data.words });
    this.box.setAttribute("aria-label", data.words.group);
    this.hint.textContent = data.words.hint;
    this.vocabulary.replaceChildren(...data.columns.map(([token, number]) =>
      twin(`token-${number}`, "span", { class: "token" }, `${number} ${token}`)));
    walkable(this.vocabulary);
    this.player.load(data.frames.map((frame) => frame.title), data.words, first ? ORDER.indexOf("cut") : this.player.frame);
    this.tell(this.twins.lit);
  }

  reached(kind) {
    return this.player.frame >= ORDER.indexOf(kind);
  }

  draw(frame) {
    const { title, text, kind } = this.data.frames[frame];
    [this.title.textContent, this.text.textContent] = [title, text];
    this.drawGrid();
    this.boxes[1].hidden = kind !== "mean";
    if (kind === "mean") this.drawMeans();
    this.twins?.refresh();
    this.box.setAttribute("aria-description", this.sentence(frame));
    Object.assign(this.box.dataset, { frame, kind });
  }

  drawGrid() {
    const { texts, length, more } = this.data;
    const [numbers, pads, cuts] = ["numbers", "pad", "cut"].map((kind) => this.reached(kind) && !this.reached("mean"));
    const rows = texts.map((text, n) => {
      const cells = text.map(([token, number], place) =>
        twin(`token-${number}`, "td", { class: cuts && place >= length ? "cut" : "kept" }, numbers ? String(number) : token));
      const empty = pads ? Math.max(length - text.length, 0) : 0;
      cells.push(...Array.from({ length: empty }, () => make("td", { class: "padding" }, "0")));
      if (more[n]) cells.push(make("td", { class: "cut" }, say(this.words.more, { count: more[n] })));
      return make("tr", {}, make("th", { scope: "row" }, String(n + 1)), ...cells);
    });
    this.grid.replaceChildren(make("tbody", {}, ...rows));
  }

  drawMeans() {
    const { columns, means } = this.data;
    const head = columns.map(([token, number]) => twin(`token-${number}`, "th", { scope: "col" }, token));
    const rows = means.map((row, n) =>
      make("tr", {}, make("th", { scope: "row" }, String(n + 1)), ...row.map((share, at) =>
        twin(`token-${columns[at][1]}`, "td", { style: `--share: ${Math.round(70 * Math.sqrt(share))}%`, class: "share" },
          share ? percentage(100 * share, 2) : "0"))));
    this.means.replaceChildren(make("thead", {}, make("tr", {}, make("th", { scope: "col" }, this.words.text), ...head)), make("tbody", {}, ...rows));
  }

  /* The working of the shares of the token that is lit. */
  tell(lit) {
    if (!this.data) return;
    this.box.dataset.lit = [...lit].join(" ");
    const at = this.data.columns.findIndex(([_token, number]) => lit.has(`token-${number}`));
    if (at < 0) {
      this.working.textContent = this.words.pointless;
      return;
    }
    const said = this.data.means.flatMap((row, n) => {
      const size = this.data.sizes[n];
      const values = { text: n + 1, token: this.data.columns[at][0], times: Math.round(row[at] * size), size, share: written(row[at], 3) };
      return row[at] ? [say(this.words.share, values)] : [];
    });
    this.working.replaceChildren(...said.map((line) => make("span", {}, line)));
  }

  sentence(frame) {
    const { title, text } = this.data.frames[frame];
    return say(this.words.described, { title, text });
  }

  leave() {
    this.player.pause();
    this.twins.destroy();
    this.box.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.lengths ??= new Lengths(parentElement);
  parentElement.lengths.take(data);
  return () => {
    parentElement.lengths?.leave();
    parentElement.lengths = null;
  };
}
