/* Pictures side by side, each with its name and what is to be seen in it. Pointing at a place of one lights, in all of
   them, where the numbers of the same pixel of the original are. */

import { make } from "../shared/elements.js";
import { themeOf } from "../shared/plot.js";
import { Twins } from "../shared/twins.js";
import { framed, penOn, sheetOf, unpacked } from "./pixels.js";

export class Gallery {
  constructor(parent) {
    this.box = make("div", { class: "moving picture gallery" });
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.schedule());
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
    this.shown = [];
  }

  update({ data }) {
    const drawn = JSON.stringify(data.pictures);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.shown = data.pictures.map((picture) => this.hang(picture));
    this.box.replaceChildren(...this.shown.map(({ figure }) => figure));
    this.schedule();
  }

  hang({ title, about, pixels, height, width, origins }) {
    const bytes = unpacked(pixels);
    const sheet = sheetOf(height, width, (row, column) => bytes.subarray(3 * (row * width + column), 3 * (row * width + column) + 3));
    const canvas = make("canvas", { role: "img", "aria-label": `${title}. ${about}`, ...(origins.length && { tabindex: "0" }) });
    canvas.style.aspectRatio = `${width} / ${height}`;
    const figure = make("figure", {}, make("h2", {}, title), canvas, make("figcaption", { class: "quiet" }, about));
    const shown = { figure, canvas, sheet, height, width, places: new Map() };
    origins.forEach((pixel, place) => shown.places.set(pixel, [...(shown.places.get(pixel) ?? []), place]));
    const point = (row, column) => {
      const pixel = origins[row * width + column];
      this.twins.point(pixel === undefined ? [] : [`origin-${pixel}`]);
    };
    canvas.addEventListener("pointermove", (event) => {
      const box = canvas.getBoundingClientRect();
      point(Math.floor(((event.clientY - box.top) / box.height) * height), Math.floor(((event.clientX - box.left) / box.width) * width));
    });
    canvas.addEventListener("pointerleave", () => this.twins.point([]));
    canvas.addEventListener("keydown", (event) => this.press(event, shown, point));
    return shown;
  }

  /* Arrow keys go from place to place in a picture. */
  press(event, shown, point) {
    const way = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!way || !shown.places.size || event.altKey || event.ctrlKey || event.metaKey) return;
    const inside = (value, count) => Math.min(Math.max(value, 0), count - 1);
    const { row, column } = shown.at ?? { row: way[0] > 0 ? -1 : 0, column: way[1] > 0 ? -1 : 0 };
    shown.at = { row: inside(row + way[0], shown.height), column: inside(column + way[1], shown.width) };
    point(shown.at.row, shown.at.column);
    event.preventDefault();
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      const theme = themeOf(this.box);
      for (const shown of this.shown) this.draw(shown, theme);
      this.box.dataset.lit = [...this.twins.lit].join(" ");
    });
  }

  draw({ canvas, sheet, height, width, places }, theme) {
    const pen = penOn(canvas);
    pen.drawImage(sheet, 0, 0, canvas.clientWidth, canvas.clientHeight);
    const [wide, high] = [canvas.clientWidth / width, canvas.clientHeight / height];
    for (const name of this.twins.lit) {
      const [kind, pixel] = name.split("-");
      for (const place of (kind === "origin" && places.get(Number(pixel))) || [])
        framed(pen, (place % width) * wide, Math.floor(place / width) * high, wide, high, theme.series[1], 2.5);
    }
  }

  leave() {
    this.twins.destroy();
    this.watcher.disconnect();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}
