/* A computational graph and its passes, one node at a time. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./graph.css";
import { make, say } from "../shared/elements.js";
import { useNumberRules } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { StepPlayer } from "../shared/step_player.js";
import { GraphDrawing } from "./drawing.js";

class GraphStepper {
  constructor(parent) {
    this.parent = parent;
    this.ours = new GraphDrawing("ours");
    this.torch = new GraphDrawing("torch");
    this.headings = { ours: make("h2"), torch: make("h2") };
    this.note = make("p", { class: "quiet" });
    this.legend = make("p", { class: "legend quiet" });
    this.phase = make("span", { class: "phase" });
    this.title = make("span", { class: "step-title" });
    this.lines = make("div", { class: "lines" });
    this.working = make("div", { class: "working" }, make("p", {}, this.phase, this.title), this.lines);
    this.about = make("div", { class: "about quiet" });
    this.hint = make("p", { class: "quiet hint" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    const figure = (name, ...more) => make("figure", { class: "panel" }, this.headings[name], this[name].box, ...more);
    const left = figure("ours", this.legend, this.player.bar, this.working, this.hint);
    const panels = make("div", { class: "panels" }, left, figure("torch", this.note, this.about));
    this.root = make("div", { class: "moving stepper", role: "group" }, panels);
    parent.append(this.root);
    this.listen();
    this.watcher = new ResizeObserver(() => {
      this.ours.fit();
      this.torch.fit();
      if (this.data) this.draw(this.player.frame);
    });
    this.watcher.observe(this.root);
  }

  listen() {
    for (const drawing of [this.ours, this.torch]) {
      const node = (event) => {
        const box = event.target.closest?.(".box");
        if (!box) return null;
        const n = Number(box.dataset.n);
        return drawing === this.ours ? n : this.data.torch.boxes[n].ours;
      };
      drawing.box.tabIndex = 0;
      drawing.box.addEventListener("keydown", (event) => this.player.press(event));
      drawing.svg.addEventListener("pointerover", (event) => this.point(node(event)));
      drawing.svg.addEventListener("pointerleave", () => this.point(null));
      drawing.svg.addEventListener("click", (event) => this.visit(node(event)));
    }
  }

  /* Take over a scene. The same graph with other numbers keeps its step; another graph begins at the end of its forward
     pass, where all its values are known. */
  take(data) {
    const shape = ({ ours }) => ours.boxes.map((box) => [box.kind, box.title]).join();
    const same = this.data && shape(this.data) === shape(data);
    this.data = data;
    this.pointed = null;
    const { words, steps } = data;
    this.root.style.setProperty("--backward", themeOf(this.parent.host ?? this.parent).series[1]);
    this.root.setAttribute("aria-label", words.label);
    for (const name of ["ours", "torch"]) this.headings[name].textContent = words[name];
    this.note.textContent = words.torchNote;
    this.hint.textContent = words.hint;
    this.legend.replaceChildren(...words.legend.map(([name, said]) => make("span", {}, make("i", { class: name }), said)));
    this.ours.load(data.ours, words.graphLabel);
    this.torch.load(data.torch, words.torchLabel);
    this.forwards = steps.findLastIndex((step) => step.phase !== "backward");
    this.player.load(steps.map((step) => step.title), words, same ? this.player.frame : this.forwards);
  }

  point(node) {
    this.pointed = node;
    this.draw(this.player.frame);
  }

  /* Go to the step of a node in the current pass. */
  visit(node) {
    if (node === null) return;
    const { boxes } = this.data.ours;
    const backward = this.data.steps[this.player.frame].phase === "backward" && boxes[node].gradientAt >= 0;
    this.player.stopAt(backward ? boxes[node].gradientAt : boxes[node].valueAt);
  }

  draw(frame) {
    const { steps, words, ours, torch } = this.data;
    const step = steps[frame];
    if (!this.ours.boxes) return;
    const sending = (edge) => step.phase === "backward" && edge.to === step.node;
    const taking = (edge) => step.phase === "forward" && edge.to === step.node;
    ours.boxes.forEach((box, n) => this.drawBox(box, this.ours.boxes[n], n, frame, step));
    ours.edges.forEach((edge, n) => {
      const way = this.ours.ways[n];
      const sent = edge.sentAt >= 0 && frame >= edge.sentAt;
      way.turn(sent ? "backward" : "forward");
      way.group.setAttribute("class", `way${sent ? " back" : ""}${sending(edge) || taking(edge) ? " lit" : ""}`);
      way.label.textContent = sent && frame - edge.sentAt < 1 ? edge.sent : sent && edge.from === step.node ? edge.sent : "";
    });
    torch.boxes.forEach((box, n) => this.drawTorch(box, this.torch.boxes[n], step, frame));
    this.tell(step, frame);
    if (!this.player.playing) this.ours.svg.setAttribute("aria-description", this.sentence(frame));
    if (this.revealed !== frame) {
      this.ours.reveal(step.node);
      this.torch.reveal(torch.boxes.findIndex((box) => box.ours === step.node));
      this.revealed = frame;
    }
    Object.assign(this.root.dataset, { frame, phase: step.phase, node: step.node, steps: steps.length, pass: words.phases[step.phase] });
  }

  drawBox(box, drawn, n, frame, step) {
    const known = frame >= box.valueAt;
    const back = box.gradientAt >= 0 && frame >= box.gradientAt;
    drawn.value.textContent = known ? box.value : "";
    drawn.gradient.textContent = back ? say(this.data.words.gradient, { value: box.gradient }) : "";
    const lit = n === step.node || (step.phase === "start" && box.kind === "input");
    const classes = ["box", box.kind, known ? "known" : "waiting", back && "back", lit && "lit", n === this.pointed && "pointed"];
    drawn.group.setAttribute("class", classes.filter(Boolean).join(" "));
  }

  drawTorch(box, drawn, step, frame) {
    drawn.value.textContent = box.leaf ?? box.value;
    const reached = frame >= this.data.ours.boxes[box.ours].valueAt;
    const lit = box.ours === step.node || (step.phase === "start" && box.leaf);
    const classes = ["box torch", box.leaf && "input", reached ? "known" : "waiting", lit && "lit", box.ours === this.pointed && "pointed"];
    drawn.group.setAttribute("class", classes.filter(Boolean).join(" "));
  }

  tell(step, frame) {
    const { words, ours } = this.data;
    this.phase.textContent = words.phases[step.phase];
    this.title.textContent = step.title;
    if (this.told !== step) this.lines.replaceChildren(...step.lines.map((line) => make("p", {}, line)));
    this.told = step;
    const node = this.pointed ?? step.node;
    const box = ours.boxes[node];
    if (!box) {
      this.about.replaceChildren();
      return;
    }
    const [value, gradient, torch, awry] = box.about;
    const comes = box.gradientAt >= 0 && frame < box.gradientAt ? words.later : gradient;
    const said = [frame >= box.valueAt ? value : box.title, comes, torch, this.pointed === null ? "" : awry].filter(Boolean);
    this.about.replaceChildren(...said.map((sentence) => make("p", {}, sentence)));
  }

  sentence(frame) {
    const { steps, words } = this.data;
    const { phase, title, lines } = steps[frame];
    return [`${words.phases[phase]}: ${title}`, ...lines].join(". ");
  }

  leave() {
    this.player.pause();
    this.watcher.disconnect();
    this.root.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.stepper ??= new GraphStepper(parentElement);
  parentElement.stepper.take(data);
  return () => {
    parentElement.stepper?.leave();
    delete parentElement.stepper;
  };
}
