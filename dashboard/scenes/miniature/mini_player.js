/* The player of a miniature: a whole run takes so many seconds, whatever its number of frames. */

import { make, say } from "../shared/elements.js";
import { Player, label } from "../shared/player.js";

const DURATIONS = [3, 6, 12, 30]; // seconds for a whole run
const SLOWEST = 1.5; // frames a second where a run has few, so that their sentences can be read

export class MiniPlayer extends Player {
  load(sentences, words, frame) {
    Object.assign(this, { sentences, words, count: sentences.length });
    this.scrubber.max = this.count - 1;
    this.scrubber.setAttribute("aria-label", words.scrubber);
    for (const [name, button] of Object.entries(this.buttons)) label(button, words[name]);
    this.buttons.play.disabled = this.count < 2;
    const before = this.speed.selectedIndex;
    const options = DURATIONS.map((seconds) => {
      const rate = (this.count - 1) / seconds;
      return [Math.min(rate, (SLOWEST * DURATIONS.at(-1)) / seconds), seconds];
    });
    this.speed.replaceChildren(...options.map(([rate]) =>
      make("option", { value: rate || 1 }, say(words.seconds, { count: Math.max(Math.round((this.count - 1) / rate), 1) || 1 }))));
    this.speed.selectedIndex = before >= 0 ? before : this.calm ? DURATIONS.length - 1 : 1;
    this.speed.setAttribute("aria-label", words.speed);
    if (this.frame >= this.count - 1) this.pause();
    this.look();
    this.go(frame);
  }

  go(frame) {
    this.frame = Math.min(Math.max(frame, 0), this.count - 1);
    const told = say(this.words.position, { step: this.frame + 1, last: this.count });
    this.scrubber.value = this.frame;
    this.scrubber.setAttribute("aria-valuetext", `${told}: ${this.sentences[this.frame]}`);
    this.position.textContent = told;
    this.show(this.frame);
  }
}
