/* The fit at one step: a line through the rows, a slice along one feature of many, or predictions against truth. */

import { make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { extent, linearScale } from "../shared/scales.js";
import { Panel, SQUARES } from "./panels.js";

export class FitPanel extends Panel {
  constructor(redraw) {
    super("fit");
    this.redraw = redraw;
    this.choice = make("select", { class: "slice" });
    this.head.append(this.choice);
    this.choice.addEventListener("change", () => {
      this.frameAxes();
      this.redraw();
    });
  }

  load(run, theme) {
    Object.assign(this, { run, theme });
    const words = run.words.fit;
    this.heading.textContent = words.title;
    const chosen = this.choice.value;
    const slices = run.names.map((feature, j) => make("option", { value: j }, say(words.slice, { feature })));
    this.choice.replaceChildren(make("option", { value: "" }, words.truth), ...slices);
    this.choice.setAttribute("aria-label", words.show);
    this.choice.hidden = run.features === 1;
    this.choice.value = run.features === 1 ? "0" : Number(chosen) < run.features ? chosen : "";
    const all = run.words.fit.drawn;
    const thin = run.rows_in_all > run.drawn ? say(all, { shown: written(run.drawn), rows: written(run.rows_in_all, 12) }) : "";
    this.note.textContent = [run.drawn > SQUARES ? words.some : words.note, thin].filter(Boolean).join(" ");
    this.xs = new Float64Array(run.row.length);
    this.ys = new Float64Array(run.row.length);
    this.frameAxes();
  }

  get feature() {
    return this.choice.value === "" ? null : Number(this.choice.value);
  }

  /* Choose the axes once for all frames: they hold the rows at the start and at the closed form. */
  frameAxes() {
    const { run, theme, feature } = this;
    const words = run.words.fit;
    const slice = feature !== null;
    const place = (frame) => {
      this.locate(frame);
      const shown = run.everyRow;
      return extent(this.ys.subarray(0, run.drawn), slice ? shown.map((at) => this.modelAt(at, frame)) : []);
    };
    const truth = extent(run.truth.subarray(0, run.drawn));
    const wide = extent(truth, place(null));
    run.compute(0);
    const start = extent(wide, place(0));
    const kept = start[1] - start[0] < 4 * (wide[1] - wide[0]) ? start : wide;
    const name = slice ? run.names[feature] : words.true_label;
    const upright = slice ? (run.features === 1 ? words.label : say(words.rest, { label: words.label })) : words.predicted_label;
    this.canvas.setAttribute("aria-label", slice ? say(words.canvas_slice, { feature: name }) : words.canvas_truth);
    this.explain([
      slice ? ["line", theme.series[0], words.model] : ["dot", theme.quiet, words.row],
      ["dash", slice ? theme.series[1] : theme.quiet, slice ? words.closed_form : words.right],
      ["lit", theme.series[0], words.lit],
    ]);
    this.plot.frame({
      x: { scale: linearScale(...extent(this.xs.subarray(0, run.drawn)), 0.05), title: name },
      y: { scale: linearScale(...kept, 0.05), title: upright },
      theme,
      still: (plot) => {
        if (slice) this.drawLine(plot, null, { color: theme.series[1], width: 2, dash: [6, 4] });
        else plot.line([-1e30, 1e30], [-1e30, 1e30], { color: theme.quiet, width: 1.5, dash: [6, 4] });
      },
    });
  }

  /* Find where every row lies at a frame (run.compute was called), or at the closed form. */
  locate(frame) {
    const { run, feature, xs, ys } = this;
    const errors = frame === null ? run.residual : run.errors;
    const [slope, height] = feature === null ? [0, 0] : run.line(feature, frame);
    for (let place = 0; place < xs.length; place++) {
      if (feature === null) {
        xs[place] = run.truth[place];
        ys[place] = run.truth[place] + errors[place];
      } else {
        const z = run.z[place * run.features + feature];
        xs[place] = run.centre[feature] + run.spread[feature] * z;
        ys[place] = run.features === 1 ? run.truth[place] : height + slope * z - errors[place];
      }
    }
  }

  /* Where the model is for a row: on the line, or on the diagonal where the prediction would be right. */
  modelAt(place, frame = 0) {
    const errors = frame === null ? this.run.residual : this.run.errors;
    return this.feature === null ? this.run.truth[place] : this.ys[place] + errors[place];
  }

  drawLine(plot, frame, style) {
    const { run, feature } = this;
    const [slope, height] = run.line(feature, frame);
    const ends = [plot.x.scale.low, plot.x.scale.high];
    const model = (x) => height + (slope * (x - run.centre[feature])) / run.spread[feature];
    plot.line(ends, ends.map(model), style);
  }

  draw(frame) {
    const { plot, run, theme } = this;
    const lit = run.minibatch(frame);
    this.locate(frame);
    plot.begin();
    this.drawSquares(plot, run.everyRow, { fill: theme.quiet, color: theme.quiet, alpha: 0.16, width: 0 });
    plot.dots(this.xs, this.ys, { color: theme.quiet, size: 2.6, alpha: 0.6 }, 0, run.drawn);
    this.drawSquares(plot, lit, { fill: theme.series[0], color: theme.series[0], alpha: 0.12, width: 1 });
    if (this.feature !== null) this.drawLine(plot, frame, { color: theme.series[0], width: 2.5 });
    if (lit.length < run.drawn)
      plot.dots(this.xs, this.ys, { fill: theme.background, color: theme.series[0], size: 4.5, width: 2, shape: "diamond" },
        0, lit.length, lit);
    plot.end();
  }

  drawSquares(plot, places, style) {
    const every = Math.max(places.length / SQUARES, 1);
    for (let i = 0; i < places.length; i += every) {
      const place = places[Math.floor(i)];
      plot.square(this.xs[place], this.ys[place], this.modelAt(place), style);
    }
  }
}
