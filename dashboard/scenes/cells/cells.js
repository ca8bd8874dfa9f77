/* Tensors as tables of cells. Pointing at a cell highlights the cells that it was computed from, and those
   computed from it. See scene.py for the fields of `data`. */

import "../shared/scene.css";
import "../shared/player.css";
import "./cells.css";
import "./folds.css";
import { Aloud, make, say } from "../shared/elements.js";
import { useNumberRules } from "../shared/numbers.js";
import { StepPlayer } from "../shared/step_player.js";
import { CellsTable } from "./table.js";

const WAYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

class Cells {
  constructor(parent) {
    this.parent = parent;
    this.heading = make("h2");
    this.step = make("p", { class: "step" });
    this.board = make("div", { class: "board" });
    this.working = make("p", { class: "working" });
    this.legend = make("p", { class: "legend quiet" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.data.frames[frame].label);
    this.aloud = new Aloud(); // the working of the selected cell
    const parts = [this.heading, this.step, this.board, this.working, this.legend, this.player.bar, this.aloud.root];
    this.root = make("div", { class: "moving cells", role: "group" }, ...parts);
    this.listen();
    parent.append(this.root);
  }

  listen() {
    const over = (event, use) => {
      const cell = event.target.closest?.("[data-n]");
      if (cell) use([Number(cell.dataset.panel), Number(cell.dataset.n)]);
    };
    this.board.addEventListener("pointerover", (event) => over(event, (place) => this.point(place)));
    this.board.addEventListener("pointerleave", () => this.point(this.kept));
    this.board.addEventListener("click", (event) => over(event, (place) => this.keep(place)));
    this.board.addEventListener("focusin", (event) => over(event, (place) => this.keep(place)));
    this.board.addEventListener("keydown", (event) => over(event, (place) => this.press(event, place)));
  }

  press(event, [panel, n]) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const table = this.tables[panel];
    let next = n;
    if (event.key in WAYS) next = table.neighbour(n, ...WAYS[event.key]);
    else if (event.key === "Home" || event.key === "End") next = table.end(n, event.key === "End");
    else if (event.key === "Escape") this.keep(null);
    else return;
    event.preventDefault();
    if (event.key !== "Escape") table.cells[next].focus();
  }

  /* Take over a scene. If its tensors are the same with other numbers, the selection is kept. */
  take(data) {
    const outline = ({ frames }) => JSON.stringify(frames.map(({ items }) => items.map((item) => item.facts ?? item)));
    const same = this.data && outline(this.data) === outline(data) && `${this.data.point}` === `${data.point}`;
    this.data = data;
    this.heading.textContent = data.title;
    this.heading.hidden = !data.title;
    if (data.title) this.root.setAttribute("aria-label", data.title);
    const tied = data.frames.some(({ items }) => items.some((item) => Object.keys(item.sources ?? {}).length));
    const lights = tied ? { source: data.words.source, made: data.words.made } : {};
    this.legend.replaceChildren(
      ...Object.entries({ ...data.legend, ...lights }).map(([mark, words]) =>
        make("span", {}, make("i", { class: mark, "aria-hidden": "true" }, "0"), words),
      ),
    );
    this.legend.hidden = !this.legend.firstChild;
    if (!same) this.kept = data.point;
    const labels = data.frames.map((frame) => frame.label);
    this.player.load(labels, data.words, same ? this.player.frame : data.start);
  }

  draw(frame) {
    const { frames, words } = this.data;
    const focused = this.root.getRootNode().activeElement?.dataset?.n !== undefined;
    const panels = frames[frame].items.filter((item) => typeof item !== "string");
    this.tables = panels.map((panel, number) => new CellsTable(panel, number, words));
    this.board.replaceChildren(...inGroups(frames[frame].items, this.tables));
    this.board.classList.toggle("crossed", this.data.crossed);
    if (this.data.crossed) this.align();
    this.step.textContent = frames[frame].label;
    this.step.hidden = !frames[frame].label;
    this.root.dataset.frame = frame;
    this.made = madeFrom(panels);
    if (this.kept && !this.cell(this.kept)) this.kept = null;
    this.name();
    this.settle();
    if (focused && this.kept) this.cell(this.kept).focus({ preventScroll: true });
    this.point(this.kept);
  }

