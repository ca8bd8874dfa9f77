/* Canny's four steps, a picture each. See scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./edges.css";
import { make, say } from "../shared/elements.js";
import { useNumberRules } from "../shared/numbers.js";
import { StepPlayer } from "../shared/step_player.js";

class EdgeSteps {
  constructor(parent) {
    this.picture = make("img");
    [this.title, this.text] = [make("figcaption"), make("p", { class: "text" })];
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    this.box = make("div", { class: "moving edges", role: "group" },
      make("figure", {}, this.picture, this.title), this.player.bar, this.text);
    parent.append(this.box);
  }

  /* Take over a scene; its step stays, and the first one is the last: the edges. */
  take(data) {
    const frame = this.data ? this.player.frame : data.frames.length - 1;
    this.data = data;
    this.box.setAttribute("aria-label", data.words.group);
    this.player.load(data.frames.map(({ title }) => title), data.words, frame);
  }

  draw(frame) {
    const { title, text, png } = this.data.frames[frame];
    this.picture.src = png;
    this.picture.alt = this.sentence(frame);
    [this.title.textContent, this.text.textContent] = [title, text];
    this.box.dataset.frame = frame;
  }

  sentence(frame) {
    const { title, text } = this.data.frames[frame];
    return say(this.data.words.described, { title, text });
  }

  leave() {
    this.player.pause();
    this.box.remove();
  }
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.edgeSteps ??= new EdgeSteps(parentElement);
  parentElement.edgeSteps.take(data);
  return () => {
    parentElement.edgeSteps?.leave();
    parentElement.edgeSteps = null;
  };
}
