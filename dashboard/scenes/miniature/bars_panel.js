/* Bars of a miniature, side by side; what is exact is a mark across them. */

import { make } from "../shared/elements.js";
import { Plot, shortened } from "../shared/plot.js";
import { linearScale, logScale } from "../shared/scales.js";
import { allOf, inFrame, roleColor } from "./roles.js";

const LINE = 14; // pixels of a line of a label
const LINES = 3; // of a label at most

/* A plot whose labels across take several lines where one is too narrow for them. */
class BarsPlot extends Plot {
  drawAxes(pen) {
    super.drawAxes(pen);
    const room = this.across / Math.max(this.labels.length, 1) - 4;
    pen.font = this.font();
    for (const [place, words] of this.labels.entries())
      linesOf(pen, words, room).forEach((line, down) => {
        pen.textAlign = "center";
        pen.textBaseline = "top";
        pen.fillText(shortened(pen, line, room), this.px(place), this.top + this.up + 6 + LINE * down);
      });
  }
}

/* Words in as few lines as they need; the last line takes all that is left. */
function linesOf(pen, words, room) {
  const lines = [];
  for (const word of words.split(" ")) {
    const longer = [lines.at(-1), word].filter(Boolean).join(" ");
    const fits = lines.length && (lines.length === LINES || pen.measureText(longer).width <= room);
    if (fits) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export class BarsPanel {
  constructor(canvas) {
    this.canvas = canvas;
    this.plot = new BarsPlot(canvas);
  }

  take(data) {
    this.data = data;
    this.shape = null;
    const values = data.sets.flatMap((set) => allOf(set.values).flat()).filter((value) => value !== null);
    const positive = values.filter((value) => value > 0);
    const least = data.y.log ? Math.min(...positive, 1) / 1.5 : Math.min(0, ...values) * 1.05;
    this.range = [data.y.low ?? least, data.y.high ?? Math.max(...values, data.y.log ? least * 2 : 0) * 1.05];
  }

  fit(theme) {
    this.plot.fit();
    const shape = `${this.plot.width} ${this.plot.height} ${theme.text} ${theme.background}`;
    if (shape === this.shape) return;
    this.shape = shape;
    const { y, labels } = this.data;
    const scale = y.log ? logScale : linearScale;
    this.plot.labels = labels;
    this.plot.frame({ x: { scale: placesScale(labels), title: "" }, y: { scale: scale(...this.range), title: y.title }, theme });
  }

  draw(frame, { theme, exact }) {
    this.fit(theme);
    const { plot } = this;
    plot.begin();
    const solid = this.data.sets.filter((set) => set.role !== "exact");
    const wide = (0.8 * plot.across) / Math.max(this.data.labels.length, 1) / Math.max(solid.length, 1);
    const floor = plot.py(Math.max(plot.y.scale.low, plot.y.scale.low > 0 ? plot.y.scale.low : 0));
    const rows = solid.map((set) => inFrame(set.values, frame));
    for (const place of this.data.labels.keys()) {
      const present = [...solid.keys()].filter((nth) => rows[nth][place] !== null);
      present.forEach((nth, beside) => {
        const pen = plot.ink({ color: roleColor(theme, solid[nth].role), alpha: 0.85 });
        const left = plot.px(place) + (beside - present.length / 2) * wide;
        const top = plot.py(rows[nth][place]);
        if (Number.isFinite(top)) pen.fillRect(left + wide * 0.06, Math.min(top, floor), wide * 0.88, Math.abs(top - floor));
      });
    }
    for (const set of exact ? this.data.sets.filter(({ role }) => role === "exact") : []) {
      const half = (wide * Math.max(solid.length, 1)) / 2 / (plot.across / this.data.labels.length);
      inFrame(set.values, frame).forEach((value, place) => {
        if (value !== null) plot.line([place - half, place + half], [value, value], { color: roleColor(theme, "exact"), width: 3 });
      });
    }
    plot.end();
  }

  legend(theme, exact, words) {
    const shown = this.data.sets.filter((set) => set.name && (set.role !== "exact" || exact));
    return shown.map((set) => {
      const mark = make("span", { "aria-hidden": "true", style: `color:${roleColor(theme, set.role)}` }, set.role === "exact" ? "━" : "■");
      return make("span", {}, mark, set.role === "exact" && !set.name.includes(words.exactly) ? `${set.name} (${words.exactly})` : set.name);
    });
  }
}

/* Places 0, 1, …; their labels are drawn by the plot. */
function placesScale(labels) {
  const count = Math.max(labels.length, 1);
  return {
    low: -0.5,
    high: count - 0.5,
    share: (value) => (value + 0.5) / count,
    value: (share) => share * count - 0.5,
    ticks: () => labels.map((_words, value) => ({ value, label: "" })),
  };
}
