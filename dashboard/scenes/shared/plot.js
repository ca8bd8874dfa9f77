/* Plots on a canvas, for all moving charts.

   themeOf(element)              colours and font of the page's theme: {text, quiet, faint, background, raised, primary,
                                 series: [six colours, as in all other charts], font}
   new Plot(canvas)              a plot, as large as the canvas is on the page:
     .frame({x: {scale, title}, y: {scale, title}, theme, still, room})
                                 the part that is the same in every frame: axes, and what still(plot) draws; room
                                 is kept for the labels of y, so that plots above each other line up
     .fit()                      adopt the size of the canvas; call it when that may have changed
     .begin(), .end()            between them a frame is drawn, on a new copy of the still part, clipped to the area
     .line(xs, ys, style, from = 0, to = xs.length), .dots(xs, ys, style, from, to, pick)
     .arrow(x0, y0, x1, y1, style), .rule({x} or {y}, style), .square(x, from, to, style), .text(words, x, y, style)
                                 in the units of the axes. style: {color, width, dash, alpha, size, shape, fill, align};
                                 shape is "dot", "ring", "diamond" or "cross"; what is not finite is left out
     .px(value), .py(value)      the position of a value, in pixels of the page
     .spot(event), .at(event)    the position of a pointer: in pixels as px and py, and as the [x, y] of the axes
*/

const FAR = 4; // widths of the area that a line may leave it by: out of sight, and within what a canvas can draw

export function themeOf(element) {
  const css = getComputedStyle(element);
  const read = (name, other) => css.getPropertyValue(`--st-${name}`).trim() || other;
  const text = read("text-color", "#1B2530");
  return {
    text,
    quiet: "#7F8C99",
    faint: read("border-color", "#7F8C9955"),
    background: read("background-color", "#FFFFFF"),
    raised: read("secondary-background-color", "#F3F6F9"),
    primary: read("primary-color", "#0072B2"),
    series: read("chart-categorical-colors", "#0072B2,#D55E00,#007F5F,#B0579A,#8A6A00,#56B4E9").split(","),
    font: read("font", "sans-serif"),
  };
}

