/* A bar that grows from the middle of its track, and whose end is dragged or moved by keys: a slider. */

import { make } from "../shared/elements.js";
import { written } from "../shared/numbers.js";
import { snapped } from "./model.js";

export class SliderBar {
  /* `hold(bar)` is called as the pointer takes hold of it, `change(value)` for every movement, `rest()` at its end. */
  constructor({ hold, change, rest }) {
    this.fill = make("i");
    this.knob = make("b");
    this.root = make("div", { class: "track", role: "slider", tabindex: "0" }, this.fill, this.knob);
    Object.assign(this, { change, rest });
    this.root.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.root.setPointerCapture(event.pointerId);
      this.root.focus();
      event.preventDefault();
      this.held = true;
      hold(this);
      this.follow(event);
    });
    this.root.addEventListener("pointermove", (event) => this.held && this.follow(event));
    for (const end of ["pointerup", "pointercancel"]) this.root.addEventListener(end, () => this.release());
    this.root.addEventListener("keydown", (event) => this.press(event));
  }

  follow(event) {
    const box = this.root.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    const value = snapped((2 * share - 1) * this.reach, this.reach);
    this.change(Math.min(Math.max(value, -this.reach), this.reach));
  }

  release() {
    if (!this.held) return;
    this.held = false;
    this.rest();
  }

  press(event) {
    const unit = 10 ** Math.floor(Math.log10(this.reach)) / 10;
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 }[event.key];
    const value = { Home: -this.reach, End: this.reach }[event.key] ?? this.value + steps * unit;
    if (event.altKey || event.ctrlKey || event.metaKey || !Number.isFinite(value)) return;
    event.preventDefault();
    this.value = Number(value.toPrecision(12)); // the next key may come before it is drawn
    this.change(this.value);
    this.rest();
  }

  draw(value, reach, label) {
    Object.assign(this, { value, reach });
    const share = Math.min(Math.max(value / reach, -1), 1);
    this.fill.style.left = `${50 + 50 * Math.min(share, 0)}%`;
    this.fill.style.width = `${50 * Math.abs(share)}%`;
    this.knob.style.left = `${50 + 50 * share}%`;
    this.root.classList.toggle("negative", value < 0);
    const said = { label, valuemin: -reach, valuemax: reach, valuenow: value, valuetext: written(value, 6) };
    for (const [name, now] of Object.entries(said)) this.root.setAttribute(`aria-${name}`, now);
  }
}
