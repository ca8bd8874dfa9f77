/* The picture of supervised learning: features on the axis, labelled rows, lines, predictions and true labels. */

import { Plot } from "../shared/plot.js";
import { extent, linearScale } from "../shared/scales.js";

const NEAR_DOT = 14; // pixels within which a row is pointed at

export class SupervisedPlane {
  constructor(canvas) {
    this.plot = new Plot(canvas);
  }

  take(data) {
    this.data = data;
    this.state = null;
    const labels = [...data.drawn, ...data.asked].map((row) => row.y);
    const near = extent(labels);
    const room = near[1] - near[0] || Math.abs(near[0]) || 1;
    const guesses = data.asked.map((row) => row.guess).filter((guess) => Math.abs(guess - near[0]) < 3 * room);
    this.across = linearScale(...extent(data.all, data.drawn.map((row) => row.x)), 0.06);
    this.up = linearScale(...extent(labels, guesses), 0.16);
  }

  frame(theme) {
    const { plot, data } = this;
    plot.fit();
    const state = JSON.stringify([theme, plot.width, plot.height]);
    if (state === this.state && !plot.stale) return;
    this.state = state;
    plot.frame({ x: { scale: this.across, title: data.feature }, y: { scale: this.up, title: data.label }, theme });
  }

  draw(scene, theme) {
    this.scene = scene;
    this.frame(theme);
    const { plot, data } = this;
    const { lit } = scene.twins;
    const [blue, orange, green, pink] = theme.series;
    plot.begin();
    const bottom = this.up.low + 0.025 * (this.up.high - this.up.low);
    const marks = (xs, style) => plot.dots(xs, xs.map(() => bottom), style);
    marks(data.all, { color: theme.quiet, alpha: 0.35, size: 3 });
    if (scene.reached("family") && !scene.reached("step") || lit.has("family")) {
      for (const line of data.family) this.line(line, { color: green, alpha: lit.has("family") ? 0.8 : 0.5, width: lit.has("family") ? 2 : 1.5 });
    }
    data.path.forEach((line, n) => {
      if (lit.has(`step-${n}`) || lit.has(`loss-${n}`)) this.line(line, { color: green, width: 1.5, alpha: 0.9 });
    });
    const { line } = scene;
    if (scene.reached("draw")) marks(data.drawn.map((row) => row.x), { color: blue, size: 4 });
    if (scene.frame.kind === "step" || lit.has("loss")) this.stems(data.drawn, (row) => row.y, line, orange);
    if (scene.reached("exact")) this.line(data.exact, { color: theme.text, width: lit.has("exact") ? 4 : 2, dash: [7, 5] });
    if (line) this.line(line, { color: orange, width: lit.has("model") ? 5 : 2.5 });
    if (scene.reached("label")) plot.dots(data.drawn.map((row) => row.x), data.drawn.map((row) => row.y), { color: blue, size: 4.5 });
    if (scene.reached("predict")) this.predictions(scene, pink, theme);
    data.drawn.forEach((row, n) => this.light(row, `d${n}`, lit, theme, bottom));
    data.asked.forEach((row, n) => this.light(row, `a${n}`, lit, theme, bottom));
    plot.end();
  }

  predictions(scene, color, theme) {
    const { plot, data } = this;
    const [xs, guesses] = [data.asked.map((row) => row.x), data.asked.map((row) => row.guess)];
    if (scene.reached("truth")) {
      for (const row of data.asked) plot.line([row.x, row.x], [row.guess, row.y], { color, width: 1.5, dash: [3, 3] });
      plot.dots(xs, data.asked.map((row) => row.y), { color, size: 5, shape: "ring", width: 2 });
    }
    plot.dots(xs, guesses, { color, fill: theme.background, size: 6, shape: "diamond", width: 2 });
  }

  stems(rows, height, line, color) {
    if (!line) return;
    for (const row of rows) this.plot.line([row.x, row.x], [height(row), line[0] * row.x + line[1]], { color, width: 1, alpha: 0.8 });
  }

  line([w, b], style) {
    const ends = [this.across.low, this.across.high];
    this.plot.line(ends, ends.map((x) => w * x + b), style);
  }

  /* Rings and rules around a row, its feature or its label, where one of them is lit. */
  light(row, name, lit, theme, bottom) {
    const { plot } = this;
    const shows = this.scene.reached(name[0] === "d" ? "label" : "predict");
    const y = name[0] === "d" || this.scene.reached("truth") ? row.y : row.guess;
    const ring = (height) => plot.dots([row.x], [height], { color: theme.text, size: 9, shape: "ring", width: 2 });
    const whole = lit.has(`row-${name}`);
    if (whole || lit.has(`x-${name}`)) ring(bottom);
    if (!shows) return;
    if (whole || lit.has(`y-${name}`) || lit.has(`guess-${name}`) || lit.has(`error-${name}`)) ring(lit.has(`guess-${name}`) ? row.guess : y);
    if (lit.has(`y-${name}`)) plot.line([this.across.low, row.x], [y, y], { color: theme.text, width: 1, dash: [2, 3] });
    if (lit.has(`x-${name}`)) plot.line([row.x, row.x], [bottom, y], { color: theme.text, width: 1, dash: [2, 3] });
  }

  /* The names of what a pointer is over: the nearest row, or the line. */
  under(event) {
    const { plot, data, scene } = this;
    if (!scene?.reached("label")) return [];
    const [right, down] = plot.spot(event);
    const places = [
      ...data.drawn.map((row, n) => [`row-d${n}`, row.x, row.y]),
      ...(scene.reached("predict") ? data.asked.map((row, n) => [`row-a${n}`, row.x, row.guess]) : []),
      ...(scene.reached("truth") ? data.asked.map((row, n) => [`row-a${n}`, row.x, row.y]) : []),
    ].map(([name, x, y]) => [name, Math.hypot(right - plot.px(x), down - plot.py(y))]);
    places.sort((one, other) => one[1] - other[1]);
    if (places[0]?.[1] < NEAR_DOT) return [places[0][0]];
    const { line } = scene;
    const [x] = plot.at(event);
    return line && Math.abs(plot.py(line[0] * x + line[1]) - down) < NEAR_DOT / 2 ? ["model"] : [];
  }
}
