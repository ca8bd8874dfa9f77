/* Cells of a miniature: a table whose numbers, texts, colours, marks and arrows change from frame to frame. */

import { make, say, wideBox } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { inFrame } from "./roles.js";

const ARROWS = ["↑", "→", "↓", "←"];
const WAYS = ["up", "rightward", "down", "leftward"];

export class CellsPanel {
  constructor(clicked) {
    this.clicked = clicked;
    this.table = make("table", { class: "cells" });
    this.root = wideBox(this.table);
  }

  take(data, words) {
    Object.assign(this, { data, words });
    const values = inFrame(data.values, 0);
    const state = JSON.stringify([data.rowNames, data.columnNames, values.length, values[0]?.length, data.editable]);
    if (state === this.state) return;
    this.state = state;
    const head = data.columnNames.map((name) => make("th", { scope: "col" }, name));
    if (data.rowNames.length) head.unshift(make("td"));
    this.places = values.map((row, down) => row.map((_value, across) => this.place(down, across)));
    const rows = this.places.map((row, down) => {
      const name = data.rowNames.length ? [make("th", { scope: "row" }, data.rowNames[down])] : [];
      return make("tr", {}, ...name, ...row.map(({ cell }) => cell));
    });
    this.table.replaceChildren(...(data.columnNames.length ? [make("thead", {}, make("tr", {}, ...head))] : []), make("tbody", {}, ...rows));
    this.table.classList.toggle("editable", data.editable);
  }

  place(down, across) {
    const text = this.data.editable ? make("button", { type: "button" }) : make("span");
    if (this.data.editable) text.addEventListener("click", () => this.clicked(down, across));
    return { cell: make("td", {}, text), text };
  }

  draw(frame, { exact }) {
    const { data, words } = this;
    const [values, texts, marks, arrows] = [data.values, data.texts, data.marks, data.arrows].map((array) => inFrame(array, frame));
    this.places.forEach((row, down) => row.forEach(({ cell, text }, across) => {
      const value = values[down][across];
      const said = texts ? texts[down][across] : value === null ? "" : written(value, data.digits);
      const arrow = arrows?.[down][across] ?? -1;
      const shown = [said, arrow >= 0 ? ARROWS[arrow] : ""].filter(Boolean).join(" ");
      if (text.textContent !== shown) text.textContent = shown;
      if (data.editable) {
        const heard = [said || words.empty, arrow >= 0 ? words[WAYS[arrow]] : ""].filter(Boolean).join(", ");
        text.ariaLabel = say(words.cell, { row: down + 1, column: across + 1, value: heard });
      }
      cell.style.background = data.shaded ? shade(value, data) : "";
      const mark = marks?.[down][across] ?? 0;
      cell.className = mark === 1 ? "marked" : mark === 2 && exact ? "marked exact" : "";
    }));
  }

  legend() {
    return [];
  }
}

function shade(value, { low, high }) {
  if (value === null || !(high > low)) return "";
  const mixed = (color, share) => `color-mix(in srgb, ${color} ${Math.round(share * 55)}%, transparent)`;
  const within = Math.min(Math.max(value, low), high);
  if (low < 0) return within < 0 ? mixed("#B0579A", within / low) : mixed("var(--st-primary-color)", within / high);
  return mixed("var(--st-primary-color)", (within - low) / (high - low));
}
