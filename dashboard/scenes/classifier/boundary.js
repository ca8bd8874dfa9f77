/* The plane of two columns: rows of two classes, the probability behind them, and the lines of one probability. */

import { Plot } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";
import { sigmoidOf } from "../shared/sigmoid.js";

const CELLS = [56, 40]; // of the shade behind the rows
const NEAR_ROW = 14; // pixels

export class BoundaryPlot {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  /* Take over rows (places in the plane), their labels and the titles of the axes. */
  load(rows, labels, titles) {
    Object.assign(this, { labels, titles, xs: rows.map((row) => row[0]), ys: rows.map((row) => row[1]), state: null });
  }

  frame(theme) {
    const { plot } = this;
    plot.fit();
    const state = JSON.stringify([theme, plot.width, plot.height, this.titles]);
    if (state === this.state && !plot.stale) return;
    this.state = state;
    const [across, up] = [extent(this.xs), extent(this.ys)];
    plot.frame({
      x: { scale: linearScale(...across, 0.06), title: this.titles[0] },
      y: { scale: linearScale(...up, 0.06), title: this.titles[1] },
      theme,
    });
  }

  /* `line` is [weight across, weight up, the rest of z]; `exact` another one or null; `lit` the names that are lit. */
  draw(theme, line, exact, chosen, lit) {
    this.frame(theme);
    const { plot } = this;
    const [positive, negative] = [theme.series[0], theme.series[1]];
    plot.begin();
    this.shade(line, positive, negative);
    for (const [shape, label, color] of [["dot", 1, positive], ["diamond", 0, negative]]) {
      const pick = this.labels.flatMap((each, n) => (each === label ? [n] : []));
      plot.dots(this.xs, this.ys, { color, shape, size: 3.6, alpha: 0.85 }, 0, pick.length, pick);
    }
    const strong = lit.has("neuron-b") || lit.has("neuron-line");
    for (const z of [-Math.log(9), Math.log(9)]) this.level(line, z, { color: theme.text, width: 1, dash: [2, 4] });
    if (exact) this.level(exact, 0, { color: theme.series[3], width: 2.5, dash: [9, 5] });
    this.level(line, 0, { color: theme.text, width: strong ? 5 : 2.5 });
    this.arrows(line, theme, lit);
    if (chosen !== null) plot.dots(this.xs, this.ys, { color: theme.text, shape: "ring", size: 8, width: 2.5 }, 0, 1, [chosen]);
    plot.end();
  }

  shade([first, second, rest], positive, negative) {
    const { plot } = this;
    const { x, y } = plot;
    const [wide, high] = [plot.across / CELLS[0], plot.up / CELLS[1]];
    for (let column = 0; column < CELLS[0]; column++)
      for (let row = 0; row < CELLS[1]; row++) {
        const across = x.scale.value((column + 0.5) / CELLS[0]);
        const p = sigmoidOf(first * across + second * y.scale.value((row + 0.5) / CELLS[1]) + rest);
        if (!Number.isFinite(p)) continue;
        const pen = plot.ink({ fill: p > 0.5 ? positive : negative, alpha: Math.abs(p - 0.5) * 0.56 });
        const [left, right] = [column, column + 1].map((edge) => Math.round(plot.left + edge * wide));
        const [top, bottom] = [row + 1, row].map((edge) => Math.round(plot.top + plot.up - edge * high));
        pen.fillRect(left, top, right - left, bottom - top);
      }
  }

  /* The line on which z has this value. */
  level([first, second, rest], z, style) {
    const { x, y } = this.plot;
    const wide = Math.abs(first) * (x.scale.high - x.scale.low);
    const high = Math.abs(second) * (y.scale.high - y.scale.low);
    if (!(wide + high > 0)) return;
    if (high >= wide) {
      const ends = [x.scale.low, x.scale.high];
      this.plot.line(ends, ends.map((across) => (z - rest - first * across) / second), style);
    } else {
      const ends = [y.scale.low, y.scale.high];
      this.plot.line(ends.map((up) => (z - rest - second * up) / first), ends, style);
    }
  }

  /* Where a weight pushes: to the side on which its column makes z larger. */
  arrows([first, second], theme, lit) {
    const { plot } = this;
    const { x, y } = plot;
    const middle = [x.scale.value(0.5), y.scale.value(0.5)];
    const style = { color: theme.primary, width: 4 };
    if (lit.has("neuron-across") && first) plot.arrow(...middle, x.scale.value(0.5 + 0.3 * Math.sign(first)), middle[1], style);
    if (lit.has("neuron-up") && second) plot.arrow(...middle, middle[0], y.scale.value(0.5 + 0.3 * Math.sign(second)), style);
  }

  /* The row nearest to a pointer, or null if none is near. */
  near(event) {
    const [right, down] = this.plot.spot(event);
    let [best, least] = [null, NEAR_ROW];
    this.xs.forEach((x, n) => {
      const far = Math.hypot(this.plot.px(x) - right, this.plot.py(this.ys[n]) - down);
      if (far < least) [best, least] = [n, far];
    });
    return best;
  }
}
