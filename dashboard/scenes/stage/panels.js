/* The three panels of the stage. Each has load(run, theme), then draw(frame), for which run.compute(frame) was called. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Plot } from "../shared/plot.js";
import { linearScale, logScale } from "../shared/scales.js";

const TRAIL = 30; // of the path so far, the last steps that are marked one by one
export const SQUARES = 40; // rows whose error is drawn as a square, besides those of the minibatch

export class Panel {
  constructor(name) {
    this.canvas = make("canvas", { role: "img", class: name });
    this.plot = new Plot(this.canvas);
    this.heading = make("h2");
    this.legend = make("p", { class: "legend" });
    this.note = make("p", { class: "quiet" });
    this.head = make("div", { class: "head" }, this.heading);
    this.root = make("figure", { class: "panel" }, this.head, this.legend, this.canvas, this.note);
  }

  /* What the marks mean: [kind, colour, words] each; kinds are "line", "dash", "dot", "lit" and "cross". */
  explain(parts) {
    this.legend.replaceChildren(
      ...parts.map(([kind, color, words]) => {
        const sign = make("span", { class: `sign ${kind}`, "aria-hidden": "true" });
        sign.style.color = color;
        return make("span", {}, sign, words);
      }),
    );
  }
}

export class LandscapePanel extends Panel {
  load(run, theme) {
    Object.assign(this, { run, theme });
    const { words, bowl } = run;
    this.heading.textContent = words.landscape.title;
    this.root.hidden = !bowl;
    if (!bowl) return;
    const [across, up] = bowl.titles;
    this.canvas.setAttribute("aria-label", say(words.landscape.label, { across, up }));
    this.explain([
      ["line", theme.series[0], words.fit.model],
      ["ring", theme.series[0], words.landscape.start],
      ["cross", theme.series[1], words.landscape.closed_form],
    ]);
    this.groups = pieces(run.curves);
    this.plot.frame({
      x: { scale: linearScale(...bowl.part[0]), title: across },
      y: { scale: linearScale(...bowl.part[1]), title: up },
      theme,
      still: (plot) => this.drawBowl(plot),
    });
  }

  drawBowl(plot) {
    const { theme, run } = this;
    shade(plot, run.bowl, theme.primary);
    for (const { xs, ys } of this.groups) plot.line(xs, ys, { color: theme.text, width: 1, alpha: 0.35 });
    const taken = [run.bowl.centre.map((value, axis) => (axis ? plot.py(value) : plot.px(value)))];
    for (const { xs, ys, curve } of this.groups) labelCurve(plot, xs, ys, written(run.bowl.losses[curve], 3), taken);
    const { across, up } = run.columns;
    plot.line(across, up, { color: theme.series[0], width: 1, alpha: 0.3 });
    plot.dots(across, up, { color: theme.series[0], shape: "ring", size: 5, width: 2 }, 0, 1);
    const [x, y] = run.bowl.centre;
    plot.dots([x], [y], { color: theme.series[1], shape: "cross", size: 6, width: 3 });
  }

  draw(frame) {
    const { plot, run, theme } = this;
    if (!run.bowl) return;
    const { across, up, next_across, next_up } = run.columns;
    plot.begin();
    plot.line(across, up, { color: theme.series[0], width: 1.5 }, 0, frame + 1);
    plot.dots(across, up, { color: theme.series[0], size: 1.5 }, Math.max(frame - TRAIL, 0), frame + 1);
    plot.dots(across, up, { color: theme.background, size: 7 }, frame, frame + 1);
    plot.dots(across, up, { color: theme.series[0], size: 5 }, frame, frame + 1);
    if (frame < run.count - 1)
      plot.arrow(across[frame], up[frame], next_across[frame], next_up[frame], { color: theme.text, width: 2.5 });
    plot.end();
    this.tell(run.words.landscape, frame);
  }

  tell(words, frame) {
    const { bowl, columns } = this.run;
    const [[left, right], [low, high]] = bowl.part;
    const [x, y] = [columns.across[frame], columns.up[frame]];
    const inside = x >= left && x <= right && y >= low && y <= high;
    const leaves = bowl.left_at === null ? words.note : say(words.left, { step: written(bowl.left_at, 12) });
    const told = [leaves, inside ? bowl.note : words.outside, this.run.words.many].filter(Boolean).join(" ");
    if (this.note.textContent !== told) this.note.textContent = told;
  }
}

