/* A lesson in steps: formulas and tables, in which the places of a quantity light each other. See scene.py. */

import "../shared/scene.css";
import "../shared/player.css";
import "./twin_tables.css";
import { columnHead, make, reachWhenWide } from "../shared/elements.js";
import { useNumberRules } from "../shared/numbers.js";
import { themeOf } from "../shared/plot.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

class TwinTables {
  constructor(parent) {
    this.parent = parent;
    this.title = make("h2");
    this.lines = make("div", { class: "working lines" });
    this.tables = make("div", { class: "tables" });
    this.hint = make("p", { class: "quiet" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.data.frames[frame].title);
    this.box = make("div", { class: "moving twin-tables" }, this.title, this.lines, this.tables, this.player.bar, this.hint);
    parent.append(this.box);
    this.twins = new Twins(this.box);
  }

  /* Take over a lesson. As many steps as before keep the step; otherwise it begins where the lesson says. */
  take(data) {
    const same = this.data && this.data.frames.length === data.frames.length && this.data.start === data.start;
    this.data = data;
    const theme = themeOf(this.parent.host ?? this.parent);
    this.box.style.setProperty("--above", theme.series[0]);
    this.box.style.setProperty("--below", theme.series[1]);
    this.hint.textContent = data.words.hint;
    this.player.load(data.frames.map((frame) => frame.title), data.words, same ? this.player.frame : data.start);
  }

  draw(frame) {
    const { title, lines, tables } = this.data.frames[frame];
    this.title.textContent = title;
    this.lines.hidden = lines.length === 0;
    this.lines.replaceChildren(...lines.map((line) => walkable(make("p", {}, ...line.map((part) => makePart("span", part))))));
    this.tables.replaceChildren(...tables.map((table) => makeTable(table)));
    this.twins.refresh();
    Object.assign(this.box.dataset, { frame, steps: this.data.frames.length });
  }

  leave() {
    this.player.pause();
    this.twins.destroy();
    this.box.remove();
  }
}

function makePart(tag, { text, key, shade, strong }) {
  const attributes = strong ? { class: "strong" } : {};
  const element = key ? twin(key, tag, attributes, text) : make(tag, attributes, text);
  if (shade) {
    element.style.setProperty("--shade", `${Math.round(60 * Math.abs(shade))}%`);
    element.classList.add(shade < 0 ? "negative" : "positive");
  }
  return element;
}

function makeTable({ caption, columns, rows }) {
  const head = make("tr", {}, ...columns.map(columnHead));
  const body = rows.map((row) => walkable(make("tr", {}, ...row.map((part, place) => makePart(place ? "td" : "th", part)))));
  const table = make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
  const box = make("div", { class: "scrolled", role: "group", "aria-label": caption }, table);
  reachWhenWide(box, table);
  return box;
}

export default function ({ data, parentElement }) {
  useNumberRules(data.numberRules);
  parentElement.lesson ??= new TwinTables(parentElement);
  parentElement.lesson.take(data);
  return () => {
    parentElement.lesson?.leave();
    parentElement.lesson = null;
  };
}
