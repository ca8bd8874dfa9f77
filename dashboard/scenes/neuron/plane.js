/* Two features as a plane: the probability behind it, the line where it is one half, and the distance of the row to it.
   The row is dragged. All other features stay as they are. */

import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { written } from "../shared/numbers.js";
import { sigmoidOf } from "../shared/sigmoid.js";
import { reachOf, snapped } from "./model.js";

const NEAR_ROW = 22; // pixels within which the row is hit
const TILE = 6; // pixels of one patch of probability
const UNLIKE = 10; // axes whose ranges differ by more have a scale each

export class NeuronPlane {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  /* What the line is: weights of both features, and all that is added to them. */
  line({ x, w, across, up, terms }) {
    const own = [w[across], w[up]];
    return { own, rest: terms.z - own[0] * x[across] - own[1] * x[up], norm: Math.hypot(...own) };
  }

  /* The point of the line that is nearest to the row, or null without one. */
  foot(game) {
    const { own, norm } = this.line(game);
    if (!(norm > 0)) return null;
    const far = game.terms.z / norm;
    return [game.across, game.up].map((place, axis) => game.x[place] - (far * own[axis]) / norm);
  }

  /* The ends of both axes, symmetric about 0: far enough for the row and, unless it is far away, for the line. */
  ends(game) {
    const foot = this.foot(game);
    const own = [game.across, game.up].map((place) => reachOf([game.x[place]]));
    if (Math.max(...own) <= UNLIKE * Math.min(...own)) {
      const reach = Math.max(...own);
      const far = foot && Math.max(...foot.map(Math.abs));
      this.alike = true;
      return far && far < 4 * reach ? Array(2).fill(reachOf([reach * 0.8, far])) : [reach, reach];
    }
    this.alike = false;
    return own;
  }

  frame(game, theme) {
    const { plot } = this;
    const ratio = (plot.across ?? Math.max(plot.width - 50, 20)) / (plot.up ?? Math.max(plot.height - 74, 20));
    if (!game.grabbed || !this.far) this.far = this.ends(game);
    const [first, second] = this.far;
    const wide = this.alike ? [first * Math.max(ratio, 1), second * Math.max(1 / ratio, 1)] : this.far;
    const titles = [game.names[game.across], game.names[game.up]];
    const state = JSON.stringify([wide, theme, titles]);
    if (state === this.state && !plot.stale) return;
    this.state = state;
    plot.frame({
      x: { scale: linearScale(-wide[0], wide[0]), title: titles[0] },
      y: { scale: linearScale(-wide[1], wide[1]), title: titles[1] },
      theme,
    });
  }

  draw(game, theme) {
    this.frame(game, theme);
    const { plot } = this;
    plot.begin();
    plot.end();
    this.frame(game, theme); // again if the width of the labels changed
    plot.begin();
    this.drawProbability(game, theme);
    this.drawLine(game, theme);
    this.drawRow(game, theme);
    plot.end();
  }

  drawProbability(game, theme) {
    const { plot } = this;
    const { own, rest } = this.line(game);
    const [blue, orange] = theme.series;
    const cells = [Math.ceil(plot.across / TILE), Math.ceil(plot.up / TILE)];
    for (let column = 0; column < cells[0]; column++)
      for (let row = 0; row < cells[1]; row++) {
        const [left, top] = [column * TILE, row * TILE];
        const x = plot.x.scale.value((left + TILE / 2) / plot.across);
        const y = plot.y.scale.value(1 - (top + TILE / 2) / plot.up);
        const p = sigmoidOf(own[0] * x + own[1] * y + rest);
        const pen = plot.context;
        pen.globalAlpha = 0.5 * Math.abs(2 * p - 1);
        pen.fillStyle = p > 0.5 ? blue : orange;
        pen.fillRect(plot.left + left, plot.top + top, TILE, TILE);
      }
    plot.context.globalAlpha = 1;
  }

  /* The line where p is ½, and those where it is 0.1 and 0.9. */
  drawLine(game, theme) {
    const { own, rest, norm } = this.line(game);
    if (!(norm > 0)) return;
    const { plot } = this;
    const ends = [plot.x.scale, plot.y.scale].map((scale) => 3 * Math.max(Math.abs(scale.low), Math.abs(scale.high)));
    for (const [p, style] of [[0.1, { width: 1, dash: [3, 4] }], [0.5, { width: 3 }], [0.9, { width: 1, dash: [3, 4] }]]) {
      const level = Math.log(p / (1 - p)) - rest;
      const steep = Math.abs(own[0]) * ends[0] > Math.abs(own[1]) * ends[1];
      const at = steep ? [-ends[1], ends[1]] : [-ends[0], ends[0]];
      const other = at.map((value) => (level - own[steep ? 1 : 0] * value) / own[steep ? 0 : 1]);
      const [xs, ys] = steep ? [other, at] : [at, other];
      plot.line(xs, ys, { color: theme.text, ...style });
      if (p === 0.5 || plot.across / 6 < this.apart(own)) this.label(p, level, own, theme);
    }
  }

  /* How many pixels there are between the lines of 0.5 and 0.9, from left to right. */
  apart(own) {
    const { plot } = this;
    return Math.abs(plot.px(Math.log(9) / own[0]) - plot.px(0));
  }

  /* Write the probability beside its line, where the line crosses the upper part of the plane. */
  label(p, level, own, theme) {
    const { plot } = this;
    const y = plot.y.scale.value(0.9);
    const x = (level - own[1] * y) / own[0];
    if (!(x > plot.x.scale.low && x < plot.x.scale.high)) return;
    plot.text(`p = ${written(p)}`, x, y, { color: theme.text, weight: p === 0.5 ? 700 : 400, right: 6 });
  }

  drawRow(game, theme) {
    const { plot } = this;
    const { x, across, up } = game;
    const foot = this.foot(game);
    const lit = [`term${across + 1}`, `term${up + 1}`].some((name) => game.twins.lit.has(name));
    if (foot) {
      plot.line([x[across], foot[0]], [x[up], foot[1]], { color: theme.text, width: 2, dash: [6, 4] });
      plot.dots([foot[0]], [foot[1]], { color: theme.text, fill: theme.background, size: 5, width: 2, shape: "diamond" });
    }
    plot.dots([x[across]], [x[up]], { color: theme.text, size: lit ? 12 : 9 });
    plot.dots([x[across]], [x[up]], { color: theme.background, size: 4 });
  }

  isNear(game, event) {
    const [right, down] = this.plot.spot(event);
    return Math.hypot(right - this.plot.px(game.x[game.across]), down - this.plot.py(game.x[game.up])) < NEAR_ROW;
  }

  grab(game, event) {
    if (!this.isNear(game, event)) return null;
    return (now) => this.move(game, this.plot.at(now).map((value, axis) => snapped(value, this.far[axis])));
  }

  move(game, [x, y]) {
    game.change("x", game.across, x);
    game.change("x", game.up, y);
  }

  press(game, key) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    if (!way) return false;
    const units = this.far.map((end) => 10 ** Math.floor(Math.log10(end)) / 10);
    const now = [game.x[game.across], game.x[game.up]];
    this.move(game, now.map((value, axis) => Number((value + way[axis] * units[axis]).toPrecision(12))));
    return true;
  }
}
