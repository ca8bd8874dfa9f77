/* Two vectors of the plane as arrows, their sum, and a ball. The tips of both can be dragged. */

import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { normOf, plus, sphere, times } from "./model.js";

export const NEAR_TIP = 22; // pixels within which a tip is hit
const NAMES = ["x", "y"];

export class NormsPlane {
  constructor(canvas) {
    this.plot = new Plot(canvas);
    this.chosen = "y";
  }

  /* The largest distance from 0 that is drawn. */
  reach(game) {
    const { x, y, factor, ball } = game;
    const shown = [x, y, plus(x, y), ball ? [1.45, 1.45] : times(factor, x)];
    const far = Math.max(...shown.flat().map(Math.abs), ball ? 0 : normOf(x, Infinity));
    return 1.15 * (far || 1);
  }

  frame(game, theme) {
    const { plot } = this;
    const ratio = (plot.across ?? Math.max(plot.width - 50, 20)) / (plot.up ?? Math.max(plot.height - 74, 20));
    if (!game.grabbed || !this.far) this.far = this.reach(game);
    const state = JSON.stringify([this.far, ratio, theme, game.words.first]);
    if (state === this.state && !plot.stale) return;
    this.state = state;
    const wide = [this.far * Math.max(ratio, 1), this.far * Math.max(1 / ratio, 1)];
    plot.frame({
      x: { scale: linearScale(-wide[0], wide[0]), title: game.words.first },
      y: { scale: linearScale(-wide[1], wide[1]), title: game.words.second },
      theme,
      still: () => {
        plot.rule({ x: 0 }, { color: theme.quiet, width: 1 });
        plot.rule({ y: 0 }, { color: theme.quiet, width: 1 });
      },
    });
  }

  draw(game, theme) {
    this.frame(game, theme);
    const { plot } = this;
    plot.begin();
    plot.end();
    this.frame(game, theme); // again if the width of the labels changed
    plot.begin();
    this.drawBall(game, theme);
    if (game.ball) this.drawMiddle(game, theme);
    this.drawArrows(game, theme);
    plot.end();
  }

  drawBall(game, theme) {
    const { plot } = this;
    const radius = game.ball ? 1 : normOf(game.x, game.p);
    const [xs, ys] = sphere(game.p, radius);
    plot.line(xs, ys, { color: theme.series[2], fill: theme.series[2], alpha: 0.13, width: 0 });
    plot.line(xs, ys, { color: theme.series[2], width: 2 });
  }

  /* The midpoint of two points of the ball: inside it for a norm. */
  drawMiddle(game, theme) {
    const { plot } = this;
    const { x, y } = game;
    const middle = times(0.5, plus(x, y));
    plot.line([x[0], y[0]], [x[1], y[1]], { color: theme.text, width: 1.5, dash: [2, 3] });
    plot.dots([middle[0]], [middle[1]], { color: theme.text, fill: theme.background, size: 6, shape: "diamond", width: 2 });
  }

  drawArrows(game, theme) {
    const { plot } = this;
    const { x, y } = game;
    const sum = plus(x, y);
    const [blue, orange, , pink] = theme.series;
    if (!game.ball) {
      const scaled = times(game.factor, x);
      plot.arrow(0, 0, ...scaled, { color: blue, alpha: 0.35, width: 8 });
      this.label("αx", scaled, blue, -1);
    }
    this.arrow([0, 0], sum, { color: pink, width: 3 }, [2, 4]);
    this.arrow(x, sum, { color: orange, width: 1.5 }, [7, 4]);
    this.arrow([0, 0], x, { color: blue, width: 3 }, []);
    this.arrow([0, 0], y, { color: orange, width: 3 }, [7, 4]);
    this.label("x + y", sum, pink, 1);
    this.tip(x, blue, theme, this.chosen === "x");
    this.tip(y, orange, theme, this.chosen === "y");
    this.label("x", x, blue, 1);
    this.label("y", y, orange, 1);
  }

  /* An arrow whose shaft may be dashed while its head is solid. */
  arrow(from, to, style, dash) {
    const { plot } = this;
    plot.line([from[0], to[0]], [from[1], to[1]], { ...style, dash });
    const length = Math.hypot(plot.px(to[0]) - plot.px(from[0]), plot.py(to[1]) - plot.py(from[1]));
    const back = Math.min(1, 15 / length);
    plot.arrow(...to.map((value, place) => value + back * (from[place] - value)), ...to, style);
  }

  label(words, [x, y], color, side) {
    const right = x === 0 && y === 0 ? 12 : 14 * Math.sign(x || 1) * side;
    this.plot.text(words, x, y, {
      color, weight: 700, size: 14, right, down: -12 * Math.sign(y || 1) * side, align: right < 0 ? "right" : "left",
    });
  }

  tip([x, y], color, theme, chosen) {
    const pen = this.plot.ink({ color, fill: theme.background, width: chosen ? 3.5 : 2 });
    pen.beginPath();
    pen.arc(this.plot.px(x), this.plot.py(y), 7, 0, 2 * Math.PI);
    pen.fill();
    pen.stroke();
  }

  /* Return how the vectors move with a pointer put down here, or null if it hit no tip. */
  grab(game, event) {
    const spot = this.plot.spot(event);
    const far = (name) => {
      const [x, y] = game[name];
      return Math.hypot(spot[0] - this.plot.px(x), spot[1] - this.plot.py(y));
    };
    const name = far("y") <= far("x") ? "y" : "x";
    if (!(far(name) < NEAR_TIP)) return null;
    return (now) => {
      this.chosen = name;
      game.move(name, this.plot.at(now).map((value) => this.snapped(value)));
    };
  }

  snapped(value) {
    const unit = 5 * 10 ** (Math.floor(Math.log10(this.far)) - 2);
    return Number((Math.round(value / unit) * unit).toPrecision(12));
  }

  /* Move the chosen tip by an arrow key, or choose the other one; return whether the key was handled. */
  press(game, key) {
    if (key === " " || key === "Enter") {
      this.chosen = NAMES[1 - NAMES.indexOf(this.chosen)];
      return true;
    }
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    if (!way) return false;
    const unit = 10 ** Math.floor(Math.log10(this.far)) / 10;
    game.move(this.chosen, game[this.chosen].map((value, place) => this.snapped(value + unit * way[place])));
    return true;
  }
}
