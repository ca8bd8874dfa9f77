/* The losses of surfaces.py, computed in the browser: the same formulas as core/foundations/loss_surfaces.py. */

export class LossSurface {
  constructor({ kind, x, other, y, low, high }) {
    Object.assign(this, { kind, x, other, y, low, high });
  }

  predict(u, v, n) {
    const { kind, x, other } = this;
    if (kind === "line") return u * x[n] + v * other[n];
    return kind === "sine" ? Math.sin(u * x[n] + v) : v * Math.tanh(u * x[n]);
  }

  loss(u, v) {
    let sum = 0;
    for (let n = 0; n < this.y.length; n++) sum += (this.predict(u, v, n) - this.y[n]) ** 2;
    return sum / (2 * this.y.length);
  }

  gradient(u, v) {
    const { kind, x, other, y } = this;
    let [along, up] = [0, 0];
    for (let n = 0; n < y.length; n++) {
      const error = this.predict(u, v, n) - y[n];
      if (kind === "line") {
        along += error * x[n];
        up += error * other[n];
      } else if (kind === "sine") {
        const slope = Math.cos(u * x[n] + v);
        along += error * slope * x[n];
        up += error * slope;
      } else {
        const height = Math.tanh(u * x[n]);
        along += error * v * (1 - height * height) * x[n];
        up += error * height;
      }
    }
    return [along / y.length, up / y.length];
  }

  /* The path of gradient descent: us and vs of every step. */
  descend([u, v], rate, steps) {
    const [us, vs] = [[u], [v]];
    for (let step = 0; step < steps; step++) {
      const [along, up] = this.gradient(u, v);
      [u, v] = [u - rate * along, v - rate * up];
      us.push(u);
      vs.push(v);
    }
    return { us, vs };
  }

  /* A place in shares of the picture, and back. */
  placed([across, up]) {
    const { low, high } = this;
    return [low[0] + across * (high[0] - low[0]), low[1] + up * (high[1] - low[1])];
  }

  shares([u, v]) {
    const { low, high } = this;
    return [(u - low[0]) / (high[0] - low[0]), (v - low[1]) / (high[1] - low[1])];
  }
}
