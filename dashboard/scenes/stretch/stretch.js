/* The effect of a 2 × 2 matrix on vectors of length 1: the circle becomes an ellipse. The vector is rotated here, by
   dragging or by its slider, without a call to the server. */

import "../shared/scene.css";
import "./stretch.css";
import { normOf, sphere } from "../norms/model.js";
import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { Plot, themeOf } from "../shared/plot.js";
import { linearScale } from "../shared/scales.js";

const NEAR_CIRCLE = 26; // pixels within which a tip is hit

class Stretch {
  constructor(root) {
    this.canvas = make("canvas", { role: "img" });
    this.plot = new Plot(this.canvas);
    this.angle = 30;
    this.slider = make("input", { type: "range", min: 0, max: 360, step: 1, class: "slider-angle" });
    this.slider.addEventListener("input", () => this.turn(this.slider.valueAsNumber));
    this.said = make("p", { class: "said" });
    this.aloud = new Aloud();
    this.title = make("h2");
    this.legend = make("p", { class: "quiet" });
    this.box = make("div", { class: "moving stretch" }, this.title, this.canvas, this.slider, this.said, this.legend, this.aloud.root);
    root.append(this.box);
    listen(this, this.canvas, (event) => this.grab(event));
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  update({ data }) {
    Object.assign(this, data);
    this.state = null;
    this.title.textContent = this.words.title;
    this.legend.textContent = this.words.legend;
    this.slider.ariaLabel = this.words.angle;
    this.schedule();
  }

  turn(angle) {
    this.angle = ((Math.round(angle) % 360) + 360) % 360;
    this.schedule();
    this.aloud.say(() => this.said.textContent);
  }

  get x() {
    const turned = (this.angle * Math.PI) / 180;
    return [Math.cos(turned), Math.sin(turned)];
  }

  image([first, second]) {
    return this.matrix.map((row) => row[0] * first + row[1] * second);
  }

  /* Return the vector that a pointer put down here rotates, or null if it is near neither tip. */
  grab(event) {
    const spot = this.plot.spot(event);
    const near = ([x, y]) => Math.hypot(spot[0] - this.plot.px(x), spot[1] - this.plot.py(y)) < NEAR_CIRCLE;
    if (!near(this.x) && !near(this.image(this.x))) return null;
    return (now) => {
      const [x, y] = this.plot.at(now);
      this.turn((Math.atan2(y, x) * 180) / Math.PI);
    };
  }

  settle() {
    this.grabbed = null;
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      this.draw(themeOf(this.box));
    });
  }

  frame(theme) {
    const { plot } = this;
    plot.fit();
    const ratio = (plot.across ?? Math.max(plot.width - 50, 20)) / (plot.up ?? Math.max(plot.height - 74, 20));
    const state = JSON.stringify([this.matrix, ratio, theme]);
    if (state === this.state && !plot.stale) return;
    this.state = state;
    const far = 1.12 * Math.max(this.singular[0], 1);
    const [wide, high] = [far * Math.max(ratio, 1), far * Math.max(1 / ratio, 1)];
    plot.frame({
      x: { scale: linearScale(-wide, wide), title: this.words.first },
      y: { scale: linearScale(-high, high), title: this.words.second },
      theme,
      still: () => this.drawShapes(theme),
    });
  }

  drawShapes(theme) {
    const { plot } = this;
    plot.rule({ x: 0 }, { color: theme.quiet, width: 1 });
    plot.rule({ y: 0 }, { color: theme.quiet, width: 1 });
    const [xs, ys] = sphere(2, 1);
    const images = xs.map((value, place) => this.image([value, ys[place]]));
    plot.line(xs, ys, { color: theme.series[0], width: 1.5 });
    const [across, up] = [images.map((image) => image[0]), images.map((image) => image[1])];
    plot.line(across, up, { color: theme.series[1], fill: theme.series[1], alpha: 0.1, width: 0 });
    plot.line(across, up, { color: theme.series[1], width: 2, dash: [7, 4] });
    for (const direction of this.directions) {
      const [x, y] = this.image(direction);
      plot.line([-x, x], [-y, y], { color: theme.quiet, width: 1.5, dash: [2, 4] });
    }
  }

  draw(theme) {
    this.frame(theme);
    this.plot.begin();
    this.plot.end();
    this.frame(theme); // again if the width of the labels changed
    const { plot, x } = this;
    const image = this.image(x);
    plot.begin();
    for (const [name, [across, up], color] of [["Ax", image, theme.series[1]], ["x", x, theme.series[0]]]) {
      plot.arrow(0, 0, across, up, { color, width: 3 });
      const style = { color, weight: 700, size: 14, right: across < 0 ? -10 : 10, down: up < 0 ? 12 : -12 };
      plot.text(name, across, up, { ...style, align: across < 0 ? "right" : "left" });
    }
    plot.end();
    const stretched = normOf(image, 2);
    const values = { angle: this.angle, stretched: written(stretched, 5), most: written(this.singular[0], 5), least: written(this.singular[1], 5) };
    this.said.textContent = say(this.words.said, values);
    this.canvas.ariaLabel = this.said.textContent;
    this.slider.value = String(this.angle);
    Object.assign(this.box.dataset, { angle: this.angle, stretched });
  }

  leave() {
    this.watcher.disconnect();
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.stretch ??= new Stretch(parentElement);
  parentElement.stretch.update(component);
  return () => {
    parentElement.stretch?.leave();
    parentElement.stretch = null;
  };
}