  /* Make the columns of the second matrix and the third equally wide. */
  align() {
    const longest = this.tables.map(({ panel }) => Math.max(3, ...panel.texts.map((text) => text.length)));
    this.tables.forEach(({ root }, place) => {
      const count = place ? Math.max(longest[1], longest[2]) : longest[0];
      root.style.setProperty("--cell", `${0.6 * count + 1.1}em`);
    });
  }

  cell([panel, n]) {
    return this.tables[panel]?.cells[n];
  }

  /* Set the label of each cell for screen readers: its name, its value and the meaning of its mark. */
  name() {
    const { words, legend } = this.data;
    for (const { cells, panel } of this.tables)
      cells.forEach((cell, n) => {
        if (!panel.labels[n]) return;
        const said = say(words.aloud, { cell: panel.labels[n], value: panel.texts[n] });
        cell.setAttribute("aria-label", [said, legend[panel.marks[n]]].filter(Boolean).join(", "));
      });
  }

  /* The Tab key focuses one cell of each tensor: the selected one, or the first. */
  settle() {
    for (const { cells, panel, number } of this.tables) {
      const first = cells.findIndex((_cell, n) => panel.labels[n]);
      const reached = this.kept?.[0] === number ? this.kept[1] : first;
      cells.forEach((cell, n) => panel.labels[n] && (cell.tabIndex = n === reached ? 0 : -1));
    }
  }

  keep(place) {
    this.kept = place && this.tables[place[0]].panel.labels[place[1]] ? place : null;
    this.settle();
    this.point(this.kept);
    if (this.kept && !this.player.playing) this.aloud.say(() => this.working.textContent);
  }

  /* Highlight a cell, its sources and the cells computed from it, and show its working. */
  point(place) {
    for (const cell of this.board.querySelectorAll(".here, .source, .made"))
      cell.classList.remove("here", "source", "made");
    const panel = place && this.tables[place[0]].panel;
    if (!panel?.labels[place[1]]) {
      this.working.textContent = this.data.words.hint;
      this.working.classList.add("quiet");
      return;
    }
    const n = place[1];
    for (const other of this.made.get(`${place}`) ?? []) this.cell(other).classList.add("made");
    for (const other of panel.sources[n] ?? []) this.cell(other)?.classList.add("source");
    this.cell(place).classList.add("here");
    this.working.textContent = say(this.data.words.told, { cell: panel.labels[n], working: panel.working[n] });
    this.working.classList.remove("quiet");
  }

  leave() {
    this.player.pause();
    this.aloud.hush();
    this.root.remove();
    delete this.parent.cells;
  }
}

/* Append the tables in order; the signs before a table stay next to it when the line wraps. */
function inGroups(items, tables) {
  const groups = [];
  const waiting = tables.values();
  let signs = [];
  for (const item of items) {
    if (typeof item === "string") {
      signs.push(make("span", { class: "between" }, item));
      continue;
    }
    const { root } = waiting.next().value;
    groups.push(signs.length ? make("div", { class: "group" }, ...signs, root) : root);
    signs = [];
  }
  return [...groups, ...signs];
}

/* For every source cell: the cells computed from it. */
function madeFrom(panels) {
  const made = new Map();
  panels.forEach((panel, number) => {
    for (const [n, sources] of Object.entries(panel.sources))
      for (const source of sources) {
        if (!made.has(`${source}`)) made.set(`${source}`, []);
        made.get(`${source}`).push([number, Number(n)]);
      }
  });
  return made;
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.cells ??= new Cells(parentElement);
  parentElement.cells.take(data);
  return () => parentElement.cells?.leave();
}
