/* The next update in numbers: the rows of its minibatch with their errors, and what becomes of one parameter. */

import { make, reachWhenWide, say } from "../shared/elements.js";
import { written } from "../shared/numbers.js";

const LISTED = 8;
const DIGITS = "₀₁₂₃₄₅₆₇₈₉";

export class UpdatePanel {
  constructor(redraw) {
    this.heading = make("h2");
    this.choice = make("select", { class: "parameter" });
    this.choice.addEventListener("change", redraw);
    this.formula = make("div", { class: "formula working" });
    this.lines = [0, 1, 2].map(() => make("div"));
    this.formula.append(...this.lines);
    this.note = make("p", { class: "quiet" });
    this.caption = make("caption");
    this.header = make("tr");
    this.cells = Array.from({ length: LISTED }, () => Array.from({ length: 5 }, () => make("td")));
    this.rows = this.cells.map((cells) => make("tr", {}, ...cells));
    this.foot = Array.from({ length: 5 }, () => make("td"));
    this.more = make("p", { class: "quiet" });
    const body = make("tbody", {}, ...this.rows);
    this.table = make("table", {}, this.caption, make("thead", {}, this.header), body,
      make("tfoot", {}, make("tr", {}, ...this.foot)));
    this.box = make("div", { class: "batch", role: "group" }, this.table, this.more);
    reachWhenWide(this.box, this.table);
    const head = make("div", { class: "head" }, this.heading, this.choice);
    this.root = make("section", { class: "panel update" }, head, this.formula, this.note, this.box);
  }

  load(run) {
    this.run = run;
    const words = run.words.update;
    this.heading.textContent = words.title;
    this.choice.setAttribute("aria-label", words.parameter);
    const kept = this.choice.value;
    const names = run.chosen.map((parameter) => (parameter === run.features ? words.bias : run.names[parameter]));
    this.choice.replaceChildren(
      make("option", { value: "" }, words.largest),
      ...run.chosen.map((parameter, k) => make("option", { value: parameter }, `${this.symbol(parameter)}: ${names[k]}`)),
    );
    this.choice.value = kept;
    if (this.choice.value !== kept) this.choice.value = "";
    this.note.textContent = [words.explained, words.coordinates].filter(Boolean).join(" ");
    this.header.replaceChildren(...Array.from({ length: 5 }, () => make("th", { scope: "col" })));
  }

  symbol(parameter) {
    if (parameter === this.run.features) return "b";
    return `w${[...String(parameter + 1)].map((digit) => DIGITS[digit]).join("")}`;
  }

  factor(parameter) {
    if (parameter === this.run.features) return "";
    return `${this.run.standardised ? "z" : "x"}${this.symbol(parameter).slice(1)}`;
  }

  /* Which of the listed parameters is shown: the chosen one, or the one that the update moves most. */
  looked(frame) {
    const { run } = this;
    if (this.choice.value !== "") return run.chosen.indexOf(Number(this.choice.value));
    const first = frame * run.chosen.length;
    let most = 0;
    for (let k = 1; k < run.chosen.length; k++) {
      const moved = (at) => Math.abs(run.after[first + at] - run.before[first + at]);
      if (moved(k) > moved(most)) most = k;
    }
    return most;
  }

  draw(frame) {
    const { run } = this;
    const over = frame === run.count - 1;
    const k = this.looked(frame);
    const at = frame * run.chosen.length + k;
    const parameter = run.chosen[k];
    const numbers = { before: run.before[at], gradient: run.gradient[at], after: run.after[at] };
    const { title, title_at_end } = run.words.update;
    put(this.heading, over ? title_at_end : title);
    Object.assign(this.formula.dataset, numbers, { parameter, over });
    this.choice.hidden = this.formula.hidden = over;
    if (over) {
      this.listEnds();
      return;
    }
    const size = run.columns.size[frame];
    this.write(parameter, numbers, size);
    this.list(frame, parameter, numbers, size);
  }

  /* The sum over the minibatch: the gradient without the share of the penalty. */
  sum(parameter, { before, gradient }, size) {
    const share = parameter === this.run.features ? 0 : this.run.penalty * before;
    return size * (gradient - share);
  }