export class Plot {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d");
    this.backdrop = document.createElement("canvas");
    this.fit();
  }

  fit() {
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [this.canvas.clientWidth, this.canvas.clientHeight];
    if (width === this.width && height === this.height && ratio === this.ratio) return;
    Object.assign(this, { width, height, ratio, stale: true });
    for (const sheet of [this.canvas, this.backdrop]) {
      sheet.width = Math.max(Math.round(width * ratio), 1);
      sheet.height = Math.max(Math.round(height * ratio), 1);
    }
  }

  frame(options) {
    Object.assign(this, options, { stale: true });
  }

  begin() {
    if (this.stale) this.drawStill();
    const pen = this.context;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.backdrop, 0, 0);
    this.cutAtArea();
  }

  end() {
    this.context.restore();
  }

  px(value) {
    return this.left + this.x.scale.share(value) * this.across;
  }

  py(value) {
    return this.top + (1 - this.y.scale.share(value)) * this.up;
  }

  spot(event) {
    const box = this.canvas.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  }

  at(event) {
    const [right, down] = this.spot(event);
    return [this.x.scale.value((right - this.left) / this.across), this.y.scale.value(1 - (down - this.top) / this.up)];
  }

  cutAtArea() {
    const pen = this.context;
    pen.save();
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.font = this.font();
    pen.beginPath();
    pen.rect(this.left, this.top, this.across, this.up);
    pen.clip();
  }

  font(size = 12, weight = 400) {
    return `${weight} ${size}px ${this.theme.font}`;
  }

  /* The still part: margins for the labels, grid, labels, titles, then the additions of the chart. */
  drawStill() {
    const visible = this.context;
    this.context = this.backdrop.getContext("2d");
    const pen = this.context;
    pen.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    pen.clearRect(0, 0, this.width, this.height);
    pen.font = this.font();
    this.measure(pen);
    this.drawAxes(pen);
    if (this.still) {
      this.cutAtArea();
      this.still(this);
      pen.restore();
    }
    this.context = visible;
    this.stale = false;
  }

  measure(pen) {
    this.top = 28;
    this.up = Math.max(this.height - this.top - 46, 20);
    const ticks = this.y.scale.ticks(Math.max(Math.round(this.up / 50), 2));
    this.yTicks = ticks;
    this.left = Math.ceil(Math.max(this.room ?? 24, ...ticks.map((tick) => pen.measureText(tick.label).width))) + 10;
    this.across = Math.max(this.width - this.left - 14, 20);
    let count = Math.round(Math.max(this.across / 90, Math.min(this.across / 45, 5), 2));
    const wide = (some) => some.reduce((sum, tick) => sum + pen.measureText(tick.label).width + 14, 0);
    do this.xTicks = this.x.scale.ticks(count--);
    while (count > 0 && wide(this.xTicks) > this.across + 14);
  }

  drawAxes(pen) {
    const [right, bottom] = [this.left + this.across, this.top + this.up];
    pen.lineWidth = 1;
    pen.strokeStyle = this.theme.faint;
    pen.fillStyle = this.theme.text;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    pen.beginPath();
    for (const tick of this.yTicks) {
      const place = Math.round(this.py(tick.value)) + 0.5;
      pen.moveTo(this.left, place);
      pen.lineTo(right, place);
      pen.fillText(tick.label, this.left - 7, place);
    }
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const tick of this.xTicks) {
      const place = Math.round(this.px(tick.value)) + 0.5;
      pen.moveTo(place, this.top);
      pen.lineTo(place, bottom);
      const half = pen.measureText(tick.label).width / 2;
      pen.fillText(tick.label, Math.min(place, this.width - half - 1), bottom + 6);
    }
    pen.stroke();
    pen.font = this.font(12, 600);
    pen.fillText(shortened(pen, this.x.title, this.across), this.left + this.across / 2, bottom + 26);
    pen.textAlign = "left";
    pen.fillText(shortened(pen, this.y.title, this.width - 4), 2, 4);
  }

  ink(style) {
    const pen = this.context;
    pen.globalAlpha = style.alpha ?? 1;
    pen.strokeStyle = style.color ?? this.theme.text;
    pen.fillStyle = style.fill ?? style.color ?? this.theme.text;
    pen.lineWidth = style.width ?? 1.5;
    pen.setLineDash(style.dash ?? []);
    return pen;
  }

  line(xs, ys, style, from = 0, to = xs.length) {
    const pen = this.ink(style);
    pen.lineJoin = "round";
    pen.beginPath();
    for (let i = from + 1; i < to; i++) {
      const ends = this.near(this.px(xs[i - 1]), this.py(ys[i - 1]), this.px(xs[i]), this.py(ys[i]));
      if (!ends) continue;
      if (i === from + 1 || ends[4]) pen.moveTo(ends[0], ends[1]);
      pen.lineTo(ends[2], ends[3]);
    }
    if (style.fill) pen.fill();
    if (style.width !== 0) pen.stroke();
  }

  /* The part of a segment that is not far outside the area (Liang and Barsky), and whether a new line starts there. */
  near(x0, y0, x1, y1) {
    if (!Number.isFinite(x0 + y0 + x1 + y1)) {
      this.broken = true;
      return null;
    }
    let [start, stop] = [0, 1];
    const edges = [
      [x0 - x1, x0 + FAR * this.across], [x1 - x0, this.width + FAR * this.across - x0],
      [y0 - y1, y0 + FAR * this.up], [y1 - y0, this.height + FAR * this.up - y0],
    ];
    for (const [slope, room] of edges) {
      if (slope === 0 && room < 0) start = 2;
      else if (slope < 0) start = Math.max(start, room / slope);
      else if (slope > 0) stop = Math.min(stop, room / slope);
    }
    if (start > stop) {
      this.broken = true;
      return null;
    }
    const anew = this.broken || start > 0;
    this.broken = stop < 1;
    return [x0 + start * (x1 - x0), y0 + start * (y1 - y0), x0 + stop * (x1 - x0), y0 + stop * (y1 - y0), anew];
  }

  dots(xs, ys, style, from = 0, to = xs.length, pick = null) {
    const pen = this.ink(style);
    const size = style.size ?? 3;
    for (let i = from; i < to; i++) {
      const place = pick ? pick[i] : i;
      const [x, y] = [this.px(xs[place]), this.py(ys[place])];
      const seen = x > this.left - size && x < this.width + size && y > -size && y < this.height + size;
      if (seen) mark(pen, style.shape ?? "dot", x, y, size);
    }
  }

  arrow(x0, y0, x1, y1, style) {
    const ends = this.near(this.px(x0), this.py(y0), this.px(x1), this.py(y1));
    if (!ends) return;
    const pen = this.ink(style);
    const [fromX, fromY, toX, toY] = ends;
    const length = Math.hypot(toX - fromX, toY - fromY);
    if (length < 1) return;
    const head = Math.min(9, length * 0.6);
    const angle = Math.atan2(toY - fromY, toX - fromX);
    pen.beginPath();
    pen.moveTo(fromX, fromY);
    pen.lineTo(toX, toY);
    for (const turn of [-0.45, 0.45]) {
      pen.moveTo(toX, toY);
      pen.lineTo(toX - head * Math.cos(angle + turn), toY - head * Math.sin(angle + turn));
    }
    pen.stroke();
  }

  rule(place, style) {
    const pen = this.ink(style);
    const upright = place.x !== undefined;
    const pixel = upright ? this.px(place.x) : this.py(place.y);
    if (!Number.isFinite(pixel)) return;
    pen.beginPath();
    pen.moveTo(upright ? pixel : this.left, upright ? this.top : pixel);
    pen.lineTo(upright ? pixel : this.left + this.across, upright ? this.top + this.up : pixel);
    pen.stroke();
  }

  /* A square on the vertical line from one y to another, on the side where the area has room. */
  square(x, from, to, style) {
    const [place, first, last] = [this.px(x), this.py(from), this.py(to)];
    const side = Math.min(Math.abs(last - first), 1e5);
    if (!Number.isFinite(place + side)) return;
    const low = Math.max(Math.min(first, last), -1e5);
    const pen = this.ink(style);
    pen.beginPath();
    pen.rect(place + side > this.left + this.across ? place - side : place, low, side, side);
    if (style.fill) pen.fill();
    pen.globalAlpha = 1;
    if (style.width !== 0) pen.stroke();
  }

  text(words, x, y, style) {
    const pen = this.ink(style);
    pen.font = this.font(style.size ?? 12, style.weight ?? 400);
    pen.textAlign = style.align ?? "left";
    pen.textBaseline = style.baseline ?? "middle";
    const [right, down] = [this.px(x) + (style.right ?? 0), this.py(y) + (style.down ?? 0)];
    pen.lineJoin = "round";
    pen.lineWidth = 3;
    pen.strokeStyle = this.theme.background;
    pen.strokeText(words, right, down);
    pen.fillText(words, right, down);
  }
}

function mark(pen, shape, x, y, size) {
  pen.beginPath();
  if (shape === "cross") {
    pen.moveTo(x - size, y - size);
    pen.lineTo(x + size, y + size);
    pen.moveTo(x - size, y + size);
    pen.lineTo(x + size, y - size);
    pen.stroke();
  } else if (shape === "diamond") {
    pen.moveTo(x, y - size);
    pen.lineTo(x + size, y);
    pen.lineTo(x, y + size);
    pen.lineTo(x - size, y);
    pen.closePath();
    pen.fill();
    pen.stroke();
  } else {
    pen.arc(x, y, size, 0, 2 * Math.PI);
    if (shape === "ring") pen.stroke();
    else pen.fill();
  }
}

export function shortened(pen, words, width) {
  if (pen.measureText(words).width <= width) return words;
  let count = words.length;
  while (count > 1 && pen.measureText(`${words.slice(0, count)}…`).width > width) count--;
  return `${words.slice(0, count)}…`;
}
