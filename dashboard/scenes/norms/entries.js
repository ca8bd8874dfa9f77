/* Two vectors of any length, entry by entry: x, y and their sum side by side. The entries of y can be dragged. */

import { Plot } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";
import { plus, times } from "./model.js";
import { NEAR_TIP } from "./plane.js";

const MARKS = { x: ["dot", -0.22], y: ["diamond", 0], sum: ["ring", 0.22] };

export class NormsEntries {
  constructor(canvas) {
    this.plot = new Plot(canvas);
    this.chosen = 0;
  }

  /* As many entries as stay distinguishable. */
  count(game) {
    return Math.min(game.x.length, 40);
  }

  frame(game, theme) {
    const count = this.count(game);
    if (!game.grabbed || !this.range) {
      const values = [game.x, game.y, plus(game.x, game.y), times(game.factor, game.x)].map((some) => some.slice(0, count));
      this.range = extent([0], ...values);
    }
    const state = JSON.stringify([this.range, count, theme, game.words.entry]);
    if (state === this.state && !this.plot.stale) return;
    this.state = state;
    const across = linearScale(0.5, count + 0.5);
    const wide = Math.ceil(count / 10);
    across.ticks = () => Array.from({ length: Math.floor((count - 1) / wide) + 1 }, (_, place) => ({
      value: 1 + place * wide, label: String(1 + place * wide),
    }));
    this.plot.frame({
      x: { scale: across, title: game.words.entry },
      y: { scale: linearScale(...this.range, 0.12), title: game.words.value },
      theme,
      still: (plot) => plot.rule({ y: 0 }, { color: theme.quiet, width: 1 }),
    });
  }

  draw(game, theme) {
    this.frame(game, theme);
    const { plot } = this;
    const count = this.count(game);
    this.chosen = Math.min(this.chosen, count - 1);
    const [blue, orange, , pink] = theme.series;
    const shown = { x: [game.x, blue], y: [game.y, orange], sum: [plus(game.x, game.y), pink] };
    plot.begin();
    for (let place = 0; place < count; place++) {
      const scaled = game.factor * game.x[place];
      plot.line([place + 0.78, place + 0.78], [0, scaled], { color: blue, alpha: 0.35, width: 8 });
      for (const [name, [values, color]] of Object.entries(shown)) {
        const [shape, aside] = MARKS[name];
        const at = place + 1 + aside;
        plot.line([at, at], [0, values[place]], { color, width: 2, dash: name === "y" ? [7, 4] : name === "sum" ? [2, 4] : [] });
        const size = name === "y" && place === this.chosen ? 8 : 5.5;
        plot.dots([at], [values[place]], { color, shape, size, width: 2 });
      }
    }
    plot.end();
  }

  grab(game, event) {
    const spot = this.plot.spot(event);
    let best = [NEAR_TIP, -1];
    for (let place = 0; place < this.count(game); place++) {
      const far = Math.hypot(spot[0] - this.plot.px(place + 1), spot[1] - this.plot.py(game.y[place]));
      if (far < best[0]) best = [far, place];
    }
    if (best[1] < 0) return null;
    return (now) => {
      this.chosen = best[1];
      this.set(game, this.plot.at(now)[1]);
    };
  }

  get unit() {
    const size = Math.max(Math.abs(this.range[0]), Math.abs(this.range[1])) || 1;
    return 5 * 10 ** (Math.floor(Math.log10(size)) - 2);
  }

  set(game, value) {
    const y = [...game.y];
    y[this.chosen] = Number((Math.round(value / this.unit) * this.unit).toPrecision(12));
    game.move("y", y);
  }

  press(game, key) {
    const last = this.count(game) - 1;
    if (key === "ArrowLeft" || key === "ArrowRight") {
      this.chosen = Math.min(Math.max(this.chosen + (key === "ArrowRight" ? 1 : -1), 0), last);
      return true;
    }
    if (key !== "ArrowUp" && key !== "ArrowDown") return false;
    this.set(game, game.y[this.chosen] + (key === "ArrowUp" ? 2 : -2) * this.unit);
    return true;
  }
}
