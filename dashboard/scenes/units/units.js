/* A small network that learns in the browser, with a heat map in each unit of what it answers to; its weights are turned
   or held while it learns. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./units.css";
import { Aloud, make, say } from "../shared/elements.js";
import { percentage, useNumberRules, written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { Plot, themeOf } from "../shared/plot.js";
import { extent, linearScale, logScale } from "../shared/scales.js";
import { Twins } from "../shared/twins.js";
import { NetworkMaps } from "./maps.js";
import { PER_UNIT, PlaneDescent, RULES, answerOf, exactOutput, lossAndGradient } from "./model.js";
import { Wheel } from "./wheel.js";

const SPEEDS_HERE = [10, 30, 100, 300]; // steps a second
const MOST_FRAMES = 20_000;

class FastPlayer extends Player {
  load(...run) {
    const chosen = this.speed.value;
    super.load(...run);
    this.speed.replaceChildren(...SPEEDS_HERE.map((count) => make("option", { value: count }, say(this.words.a_second, { count }))));
    this.speed.value = SPEEDS_HERE.includes(Number(chosen)) ? chosen : this.calm ? SPEEDS_HERE[0] : 100;
  }
}

class UnitsGame {
  constructor(parent) {
    this.parent = parent;
    this.maps = new NetworkMaps(this);
    this.wheel = new Wheel(this);
    this.player = new FastPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    this.legend = make("p", { class: "legend quiet" });
    this.figures = make("p", { class: "found" });
    this.canvas = make("canvas", { role: "img", class: "losses" });
    this.losses = new Plot(this.canvas);
    this.exact = make("button", { type: "button", class: "exact" });
    this.again = make("button", { type: "button", class: "again" });
    this.exact.addEventListener("click", () => this.setExactly());
    this.again.addEventListener("click", () => this.beginAgain());
    this.hint = make("p", { class: "quiet" });
    this.aloud = new Aloud();
    this.box = make("div", { class: "moving units" },
      make("div", { class: "panels" },
        make("figure", { class: "panel" }, this.maps.root, this.legend, this.player.bar, this.figures),
        make("div", { class: "panel" }, this.wheel.root,
          make("p", { class: "ways" }, this.exact, this.again), this.canvas)),
      this.hint, this.aloud.root);
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.schedule());
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  /* Take over a scene. The same rows, start and settings keep what has been learned and turned. */
  take(data) {
    const { words, rows, start, names, part, program, key, rate, steps } = data;
    Object.assign(this, { words, names, part, rows, steps, start, activation: program, rule: RULES[program] });
    this.exact.textContent = words.exact;
    this.again.textContent = words.again;
    this.hint.textContent = words.hint;
    this.maps.state = this.lossesState = null;
    this.drawLegend();
    if (key !== this.key) {
      this.key = key;
      this.descent = new PlaneDescent(rows, start, this.rule, rate);
      this.pinned = new Set();
      this.chosen = 0;
      this.point = [rows.x1[0], rows.x2[0]];
      this.parameters = this.descent.at(0);
      this.maps.build((start.length - 1) / PER_UNIT, names);
      this.wheel.build();
      this.stretchTo(steps, this.lastOf(steps));
    } else this.stretchTo(this.player.count - 1, this.player.frame);
  }

  /* The last step up to one that there are numbers for. */
  lastOf(step) {
    this.descent.at(step);
    return Math.min(step, this.descent.trajectory.length - 1);
  }

  /* Let the player go from the start to this step. */
  stretchTo(last, frame) {
    const steps = Array.from({ length: Math.min(last, MOST_FRAMES) + 1 }, (_none, step) => step);
    this.player.load(steps, this.words, steps.length - 1, frame);
  }

  drawLegend() {
    const { words } = this;
    const bar = make("i", { class: "bar" });
    this.legend.replaceChildren(
      make("span", {}, words.least, bar, words.most), make("span", {}, make("i", { class: "label-one" }), words.ofFirst),
      make("span", {}, make("i", { class: "label-two" }), words.ofSecond), make("span", {}, make("i", { class: "border" }), words.border));
  }

  isHeld(place) {
    return this.pinned.has(place);
  }

  /* A hand on a weight: it does not learn as long as it is gripped. */
  grip(place) {
    this.chooseOf(place);
    this.descent.hold(this.player.frame, place, true);
  }

  loosen(place) {
    if (!this.pinned.has(place)) this.descent.hold(this.player.frame, place, false);
    this.aloud.say(() => this.sentence(this.player.frame));
    this.goOn();
  }

  hold(place, wanted) {
    if (wanted) this.pinned.add(place);
    else this.pinned.delete(place);
    this.descent.hold(this.player.frame, place, wanted);
    this.goOn();
  }

  turn(place, value) {
    if (!Number.isFinite(value)) return;
    this.descent.turn(this.player.frame, [[place, value]]);
    this.goOn();
  }

  /* After a weight was turned there are as many steps to come as there were at first. */
  goOn() {
    const { frame, playing } = this.player;
    const last = Math.max(this.player.count - 1, frame + this.steps);
    if (last > this.player.count - 1 && this.player.count <= MOST_FRAMES) {
      this.stretchTo(last, frame);
      if (playing && !this.player.playing) this.player.play();
    } else this.draw(frame);
  }

  setExactly() {
    const { bias, weights } = exactOutput(this.parameters, this.rule, this.rows);
    const changes = weights.map((weight, unit) => [unit * PER_UNIT + 3, weight]);
    this.descent.turn(this.player.frame, [...changes, [this.parameters.length - 1, bias]]);
    this.goOn();
    this.aloud.say(() => this.sentence(this.player.frame));
  }

  beginAgain() {
    this.pinned.clear();
    this.descent.held.clear();
    this.descent.begin(this.start);
    this.stretchTo(this.steps, 0);
  }

  choose(unit) {
    this.chosen = unit;
    this.draw(this.player.frame);
  }

  /* Show the sliders of the unit that a parameter belongs to, unless they are there already. */
  chooseOf(place) {
    if (!this.wheel.chosenPlaces().includes(place)) this.choose(Math.floor(place / PER_UNIT));
  }

  probe(point) {
    const within = (value, [low, high]) => Math.min(Math.max(value, low), high);
    this.point = [within(point[0], this.part.x), within(point[1], this.part.y)];
    this.schedule();
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.key && !this.gone) this.draw(this.player.frame);
    });
  }

  draw(frame) {
    if (!this.descent) return;
    this.parameters = this.descent.at(frame);
    const { loss, gradient, right } = lossAndGradient(this.parameters, this.rule, this.rows);
    Object.assign(this, { loss, gradient, right, best: exactOutput(this.parameters, this.rule, this.rows).loss });
    const theme = themeOf(this.parent.host ?? this.parent);
    this.box.style.setProperty("--above", theme.series[0]);
    this.box.style.setProperty("--below", theme.series[1]);
    this.maps.fit();
    this.maps.draw(theme);
    this.wheel.draw();
    this.drawLosses(frame, theme);
    this.figures.textContent = this.sentence(frame);
    if (!this.player.playing) this.maps.canvas.ariaLabel = this.sentence(frame);
    Object.assign(this.box.dataset, {
      frame, loss, exact: this.best, right, chosen: this.chosen, held: [...this.pinned].join(" "),
      parameters: this.parameters.join(" "), diverged: String(Boolean(this.descent.diverged)),
    });
  }

  drawLosses(frame, theme) {
    const plot = this.losses;
    plot.fit();
    const to = Math.min(frame, this.descent.trajectory.length - 1);
    const values = Array.from({ length: to + 1 }, (_none, step) => this.descent.lossAt(step));
    const [low, high] = extent(values, [this.best > 0 ? this.best : NaN]);
    const state = JSON.stringify([theme, this.player.count, written(low, 1), written(high, 1)]);
    if (state !== this.lossesState) {
      plot.frame({ x: { scale: linearScale(0, this.player.count - 1), title: this.words.step }, y: { scale: logScale(low, high, 0.1), title: this.words.loss }, theme });
      this.lossesState = state;
    }
    plot.begin();
    plot.rule({ y: this.best }, { color: theme.series[2], width: 2, dash: [7, 4] });
    plot.line([...values.keys()], values, { color: theme.series[0], width: 2 });
    plot.dots([to], [values[to]], { color: theme.series[0], size: 5 });
    plot.end();
    this.canvas.ariaLabel = say(this.words.lossesSaid, { loss: written(this.loss, 4), exact: written(this.best, 4) });
  }

  describeUnit(unit) {
    const value = written(answerOf(this.parameters, this.rule, unit, ...this.point), 3);
    return say(this.words.unitSaid, { unit: `h${unit + 1}`, value });
  }

  sentence(frame) {
    const { words, loss, best, right, descent } = this;
    const values = { step: written(frame, 12), loss: written(loss, 4), exact: written(best, 4), right: percentage(100 * right, 3) };
    const ended = descent.diverged && frame >= descent.trajectory.length - 1;
    return say(words.found, values) + (ended ? ` ${words.diverged}` : "");
  }

  leave() {
    this.gone = true;
    this.player.pause();
    this.twins.destroy();
    this.watcher.disconnect();
    this.aloud.hush();
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.units ??= new UnitsGame(parentElement);
  parentElement.units.take(data);
  return () => {
    parentElement.units?.leave();
    parentElement.units = null;
  };
}
