/* The values with their estimates, and four small pictures of p: the norm, the estimate for every p, ball and noise. */

import { normOf, sphere } from "../norms/model.js";
import { Plot } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";
import { estimateOf, lineOfSlope, shownOf } from "./model.js";

const NEAR = 20; // pixels within which a value is hit
const POINTS = 100;
const STYLES = { one: { dash: [2, 4], width: 2 }, two: { dash: [8, 4], width: 2 }, many: { width: 1.2 }, any: { width: 4 } };
const COLORS = { one: 2, two: 1, many: 3, any: 0 }; // of the series of the theme
const TICKS = { 0: "1", 0.5: "2", 0.75: "4", 1: "∞" };

const inkOf = (name, theme, lit) => ({
  color: theme.series[COLORS[name]], ...STYLES[name], ...(lit.has(name) ? { width: STYLES[name].width + 3 } : {}),
});

/* p on an axis with equal steps of 1/p, from 1 to ∞. */
const placeAlong = (p) => 1 - 1 / p;

class Framed {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  /* Make the still part where its ranges, words or colours are others. */
  frame(theme, x, y, xTitle, yTitle, scale = {}) {
    this.plot.fit();
    const state = JSON.stringify([x, y, xTitle, yTitle, theme]);
    if (state === this.state && !this.plot.stale) return;
    this.state = state;
    const across = scale.x ?? linearScale(...x);
    this.plot.frame({ x: { scale: across, title: xTitle }, y: { scale: linearScale(...y), title: yTitle }, theme });
  }
}

export class ValuesPicture extends Framed {
  constructor(canvas) {
    super(canvas);
    this.chosen = null; // the last value at first, and then the one moved last
  }

  draw(game, theme) {
    const { values, words, estimates, lit } = game;
    if (!game.grabbed || !this.range) {
      const [low, high] = extent(values);
      const room = 0.35 * Math.max(high - low, 1);
      this.range = [low - room, high + room];
    }
    this.chosen = Math.min(this.chosen ?? values.length - 1, values.length - 1);
    this.frame(theme, [0.5, values.length + 0.5, 0], this.range, words.place, words.value, { x: places(values.length) });
    const { plot } = this;
    plot.begin();
    for (const name of ["many", "two", "one", "any"]) {
      const { slope, intercept } = estimates[name];
      const ends = [0.5, values.length + 0.5];
      plot.line(ends, ends.map((x) => intercept + slope * x), inkOf(name, theme, lit));
    }
    const { slope, intercept } = estimates.any;
    values.forEach((value, n) => {
      const on = lit.has(`value${n}`);
      plot.line([n + 1, n + 1], [value, intercept + slope * (n + 1)], { color: theme.quiet, width: on ? 4 : 1.2 });
      plot.dots([n + 1], [value], { color: theme.text, size: on || n === this.chosen ? 9 : 6 });
      if (n === this.chosen) plot.dots([n + 1], [value], { color: theme.series[1], size: 6 });
    });
    plot.end();
  }

  valueAt({ values }, event) {
    const spot = this.plot.spot(event);
    let best = [NEAR, -1];
    values.forEach((value, n) => {
      const far = Math.hypot(spot[0] - this.plot.px(n + 1), spot[1] - this.plot.py(value));
      if (far < best[0]) best = [far, n];
    });
    return best[1];
  }

  grab(game, event) {
    const place = this.valueAt(game, event);
    if (place < 0) return null;
    return (now) => {
      this.chosen = place;
      game.move(place, this.plot.at(now)[1]);
    };
  }
}

function places(count) {
  const scale = linearScale(0.5, count + 0.5);
  const wide = Math.ceil(count / 10);
  scale.ticks = () => Array.from({ length: Math.floor((count - 1) / wide) + 1 }, (_, n) => ({ value: 1 + n * wide, label: String(1 + n * wide) }));
  return scale;
}

