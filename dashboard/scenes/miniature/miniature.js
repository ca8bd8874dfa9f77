/* A kind of learning problem, frame by frame: a prediction first, then the run, with the exact answer beside it where it
   is wanted. scene.py says what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./miniature.css";
import { listen } from "../shared/dragging.js";
import { make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { BarsPanel } from "./bars_panel.js";
import { CellsPanel } from "./cells_panel.js";
import { MiniPlayer } from "./mini_player.js";
import { PicturesPanel } from "./pictures_panel.js";
import { PlanePanel } from "./plane_panel.js";
import { inFrame } from "./roles.js";

const NO_GUESS = "none";

class Miniature {
  constructor(parent) {
    this.asking = make("div", { class: "asking" });
    this.panels = make("div", { class: "panels" });
    this.told = make("p", { class: "told" });
    this.hint = make("p", { class: "quiet" });
    this.player = new MiniPlayer((frame) => this.show(frame), (frame) => this.data.frames[frame]);
    this.box = make("div", { class: "moving miniature", role: "group" }, this.asking, this.told, this.panels, this.hint, this.player.bar);
    parent.append(this.box);
    this.watcher = new ResizeObserver(() => this.schedule());
    this.watcher.observe(this.box);
  }

  /* Take over a run. Another run of the same shape keeps its frame; a prediction plays it. */
  update({ data, setTriggerValue }) {
    const before = this.data;
    Object.assign(this, { data, setTriggerValue, words: data.words });
    this.made ??= data.guess.made;
    if (data.guess.made !== before?.guess.made) this.made = data.guess.made;
    this.box.setAttribute("aria-label", data.words.group);
    const kinds = data.panels.map((panel) => [panel.kind, panel.bare, panel.paintable].join());
    if (kinds.join(" ") !== this.kinds) this.build(data.panels, kinds.join(" "));
    this.places.forEach(({ panel, title }, nth) => {
      title.textContent = data.panels[nth].title;
      panel.take(data.panels[nth], data.words);
      this.places[nth].root.classList.toggle("whole", isWide(data.panels[nth]));
    });
    this.ask();
    const last = data.frames.length - 1;
    const kept = before?.frames.length === data.frames.length ? this.player.frame : last;
    this.player.load(data.frames, data.words, this.open ? (before ? kept : last) : 0);
    if (this.plays && this.open) {
      this.plays = false;
      this.player.go(0);
      if (this.player.calm) this.player.go(last);
      else this.player.play();
    }
  }

  get open() {
    return this.made !== NO_GUESS;
  }

  build(panels, kinds) {
    this.kinds = kinds;
    this.places = panels.map((data, nth) => this.place(data, nth));
    this.panels.replaceChildren(...this.places.map(({ root }) => root));
    this.panels.classList.toggle("three", panels.length % 3 === 0);
  }

  place(data, nth) {
    const title = make("figcaption", { class: "title" });
    const legend = make("p", { class: "legend" });
    if (data.kind === "cells" || data.kind === "pictures") {
      const panel = data.kind === "cells"
        ? new CellsPanel((row, column) => this.edit({ panel: nth, row, column }))
        : new PicturesPanel((image) => this.edit({ panel: nth, image }));
      const said = make("p", { class: "aloud" });
      return { panel, title, legend, said, root: make("figure", { class: "panel" }, title, panel.root, legend, said) };
    }
    const canvas = make("canvas", { role: "img" });
    const panel = data.kind === "plane" ? new PlanePanel(canvas, data.bare) : new BarsPanel(canvas);
    if (data.kind === "plane") this.listenTo(canvas, panel, nth);
    return { panel, title, legend, canvas, root: make("figure", { class: "panel" }, title, legend, canvas) };
  }

  listenTo(canvas, panel, nth) {
    const drag = { settle: () => { drag.grabbed = null; this.sendPoints(panel, nth); } };
    listen(drag, canvas, (event) => panel.grab(event, () => this.schedule()));
    canvas.addEventListener("focus", () => this.choosing(panel, true));
    canvas.addEventListener("blur", () => this.choosing(panel, false));
    canvas.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || !panel.press(event.key)) return;
      event.preventDefault();
      this.schedule();
      const [x, y] = panel.data.layers[panel.movable()].xy.still[panel.chosen];
      this.player.aloud.say(() => say(this.words.chosen, { number: panel.chosen + 1, x: written(x), y: written(y) }));
      clearTimeout(this.sending);
      this.sending = setTimeout(() => this.sendPoints(panel, nth), 350);
    });
  }

  choosing(panel, focused) {
    panel.focused = focused;
    this.schedule();
  }

  sendPoints(panel, nth) {
    const layer = panel.movable();
    this.edit({ panel: nth, layer, xy: panel.data.layers[layer].xy.still });
  }

  edit(change) {
    if (!this.gone) this.setTriggerValue("edited", change);
  }

  /* The question before the run, or the prediction beside the outcome. */
  ask() {
    const { guess, words } = this.data;
    const state = JSON.stringify([guess, this.made]);
    if (state === this.asked) return;
    this.asked = state;
    if (!this.open) {
      const options = guess.options.map((said, choice) => this.button(said, choice));
      const skip = make("button", { type: "button", class: "skip" }, words.skip);
      skip.addEventListener("click", () => this.guess("skip"));
      this.asking.replaceChildren(make("p", { class: "question" }, make("strong", {}, words.predict), ` ${guess.question}`),
        make("div", { class: "options" }, ...options, skip));
      return;
    }
    const [choice, answer] = [guess.options[Number(this.made)], guess.options[guess.answer]];
    const right = Number(this.made) === guess.answer;
    const verdict = choice === undefined ? words.skipped : right ? words.right : words.wrong;
    const again = make("button", { type: "button", class: "skip" }, words.again);
    again.addEventListener("click", () => this.guess(NO_GUESS));
    const told = make("p", { class: "outcome" }, `${guess.question} `, make("strong", {}, say(verdict, { choice, answer })), ` ${guess.why}`);
    this.asking.replaceChildren(told, again);
    this.asking.className = `asking ${choice === undefined ? "" : right ? "right" : "wrong"}`;
  }

  button(said, choice) {
    const button = make("button", { type: "button" }, said);
    button.addEventListener("click", () => this.guess(String(choice)));
    return button;
  }

  guess(choice) {
    this.made = choice;
    this.plays = this.open;
    this.player.pause();
    this.ask();
    this.player.go(0);
    this.setTriggerValue("guessed", { choice });
  }

  show(frame) {
    this.told.textContent = this.data.frames[frame];
    this.box.dataset.frame = frame;
    this.schedule();
  }

  schedule() {
    this.waiting ??= requestAnimationFrame(() => {
      this.waiting = null;
      if (this.data && this.places) this.paint(themeOf(this.box));
    });
  }

  paint(theme) {
    const { exact, words, panels } = this.data;
    const look = { theme, exact, open: this.open };
    this.player.bar.hidden = !this.open || this.data.frames.length < 2;
    let hint = "";
    this.places.forEach(({ panel, legend, canvas, said, root }, nth) => {
      const data = panels[nth];
      root.hidden = Boolean(data.exact) && !exact;
      if (root.hidden) return;
      panel.draw(this.player.frame, look);
      const names = panel.legend(theme, exact, words);
      const state = names.map((name) => name.outerHTML).join("");
      if (legend.innerHTML !== state) legend.replaceChildren(...names);
      const alt = this.open ? data.alt : data.title;
      if (canvas) canvas.ariaLabel = alt;
      if (said && said.textContent !== alt) said.textContent = alt;
      const movable = data.kind === "plane" && panel.movable() !== null;
      if (canvas) canvas.tabIndex = movable ? 0 : -1;
      if (movable) hint = words.drag;
      if (data.paintable) hint = words.paint;
    });
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    Object.assign(this.box.dataset, { frames: this.data.frames.length, guess: this.made, exact });
  }

  leave() {
    this.gone = true;
    this.player.pause();
    this.watcher.disconnect();
    clearTimeout(this.sending);
    cancelAnimationFrame(this.waiting);
    this.box.remove();
  }
}

/* Whether a table needs the whole width. */
function isWide(panel) {
  return panel.kind === "cells" && inFrame(panel.values, 0)[0].length > (panel.texts ? 4 : 6);
}

export default function (component) {
  useNumberRules(component.data.numberRules);
  const { parentElement } = component;
  parentElement.miniature ??= new Miniature(parentElement);
  parentElement.miniature.update(component);
  return () => {
    parentElement.miniature?.leave();
    parentElement.miniature = null;
  };
}
