/* A straight line beside nearest neighbours as rows are added. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./contest.css";
import { make } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { Plot, themeOf } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const NEAR_CURVE = 10; // pixels within which a curve is pointed at

class ContestGame {
  constructor(parent) {
    this.canvas = make("canvas", { role: "img" });
    this.plot = new Plot(this.canvas);
    this.said = make("p", { class: "said" });
    this.formula = make("p", { class: "working" });
    this.table = make("table");
    this.hint = make("p", { class: "quiet" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.data.labels[frame]);
    const left = make("figure", { class: "panel" }, this.canvas, this.player.bar);
    const right = make("div", { class: "panel" }, this.said, this.formula, make("div", { class: "scroll" }, this.table), this.hint);
    this.box = make("div", { class: "moving contest", role: "group" }, make("div", { class: "panels" }, left, right));
    parent.append(this.box);
    this.twins = new Twins(this.box, (lit) => {
      this.box.dataset.lit = [...lit].join(" ");
      this.schedule();
    });
    this.canvas.addEventListener("pointermove", (event) => this.twins.point(this.under(event)));
    this.canvas.addEventListener("pointerleave", () => this.twins.point());
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  /* Take over a scene. One with as many stages keeps its stage; another begins in the middle. */
  take(data) {
    const same = this.data?.sizes.length === data.sizes.length;
    Object.assign(this, { data, words: data.words, state: null });
    const [left, right, low, high] = data.span;
    this.scales = [linearScale(left, right, 0.03), linearScale(low, high, 0.08)];
    this.box.setAttribute("aria-label", data.words.group);
    this.hint.textContent = data.words.hint;
    this.makeTable();
    this.player.load(data.labels, data.words, same ? this.player.frame : Math.floor(data.sizes.length / 2));
  }

  makeTable() {
    const { sizes, errors, words } = this.data;
    const head = make("tr", {}, make("th", { scope: "col" }, words.rows), twin("line", "th", { scope: "col" }, words.line),
      twin("neighbours", "th", { scope: "col" }, words.neighbours));
    const rows = sizes.map((size, n) => {
      const row = twin(`stage-${n}`, "tr", {}, make("th", { scope: "row" }, written(size, 9)),
        ...errors[n].map((error) => make("td", {}, written(error, 4))));
      row.addEventListener("click", () => this.player.stopAt(n));
      row.addEventListener("keydown", (event) => event.key === "Enter" && this.player.stopAt(n));
      return row;
    });
    const body = walkable(make("tbody", {}, ...rows));
    this.table.replaceChildren(make("thead", {}, head), body);
  }

  draw(frame) {
    const { labels, lines, words, label, feature } = this.data;
    const [w, b] = lines[frame];
    this.said.textContent = labels[frame];
    this.canvas.ariaLabel = labels[frame];
    const sign = b < 0 ? " − " : " + ";
    this.formula.replaceChildren(
      twin("line", "span", {}, `${label} ≈ ${written(w, 4)} · ${feature}${sign}${written(Math.abs(b), 4)}`), make("br"),
      twin("neighbours", "span", {}, `${label} ≈ ${words.mean}`));
    walkable(this.formula);
    [...this.table.tBodies[0].rows].forEach((row, n) => row.classList.toggle("here", n === frame));
    this.twins?.refresh();
    Object.assign(this.box.dataset, { frame, size: this.data.sizes[frame] });
    this.schedule();
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.data) this.paint(themeOf(this.box));
    });
  }

  paint(theme) {
    const { plot, data, twins } = this;
    plot.fit();
    const state = JSON.stringify([theme, plot.width, plot.height]);
    if (state !== this.state || plot.stale) {
      this.state = state;
      plot.frame({ x: { scale: this.scales[0], title: data.feature }, y: { scale: this.scales[1], title: data.label }, theme });
    }
    plot.begin();
    const { frame } = this.player;
    const [blue, orange] = theme.series;
    plot.dots(data.x, data.y, { color: theme.text, alpha: 0.45, size: 3 }, 0, Math.min(data.sizes[frame], data.x.length));
    const lit = data.sizes.findIndex((_size, n) => n !== frame && twins.lit.has(`stage-${n}`));
    if (lit >= 0) this.curves(lit, blue, orange, 0.4, [1, 1]);
    this.curves(frame, blue, orange, 1, [twins.lit.has("line") ? 5 : 2.5, twins.lit.has("neighbours") ? 5 : 2.5]);
    plot.end();
  }

  curves(stage, blue, orange, alpha, [line, near]) {
    const { grid, curves, lines } = this.data;
    const [w, b] = lines[stage];
    this.plot.line(grid, curves[stage], { color: orange, width: near, dash: [7, 4], alpha });
    this.plot.line(grid, grid.map((x) => w * x + b), { color: blue, width: line, alpha });
  }

  /* The name of the curve that a pointer is over. */
  under(event) {
    if (!this.state) return []; // nothing is drawn yet
    const { grid, curves, lines } = this.data;
    const { frame } = this.player;
    const [x] = this.plot.at(event);
    const down = this.plot.spot(event)[1];
    const at = Math.round(((x - grid[0]) / (grid.at(-1) - grid[0] || 1)) * (grid.length - 1));
    const near = (value) => Math.abs(this.plot.py(value) - down) < NEAR_CURVE;
    if (near(lines[frame][0] * x + lines[frame][1])) return ["line"];
    return near(curves[frame][at]) ? ["neighbours"] : [];
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
  parentElement.contest ??= new ContestGame(parentElement);
  parentElement.contest.take(data);
  return () => {
    parentElement.contest?.leave();
    parentElement.contest = null;
  };
}
