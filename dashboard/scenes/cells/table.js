/* One tensor as tables of cells. Cells are numbered slice by slice, row by row, as grid.py numbers them. */

import { make, say } from "../shared/elements.js";

export class CellsTable {
  constructor(panel, number, words) {
    Object.assign(this, { panel, number });
    this.cells = [];
    this.places = []; // of each cell: [slice, row, column], as drawn
    const scroll = make("div", { class: "scroll" });
    if (panel.empty) scroll.append(make("p", { class: "nothing" }, words.empty));
    else panel.slices.forEach((slice, place) => scroll.append(this.slice(slice, place, words)));
    const name = make("figcaption", {}, make("b", {}, panel.name), " ", make("span", { class: "quiet" }, panel.facts));
    this.root = make("figure", { class: "tensor", "data-name": panel.name });
    if (panel.axes) this.root.append(make("p", { class: "quiet axes" }, panel.axes));
    this.root.append(scroll, name, ...panel.notes.map((note) => make("p", { class: "quiet note" }, note)));
  }

  slice(slice, place, words) {
    if (!slice) {
      const alone = make("span", { class: "gap alone" }, "…");
      this.add(alone, place, 0, 0);
      return alone;
    }
    const { panel } = this;
    const told = say(words.panel, { name: slice, facts: panel.facts });
    const table = make("table", { role: "grid", "aria-label": told });
    if (panel.axisCount === 3) table.append(make("caption", {}, slice));
    const counts = panel.axisCount > 1 || (panel.axisCount === 1 && !panel.upright);
    const numbered = panel.axisCount > 1 || panel.upright;
    if (counts) {
      const heads = panel.columns.map((column) => make("th", { scope: "col" }, `${column}`));
      table.append(make("tr", { class: "indices" }, ...(numbered ? [make("td", { class: "corner" })] : []), ...heads));
    }
    panel.rows.forEach((row, down) => {
      const line = make("tr");
      if (numbered && panel.axisCount) line.append(make("th", { scope: "row" }, `${row}`));
      panel.columns.forEach((_column, across) => line.append(this.add(make("td"), place, down, across)));
      table.append(line);
    });
    return table;
  }

  add(cell, ...place) {
    const n = this.cells.length;
    const { panel } = this;
    const mark = panel.marks[n];
    cell.textContent = panel.texts[n];
    Object.assign(cell.dataset, { panel: this.number, n });
    if (mark) cell.classList.add(mark);
    if (panel.labels[n]) {
      cell.setAttribute("role", "gridcell");
      cell.tabIndex = -1;
    } else cell.classList.add("gap");
    this.cells.push(cell);
    this.places.push(place);
    return cell;
  }

  /* The next cell in a direction, skipping ellipses; after the edge of a slice the next slice continues. */
  neighbour(n, down, across) {
    const [slice, row, column] = this.places[n];
    const { rows, columns, slices, labels } = this.panel;
    let [s, r, c] = [slice, row, column];
    for (;;) {
      [r, c] = [r + down, c + across];
      if (r < 0 || r >= rows.length) [s, r] = [s + down, down > 0 ? 0 : rows.length - 1];
      if (c < 0 || c >= columns.length || s < 0 || s >= slices.length) return n;
      const there = this.places.findIndex(([x, y, z]) => x === s && y === r && z === c);
      if (there >= 0 && labels[there]) return there;
    }
  }

  /* The first or the last cell of a row. */
  end(n, last) {
    const [slice, row] = this.places[n];
    const line = this.places.flatMap(([s, r], k) => (s === slice && r === row && this.panel.labels[k] ? [k] : []));
    return line.at(last ? -1 : 0);
  }
}
