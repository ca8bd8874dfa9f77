/* One graph as an SVG: boxes in layers, and the edges between them. Layers run down the page if they fit, else across.

   A drawing has places (layer, place) and boxes for nodes, ways (points like places) and edges, as in scene.py.
   Classes mark what is on or highlighted; labels are inserted as text only. */

import { make, say } from "../shared/elements.js";

const SVG = "http://www.w3.org/2000/svg";
const BOX = { width: 132, height: 62 };
const STRIDE = { down: [96, 148], across: [196, 78] }; // pixels from layer to layer, and from place to place
const EDGE_OF_PAGE = 14;
const SMALLEST = 0.7; // the smallest scale of a graph before it scrolls

function draw(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export class GraphDrawing {
  constructor(kind) {
    this.kind = kind;
    this.svg = draw("svg", { class: `graph ${kind}`, role: "img" });
    this.box = make("div", { class: "scroll" }, this.svg);
  }

  load(graph, sentence) {
    this.graph = graph;
    this.svg.setAttribute("aria-label", say(sentence, { nodes: graph.boxes.length }));
    this.fitted = 0;
    this.fit();
  }

  /* Lay the graph out for the available width. */
  fit() {
    const room = this.box.clientWidth;
    if (!this.graph || !room || room === this.fitted) return;
    this.fitted = room;
    const { layers, width } = this.graph;
    const sizes = Object.fromEntries(
      Object.entries(STRIDE).map(([way, [along, aside]]) => {
        const [long, wide] = [(layers - 1) * along, width * aside];
        return [way, way === "down" ? [wide + BOX.width, long + BOX.height] : [long + BOX.width, wide + BOX.height]];
      }),
    );
    const scale = (way) => Math.min(1, (room - 2 * EDGE_OF_PAGE) / sizes[way][0]);
    this.way = scale("down") >= Math.min(scale("across"), 0.999) ? "down" : "across";
    const least = Math.max(scale(this.way), SMALLEST);
    const [w, h] = sizes[this.way].map((size) => size + 2 * EDGE_OF_PAGE);
    this.svg.setAttribute("viewBox", `0 0 ${w} ${h}`);
    this.svg.style.width = `${w * least}px`;
    this.svg.style.height = `${h * least}px`;
    this.fill();
  }

  at([layer, place]) {
    const [along, aside] = STRIDE[this.way];
    const [x, y] = this.way === "down" ? [place * aside, layer * along] : [layer * along, place * aside];
    return [x + EDGE_OF_PAGE + BOX.width / 2, y + EDGE_OF_PAGE + BOX.height / 2];
  }

  fill() {
    const { boxes, edges, places, ways } = this.graph;
    this.ways = edges.map((edge, n) => this.wayOf(edge, ways[n], n));
    this.boxes = boxes.map((box, n) => this.boxOf(box, this.at(places[n]), n));
    this.svg.replaceChildren(
      draw("g", {}, ...this.ways.map((way) => way.group)),
      draw("g", {}, ...this.boxes.map((box) => box.group)),
      draw("g", { class: "labels" }, ...this.ways.map((way) => way.label)),
    );
  }

  /* A smooth line through the points of an edge, from the border of one box to that of the other, with an arrowhead. */
  wayOf(edge, way, n) {
    const points = way.map((point) => this.at(point));
    const down = this.way === "down";
    const half = down ? [0, BOX.height / 2] : [BOX.width / 2, 0];
    points[0] = points[0].map((value, axis) => value + half[axis]);
    const last = points.length - 1;
    points[last] = points[last].map((value, axis) => value - half[axis]);
    if (way.length === 3 && way[1][0] % 1) points[1] = this.between(points, way);
    const path = points.slice(1).reduce((drawn, [x, y], at) => {
      const [x0, y0] = points[at];
      const [cx, cy] = down ? [x0, (y0 + y) / 2] : [(x0 + x) / 2, y0];
      const [dx, dy] = down ? [x, (y0 + y) / 2] : [(x0 + x) / 2, y];
      return `${drawn}C${cx} ${cy} ${dx} ${dy} ${x} ${y}`;
    }, `M${points[0].join(" ")}`);
    const head = draw("path", { class: "head" });
    const ends = { forward: [points[last], 1], backward: [points[0], -1] };
    const turn = (direction) => {
      const [[x, y], sign] = ends[direction];
      const [a, b] = [sign * 8, 4.5];
      const d = down ? `M${x} ${y}l${-b} ${-a}h${2 * b}z` : `M${x} ${y}l${-a} ${-b}v${2 * b}z`;
      head.setAttribute("d", d);
    };
    turn(this.kind === "torch" ? "backward" : "forward");
    const share = points.length > 2 && way[1][0] % 1 ? 1 : 0.32; // near its end, or where it bulges
    const [x, y] = points[0].map((value, axis) => value + share * (points[1][axis] - value));
    const words = draw("text", { class: "sent", x, y: y + 4 });
    return { group: draw("g", { class: "way", "data-n": n }, draw("path", { class: "line", d: path }), head), label: words, turn };
  }

  /* The bulge of one of two edges between the same boxes: between the boxes, off the straight line. */
  between(points, way) {
    const aside = STRIDE[this.way][1] * (way[1][1] - (way[0][1] + way[2][1]) / 2);
    const middle = [0, 1].map((axis) => (points[0][axis] + points[2][axis]) / 2);
    middle[this.way === "down" ? 0 : 1] += aside;
    return middle;
  }

  boxOf(box, [x, y], n) {
    const { width, height } = BOX;
    const round = box.kind === "input" || box.leaf ? 16 : box.kind === "constant" ? 31 : 4;
    const frame = draw("rect", { x: x - width / 2, y: y - height / 2, width, height, rx: round });
    const line = (name, dy) => draw("text", { class: name, x, y: y + dy });
    const parts = { title: line("title", -12), value: line("value", 6), gradient: line("gradient", 23) };
    if (box.kind === "constant") parts.title.setAttribute("y", y + 5);
    const group = draw("g", { class: `box ${box.kind}`, "data-n": n }, frame, ...Object.values(parts));
    if (box.awry) group.append(draw("text", { class: "awry", x: x + width / 2 - 12, y: y - height / 2 + 16 }, "⚠"));
    parts.title.textContent = box.title;
    return { group, ...parts };
  }

  /* Scroll a box into view, where the drawing is larger than the view. */
  reveal(n) {
    const box = this.boxes[n]?.group;
    if (!box) return;
    const [inner, outer] = [box.getBoundingClientRect(), this.box.getBoundingClientRect()];
    const by = (low, high, from, to) => (low < from ? low - from - 20 : high > to ? high - to + 20 : 0);
    this.box.scrollBy(by(inner.left, inner.right, outer.left, outer.right), by(inner.top, inner.bottom, outer.top, outer.bottom));
  }
}
