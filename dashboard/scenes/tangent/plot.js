/* The curve with its secant and its tangent, whole and under the magnifier. */

import { written } from "../shared/numbers.js";
import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";

const NEAR_POINT = 22; // pixels within which a point is hit
const SAMPLES_A_PIXEL = 0.6;
const FINEST = 30; // halvings after which a remaining rise is a jump

/* Points of a function, with NaN where it jumps or is not defined. */
function sampled(f, low, high, count) {
  const [xs, ys] = [[], []];
  for (let i = 0; i <= count; i++) {
    const x = low + ((high - low) * i) / count;
    xs.push(x);
    ys.push(f(x));
  }
  const [least, most] = middle(ys);
  const steep = (most - least) * 0.04;
  const [cutX, cutY] = [[], []];
  for (let i = 0; i <= count; i++) {
    if (i > 0 && Math.abs(ys[i] - ys[i - 1]) > steep) {
      const gap = jump(f, xs[i - 1], xs[i], ys[i - 1], ys[i]);
      if (gap) {
        cutX.push(gap[0], gap[1], gap[2]);
        cutY.push(f(gap[0]), NaN, f(gap[2]));
      }
    }
    cutX.push(xs[i]);
    cutY.push(ys[i]);
  }
  return [cutX, cutY];
}

/* The jump of the function between two points, [before, at, after]; null if it is continuous. */
function jump(f, low, high, below, above) {
  const rise = Math.abs(above - below);
  for (let i = 0; i < FINEST; i++) {
    const x = (low + high) / 2;
    const y = f(x);
    if (!Number.isFinite(y)) return [low, x, high];
    if (Math.abs(y - below) > Math.abs(above - y)) [high, above] = [x, y];
    else [low, below] = [x, y];
    if (Math.abs(above - below) < rise * 0.4) return null;
  }
  return [low, (low + high) / 2, high];
}

/* The range of values to show: all of them, unless a few lie far outside the rest. */
export function middle(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  if (!sorted.length) return [0, 1];
  const share = (part) => sorted[Math.round(part * (sorted.length - 1))];
  const [low, high] = [share(0.06), share(0.94)];
  const reach = (high - low) * 1.2;
  return [Math.max(sorted[0], low - reach), Math.min(sorted.at(-1), high + reach)];
}

export class TangentPlot {
  constructor(canvas, isLens) {
    this.plot = new Plot(canvas);
    this.isLens = isLens;
  }

  reset() {
    this.state = null;
  }

  draw(game, theme) {
    const view = this.isLens ? game.lens() : game.window();
    const state = JSON.stringify([view, theme, this.plot.width, this.plot.height]);
    if (state !== this.state) {
      this.state = state;
      this.frame(game, theme, view);
    }
    const { plot } = this;
    plot.begin();
    if (Number.isFinite(game.place.value)) this.drawLines(game, theme);
    plot.end();
  }

  /* Axes and curve. The magnifier measures from the point, so that its ticks stay short. */
  frame(game, theme, { x, y }) {
    const { words } = game;
    const origin = this.origin(game);
    const count = Math.max(Math.round(this.plot.width * SAMPLES_A_PIXEL), 60);
    const [xs, ys] = sampled((at) => game.model.value(at), ...x, count);
    const shift = (values, by) => (by === 0 ? values : values.map((value) => value - by));
    this.plot.frame({
      x: { scale: linearScale(...shift(x, origin[0])), title: this.isLens ? words.lensX : words.xAxis },
      y: { scale: linearScale(...shift(y, origin[1])), title: this.isLens ? words.lensY : words.yAxis },
      theme,
      still: (plot) =>
        plot.line(shift(xs, origin[0]), shift(ys, origin[1]), { color: theme.series[0], width: 3 }),
    });
  }

  origin(game) {
    return this.isLens ? [game.x, game.place.value] : [0, 0];
  }

  drawLines(game, theme) {
    const { plot } = this;
    const origin = this.origin(game);
    const [x, y] = [game.x - origin[0], game.place.value - origin[1]];
    const there = game.valueThere() - origin[1];
    const [low, high] = [plot.x.scale.low, plot.x.scale.high];
    const through = (slope, from, to, style) =>
      plot.line([from, to], [y + slope * (from - x), y + slope * (to - x)], style);
    const { kind, left, right } = game.place;
    const tangent = { color: theme.series[2], width: 2.5 };
    if (kind === "smooth") through(left, low, high, tangent);
    else if (kind !== "jump" && kind !== "unknown")
      for (const [slope, end, side] of [[left, low, -1], [right, high, 1]])
        this.drawHalf(x, y, slope, end, side, through, { ...tangent, dash: [2, 4] });
    if (!Number.isFinite(there)) return this.drawPoint(x, y, theme);
    const secant = game.secant();
    through(secant, low, high, { color: theme.series[1], width: 2, dash: [8, 5] });
    this.drawTriangle(game, theme, x, y, there);
    this.drawPoint(x, y, theme);
    plot.dots([x + game.h], [there], { color: theme.series[1], size: 7, width: 3, shape: "ring" });
  }

  /* The tangent of one side: a vertical one where the slope is infinite. */
  drawHalf(x, y, slope, end, side, through, style) {
    if (Number.isFinite(slope)) through(slope, Math.min(x, end), Math.max(x, end), style);
    else if (!Number.isNaN(slope)) {
      const up = Math.sign(slope) * side > 0;
      this.plot.line([x, x], [y, up ? this.plot.y.scale.high : this.plot.y.scale.low], style);
    }
  }

  drawTriangle(game, theme, x, y, there) {
    const { plot } = this;
    const thin = { color: theme.text, width: 1, alpha: 0.7 };
    plot.line([x, x + game.h, x + game.h], [y, y, there], thin);
    const [across, up] = [Math.abs(plot.px(x + game.h) - plot.px(x)), Math.abs(plot.py(there) - plot.py(y))];
    const down = there >= y ? 12 : -12;
    if (across > 24) plot.text(`h = ${written(game.h, 3)}`, x + game.h / 2, y, { color: theme.text, align: "center", down });
    const pixel = plot.px(x + game.h);
    const outward = game.h > 0 ? plot.left + plot.across - pixel > 70 : pixel - plot.left < 70;
    const beside = outward ? { align: "left", right: 8 } : { align: "right", right: -8 };
    const rise = `${game.words.rise} ${written(there - y, 3)}`;
    if (up > 24) plot.text(rise, x + game.h, (y + there) / 2, { color: theme.text, ...beside });
  }

  drawPoint(x, y, theme) {
    const pen = this.plot.ink({ color: theme.text, fill: theme.background, width: 3 });
    pen.beginPath();
    pen.rect(this.plot.px(x) - 6, this.plot.py(y) - 6, 12, 12);
    pen.fill();
    pen.stroke();
  }

  /* Return the part that a pointer put down here moves: the other point before the point x; null for neither. */
  grab(game, event) {
    const [right, down] = this.plot.spot(event);
    const apart = (x, y) => Math.hypot(this.plot.px(x) - right, this.plot.py(y) - down);
    const ring = apart(game.x + game.h, game.valueThere());
    const square = apart(game.x, game.place.value);
    if (ring < NEAR_POINT && !(square < ring)) return (now) => game.moveRing(this.plot.at(now)[0]);
    if (square < NEAR_POINT) return (now) => game.movePlace(this.plot.at(now)[0]);
    return null;
  }
}
