/* The loss of the line y = w x + b, for any w and b, as in core/regression/experiments/manual_fit.py; no row is needed. */

const ROUNDING = 2 ** -51; // a few roundings of float64

export class HandModel {
  constructor(numbers) {
    Object.assign(this, numbers);
  }

  /* The mean height of the line above the rows; 0 where rounding alone could make it so. */
  level(w, b) {
    const level = b - this.bias + this.xMean * (w - this.weight);
    const sizes = Math.abs(b) + Math.abs(this.bias) + Math.abs(this.xMean) * (Math.abs(w) + Math.abs(this.weight));
    return Math.abs(level) > ROUNDING * sizes ? level : 0;
  }

  gap(w, b) {
    return 0.5 * ((this.xDeviation * (w - this.weight)) ** 2 + this.level(w, b) ** 2);
  }

  loss(w, b) {
    return this.floor + this.gap(w, b);
  }

  gradient(w, b) {
    const level = this.level(w, b);
    return [this.xDeviation * (this.xDeviation * (w - this.weight)) + this.xMean * level, level];
  }
}

/* The coordinates of a landscape: those of the table, or for a standardised feature z = (x - mean)/deviation, whose
   weight is w · deviation and whose bias is b + w · mean. */
export class Coordinates {
  constructor(model, standardised) {
    this.model = model;
    this.standardised = standardised;
    this.unit = standardised ? model.xDeviation || 1 : 1;
    this.shift = standardised ? model.xMean : 0;
  }

  fromTable(w, b) {
    return [w * this.unit, b + w * this.shift];
  }

  toTable(u, v) {
    const w = u / this.unit;
    return [w, v - w * this.shift];
  }

  gradient(w, b) {
    const level = this.model.level(w, b);
    const along = this.model.xDeviation * (this.model.xDeviation * (w - this.model.weight));
    return [(along + (this.model.xMean - this.shift) * level) / this.unit, level];
  }

  /* The largest curvature: the largest eigenvalue of the Hessian in these coordinates. */
  get curvature() {
    const deviation = this.model.xDeviation / this.unit;
    const mean = (this.model.xMean - this.shift) / this.unit;
    const first = deviation * deviation + mean * mean;
    return (first + 1) / 2 + Math.hypot((first - 1) / 2, mean);
  }

  /* The ratio of length to width of the contours; infinite where the feature never varies. */
  get length() {
    return this.curvature / (this.model.xDeviation / this.unit);
  }

  /* The closed curve on which the loss is `gap` above its smallest; two parallel lines where the feature never varies. */
  levelLines(gap, low, high, points = 240) {
    const { model } = this;
    const radius = Math.sqrt(2 * gap);
    const ways = [];
    if (model.xDeviation > 0) {
      const angles = Array.from({ length: points + 1 }, (_, i) => (2 * Math.PI * i) / points);
      ways.push(angles.map((angle) => this.around((radius * Math.cos(angle)) / model.xDeviation, radius * Math.sin(angle))));
    } else {
      const [first, last] = [low, high].map((end) => end / this.unit - model.weight);
      for (const side of [-radius, radius]) ways.push([this.around(first, side), this.around(last, side)]);
    }
    return ways.map((way) => [way.map((place) => place[0]), way.map((place) => place[1])]);
  }

  around(change, level) {
    const { model } = this;
    const [u, v] = this.fromTable(model.weight, model.bias);
    return [u + change * this.unit, v + level + change * (this.shift - model.xMean)];
  }
}

/* A range grown about its middle, by powers of two, until it contains a value with some margin. */
export function holding([low, high], value) {
  const middle = (low + high) / 2;
  let half = (high - low) / 2;
  while (Math.abs(value - middle) > 0.94 * half && half < 1e300) half *= 2;
  return [middle - half, middle + half];
}
