/* The rows and the line of the hand, which can be moved at its middle and turned at its ends. */

import { Plot } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";
import { holding } from "./model.js";

const NEAR_HANDLE = 20; // pixels within which a handle is meant
const NEAR_LINE = { mouse: 12, touch: 24 };
const HANDLES = { left: 0.1, middle: 0.5, right: 0.9 }; // shares of the part of the line that can be seen

export class LinePlot {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  /* Reset the plot: rows, titles or colours have changed. */
  reset() {
    this.state = null;
  }

  frame(game, theme, heights) {
    const { rows } = game;
    const size = rows.x.length > 300 ? 2.2 : 3.2;
    this.plot.frame({
      x: { scale: this.across(game), title: game.feature },
      y: { scale: linearScale(...heights), title: game.label },
      theme,
      still: (plot) => plot.dots(rows.x, rows.y, { color: theme.quiet, alpha: 0.75, size }),
    });
  }

  across(game) {
    return linearScale(...game.ranges.x, 0.06);
  }

  /* What to show of y: all rows, and the middle of the line, wherever it has gone. */
  heights(game) {
    const rows = linearScale(...game.ranges.y, 0.12);
    const [w, b] = game.hand;
    if (crossing(w, b, this.across(game), rows)) return [rows.low, rows.high];
    return holding([rows.low, rows.high], w * game.model.xMean + b);
  }

  draw(game, theme) {
    if (!game.grabbed || !this.state) {
      const heights = this.heights(game);
      const state = JSON.stringify([heights, theme]);
      if (state !== this.state) {
        this.state = state;
        this.frame(game, theme, heights);
      }
    }
    const { plot } = this;
    plot.begin();
    if (game.residuals !== "nothing") this.drawResiduals(game, theme);
    const ends = [plot.x.scale.low, plot.x.scale.high];
    for (const { w, b, style } of game.lines(theme)) plot.line(ends, ends.map((end) => w * end + b), style);
    this.drawHandles(game, theme);
    plot.end();
  }

  drawResiduals(game, theme) {
    const { plot } = this;
    const [w, b] = game.hand;
    const { x, y } = game.rows;
    const squares = game.residuals === "squares";
    const alpha = Math.min(Math.max(5 / x.length, 0.012), 0.2);
    const style = { color: theme.series[3], fill: theme.series[3], alpha, width: 0 };
    const edge = { color: theme.series[3], alpha: Math.min(Math.max(60 / x.length, 0.1), 0.6), width: 1 };
    for (let row = 0; row < x.length; row++) {
      const there = w * x[row] + b;
      if (squares) plot.square(x[row], y[row], there, style);
      plot.line([x[row], x[row]], [y[row], there], edge);
    }
  }

  drawHandles(game, theme) {
    const places = this.handles(game);
    if (!places) return;
    for (const [name, { x, y }] of Object.entries(places)) {
      const style = { color: theme.series[3], fill: theme.background, width: 2.5 };
      const pen = this.plot.ink(style);
      pen.beginPath();
      if (name === "middle") pen.rect(x - 6, y - 6, 12, 12);
      else pen.arc(x, y, 7, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
  }

  /* Where the handles are, in pixels; null where no part of the line can be seen. */
  handles(game) {
    const { plot } = this;
    const seen = crossing(...game.hand, plot.x.scale, plot.y.scale);
    if (!seen) return null;
    const place = (share) => {
      const at = seen[0] + share * (seen[1] - seen[0]);
      return { x: plot.px(at), y: plot.py(game.hand[0] * at + game.hand[1]), at };
    };
    return Object.fromEntries(Object.entries(HANDLES).map(([name, share]) => [name, place(share)]));
  }

  /* Return what a pointer moves that is put down here: the line, up or about one end; null if it has not hit it. */
  grab(game, event) {
    const places = this.handles(game);
    if (!places) return null;
    const spot = this.plot.spot(event);
    const name = this.meant(places, spot, event.pointerType);
    if (!name) return null;
    const [w, b] = game.hand;
    const from = this.plot.at(event);
    if (name === "middle") return (now) => game.drag(w, b + this.plot.at(now)[1] - from[1]);
    const [held, other] = name === "left" ? [places.left, places.right] : [places.right, places.left];
    const pivot = [other.at, w * other.at + b];
    const heldAt = name === "left" ? Math.min(from[0], held.at) : Math.max(from[0], held.at);
    const least = (0.1 * (this.plot.x.scale.high - this.plot.x.scale.low)) * Math.sign(heldAt - pivot[0]);
    const height = w * from[0] + b - from[1]; // the pointer may be slightly off the line
    return (now) => {
      const [x, y] = this.plot.at(now);
      const apart = Math.abs(x - pivot[0]) > Math.abs(least) && Math.sign(x - pivot[0]) === Math.sign(least);
      const slope = game.snapped((y + height - pivot[1]) / (apart ? x - pivot[0] : least), "w");
      game.drag(slope, pivot[1] - slope * pivot[0]);
    };
  }

  meant(places, spot, pointer) {
    for (const [name, { x, y }] of Object.entries(places)) if (Math.hypot(spot[0] - x, spot[1] - y) < NEAR_HANDLE) return name;
    const { left, right } = places;
    const [across, up] = [right.x - left.x, right.y - left.y];
    const length = Math.hypot(across, up) || 1;
    const apart = Math.abs((spot[0] - left.x) * up - (spot[1] - left.y) * across) / length;
    if (apart > (pointer === "touch" ? NEAR_LINE.touch : NEAR_LINE.mouse)) return null;
    const share = ((spot[0] - left.x) * across + (spot[1] - left.y) * up) / length ** 2;
    return share < 0.25 ? "left" : share > 0.75 ? "right" : "middle";
  }
}

/* The range of x in which the line is inside the area; null if there is none. */
function crossing(w, b, x, y) {
  let [from, to] = [x.low, x.high];
  if (w !== 0) {
    const ends = [(y.low - b) / w, (y.high - b) / w];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  } else if (b < y.low || b > y.high) return null;
  return to > from ? [from, to] : null;
}
