/* The loss over w and b: shade and exact contours, the hand with its trail and the steepest descent, SGD's path. */

import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { holding } from "./model.js";

const ARROW = [24, 48]; // pixels: the shortest and the longest arrow of steepest descent
const STRIDE = 0.4; // of the longest step that cannot overshoot
const GRAIN = 2; // pixels to one shade
const BEYOND = 20; // points further out than this many areas are not drawn

export class LandscapePlot {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  frame(game, theme) {
    const { words } = game;
    const across = linearScale(...this.ranges[0]);
    const up = linearScale(...this.ranges[1]);
    const standardised = game.coordinates.standardised;
    this.plot.frame({
      x: { scale: across, title: standardised ? words.standardWeightAxis : words.weightAxis },
      y: { scale: up, title: standardised ? words.standardBiasAxis : words.biasAxis },
      theme,
      still: (plot) => game.showsLevels && this.drawLevels(plot, game, theme),
    });
  }

  /* The ranges of the sliders, widened until the hand is inside; while a hand drags, they stay. */
  settleRanges(game) {
    const { coordinates, ranges } = game;
    const [u, v] = coordinates.fromTable(...game.hand);
    const first = ranges.w.map((end) => end * coordinates.unit);
    return [holding(first, u), holding(coordinates.standardised ? ranges.level : ranges.b, v)];
  }

  draw(game, theme) {
    const ranges = game.grabbed && this.ranges ? this.ranges : this.settleRanges(game);
    const state = JSON.stringify([ranges, game.coordinates.standardised, game.showsLevels, game.key, theme]);
    if (state !== this.state) {
      Object.assign(this, { ranges, state });
      this.frame(game, theme);
    }
    const { plot } = this;
    plot.begin();
    this.drawWay(game.trail, game, { color: theme.series[3], width: 1.5, alpha: 0.55 });
    if (game.sgd) {
      this.drawWay(game.sgd, game, { color: theme.series[0], width: 2, dash: [2, 3] });
      this.mark(game, game.sgd.at(-1), { color: theme.series[0], shape: "cross", size: 6, width: 3 });
    }
    if (game.showsAnswer) this.mark(game, game.best, { color: theme.series[1], shape: "diamond", size: 7 });
    this.drawDownhill(game, theme);
    this.mark(game, game.hand, { color: theme.background, size: 8.5 });
    this.mark(game, game.hand, { color: theme.series[3], size: 6.5 });
    plot.end();
  }

  mark(game, place, style) {
    const [u, v] = game.coordinates.fromTable(...place);
    this.plot.dots([u], [v], style);
  }

  drawWay(places, game, style) {
    const drawn = places.map(([w, b]) => game.coordinates.fromTable(w, b)).filter(([u, v]) => this.isNear(u, v));
    this.plot.line(drawn.map((place) => place[0]), drawn.map((place) => place[1]), style);
  }

  isNear(u, v) {
    const { x, y } = this.plot;
    return Math.abs(x.scale.share(u)) < BEYOND && Math.abs(y.scale.share(v)) < BEYOND;
  }

  drawDownhill(game, theme) {
    const { plot } = this;
    const [slopeU, slopeV] = game.coordinates.gradient(...game.hand);
    const stride = STRIDE / game.coordinates.curvature;
    const [u, v] = game.coordinates.fromTable(...game.hand);
    const right = plot.px(u - stride * slopeU) - plot.px(u);
    const down = plot.py(v - stride * slopeV) - plot.py(v);
    const length = Math.hypot(right, down);
    if (!(length > 0) || !Number.isFinite(length)) return;
    const factor = (Math.min(Math.max(length, ARROW[0]), ARROW[1]) / length) * stride;
    plot.arrow(u, v, u - factor * slopeU, v - factor * slopeV, { color: theme.text, width: 2.5 });
  }

  /* Every contour has a quarter of the gap of the one around it; the largest goes through a corner. */
  drawLevels(plot, game, theme) {
    const { coordinates, model } = game;
    const [acrossRange, upRange] = this.ranges;
    const corners = acrossRange.flatMap((u) => upRange.map((v) => model.gap(...coordinates.toTable(u, v))));
    const highest = Math.max(...corners);
    if (!(highest > 0 && highest < Infinity)) return;
    this.shade(plot, game, theme, highest);
    for (let inside = 1; inside <= game.ranges.levels; inside++)
      for (const [us, vs] of coordinates.levelLines(highest / 4 ** inside, ...acrossRange))
        plot.line(us, vs, { color: theme.text, alpha: 0.4, width: 1 });
  }

  shade(plot, game, theme, highest) {
    const sheet = document.createElement("canvas");
    sheet.width = Math.max(Math.floor(plot.across / GRAIN), 1);
    sheet.height = Math.max(Math.floor(plot.up / GRAIN), 1);
    const pen = sheet.getContext("2d");
    pen.fillStyle = theme.primary;
    pen.fillRect(0, 0, 1, 1);
    const [red, green, blue] = pen.getImageData(0, 0, 1, 1).data;
    const image = pen.createImageData(sheet.width, sheet.height);
    for (let row = 0, place = 0; row < sheet.height; row++)
      for (let column = 0; column < sheet.width; column++, place += 4) {
        const u = plot.x.scale.value((column + 0.5) / sheet.width);
        const v = plot.y.scale.value(1 - (row + 0.5) / sheet.height);
        const gap = game.model.gap(...game.coordinates.toTable(u, v));
        const depth = Math.log(highest / gap) / Math.log(4) / game.ranges.levels;
        image.data.set([red, green, blue, 170 * Math.min(Math.max(depth, 0), 1)], place);
      }
    pen.putImageData(image, 0, 0);
    plot.context.drawImage(sheet, plot.left, plot.top, plot.across, plot.up);
  }

  /* Return what a pointer moves that is put down here: the hand, or null if it has not hit it. */
  grab(game, event) {
    const [u, v] = game.coordinates.fromTable(...game.hand);
    const spot = this.plot.spot(event);
    const offset = [this.plot.px(u) - spot[0], this.plot.py(v) - spot[1]];
    if (Math.hypot(...offset) > (event.pointerType === "touch" ? 28 : 18)) return null;
    return (now) => {
      const [x, y] = [now.clientX + offset[0], now.clientY + offset[1]];
      game.drag(...game.coordinates.toTable(...this.plot.at({ clientX: x, clientY: y })));
    };
  }
}
