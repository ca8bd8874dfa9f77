/* Fitting by hand. The hand, (w, b), lives here: it is moved by dragging, sliders and fields, and drawn, scored and put
   into the address without a call to the server. The server hears of it when it hands over to SGD. */

import "../shared/scene.css";
import "./manual_fit.css";
import { putIntoAddress } from "../shared/address.js";
import { listen } from "../shared/dragging.js";
import { useNumberRules } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { HandControls } from "./controls.js";
import { LandscapePlot } from "./landscape.js";
import { LinePlot } from "./line.js";
import { Coordinates, HandModel } from "./model.js";

const REMEMBERED = new Map(); // where the hand was in the problems of this visit
const LONGEST_TRAIL = 2000;
const LARGEST = 1e100; // as in core: squares of larger values overflow float64

class Hand {
  constructor(root) {
    this.controls = new HandControls(this);
    root.append(this.controls.box);
    this.linePlot = new LinePlot(this.controls.lineCanvas);
    this.landscapePlot = new LandscapePlot(this.controls.landscapeCanvas);
    this.residuals = "squares";
    this.showsLevels = true;
    this.showsAnswer = false;
    for (const shown of [this.linePlot, this.landscapePlot])
      listen(this, shown.plot.canvas, (event) => shown.grab(this, event));
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.controls.box);
    this.keeper = setInterval(() => this.grabbed || this.writeAddress(), 1000); // the page may write it again after a run
  }

  /* Load the data of the server. The hand stays where it is unless the problem, or the hand of the server, has changed. */
  update({ data, setTriggerValue }) {
    const column = (frame, name) => data[frame].getChild(name).toArray();
    const other = data.key !== this.key;
    const { key, feature, label, words, ranges, start, handed } = data;
    Object.assign(this, { key, feature, label, words, ranges, start, handed, setTriggerValue });
    this.rows = { x: column("rows", "x"), y: column("rows", "y") };
    this.sgd = handed && zipped(column("sgd", "weight"), column("sgd", "bias"));
    this.model = new HandModel(data.model);
    this.best = [this.model.weight, this.model.bias];
    this.remember(data.hand);
    const asBefore = !other && this.standardisedThere === data.standardised;
    this.standardisedThere = data.standardised;
    this.coordinates = new Coordinates(this.model, asBefore ? this.coordinates.standardised : data.standardised);
    if (other) Object.assign(this, { showsAnswer: false, grabbed: null });
    if (handed) this.showsAnswer = true;
    this.linePlot.reset();
    this.controls.update();
    this.settle();
  }

  remember(said) {
    const known = REMEMBERED.get(this.key);
    if (!known || `${known.said}` !== `${said}`) REMEMBERED.set(this.key, { said, hand: said, trail: [said] });
    ({ hand: this.hand, trail: this.trail } = REMEMBERED.get(this.key));
  }

  get moved() {
    return Boolean(this.handed) && `${this.hand}` !== `${this.handed}`;
  }

  /* The value with as many digits as can be seen on the plot. */
  snapped(value, name) {
    const unit = this.ranges[`${name}Unit`];
    const whole = Math.round(value / unit);
    return Number.isSafeInteger(whole) ? Number((whole * unit).toPrecision(15)) : value;
  }

  move(w, b) {
    if (!Number.isFinite(w + b)) return;
    this.hand = [w, b].map((value) => Math.min(Math.max(value, -LARGEST), LARGEST));
    this.trail.push(this.hand);
    if (this.trail.length > LONGEST_TRAIL) this.trail.shift();
    REMEMBERED.get(this.key).hand = this.hand;
    this.schedule();
  }

  drag(w, b) {
    this.move(this.snapped(w, "w"), this.snapped(b, "b"));
  }

  restart() {
    this.trail.length = 0;
    this.move(...this.start);
    this.settle();
  }

  handOver() {
    this.setTriggerValue("hand_over", { w: this.hand[0], b: this.hand[1] });
  }

  /* A movement has ended: put it into the address, and announce it. */
  settle() {
    this.grabbed = null;
    this.writeAddress();
    this.controls.aloud.say(() => this.controls.describe());
    this.schedule();
  }

  writeAddress() {
    if (this.gone) return;
    const atStart = `${this.hand}` === `${this.start}`;
    putIntoAddress({
      train_hand_w: atStart ? null : this.hand[0],
      train_hand_b: atStart ? null : this.hand[1],
      train_hand_over: this.handed && !this.moved ? "true" : null,
    });
  }

  /* The lines through the rows, those that matter least first. */
  lines(theme) {
    const drawn = [];
    const add = ([w, b], style) => drawn.push({ w, b, style });
    if (this.showsAnswer) add(this.best, { color: theme.series[1], width: 2.5, dash: [7, 5] });
    if (this.sgd) add(this.sgd.at(-1), { color: theme.series[0], width: 2.5, dash: [2, 3] });
    add(this.hand, { color: theme.series[3], width: 3 });
    return drawn;
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      const theme = themeOf(this.controls.box);
      for (const shown of [this.linePlot, this.landscapePlot]) {
        shown.plot.fit();
        shown.draw(this, theme);
      }
      this.controls.draw(theme);
    });
  }

  leave() {
    this.gone = true;
    this.watcher.disconnect();
    this.controls.aloud.hush();
    clearInterval(this.keeper);
    cancelAnimationFrame(this.waiting);
  }
}

function zipped(first, second) {
  return Array.from(first, (value, index) => [value, second[index]]);
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.hand ??= new Hand(parentElement);
  parentElement.hand.update(component);
  return () => {
    parentElement.hand?.leave();
    parentElement.hand = null;
  };
}