/* Split a table of curves into its pieces. */
function pieces(table) {
  const [curve, piece, xs, ys] = ["curve", "piece", "across", "up"].map((name) => table.getChild(name).toArray());
  const found = [];
  for (let first = 0, i = 1; i <= piece.length; i++)
    if (i === piece.length || piece[i] !== piece[first]) {
      found.push({ curve: curve[first], xs: xs.subarray(first, i), ys: ys.subarray(first, i) });
      first = i;
    }
  return found;
}

/* Darken the plane where the loss is high: one shade for every factor in the gap, as the curves are spaced. */
function shade(plot, bowl, color) {
  const cell = 4;
  const pen = plot.ink({ color });
  const [[a, b], [, c]] = bowl.curvature;
  const [x, y] = bowl.centre;
  const gapAt = (u, v) => 0.5 * (a * u * u + 2 * b * u * v + c * v * v);
  const [[left, right], [low, high]] = bowl.part;
  const most = Math.max(gapAt(left - x, low - y), gapAt(left - x, high - y), gapAt(right - x, low - y), gapAt(right - x, high - y));
  if (!(most > 0)) return;
  for (let across = 0; across < plot.across; across += cell)
    for (let down = 0; down < plot.up; down += cell) {
      const u = plot.x.scale.value((across + cell / 2) / plot.across) - x;
      const v = plot.y.scale.value(1 - (down + cell / 2) / plot.up) - y;
      const height = 1 + Math.log10(Math.max(gapAt(u, v) / most, 1e-6)) / 6;
      pen.globalAlpha = 0.3 * height;
      pen.fillRect(plot.left + across, plot.top + down, cell, cell);
    }
}

/* Draw the loss of a curve at its highest point in the panel, unless that is too near to one of the places `taken`. */
function labelCurve(plot, xs, ys, words, taken) {
  let best = null;
  for (let i = 0; i < xs.length; i++) {
    const [x, y] = [plot.px(xs[i]), plot.py(ys[i])];
    const inside = x > plot.left + 28 && x < plot.left + plot.across - 28 && y > plot.top + 10 && y < plot.top + plot.up - 10;
    if (inside && (!best || y < best[1])) best = [x, y, i];
  }
  if (!best || taken.some(([x, y]) => Math.abs(x - best[0]) < 56 && Math.abs(y - best[1]) < 20)) return;
  taken.push(best);
  plot.text(words, xs[best[2]], ys[best[2]], { color: plot.theme.text, size: 10, align: "center", alpha: 0.9 });
}

export class LossPanel extends Panel {
  load(run, theme) {
    Object.assign(this, { run, theme });
    const words = run.words.loss;
    this.heading.textContent = words.title;
    this.canvas.setAttribute("aria-label", words.canvas);
    const { loss, test_loss, step } = run.columns;
    const { low, high, floor, closed_form } = run.loss;
    this.explain([
      ["line", theme.series[0], words.train],
      ...(test_loss ? [["thick", theme.series[2], words.test]] : []),
      ...(floor === null ? [] : [["dash", theme.series[1], words.floor]]),
    ]);
    const zero = loss.some((value) => !(value > 0)) ? words.zero : "";
    const below = floor === null && closed_form > 0 ? say(words.below, { loss: written(closed_form) }) : "";
    this.note.textContent = [zero, below].filter(Boolean).join(" ");
    this.plot.frame({
      x: { scale: linearScale(0, Math.max(step[step.length - 1], 1), 0.02), title: words.x },
      y: { scale: logScale(low ?? NaN, high ?? NaN, 0.06), title: words.y },
      theme,
      still: (plot) => {
        if (test_loss) plot.line(step, test_loss, { color: theme.series[2], width: 4.5, alpha: 0.5 });
        plot.line(step, loss, { color: theme.series[0], width: 2, alpha: 0.4 });
        if (floor !== null) plot.rule({ y: floor }, { color: theme.series[1], width: 2, dash: [6, 4] });
      },
    });
  }

  draw(frame) {
    const { plot, theme } = this;
    const { loss, test_loss, step } = this.run.columns;
    plot.begin();
    plot.rule({ x: step[frame] }, { color: theme.text, width: 1, alpha: 0.7 });
    plot.line(step, loss, { color: theme.series[0], width: 2.5 }, 0, frame + 1);
    if (test_loss) plot.dots(step, test_loss, { color: theme.series[2], size: 5, shape: "diamond" }, frame, frame + 1);
    plot.dots(step, loss, { color: theme.series[0], size: 5 }, frame, frame + 1);
    plot.end();
  }
}
