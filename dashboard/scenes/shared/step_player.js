/* The player for tables of cells: few steps, each with a sentence, so slower than that of a run. */

import { make, say } from "./elements.js";
import { Player, label } from "./player.js";

const SECONDS = [0.5, 1, 2, 4];

export class StepPlayer extends Player {
  load(labels, words, frame) {
    Object.assign(this, { labels, words, count: labels.length });
    this.bar.hidden = this.count < 2;
    this.scrubber.max = this.count - 1;
    this.scrubber.setAttribute("aria-label", words.scrubber);
    for (const [name, button] of Object.entries(this.buttons)) label(button, words[name]);
    const chosen = this.speed.value || 0.5;
    this.speed.replaceChildren(
      ...SECONDS.map((count) => make("option", { value: 1 / count }, say(words.seconds, { count }))),
    );
    this.speed.value = chosen;
    this.speed.setAttribute("aria-label", words.speed);
    if (this.frame >= this.count - 1) this.pause();
    this.look();
    this.go(frame);
  }

  go(frame) {
    this.frame = Math.min(Math.max(frame, 0), this.count - 1);
    const told = say(this.words.position, { step: this.frame + 1, last: this.count });
    this.scrubber.value = this.frame;
    this.scrubber.setAttribute("aria-valuetext", `${told}: ${this.labels[this.frame]}`);
    this.position.textContent = told;
    this.show(this.frame);
  }
}
