/* Twins: one quantity in several places, such as a weight in the formula, in the picture and in the table. Whatever
   names its quantity in `data-twin` lights up wherever it stands when one of its places is pointed at or has the focus:
   in its own scene and in the others on the page. A canvas says itself what is pointed at, and draws what is lit. */

import "./twins.css";
import { make } from "./elements.js";

const LIT = "descent-lab-twins"; // the event on the page, with the names of what is lit

/* Make an element that is a place of a quantity; several names stand with spaces between them. */
export function twin(name, tag, attributes = {}, ...children) {
  return make(tag, { ...attributes, "data-twin": name }, ...children);
}

export class Twins {
  /* `draw(lit)` is called with the set of lit names after every change, for what is drawn on a canvas. */
  constructor(box, draw = () => {}) {
    Object.assign(this, { box, draw, lit: new Set() });
    box.addEventListener("pointerover", ({ target, clientX, clientY }) => {
      const nothing = !target.closest("[data-twin], canvas");
      // A pointer at rest comes over something when the page scrolls, or a place under it is written anew.
      const rests = clientX === this.x && clientY === this.y;
      this.enter(((nothing || rests) && this.focused()?.closest("[data-twin]")) || target);
      Object.assign(this, { x: clientX, y: clientY });
    });
    box.addEventListener("pointermove", ({ clientX, clientY }) => Object.assign(this, { x: clientX, y: clientY }));
    box.addEventListener("pointerleave", () => this.enter(this.focused()));
    box.addEventListener("focusin", (event) => this.enter(event.target));
    box.addEventListener("focusout", () => this.enter(null));
    box.addEventListener("keydown", (event) => this.walk(event));
    this.hear = ({ detail }) => this.show(detail);
    document.addEventListener(LIT, this.hear);
  }

  enter(element) {
    if (element?.closest?.("canvas")) return; // which part of it is for the canvas to say
    this.point(namesOf(element?.closest?.("[data-twin]")));
  }

  focused() {
    return this.box.getRootNode().activeElement;
  }

  /* Light all places of these names, in every scene; without names all lights go out. */
  point(names = []) {
    if (names.length === this.lit.size && names.every((name) => this.lit.has(name))) return;
    document.dispatchEvent(new CustomEvent(LIT, { detail: names }));
  }

  show(names) {
    this.lit = new Set(names);
    this.refresh();
    this.draw(this.lit);
  }

  /* Mark the places again, after they have been made anew. */
  refresh() {
    for (const place of this.box.querySelectorAll("[data-twin]")) {
      place.classList.toggle("lit", namesOf(place).some((name) => this.lit.has(name)));
    }
  }

  /* Left and right go from place to place within a row of them; the row takes one stop of the Tab key. */
  walk(event) {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const row = event.target.closest?.("[data-walk]");
    if (!way || !row) return;
    const places = [...row.querySelectorAll("[data-twin]")];
    const here = places.indexOf(event.target.closest("[data-twin]"));
    const next = places[Math.min(Math.max(here + way, 0), places.length - 1)];
    for (const place of places) place.tabIndex = place === next ? 0 : -1;
    next?.focus();
    event.preventDefault();
  }

  destroy() {
    document.removeEventListener(LIT, this.hear);
  }
}

/* A row of places that the keyboard walks through, such as the terms of a formula. */
export function walkable(row) {
  row.dataset.walk = "";
  row.querySelectorAll("[data-twin]").forEach((place, n) => {
    place.tabIndex = n ? -1 : 0;
  });
  return row;
}

function namesOf(place) {
  return place?.dataset.twin?.split(" ") ?? [];
}
