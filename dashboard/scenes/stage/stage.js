/* The stage on which a run is watched: one frame number moves all panels. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "./stage.css";
import "../shared/player.css";
import { make } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { themeOf } from "../shared/plot.js";
import { FitPanel } from "./fit.js";
import { LandscapePanel, LossPanel } from "./panels.js";
import { Run } from "./run.js";
import { UpdatePanel, put } from "./update.js";

class Stage {
  constructor(parent) {
    this.parent = parent;
    const redraw = () => this.draw(this.player.frame);
    this.landscape = new LandscapePanel("landscape");
    this.fit = new FitPanel(redraw);
    this.loss = new LossPanel("loss");
    this.update = new UpdatePanel(redraw);
    this.player = new Player((frame) => this.draw(frame), (frame) => this.sentence(frame));
    this.facts = make("table", { class: "facts" });
    this.live = make("div", { class: "live" }, this.facts);
    this.panels = [this.landscape, this.fit, this.loss];
    const grid = make("div", { class: "panels" }, ...[...this.panels, this.update].map((panel) => panel.root));
    grid.addEventListener("pointerdown", () => this.player.opening && this.player.stopAt(this.player.frame));
    this.hint = make("p", { class: "quiet hint" });
    this.root = make("div", { class: "moving stage", role: "group" }, this.live, grid, this.hint, this.player.bar);
    parent.append(this.root);
    this.watcher = new ResizeObserver(() => {
      for (const panel of this.panels) panel.plot.fit();
      if (this.run) redraw();
    });
    for (const panel of this.panels) this.watcher.observe(panel.canvas);
    dragTime(this.loss, this);
  }

  /* Load a scene. The same run stays where it is; another run of the same problem keeps its place, and stays at the
     end if it was there; another problem is shown at its end. With an opening the first one plays to its end. */
  take(data) {
    const theme = themeOf(this.parent.host ?? this.parent);
    const known = this.run;
    if (known?.version === data.version) {
      for (const panel of this.panels) panel.load(known, theme);
      this.draw(this.player.frame);
      return;
    }
    const atEnd = !known || known.problem !== data.problem || this.player.frame === known.count - 1;
    const step = atEnd ? Infinity : known.columns.step[this.player.frame];
    if (known && known.problem !== data.problem) this.player.pause();
    this.run = new Run(data);
    this.brief = data.opening > 0;
    this.root.classList.toggle("brief", this.brief);
    const { words, columns, last_update } = this.run;
    this.root.setAttribute("aria-label", words.controls.stage);
    this.hint.textContent = [words.controls.recorded, words.controls.keys].filter(Boolean).join(" ");
    this.names = Object.keys(words.facts).filter((name) => columns[name]);
    this.values = this.names.map((name) => make("td", { "data-fact": name }));
    this.facts.replaceChildren(
      make("tr", {}, ...this.names.map((name) => make("th", { scope: "col" }, words.facts[name]))),
      make("tr", {}, ...this.values),
    );
    for (const panel of [...this.panels, this.update]) panel.load(this.run, theme);
    this.player.load(columns.step, words.controls, last_update, this.run.frameOf(step));
    if (!known && this.brief) this.player.open(data.opening);
  }

  draw(frame) {
    const { run, player } = this;
    run.compute(frame);
    for (const panel of this.panels) {
      panel.draw(frame);
      panel.canvas.dataset.frame = frame;
    }
    if (!this.brief) this.update.draw(frame);
    this.names.forEach((name, j) => put(this.values[j], written(run.columns[name][frame], name === "step" ? 12 : 4)));
    if (!player.playing) for (const panel of this.panels) panel.canvas.setAttribute("aria-description", this.sentence(frame));
    Object.assign(this.root.dataset, { frame, step: run.columns.step[frame], playing: player.playing });
  }

  sentence(frame) {
    const { words, columns } = this.run;
    const figures = this.names.filter((name) => name !== "step");
    const said = figures.map((name) => `${words.facts[name]} ${written(columns[name][frame])}`);
    return [this.player.position.textContent, ...said].join(", ");
  }

  leave() {
    this.player.pause();
    this.watcher.disconnect();
    this.root.remove();
    delete this.parent.stage;
  }
}

/* Let a pointer on the loss curve move through time. */
function dragTime(panel, stage) {
  const move = (event) => {
    if (event.buttons === 0) return;
    const [step] = panel.plot.at(event);
    stage.player.stopAt(stage.run.frameOf(step));
  };
  panel.canvas.addEventListener("pointerdown", (event) => {
    panel.canvas.setPointerCapture(event.pointerId);
    move(event);
  });
  panel.canvas.addEventListener("pointermove", move);
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.stage ??= new Stage(parentElement);
  parentElement.stage.take(data);
  return () => parentElement.stage?.leave();
}
