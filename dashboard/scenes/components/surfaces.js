/* A bowl beside a surface with several minima: one player over both descents, starts that are dragged, and the exact
   minima beside. */

import { listen } from "../shared/dragging.js";
import { Aloud, make, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { Player } from "../shared/player.js";
import { themeOf } from "../shared/plot.js";
import { Twins, twin, walkable } from "../shared/twins.js";
import { LETTERS, SurfacePanel } from "./surface_panel.js";

const QUIET_SURFACES = 400; // milliseconds at rest until the server hears of the starts

export class SurfacesScene {
  constructor(parent) {
    this.parent = parent;
    this.panels = [new SurfacePanel(this, "bowl"), new SurfacePanel(this, "many")];
    this.player = new Player((frame) => this.draw(frame), (frame) => this.sentence(frame));
    this.shows = make("button", { type: "button", class: "basins", "aria-pressed": "false" });
    this.shows.addEventListener("click", () => this.showBasins());
    this.legend = make("p", { class: "quiet" });
    this.hint = make("p", { class: "quiet" });
    this.aloud = new Aloud();
    this.box = make("div", { class: "moving components surfaces", role: "group" },
      make("div", { class: "panels" }, ...this.panels.map((panel) => panel.root)),
      make("p", { class: "switches" }, this.shows, this.legend), this.player.bar, this.hint, this.aloud.root);
    parent.append(this.box);
    this.twins = new Twins(this.box, () => this.data && this.draw(this.player.frame));
    for (const panel of this.panels) {
      listen({ get grabbed() { return panel.grabbed; }, set grabbed(value) { panel.grabbed = value; }, settle: () => this.settle(panel) },
        panel.canvas, (event) => this.grab(panel, event));
      panel.canvas.addEventListener("keydown", (event) => this.press(panel, event));
      panel.canvas.addEventListener("pointermove", (event) => {
        const n = panel.hit(event);
        if (!panel.grabbed) this.twins.point(n < 0 ? [] : [`${panel.name}-start${n}`]);
      });
      panel.canvas.addEventListener("pointerleave", () => this.twins.point());
    }
    this.watcher = new ResizeObserver(() => {
      for (const panel of this.panels) panel.plot.fit();
      if (this.data) this.draw(this.player.frame);
    });
    for (const panel of this.panels) this.watcher.observe(panel.canvas);
  }

  take(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    const version = JSON.stringify([data.rate, data.steps, data.surfaces.map(({ key, starts }) => [key, starts])]);
    const fresh = !this.data || version !== this.told;
    this.data = data;
    const { words } = data;
    this.theme = themeOf(this.parent.host ?? this.parent);
    this.box.setAttribute("aria-label", words.label);
    this.hint.textContent = words.hint;
    this.shows.textContent = words.showBasins;
    data.surfaces.forEach((surface, k) => {
      const mine = this.panels[k];
      if (fresh || mine.data.key !== surface.key) mine.load(surface, this.theme, words);
      else Object.assign(mine, { theme: this.theme, words }).frame();
    });
    this.told = version;
    const steps = Array.from({ length: data.steps + 1 }, (_none, n) => n);
    const frame = fresh || !this.player.steps || this.player.count !== steps.length ? data.steps : this.player.frame;
    this.player.load(steps, words, data.steps, frame);
    this.tabulate();
    this.draw(this.player.frame);
  }

  showBasins() {
    this.basins = !this.basins;
    this.shows.ariaPressed = String(this.basins);
    for (const panel of this.panels) panel.frame();
    this.draw(this.player.frame);
  }

  grab(panel, event) {
    const n = panel.hit(event);
    if (n < 0) return null;
    return (now) => {
      this.player.pause();
      panel.move(n, panel.plot.at(now));
      this.draw(this.player.frame);
    };
  }

  press(panel, event) {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") panel.chosen = (panel.chosen + 1) % panel.starts.length;
    else if (event.key === " ") this.player.toggle();
    else if (way) {
      const { low, high } = panel.model;
      panel.move(panel.chosen, panel.starts[panel.chosen].map((value, j) => value + (way[j] * (high[j] - low[j])) / 40));
      this.settle(panel);
    } else return;
    event.preventDefault();
    this.draw(this.player.frame);
  }

  settle(panel) {
    panel.grabbed = null;
    this.draw(this.player.frame);
    this.aloud.say(() => panel.sentence());
    clearTimeout(this.telling);
    this.telling = setTimeout(() => this.tell(), QUIET_SURFACES);
  }

  tell() {
    if (this.gone) return;
    const starts = this.panels.map((panel) => panel.starts.map((start) => panel.model.shares(start).map((share) => Number(share.toFixed(3)))));
    this.data.surfaces.forEach((surface, k) => { surface.starts = starts[k]; });
    this.told = JSON.stringify([this.data.rate, this.data.steps, this.data.surfaces.map(({ key, starts: own }) => [key, own])]);
    this.setTriggerValue("settled", { bowl: starts[0], many: starts[1] });
  }

  draw(step) {
    if (!this.data) return;
    for (const panel of this.panels) {
      panel.draw(step);
      this.write(panel, step);
    }
    this.legend.textContent = this.basins ? this.data.words.basins : this.data.words.bands;
    Object.assign(this.box.dataset, { step, playing: this.player.playing });
  }

  /* The formula with the numbers of the chosen start, and what each start reaches. */
  write(panel, step) {
    const { words } = this.data;
    const { us, vs } = panel.paths[panel.chosen];
    const [u, v] = [us[step], vs[step]];
    const values = { u: twin(`${panel.name}-u`, "span", {}, written(u)), v: twin(`${panel.name}-v`, "span", {}, written(v)) };
    const parts = panel.data.formula.split(/\{(\w)\}/).map((part, n) => (n % 2 ? values[part] : part));
    const loss = say(words.loss, { start: LETTERS[panel.chosen], step: written(step, 12), loss: written(panel.model.loss(u, v)) });
    panel.formula.replaceChildren(...parts, ` · ${loss}`);
    walkable(panel.formula);
    const said = panel.reached.map((place, n) =>
      twin(`${panel.name}-start${n}${place < 0 ? "" : ` ${panel.name}-minimum${place}`}`, "span", {}, `${LETTERS[n]} → ${place < 0 ? words.none : written(place + 1)}`));
    panel.ends.replaceChildren(`${words.ends} `, ...said.flatMap((each, n) => (n ? [", ", each] : [each])));
    walkable(panel.ends);
    if (!this.player.playing) panel.canvas.ariaLabel = `${panel.data.title}. ${panel.sentence()}`;
    this.twins.refresh();
  }

  /* The exact minima, the lowest first. */
  tabulate() {
    const { words } = this.data;
    for (const panel of this.panels) {
      const head = make("tr", {}, ...[words.minimum, ...panel.data.symbols, words.lossHead, words.shareHead].map((name) => make("th", { scope: "col" }, name)));
      const rows = panel.data.minima.map(({ place, loss, share }, n) =>
        make("tr", {}, make("th", { scope: "row" }, twin(`${panel.name}-minimum${n}`, "span", {}, written(n + 1))),
          ...[...place, loss].map((value) => make("td", {}, written(value, 4))), make("td", {}, share)));
      panel.minima.replaceChildren(make("caption", { class: "quiet" }, words.minimaTitle), head, ...rows);
    }
  }

  sentence(frame) {
    const said = frame === this.data.steps ? this.panels.map((panel) => panel.sentence()) : [];
    return [this.player.position.textContent, ...said].join(". ");
  }

  leave() {
    this.gone = true;
    this.player.pause();
    clearTimeout(this.telling);
    this.aloud.hush();
    this.watcher.disconnect();
    this.twins.destroy();
    this.box.remove();
  }
}