/* The norm of the residuals over the number or the slope, with its least place. */
export class NormPicture extends Framed {
  draw(game, theme) {
    const { values, p, words, estimates, line, lit } = game;
    const shown = Object.values(estimates).map((estimate) => shownOf(estimate, line));
    const [low, high] = line ? extent(shown) : extent(values);
    const room = line ? Math.max(high - low, 0.5) : 0.1 * Math.max(high - low, 1);
    const ends = [low - room, high + room];
    const norm = (at) => (line ? lineOfSlope(values, at, p).norm : normOf(values.map((value) => value - at), p));
    const count = line ? POINTS / 2 : POINTS;
    const xs = Array.from({ length: count + 1 }, (_, n) => ends[0] + ((ends[1] - ends[0]) * n) / count);
    const ys = xs.map(norm);
    this.frame(theme, ends, [Math.min(...ys, estimates.any.norm) * 0.9, Math.max(...ys)], words.centre, words.norm);
    const { plot } = this;
    plot.begin();
    for (const name of ["many", "two", "one"])
      plot.rule({ x: shownOf(estimates[name], line) }, { ...inkOf(name, theme, lit) });
    plot.line(xs, ys, { color: theme.series[0], width: 3 });
    const best = shownOf(estimates.any, line);
    plot.dots([best], [estimates.any.norm], { color: theme.series[0], size: lit.has("any") ? 10 : 7 });
    plot.end();
  }
}

/* The estimate for every p, from 1 to ∞. */
export class PathPicture extends Framed {
  draw(game, theme) {
    const { path, p, words, estimates, line, lit } = game;
    const scale = linearScale(0, 1, 0.04);
    scale.ticks = () => Object.entries(TICKS).map(([value, label]) => ({ value: Number(value), label }));
    const ys = path.map(([, shown]) => shown);
    const [low, high] = extent(ys, [shownOf(estimates.any, line)]);
    const room = 0.1 * Math.max(high - low, 0.1);
    this.frame(theme, [0, 1], [low - room, high + room], words.power, words.estimate, { x: scale });
    const { plot } = this;
    plot.begin();
    plot.line(path.map(([power]) => placeAlong(power)), ys, { color: theme.text, width: 2 });
    for (const [name, power] of [["one", 1], ["two", 2], ["many", Infinity]])
      plot.dots([placeAlong(power)], [shownOf(estimates[name], line)], { ...inkOf(name, theme, lit), dash: [], size: lit.has(name) ? 8 : 5 });
    plot.dots([placeAlong(p)], [shownOf(estimates.any, line)], { color: theme.series[0], shape: "diamond", size: lit.has("any") ? 11 : 8 });
    plot.end();
  }
}

/* The unit ball of the plane, as on the screen of norms. */
export class BallPicture extends Framed {
  draw({ p, words, lit }, theme) {
    this.plot.fit();
    const ratio = Math.max(this.plot.width - 60, 20) / Math.max(this.plot.height - 74, 20);
    const wide = [1.25 * Math.max(ratio, 1), 1.25 * Math.max(1 / ratio, 1)];
    this.frame(theme, [-wide[0], wide[0]], [-wide[1], wide[1]], words.first, words.second);
    const { plot } = this;
    const [xs, ys] = sphere(p, 1);
    const color = theme.series[0];
    plot.begin();
    plot.line(xs, ys, { color, fill: color, alpha: 0.15, width: 0 });
    plot.line(xs, ys, { color, width: lit.has("any") ? 5 : 2.5 });
    plot.end();
  }
}

/* The density exp(-|r|ᵖ) of width 1, up to its factor: its logarithm is the loss, turned over. */
export class DensityPicture extends Framed {
  draw({ p, words, lit }, theme) {
    this.frame(theme, [-3, 3], [0, 1.1], words.residual, words.density);
    const { plot } = this;
    const color = theme.series[0];
    const [xs, ys] = [[], []];
    for (let n = -300; n <= 300; n++) {
      xs.push(n / 100);
      ys.push(p === Infinity ? Number(Math.abs(n) <= 100) : Math.exp(-(Math.abs(n / 100) ** p)));
    }
    plot.begin();
    plot.line(xs, ys, { color, fill: color, alpha: 0.15, width: 0 });
    plot.line(xs, ys, { color, width: lit.has("any") ? 5 : 2.5 });
    plot.end();
  }
}

/* The estimate for these p, which rise evenly in 1/p. */
export function pathOf(values, line) {
  const count = line ? 14 : 40;
  return Array.from({ length: count + 1 }, (_, n) => {
    const power = n === count ? Infinity : 1 / (1 - n / count);
    return [power, shownOf(estimateOf(values, power, line), line)];
  });
}
