/* A network on a stage: one player goes through its training, the other one takes a row forward through it and the
   gradients back. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./network.css";
import { make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { themeOf } from "../shared/plot.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";
import { NetDrawing } from "./net_drawing.js";
import { NetMembers, NetTable } from "./net_tables.js";
import { NetTerms } from "./net_terms.js";

class NetworkStage {
  constructor(parent) {
    this.parent = parent;
    this.drawing = new NetDrawing();
    this.terms = new NetTerms();
    this.table = new NetTable();
    this.members = new NetMembers();
    this.count = make("p", { class: "count" });
    this.legend = make("p", { class: "legend quiet" });
    this.hint = make("p", { class: "quiet" });
    this.says = make("div", { class: "working" });
    this.headings = [make("h2"), make("h2")];
    this.training = new Player(() => this.draw(), () => this.sentence());
    this.passing = new StepPlayer(() => this.step(), () => this.sentence());
    const bars = make("div", { class: "bars" },
      make("div", {}, this.headings[0], this.passing.bar), make("div", {}, this.headings[1], this.training.bar));
    const panels = make("div", { class: "panels" }, make("div", { class: "panel" }, this.terms.root),
      make("div", { class: "panel" }, this.table.root, this.members.root));
    this.root = make("div", { class: "moving network", role: "group" },
      this.count, this.drawing.box, this.legend, bars, this.says, panels, this.hint);
    parent.append(this.root);
    this.twins = new Twins(this.root);
    for (const [box, name] of [[this.drawing.svg, "pointerover"], [this.drawing.svg, "focusin"], [this.drawing.svg, "click"],
      [this.table.table, "pointerover"], [this.table.table, "focusin"]]) {
      box.addEventListener(name, (event) => this.choose(event.target));
    }
    this.watcher = new ResizeObserver(() => {
      if (this.drawing.fit()) this.draw();
    });
    this.watcher.observe(this.root);
  }

  /* Take over a scene. The same network keeps its step and its unit, and another run of it shows its end. */
  take(data) {
    const shape = ({ columns }) => JSON.stringify(columns.map((column) => [column.units, column.activation]));
    const same = this.data && shape(this.data) === shape(data);
    this.data = data;
    this.ready = false;
    const { words, frames, columns, count } = data;
    const layers = columns.length - 1;
    const numbers = [...Array(layers).keys()];
    this.moments = [
      { kind: "inputs", reached: 0, returned: Infinity },
      ...numbers.map((layer) => ({ kind: "forward", layer, reached: layer + 1, returned: Infinity })),
      { kind: "loss", reached: layers, returned: Infinity },
      ...numbers.toReversed().map((layer) => ({ kind: "backward", layer, reached: layers, returned: layer + 1 })),
    ];
    if (!same) Object.assign(this, { shown: { layer: layers - 1, n: 0 }, group: null });
    this.group ??= data.members.findIndex((group) => group);
    this.root.style.setProperty("--minus", themeOf(this.parent.host ?? this.parent).series[1]);
    this.root.style.setProperty("--back", themeOf(this.parent.host ?? this.parent).series[3]);
    this.root.setAttribute("aria-label", words.label);
    this.headings[0].textContent = words.passing;
    this.headings[1].textContent = words.training;
    this.hint.textContent = words.hint;
    this.tellCount(count, columns);
    this.tellLegend();
    this.drawing.load(data);
    this.training.load(frames.map((frame) => frame.step), data.trainingWords, frames.at(-1).step, frames.length - 1);
    const titles = this.moments.map(({ kind, layer }) => say(words[kind], { layer: layer + 1 }));
    this.passing.load(titles, data.passWords, same ? this.passing.frame : layers);
    this.ready = true;
    this.draw();
  }

  /* The number of parameters as a sum: each term is a twin of all edges of its layer. */
  tellCount({ terms, total }, columns) {
    const places = (layer) => columns[layer + 1].units.flatMap((unit, to) =>
      [`b${layer}.${to}`, ...columns[layer].units.map((source, from) => `e${layer}.${from}.${to}`)]);
    const parts = terms.map((term, layer) => twin(places(layer).join(" "), "span", { class: "term" }, term));
    const sum = parts.flatMap((part, n) => (n ? [" + ", part] : [part]));
    this.count.replaceChildren(make("span", {}, this.data.words.parameters), " ", ...sum, ` = ${total}`);
    walkable(this.count);
  }

  tellLegend() {
    const { words, largest, members } = this.data;
    const kinds = [["plus", words.positive], ["minus", words.negative]];
    if (members.some((group) => group)) kinds.push(["grouped", words.grouped]);
    kinds.push(["back", words.gradientLegend]);
    this.legend.replaceChildren(...kinds.map(([name, said]) => make("span", {}, make("i", { class: name }), said)),
      make("span", {}, say(words.widthLegend, { largest: written(largest, 3) })));
  }

  /* Show the formula of the unit that is pointed at, or to which the edge leads. */
  choose(target) {
    const edge = target.closest?.("[data-to]");
    const unit = target.closest?.(".unit");
    if (!edge && !unit) return;
    const { column, n, layer, to, from } = (edge ?? unit).dataset;
    if (edge) this.shown = { layer: Number(layer), n: Number(to) };
    else if (Number(column)) this.shown = { layer: Number(column) - 1, n: Number(n) };
    const source = edge ? (layer === "0" ? from : null) : column === "0" ? n : null;
    if (this.data.members[source]) this.group = Number(source);
    this.draw(true);
  }

  /* Another step of the passes: the formula follows it from layer to layer. */
  step() {
    if (!this.ready) return;
    const { layer } = this.moments[this.passing.frame];
    if (layer !== undefined && layer !== this.shown.layer) this.shown = { layer, n: 0 };
    this.draw();
  }

  draw(pointing = false) {
    if (!this.ready || !this.drawing.units) return;
    const { data } = this;
    const [frame, moment] = [data.frames[this.training.frame], this.moments[this.passing.frame]];
    const still = !this.training.playing;
    if (!pointing) this.drawing.show(frame, moment, still);
    this.terms.show(data, frame, moment, this.shown);
    this.table.show(data, frame, this.shown.layer);
    this.members.show(data, this.group, this.shown.layer ? 0 : this.shown.n);
    if (!pointing) this.says.replaceChildren(...this.sentences().map((sentence) => make("p", {}, sentence)));
    if (still) this.drawing.svg.setAttribute("aria-description", `${data.words.alt} ${this.sentence()}`);
    this.twins.refresh();
    Object.assign(this.root.dataset, { frame: frame.step, phase: moment.kind, unit: `${this.shown.layer}.${this.shown.n}`,
      loss: frame.loss });
  }

  sentences() {
    const { data } = this;
    const { words, columns, outputs, y, exact } = data;
    const [frame, moment] = [data.frames[this.training.frame], this.moments[this.passing.frame]];
    const layers = columns.length - 1;
    const { activation } = columns[(moment.layer ?? 0) + 1];
    const ends = moment.layer === layers - 1;
    const sentence = { inputs: words.saysInputs, forward: ends ? words.saysOutput : words.saysForward, loss: words.saysLoss,
      backward: ends ? words.saysBackOutput : words.saysBack }[moment.kind];
    const told = [say(sentence, { layer: moment.layer + 1, activation, loss: written(frame.rowLoss, 4) })];
    const output = frame.layers.at(-1).a;
    if (moment.kind === "forward" && ends) {
      if (layers > 1) told.push(say(words.onTheWay, { value: written(frame.layers.at(-2).a[0], 3), unit: columns.at(-2).units[0].name }));
      outputs.forEach(({ name, centre, spread }, n) => told.push(say(words.prediction, { name, output: written(output[n], 4),
        prediction: written(centre + spread * output[n], 4), label: written(centre + spread * y[n], 4) })));
    }
    told.push(say(layers > 1 ? words.progress : words.progressLinear,
      { step: written(frame.step, 12), loss: written(frame.loss, 4), exact: written(exact.loss, 4) }));
    if (words.note && frame === data.frames.at(-1)) told.push(words.note);
    return told;
  }

  sentence() {
    return this.sentences().join(" ");
  }

  leave() {
    this.training.pause();
    this.passing.pause();
    this.watcher.disconnect();
    this.twins.destroy();
    this.root.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.network ??= new NetworkStage(parentElement);
  parentElement.network.take(data);
  return () => {
    parentElement.network?.leave();
    delete parentElement.network;
  };
}
