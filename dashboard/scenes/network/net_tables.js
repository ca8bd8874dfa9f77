/* The weights of one layer as a table, those of the output beside the exact ones; and the features of a group. */

import { make, reachWhenWide, say } from "../shared/elements.js";
import { shortly } from "./net_numbers.js";
import { twin, walkable } from "../shared/twins.js";

export class NetTable {
  constructor() {
    this.title = make("h2");
    this.table = make("table");
    this.box = make("div", { class: "scroll" }, this.table);
    this.root = make("div", {}, this.title, this.box);
    reachWhenWide(this.box, this.table);
  }

  /* The cells of a layer are made once, so that one which has the focus keeps it. */
  load(data, layer) {
    Object.assign(this, { data, layer });
    const [sources, targets] = [data.columns[layer].units, data.columns[layer + 1].units];
    const isLast = layer === data.columns.length - 2;
    const heads = targets.flatMap((unit) => [unit.name, ...(isLast ? [say(data.words.exact, { unit: unit.name })] : [])]);
    const cell = (name, to) => twin(name, "td", { "data-to": to, "data-layer": layer });
    this.cells = [...sources, null].map((source, from) =>
      targets.map((unit, to) => cell(source ? `e${layer}.${from}.${to}` : `b${layer}.${to}`, to)));
    const exact = (from, to) => {
      const value = from < sources.length ? data.exact.w[from][to] : data.exact.b[to];
      return isLast ? [make("td", { class: "exact" }, shortly(value, 4))] : [];
    };
    const rows = this.cells.map((row, from) => {
      const source = sources[from];
      const head = source ? twin(`u${layer}.${from}`, "th", { scope: "row" }, source.count > 1 ? `‖${source.name}‖` : source.name)
        : make("th", { scope: "row" }, "b");
      return make("tr", {}, head, ...row.flatMap((td, to) => [td, ...exact(from, to)]));
    });
    const head = make("tr", {}, make("th", { scope: "col" }, data.words.source), ...heads.map((name) => make("th", { scope: "col" }, name)));
    this.table.replaceChildren(make("thead", {}, head), walkable(make("tbody", {}, ...rows)));
  }

  show(data, frame, layer) {
    if (data !== this.data || layer !== this.layer) this.load(data, layer);
    this.title.textContent = say(data.words.weightsOf, { layer: layer + 1, step: shortly(frame.step, 12) });
    const { w, b } = frame.layers[layer];
    this.cells.forEach((row, from) => row.forEach((td, to) => {
      td.textContent = shortly(from < w.length ? w[from][to] : b[to], 4);
    }));
  }
}

export class NetMembers {
  constructor() {
    this.title = make("p", { class: "quiet" });
    this.table = make("table");
    this.box = make("div", { class: "scroll members", tabindex: "0", role: "region" }, this.table);
    this.root = make("div", {}, this.title, this.box);
  }

  /* List the features of the group `from` with their weights to the unit `to` of the first layer. */
  show(data, from, to) {
    const { members, columns, words } = data;
    const group = members[from];
    this.root.hidden = !group;
    if (!group) return;
    const title = say(words.membersOf, { name: columns[0].units[from].name, unit: columns[1].units[to].name });
    this.title.textContent = title;
    this.box.ariaLabel = title;
    const rows = group.names.map((name, n) => [name, group.x[n], group.w[n][to], group.x[n] * group.w[n][to]]);
    rows.sort((one, other) => Math.abs(other[3]) - Math.abs(one[3]));
    const head = [words.feature, words.value, words.weight, words.product].map((name) => make("th", { scope: "col" }, name));
    const body = rows.map(([name, ...numbers]) =>
      make("tr", {}, make("th", { scope: "row" }, name), ...numbers.map((value) => make("td", {}, shortly(value, 3)))));
    this.table.replaceChildren(make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...body));
  }
}
