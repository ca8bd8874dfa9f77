/* The sigmoid with the point that z moves, and beside it other activations with their derivatives. */

import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { written } from "../shared/numbers.js";
import { sigmoidOf } from "../shared/sigmoid.js";
import { ACTIVATIONS, EDGE, reachOf, sigmoidSlope, snapped } from "./model.js";

const COUNT = 240;
const NEAR_POINT = 22; // pixels within which the point is hit
const DASHED = [[], [8, 4], [2, 3], [10, 3, 2, 3]];

function along(reach) {
  return Array.from({ length: COUNT + 1 }, (_place, n) => reach * ((2 * n) / COUNT - 1));
}

/* The end of the z axis: the middle of the sigmoid, or as far as z is. */
const axisEnd = (z) => Math.max(6, Math.abs(z) > 5.5 ? reachOf([z]) : 0);

export class SigmoidCurve {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  frame(game, theme, z) {
    if (!game.grabbed || !this.reach) this.reach = axisEnd(z);
    if (!game.grabbed && Math.abs(z) > this.reach) this.reach = axisEnd(z);
    const state = JSON.stringify([this.reach, theme, game.words.sum]);
    if (state === this.state && !this.plot.stale) return;
    this.state = state;
    const [blue, orange] = theme.series;
    const zs = along(this.reach);
    this.plot.frame({
      x: { scale: linearScale(-this.reach, this.reach), title: game.words.axisZ },
      y: { scale: linearScale(-0.04, 1.04), title: game.words.axisP },
      theme,
      still: (plot) => {
        const pen = plot.ink({ color: theme.quiet, alpha: 0.16 });
        for (const [from, to] of [[-this.reach, -EDGE], [EDGE, this.reach]])
          pen.fillRect(plot.px(from), plot.top, plot.px(to) - plot.px(from), plot.up);
        plot.line(zs, zs.map(sigmoidOf), { color: blue, width: 3 });
        plot.line(zs, zs.map(sigmoidSlope), { color: orange, width: 2, dash: [7, 4] });
      },
    });
  }

  draw(game, theme, { z, p, sums }, frame) {
    this.frame(game, theme, z);
    const { plot } = this;
    const [blue, orange] = theme.series;
    const done = frame >= sums.length;
    const here = done ? z : sums[Math.min(frame, sums.length - 1)];
    const lit = game.twins.lit.has("z") || game.twins.lit.has("p");
    plot.begin();
    plot.line([here, here], [0, done ? p : 0.06], { color: theme.text, width: lit ? 3 : 1.5, dash: [4, 3] });
    if (done) {
      plot.line([-this.reach, z], [p, p], { color: theme.text, width: lit ? 3 : 1.5, dash: [4, 3] });
      plot.dots([z], [sigmoidSlope(z)], { color: orange, fill: theme.background, size: 5, width: 2, shape: "diamond" });
      plot.dots([z], [p], { color: blue, size: lit ? 11 : 8 });
      const right = z < this.reach / 3;
      plot.text(`p = ${written(p, 4)}`, z, p, {
        weight: 700, size: 14, align: right ? "left" : "right", right: right ? 14 : -14, down: p > 0.5 ? 16 : -14,
      });
    } else {
      plot.dots([here], [0], { color: theme.text, fill: theme.background, size: 6, shape: "diamond", width: 2 });
    }
    plot.end();
  }

  isNear(game, event) {
    const [right, down] = this.plot.spot(event);
    return Math.hypot(right - this.plot.px(game.terms.z), down - this.plot.py(game.terms.p)) < NEAR_POINT;
  }

  /* The point is moved by the bias. */
  grab(game, event) {
    if (!this.isNear(game, event)) return null;
    return (now) => {
      const z = Math.min(Math.max(this.plot.at(now)[0], -this.reach), this.reach);
      game.change("b", 0, snapped(game.b + z - game.terms.z, this.reach));
    };
  }

  press(game, key) {
    const way = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[key];
    if (!way) return false;
    game.change("b", 0, Number((game.b + (way * this.reach) / 60).toPrecision(12)));
    return true;
  }
}

export class ActivationCurves {
  /* `part` is "value" or "slope". */
  constructor(canvas, part) {
    this.plot = new Plot(canvas);
    this.part = part;
  }

  draw(game, theme, { z }) {
    const { plot, part } = this;
    const reach = axisEnd(z);
    const names = Object.keys(ACTIVATIONS);
    const lit = names.filter((name) => game.twins.lit.has(name)).join();
    const state = JSON.stringify([reach, theme, lit]);
    if (state !== this.state || plot.stale) {
      this.state = state;
      const zs = along(reach);
      plot.frame({
        x: { scale: linearScale(-reach, reach), title: game.words.axisZ },
        y: { scale: part === "value" ? linearScale(-1.15, 2.4) : linearScale(-0.08, 1.12), title: game.words[part] },
        theme,
        still: () => {
          plot.rule({ y: 0 }, { color: theme.quiet, width: 1 });
          names.forEach((name, n) => {
            const style = { color: theme.series[n], dash: DASHED[n], width: lit === name ? 5 : 2, alpha: lit && lit !== name ? 0.35 : 1 };
            plot.line(zs, zs.map(ACTIVATIONS[name][part]), style);
          });
        },
      });
    }
    plot.begin();
    plot.rule({ x: z }, { color: theme.text, dash: [4, 3], width: 1 });
    names.forEach((name, n) => plot.dots([z], [ACTIVATIONS[name][part](z)], { color: theme.series[n], size: 5 }));
    plot.end();
  }
}
