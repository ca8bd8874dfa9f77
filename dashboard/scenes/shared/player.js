/* The player: a scrubber, buttons, speed and keys. It chooses the frame, and draws nothing itself. A frame is read
   aloud where playing stops: after a pause, a single step, and at both ends; never while it plays. */

import { Aloud, make, say } from "./elements.js";
import { written } from "./numbers.js";

const SPEEDS = [4, 10, 30, 60];
const ICONS = {
  first: "M4 4h2v12H4zM16 4v12L7 10z",
  back: "M14 4v12L5 10z",
  play: "M6 4l10 6-10 6z",
  pause: "M5 4h3.5v12H5zM11.5 4H15v12h-3.5z",
  forward: "M6 4v12l9-6z",
  last: "M14 4h2v12h-2zM4 4v12l9-6z",
};

export class Player {
  /* `show(frame)` draws a frame; `sentence(frame)` describes it. */
  constructor(show, sentence) {
    this.show = show;
    this.sentence = sentence;
    this.aloud = new Aloud();
    this.frame = 0;
    this.playing = this.opening = false;
    this.calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.scrubber = make("input", { type: "range", min: 0, step: 1, class: "scrubber" });
    this.position = make("span", { class: "position" });
    this.speed = make("select", { class: "speed" });
    this.buttons = {};
    for (const name of ["first", "back", "play", "forward", "last"]) this.buttons[name] = iconButton(name);
    const keys = make("div", { class: "buttons" }, ...Object.values(this.buttons));
    this.bar = make("div", { class: "player" }, this.scrubber, keys, this.position, this.speed, this.aloud.root);
    this.listen();
  }

  listen() {
    const { first, back, play, forward, last } = this.buttons;
    first.addEventListener("click", () => this.stopAt(0));
    back.addEventListener("click", () => this.stopAt(this.frame - 1));
    forward.addEventListener("click", () => this.stopAt(this.frame + 1));
    last.addEventListener("click", () => this.stopAt(this.count - 1));
    play.addEventListener("click", () => this.toggle());
    this.scrubber.addEventListener("input", () => this.stopAt(Number(this.scrubber.value)));
    this.scrubber.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const ways = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in ways) this.stopAt(this.frame + ways[event.key]);
    else if (event.key === "Home") this.stopAt(0);
    else if (event.key === "End") this.stopAt(this.count - 1);
    else if (event.key === " ") this.toggle();
    else return;
    event.preventDefault();
  }

  /* Take over a run: its number of frames, the update of each, and the names of the controls. */
  load(steps, words, lastUpdate, frame) {
    Object.assign(this, { steps, words, lastUpdate, count: steps.length });
    this.scrubber.max = this.count - 1;
    this.scrubber.setAttribute("aria-label", words.scrubber);
    for (const [name, button] of Object.entries(this.buttons)) label(button, words[name]);
    this.buttons.play.disabled = this.count < 2;
    const chosen = this.speed.value || (this.calm ? SPEEDS[0] : 30);
    this.speed.replaceChildren(
      ...SPEEDS.map((count) => make("option", { value: count }, say(words.a_second, { count }))),
    );
    this.speed.value = chosen;
    this.speed.setAttribute("aria-label", words.speed);
    if (this.frame >= this.count - 1) this.pause();
    this.go(frame);
  }

  stopAt(frame) {
    this.pause();
    this.go(frame);
    this.aloud.say(() => this.sentence(this.frame));
  }

  go(frame) {
    this.frame = Math.min(Math.max(frame, 0), this.count - 1);
    const step = written(this.steps[this.frame], 12);
    const told = say(this.words.position, { step, last: written(this.lastUpdate, 12) });
    this.scrubber.value = this.frame;
    this.scrubber.setAttribute("aria-valuetext", told);
    this.position.textContent = told;
    this.show(this.frame);
  }

  toggle() {
    if (this.playing) this.stopAt(this.frame);
    else this.play();
  }

  play() {
    if (this.count < 2) return;
    if (this.frame === this.count - 1) this.go(0);
    this.playing = true;
    this.aloud.hush();
    this.look();
    let [before, place] = [performance.now(), this.frame];
    const tick = (now) => {
      if (!this.playing) return;
      place += (Math.max(now - before, 0) * Number(this.speed.value)) / 1000;
      before = now;
      if (Math.floor(place) > this.frame) this.go(Math.floor(place));
      if (this.frame === this.count - 1) this.stopAt(this.frame);
      else this.waiting = requestAnimationFrame(tick);
    };
    this.waiting = requestAnimationFrame(tick);
  }

  /* Play the whole run once in so many seconds, unless less motion is wanted; slowly at first, where it moves most.
     It ends at the last frame, not read aloud, since nobody has asked for it. */
  open(seconds) {
    if (this.calm || this.count < 2) return;
    this.go(0);
    this.playing = this.opening = true;
    this.look();
    let start;
    const tick = (now) => {
      if (!this.opening) return;
      start ??= now;
      const share = Math.min((now - start) / (1000 * seconds), 1);
      if (share === 1) this.pause();
      else this.waiting = requestAnimationFrame(tick);
      this.go(Math.floor((this.count - 1) * share ** 2));
    };
    this.waiting = requestAnimationFrame(tick);
  }

  pause() {
    cancelAnimationFrame(this.waiting);
    this.aloud.hush();
    this.playing = this.opening = false;
    this.look();
  }

  /* Show on the button what it does next. */
  look() {
    const does = this.playing ? "pause" : "play";
    this.buttons.play.querySelector("path").setAttribute("d", ICONS[does]);
    if (this.words) label(this.buttons.play, this.words[does]);
  }
}

export function label(button, words) {
  button.setAttribute("aria-label", words);
  button.title = words;
}

function iconButton(name) {
  const space = "http://www.w3.org/2000/svg";
  const [drawing, path] = [document.createElementNS(space, "svg"), document.createElementNS(space, "path")];
  drawing.setAttribute("viewBox", "0 0 20 20");
  drawing.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return make("button", { type: "button", class: name }, drawing);
}
