/* The squared loss and the likelihood of predictions base + at · direction under normal noise. What is moved is the
   slope of a line through (pivot, base), or with a pivot of null, a mean. */

export class LineModel {
  constructor({ x, y, base, direction, pivot, sigma, best }) {
    Object.assign(this, { x, y, base, direction, pivot, sigma, best, n: x.length, centre: base[0] });
    this.level = -Math.log(sigma) - Math.log(2 * Math.PI) / 2; // the logarithm of the density at residual 0
  }

  get isSlope() {
    return this.pivot !== null;
  }

  /* Of the line that is drawn: its height at x = 0 and its slope. */
  affine(at) {
    return this.isSlope ? [this.centre - at * this.pivot, at] : [at, 0];
  }

  /* How far the line rises at x for one more of what is moved. */
  lever(x) {
    return x - this.pivot;
  }

  prediction(row, at) {
    return this.base[row] + at * this.direction[row];
  }

  residual(row, at) {
    return this.y[row] - this.prediction(row, at);
  }

  logFactor(row, at) {
    return this.level - this.residual(row, at) ** 2 / (2 * this.sigma ** 2);
  }

  /* May underflow to 0 where its logarithm is a number. */
  factor(row, at) {
    return Math.exp(this.logFactor(row, at));
  }

  loss(at) {
    let sum = 0;
    for (let row = 0; row < this.n; row++) sum += this.residual(row, at) ** 2;
    return sum;
  }

  /* The product as a computer multiplies it: 0 or ∞ where it leaves float64. */
  product(at) {
    let product = 1;
    for (let row = 0; row < this.n; row++) product *= this.factor(row, at);
    return product;
  }

  logLikelihood(at) {
    return this.n * this.level - this.loss(at) / (2 * this.sigma ** 2);
  }
}
