/* The numbers of a patch: a table for each channel, every cell in its colour. */

import { make } from "../shared/elements.js";
import { twin } from "../shared/twins.js";
import { css, inkOn, nameOf, tinted } from "./pixels.js";

export class Matrices {
  constructor(game) {
    this.game = game;
    this.root = make("div", { class: "matrices" });
    this.root.addEventListener("click", (event) => {
      const cell = event.target.closest("td");
      if (cell?.place) game.choose(cell.place, true);
    });
    this.root.addEventListener("keydown", (event) => this.press(event));
  }

  /* Make the tables for a patch of so many rows and columns. */
  load(pixels, words) {
    Object.assign(this, { pixels, words });
    const { rows, columns } = this.game.patch;
    const count = (many) => Array.from({ length: many }, (_none, place) => place);
    this.cells = [];
    this.heads = { row: [], column: [] };
    const tables = count(3).map((channel) => {
      const head = (kind, n) => {
        const cell = twin("", "th", { scope: kind === "row" ? "row" : "col" });
        this.heads[kind].push({ cell, n });
        return cell;
      };
      const body = count(rows).map((row) => make("tr", {}, head("row", row), ...count(columns).map((column) => {
        const cell = twin("", "td", { tabindex: "-1" });
        this.cells.push({ cell, row, column, channel });
        return cell;
      })));
      const top = make("tr", {}, make("td", { class: "corner" }), ...count(columns).map((column) => head("column", column)));
      const caption = twin(`channel-${channel}`, "caption", { class: `channel c${channel}` }, words.tables[channel]);
      return make("table", { class: `matrix c${channel}` }, caption, make("thead", {}, top), make("tbody", {}, ...body));
    });
    this.tables = tables;
    this.root.replaceChildren(...tables);
  }

  draw() {
    const { game, pixels } = this;
    const { top, left } = game.patch;
    for (const kind of ["row", "column"]) {
      for (const { cell, n } of this.heads[kind]) {
        const at = n + (kind === "row" ? top : left);
        cell.textContent = String(at);
        cell.dataset.twin = `${kind}-${at}`;
      }
    }
    for (const each of this.cells) {
      const place = { row: top + each.row, column: left + each.column, channel: each.channel };
      const value = pixels.at(place);
      const colour = tinted(value, each.channel);
      each.cell.place = place;
      each.cell.textContent = String(value);
      each.cell.dataset.twin = nameOf(place);
      each.cell.style.setProperty("--cell", css(colour));
      each.cell.style.color = inkOn(colour);
      const chosen = nameOf(place) === nameOf(game.chosen);
      each.cell.classList.toggle("chosen", chosen);
      each.cell.tabIndex = chosen ? 0 : -1;
    }
    this.tables.forEach((table, channel) => table.classList.toggle("off", !game.on[channel]));
    game.twins.refresh();
  }

  /* Arrow keys choose the next number; at the edge the patch moves along. */
  press(event) {
    const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!way || event.target.tagName !== "TD") return;
    const { row, column } = this.game.chosen;
    this.game.choose({ row: row + way[0], column: column + way[1] }, true);
    this.draw();
    this.cells.find(({ cell }) => cell.tabIndex === 0)?.cell.focus();
    event.preventDefault();
  }
}