  write(parameter, numbers, size) {
    const { before, gradient, after } = numbers;
    const { rate, step: multiplied, velocity: beta, penalty } = this.run;
    const [w, factor] = [this.symbol(parameter), this.factor(parameter)];
    const unit = lastDigit(Math.abs(after - before));
    const [old, fresh] = [before, after].map((value) => upTo(value, unit));
    const errors = `Σ (ŷ − y)${factor && ` ${factor}`}`;
    const shrinks = penalty > 0 && factor;
    const total = bracketed(this.sum(parameter, numbers, size), 6);
    const [eta, count] = [written(rate), written(size, 12)];
    if (!multiplied) {
      const share = shrinks ? ` − ${eta} · ${written(penalty)} · ${bracketed(before, 6)}` : "";
      this.say(
        `${w} ← ${w} − η/|B| · ${errors}${shrinks ? ` − η λ ${w}` : ""}`,
        `${w} ← ${old} − ${eta}/${count} · ${total}${share} = ${fresh}`,
      );
      return;
    }
    const share = shrinks ? ` + ${written(penalty)} · ${bracketed(before, 6)}` : "";
    const mean = `g = 1/|B| · ${errors}${shrinks ? ` + λ ${w}` : ""} = ${total}/${count}${share} = ${written(gradient, 6)}`;
    const [name, formula] = multiplied;
    const step = (before - after) / rate;
    const moved = `${w} ← ${w} − η ${name} = ${old} − ${eta} · ${bracketed(step, 6)} = ${fresh}`;
    if (beta === null) this.say(mean, moved, `${formula} = ${written(step, 6)}`);
    else {
      const earlier = beta > 0 ? (step - gradient) / beta : 0;
      const velocity = `${written(beta)} · ${bracketed(earlier)} + ${bracketed(gradient)} = ${written(step)}`;
      this.say(mean, moved, `${formula} = ${velocity}`);
    }
  }

  say(first, second, third = "") {
    [first, second, third].forEach((words, i) => put(this.lines[i], words));
  }

  list(frame, parameter, numbers, size) {
    const { run } = this;
    const words = run.words.update;
    const places = run.minibatch(frame);
    const factor = this.factor(parameter);
    const caption = size === 1 ? words.one_row : run.all_lit ? words.every_row : words.rows;
    const total = written(this.sum(parameter, numbers, size), 6);
    this.fill({
      caption: say(caption, { count: written(size, 12) }),
      heads: [words.row, words.truth, words.prediction, words.error, factor ? say(words.part, { factor }) : ""],
      count: Math.min(places.length, LISTED),
      cells: (i) => {
        const place = places[i];
        const error = run.errors[place];
        const part = factor ? written(error * run.seen(place, parameter)) : "";
        return [String(run.row[place] + 1), written(run.truth[place]), written(run.truth[place] + error), written(error), part];
      },
      foot: [words.sum, "", "", factor ? "" : total, factor ? total : ""],
      more: words.more,
      left: size - Math.min(places.length, LISTED),
    });
  }

  /* At the end, the parameters compared with the closed form, instead of an update. */
  listEnds() {
    const { run } = this;
    const words = run.words.update;
    const first = (run.count - 1) * run.chosen.length;
    const count = Math.min(run.chosen.length, LISTED);
    this.fill({
      caption: words.parameters,
      heads: [...words.ends, ""],
      count,
      cells: (i) => {
        const k = i < count - 1 ? i : run.chosen.length - 1; // the bias is the last one listed
        const name = run.chosen[k] === run.features ? words.bias : run.names[run.chosen[k]];
        const [ended, goal] = [run.before[first + k], run.ends[k]];
        return [`${this.symbol(run.chosen[k])} ${name}`, written(ended, 6), written(goal, 6), written(ended - goal, 3), ""];
      },
      foot: ["", "", "", "", ""],
      more: words.more_parameters,
      left: run.features + 1 - count,
    });
  }

  fill({ caption, heads, count, cells, foot, more, left }) {
    put(this.caption, caption);
    heads.forEach((head, j) => put(this.header.children[j], head));
    this.header.lastChild.hidden = !heads.at(-1); // a column without a name holds nothing
    this.box.setAttribute("aria-label", caption);
    this.cells.forEach((row, i) => {
      this.rows[i].hidden = i >= count;
      const values = i < count ? cells(i) : ["", "", "", "", ""];
      row.forEach((cell, j) => put(cell, values[j]));
    });
    this.foot[0].parentElement.hidden = !foot[0];
    foot.forEach((value, j) => put(this.foot[j], value));
    put(this.more, left > 0 ? say(more, { count: written(left, 12) }) : "");
  }
}

/* Set the text of an element, if it differs. */
export function put(element, words) {
  if (element.said === words) return;
  element.said = words;
  element.textContent = words;
}

/* A number inside a formula: a negative one in brackets. */
function bracketed(value, digits = 4) {
  return value < 0 ? `(${written(value, digits)})` : written(value, digits);
}

/* The unit of the last digit in which a movement has four digits. */
function lastDigit(moved) {
  return moved > 0 ? 10 ** (Math.floor(Math.log10(moved)) - 3) : 0;
}

/* A number formatted up to a unit, but never with more digits than it has. */
function upTo(value, unit) {
  const digits = unit > 0 && value !== 0 ? Math.floor(Math.log10(Math.abs(value) / unit) + 1e-9) + 1 : 4;
  return written(value, Math.min(Math.max(digits, 3), 15));
}
