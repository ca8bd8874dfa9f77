/* Bars of a miniature, side by side; what is exact is a mark across them. */

import { make } from "../shared/elements.js";
import { Plot } from "../shared/plot.js";
import { linearScale, logScale } from "../shared/scales.js";
import { allOf, inFrame, roleColor } from "./roles.js";

export class BarsPanel {
  constructor(canvas) {
    this.canvas = canvas;
    this.plot = new Plot(canvas);
  }

  take(data) {
    this.data = data;
    this.shape = null;
    const values = data.sets.flatMap((set) => allOf(set.values).flat()).filter((value) => value !== null);
    const positive = values.filter((value) => value > 0);
    const least = data.y.log ? Math.min(...positive, 1) / 1.5 : Math.min(0, ...values);
    this.range = [data.y.low ?? least, data.y.high ?? Math.max(...values, data.y.log ? least * 2 : 0) * 1.05];
  }

  fit(theme) {
    this.plot.fit();
    const shape = `${this.plot.width} ${this.plot.height} ${theme.text} ${theme.background}`;
    if (shape === this.shape) return;
    this.shape = shape;
    const { y, labels } = this.data;
    const scale = y.log ? logScale : linearScale;
    this.plot.frame({ x: { scale: placesScale(labels, this.plot.width), title: "" }, y: { scale: scale(...this.range), title: y.title }, theme });
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

/* Places 0, 1, … with their labels below, shortened to the room that they have. */
function placesScale(labels, width) {
  const count = Math.max(labels.length, 1);
  const signs = Math.max(Math.floor((width - 60) / count / 7.5), 1);
  const short = (words) => (words.length > signs ? `${words.slice(0, Math.max(signs - 1, 1))}…` : words);
  return {
    low: -0.5,
    high: count - 0.5,
    share: (value) => (value + 0.5) / count,
    value: (share) => share * count - 0.5,
    ticks: () => labels.map((words, value) => ({ value, label: short(words) })),
  };
}
