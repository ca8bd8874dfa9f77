/* The rows with the line and its residuals, and two curves over the number that moves it: loss and likelihood. */

import { Plot } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";

const NEAR_LINE = 18; // pixels within which the line is hit
const NEAR_ROW = 16;
const MOST_SQUARES = 12; // rows; squares of more would cover each other
const POINTS = 160;
const ROOM = 56; // pixels for the labels of y: both curves stand above one another

export class RowsPicture {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  draw(game, theme) {
    const { model, at, words, lit } = game;
    this.plot.fit();
    const state = JSON.stringify([game.version, theme, words.y]);
    if (state !== this.state || this.plot.stale) {
      this.state = state;
      const [low, high] = extent(model.y);
      const size = Math.max(high - low, 1);
      this.plot.frame({
        x: { scale: linearScale(...extent(model.x), 0.12), title: words.x },
        y: { scale: linearScale(low - 0.35 * size, high + 0.35 * size), title: words.y },
        theme,
      });
    }
    const { plot } = this;
    const [blue, orange, green] = theme.series;
    plot.begin();
    this.drawLine(model, model.best, { color: green, width: 2, dash: [7, 5] });
    for (let row = 0; row < model.n; row++) {
      const [x, y, there] = [model.x[row], model.y[row], model.prediction(row, at)];
      const on = lit.has(`row${row}`);
      if (model.n <= MOST_SQUARES) plot.square(x, y, there, { color: orange, fill: orange, alpha: on ? 0.4 : 0.12, width: 0 });
      plot.line([x, x], [y, there], { color: orange, width: on ? 5 : 1.5, alpha: on ? 1 : 0.75 });
    }
    this.drawLine(model, at, { color: blue, width: 3 });
    plot.dots(model.x, model.y, { color: theme.text, size: model.n > 100 ? 2.5 : 4.5 });
    const row = game.litRow();
    if (row >= 0) plot.dots([model.x[row]], [model.y[row]], { color: orange, size: 8 });
    plot.end();
  }

  drawLine(model, at, style) {
    const { low, high } = this.plot.x.scale;
    const [level, slope] = model.affine(at);
    this.plot.line([low, high], [level + slope * low, level + slope * high], style);
  }

  /* Return how the line moves with a pointer put down on it, or null. Near the middle, a slope cannot be read off. */
  grab(game, event) {
    const { model } = game;
    const [x] = this.plot.at(event);
    const [level, slope] = model.affine(game.at);
    if (Math.abs(this.plot.spot(event)[1] - this.plot.py(level + slope * x)) > NEAR_LINE) return null;
    return (now) => {
      const [right, up] = this.plot.at(now);
      const lever = model.lever(right);
      const least = 0.05 * (this.plot.x.scale.high - this.plot.x.scale.low);
      if (!model.isSlope) game.move(up);
      else if (Math.abs(lever) > least) game.move((up - model.centre) / lever);
    };
  }

  rowAt({ model }, event) {
    const spot = this.plot.spot(event);
    let best = [NEAR_ROW, -1];
    for (let row = 0; row < model.n; row++) {
      const far = Math.hypot(spot[0] - this.plot.px(model.x[row]), spot[1] - this.plot.py(model.y[row]));
      if (far < best[0]) best = [far, row];
    }
    return best[1];
  }
}

/* A curve over the number that is moved, with a dot where it is and a rule at the exact optimum. */
export class CurveOver {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  /* `value(at)` is the curve's height, `title` its name. Return its heights. */
  draw(game, theme, value, title, color) {
    this.plot.fit();
    const state = JSON.stringify([game.version, title, theme]);
    if (state !== this.state || this.plot.stale) {
      this.state = state;
      const [low, high] = game.range;
      this.ats = Array.from({ length: POINTS + 1 }, (_, n) => low + ((high - low) * n) / POINTS);
      this.heights = this.ats.map(value).map((height) => (Number.isFinite(height) ? height : NaN));
      const [least, most] = extent(this.heights);
      const flat = !(most > least);
      this.plot.frame({
        x: { scale: linearScale(low, high), title: game.words.at },
        y: { scale: flat ? linearScale(0, 1) : linearScale(Math.min(least, 0) === 0 ? 0 : least, most, 0.06), title },
        theme,
        room: ROOM,
      });
    }
    const { plot } = this;
    plot.begin();
    plot.rule({ x: game.model.best }, { color: theme.series[2], width: 2, dash: [7, 5] });
    plot.line(this.ats, this.heights, { color, width: 2.5 });
    const here = value(game.at);
    plot.rule({ x: game.at }, { color: theme.series[0], width: 1.5 });
    if (Number.isFinite(here)) plot.dots([game.at], [here], { color: theme.series[0], size: 7 });
    plot.end();
    return this.heights;
  }

  grab(game, event) {
    const [x, y] = this.plot.at(event);
    const { x: across, y: up } = this.plot;
    const inside = across.scale.share(x) > -0.02 && across.scale.share(x) < 1.02 && up.scale.share(y) > 0;
    return inside ? (now) => game.move(this.plot.at(now)[0]) : null;
  }
}
