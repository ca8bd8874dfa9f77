/* The picture of the density: pinned curves, the histogram of the draws, the shaded band, and two handles. */

import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";

const NEAR = 22; // pixels within which a handle is hit
const STRIPS = 400;
const REACH = 5; // standard deviations to either side: 6e-7 of the area is beyond
const LEAST_WIDE = 6;
const LEAST_TALL = 0.42;

export const heightAt = (x, mean, variance) =>
  Math.exp(-((x - mean) ** 2) / (2 * variance)) / Math.sqrt(2 * Math.PI * variance);

/* The points of a curve between two numbers of standard deviations. */
export function curvePoints(mean, variance, from = -REACH, to = REACH) {
  const sigma = Math.sqrt(variance);
  const xs = Array.from({ length: STRIPS + 1 }, (_, n) => mean + sigma * (from + ((to - from) * n) / STRIPS));
  return [xs, xs.map((x) => heightAt(x, mean, variance))];
}

/* The area under the drawn points, by trapezia, and their number. */
export function areaUnder([xs, ys]) {
  let area = 0;
  for (let n = 1; n < xs.length; n++) area += ((xs[n] - xs[n - 1]) * (ys[n] + ys[n - 1])) / 2;
  return { area, strips: xs.length - 1 };
}

export class CurvePicture {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  frame(game, theme) {
    const curves = [[game.mean, game.variance], ...game.pins];
    if (!game.grabbed || !this.ends) {
      const ends = curves.flatMap(([mean, variance]) => [-4, 4].map((k) => mean + k * Math.sqrt(variance)));
      const peaks = curves.map(([mean, variance]) => heightAt(mean, mean, variance));
      this.ends = [Math.min(-LEAST_WIDE, ...ends), Math.max(LEAST_WIDE, ...ends), 1.12 * Math.max(LEAST_TALL, ...peaks)];
    }
    const state = JSON.stringify([this.ends, theme, game.words.up]);
    if (state === this.state && !this.plot.stale) return;
    this.state = state;
    const [low, high, top] = this.ends;
    this.plot.frame({
      x: { scale: linearScale(low, high), title: game.words.across },
      y: { scale: linearScale(0, top), title: game.words.up },
      theme,
    });
  }

  draw(game, theme) {
    this.plot.fit();
    this.frame(game, theme);
    const { plot } = this;
    const [blue, orange, green] = theme.series;
    const { mean, variance, lit } = game;
    plot.begin();
    this.drawBars(game, orange);
    for (const [n, pin] of game.pins.entries()) {
      const color = theme.series[(n + 2) % theme.series.length];
      plot.line(...curvePoints(...pin), { color, width: lit.has(`pin${n}`) ? 4 : 2, dash: [7, 4] });
    }
    this.drawBand(game, blue);
    plot.line(...curvePoints(mean, variance), { color: blue, width: 3 });
    this.drawHandles(game, theme, [blue, green]);
    plot.end();
  }

  drawBars({ counts, shown, mean, variance, wide }, color) {
    const sigma = Math.sqrt(variance);
    for (const [bin, count] of counts) {
      const [from, to] = [mean + sigma * wide * bin, mean + sigma * wide * (bin + 1)];
      const tall = count / (shown * wide * sigma);
      this.plot.line([from, from, to, to], [0, tall, tall, 0], { color, fill: color, alpha: 0.35, width: 0 });
      this.plot.line([from, from, to, to], [0, tall, tall, 0], { color, alpha: 0.8, width: 1 });
    }
  }

  drawBand({ mean, variance, band }, color) {
    const [xs, ys] = curvePoints(mean, variance, -band, band);
    this.plot.line([xs[0], ...xs, xs.at(-1)], [0, ...ys, 0], { color, fill: color, alpha: 0.22, width: 0 });
    for (const k of [-3, -2, -1, 1, 2, 3]) {
      const x = mean + k * Math.sqrt(variance);
      const on = Math.abs(k) === band;
      this.plot.line([x, x], [0, heightAt(x, mean, variance)], { color, width: on ? 2.5 : 1, alpha: on ? 1 : 0.6 });
    }
  }

  drawHandles({ mean, variance, lit }, theme, [blue, green]) {
    const { plot } = this;
    const side = mean + Math.sqrt(variance);
    const peak = heightAt(mean, mean, variance);
    plot.line([mean, mean], [0, peak], { color: blue, width: lit.has("mean") ? 4 : 1.5, dash: [3, 3] });
    const flank = heightAt(side, mean, variance);
    plot.line([mean, side], [flank, flank], { color: green, width: lit.has("variance") ? 5 : 2 });
    const size = (name) => (lit.has(name) || (name === "mean" && lit.has("peak")) ? 10 : 7);
    plot.dots([mean], [peak], { color: blue, size: size("mean") });
    plot.dots([side], [flank], { color: green, shape: "diamond", size: size("variance") });
    plot.text("σ", (mean + side) / 2, flank, { color: green, weight: 700, down: -11, align: "center" });
    plot.text("μ", mean, peak, { color: blue, weight: 700, right: 12, down: -8 });
  }

  /* The handle under a pointer: "mean", "variance" or null. */
  handleAt({ mean, variance }, event) {
    const spot = this.plot.spot(event);
    const side = mean + Math.sqrt(variance);
    const far = (x) => Math.hypot(spot[0] - this.plot.px(x), spot[1] - this.plot.py(heightAt(x, mean, variance)));
    if (Math.min(far(mean), far(side)) > NEAR) return null;
    return far(side) <= far(mean) ? "variance" : "mean";
  }

  grab(game, event) {
    const name = this.handleAt(game, event);
    if (!name) return null;
    return (now) => {
      const [x] = this.plot.at(now);
      if (name === "mean") game.move("mean", x);
      else game.move("variance", Math.max(x - game.mean, 0.01) ** 2);
    };
  }

  /* What a pointer is on: a handle, or the narrowest band of deviations around the mean. */
  namesAt(game, event) {
    const handle = this.handleAt(game, event);
    if (handle) return [handle];
    const far = Math.abs(this.plot.at(event)[0] - game.mean) / Math.sqrt(game.variance);
    return far <= 3 ? [`band${Math.max(Math.ceil(far), 1)}`] : [];
  }
}
