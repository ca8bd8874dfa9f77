/* A kernel slides over a small picture: at each place nine products add up to one number of the feature map. See
   scene.py for what `data` holds. */

import "../shared/scene.css";
import "../shared/player.css";
import "./kernel.css";
import { make, say } from "../shared/elements.js";
import { useNumberRules, written } from "../shared/numbers.js";
import { StepPlayer } from "../shared/step_player.js";
import { Twins, twin, walkable } from "../shared/twins.js";

const SIDE = 3; // of the kernel
const QUIET_KERNEL = 400; // milliseconds at rest until the server hears of the kernel

class KernelGame {
  constructor(parent) {
    this.twins = null;
    this.sheets = Object.fromEntries(["image", "kernel", "output"].map((name) => [name, makeSheet(name)]));
    this.formula = make("p", { class: "working formula" });
    this.hint = make("p", { class: "quiet" });
    this.player = new StepPlayer((frame) => this.draw(frame), (frame) => this.sentence(frame));
    const board = make("div", { class: "board" }, ...Object.values(this.sheets).map((sheet) => sheet.root));
    this.box = make("div", { class: "moving kernel", role: "group" }, board, this.player.bar, this.formula, this.hint);
    parent.append(this.box);
    this.twins = new Twins(this.box, (lit) => {
      this.box.dataset.lit = [...lit].join(" ");
    });
  }

  /* Take over a scene; another picture or kernel starts as it is given, from a place in the middle. What comes back as
     the server was told of it leaves alone what has been typed since. */
  take(data, setTriggerValue) {
    this.setTriggerValue = setTriggerValue;
    const version = JSON.stringify([data.version, data.kernel]);
    const same = version === this.told;
    this.told = version;
    Object.assign(this, { data, words: data.words, wide: data.image[0].length - SIDE + 1 });
    if (!same) {
      clearTimeout(this.telling);
      this.kernel = data.kernel.map((row) => [...row]);
      this.makeKernel();
    }
    this.box.setAttribute("aria-label", data.words.group);
    for (const [name, sheet] of Object.entries(this.sheets)) sheet.caption.textContent = data.words[name];
    this.hint.textContent = data.words.hint;
    this.player.load(data.labels, data.words, same ? this.player.frame : Math.floor(data.labels.length / 2));
  }

  makeKernel() {
    const rows = this.kernel.map((row, i) =>
      make("tr", {}, ...row.map((value, j) => {
        const said = say(this.words.cell, { row: i + 1, column: j + 1 });
        const field = make("input", { type: "number", step: 0.5, value: Number(value.toPrecision(4)), "aria-label": said });
        field.addEventListener("input", () => {
          if (!Number.isFinite(field.valueAsNumber)) return; // the last number stays
          this.kernel[i][j] = field.valueAsNumber;
          this.draw(this.player.frame);
          clearTimeout(this.telling);
          this.telling = setTimeout(() => this.tell(), QUIET_KERNEL);
        });
        return twin(`w-${i}-${j}`, "td", {}, field);
      })));
    this.sheets.kernel.table.replaceChildren(make("tbody", {}, ...rows));
  }

  /* Let the server hear of the kernel, so that the link and the photograph have it too. */
  tell() {
    if (this.gone) return;
    this.told = JSON.stringify([this.data.version, this.kernel]);
    this.setTriggerValue("settled", { kernel: this.kernel });
  }

  place(frame) {
    return [Math.floor(frame / this.wide), frame % this.wide];
  }

  /* The terms of the sum at a place: kernel value, pixel, and where in the window they stand. */
  terms(frame) {
    const [down, right] = this.place(frame);
    return this.kernel.flatMap((row, i) => row.map((weight, j) => ({ i, j, weight, pixel: this.data.image[down + i][right + j] })));
  }

  sum(frame) {
    return this.terms(frame).reduce((sum, { weight, pixel }) => sum + weight * pixel, 0);
  }

  draw(frame) {
    if (!this.data) return;
    this.sums = this.data.labels.map((_label, place) => this.sum(place));
    this.drawImage(frame);
    this.drawOutput(frame);
    this.writeFormula(frame);
    this.twins?.refresh();
    this.box.setAttribute("aria-description", this.sentence(frame));
    Object.assign(this.box.dataset, { frame, sum: this.sums[frame] });
  }

  drawImage(frame) {
    const [down, right] = this.place(frame);
    const rows = this.data.image.map((row, y) =>
      make("tr", {}, ...row.map((value, x) => {
        const [i, j] = [y - down, x - right];
        const inside = i >= 0 && i < SIDE && j >= 0 && j < SIDE;
        const grey = Math.round(255 * (1 - value));
        const style = `background-color: rgb(${grey}, ${grey}, ${grey}); color: ${grey > 127 ? "#000" : "#fff"}`;
        const attributes = { class: inside ? "pixel inside" : "pixel", style };
        return inside ? twin(`w-${i}-${j}`, "td", attributes, written(value, 2)) : make("td", attributes, written(value, 2));
      })));
    this.sheets.image.table.replaceChildren(make("tbody", {}, ...rows));
  }

  drawOutput(frame) {
    const most = Math.max(...this.sums.map(Math.abs)) || 1;
    const cells = this.sums.map((sum, place) => {
      const share = Math.round((75 * Math.abs(sum)) / most);
      const colour = sum < 0 ? "var(--negative)" : "var(--positive)";
      const style = place <= frame ? `background-color: color-mix(in srgb, ${colour} ${share}%, var(--st-background-color))` : "";
      const said = place <= frame ? written(sum, 2) : "";
      const attributes = { class: place === frame ? "here" : "", style };
      const cell = place === frame ? twin("sum", "td", attributes, said) : make("td", attributes, said);
      cell.addEventListener("click", () => this.player.stopAt(place));
      return cell;
    });
    const rows = [];
    while (cells.length) rows.push(make("tr", {}, ...cells.splice(0, this.wide)));
    this.sheets.output.table.replaceChildren(make("tbody", {}, ...rows));
  }

  writeFormula(frame) {
    const factor = (value) => (value < 0 ? `(${written(value, 3)})` : written(value, 3));
    const parts = this.terms(frame).flatMap(({ i, j, weight, pixel }, n) => [
      n ? " + " : "", twin(`w-${i}-${j}`, "span", {}, `${factor(weight)} · ${written(pixel, 3)}`),
    ]);
    this.formula.replaceChildren(...parts, " = ", twin("sum", "b", {}, written(this.sums[frame], 4)));
    walkable(this.formula);
  }

  sentence(frame) {
    const sums = this.sums ?? [0];
    const values = { sum: sums[frame], most: Math.max(...sums), least: Math.min(...sums) };
    const said = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value, 4)]));
    return say(this.words.described, { label: this.data.labels[frame], ...said });
  }

  leave() {
    this.gone = true;
    clearTimeout(this.telling);
    this.player.pause();
    this.twins.destroy();
    this.box.remove();
  }
}

function makeSheet(name) {
  const [caption, table] = [make("figcaption"), make("table")];
  return { caption, table, root: make("figure", { class: `sheet ${name}` }, caption, table) };
}

export default function ({ data, parentElement, setTriggerValue }) {
  useNumberRules(data.numberRules);
  parentElement.kernelGame ??= new KernelGame(parentElement);
  parentElement.kernelGame.take(data, setTriggerValue);
  return () => {
    parentElement.kernelGame?.leave();
    parentElement.kernelGame = null;
  };
}
