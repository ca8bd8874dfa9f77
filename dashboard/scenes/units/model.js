/* A network from two features through one hidden layer to one linear output, its parameters one vector as in
   core/foundations/plane_network.py: for each hidden unit two weights, its bias and the output's weight for it; last, the
   output's bias. Gradient descent takes all rows at once, and the loss is half the mean squared error. */

import { sigmoidOf } from "../shared/sigmoid.js";

export const PER_UNIT = 4;
const LEAK = 0.01;
const HOPELESS = 1e6; // times the largest of the first loss and 1: from there no run comes back

/* For each activation its value at z, and its slope given z and that value. */
export const RULES = {
  tanh: { value: Math.tanh, slope: (z, a) => 1 - a * a },
  sigmoid: { value: sigmoidOf, slope: (z, a) => a * (1 - a) },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => (z > 0 ? 1 : 0) },
  leaky: { value: (z) => (z > 0 ? z : LEAK * z), slope: (z) => (z > 0 ? 1 : LEAK) },
  none: { value: (z) => z, slope: () => 1 },
};

export const unitsOf = (parameters) => (parameters.length - 1) / PER_UNIT;

export function sumOf(parameters, unit, x1, x2) {
  const at = unit * PER_UNIT;
  return parameters[at] * x1 + parameters[at + 1] * x2 + parameters[at + 2];
}

export const answerOf = (parameters, rule, unit, x1, x2) => rule.value(sumOf(parameters, unit, x1, x2));

export function outputOf(parameters, rule, x1, x2) {
  let output = parameters.at(-1);
  for (let unit = 0; unit < unitsOf(parameters); unit++)
    output += parameters[unit * PER_UNIT + 3] * answerOf(parameters, rule, unit, x1, x2);
  return output;
}

/* The loss on the rows {x1, x2, y}, its gradient, and the share of rows whose output has the sign of their label. */
export function lossAndGradient(parameters, rule, { x1, x2, y }) {
  const count = unitsOf(parameters);
  const gradient = new Float64Array(parameters.length);
  const [sums, answers] = [new Float64Array(count), new Float64Array(count)];
  let [loss, right] = [0, 0];
  for (let row = 0; row < y.length; row++) {
    let output = parameters[count * PER_UNIT];
    for (let unit = 0; unit < count; unit++) {
      sums[unit] = sumOf(parameters, unit, x1[row], x2[row]);
      answers[unit] = rule.value(sums[unit]);
      output += parameters[unit * PER_UNIT + 3] * answers[unit];
    }
    const error = output - y[row];
    loss += error * error;
    if (output > 0 === y[row] > 0) right++;
    for (let unit = 0; unit < count; unit++) {
      const at = unit * PER_UNIT;
      const back = error * parameters[at + 3] * rule.slope(sums[unit], answers[unit]);
      gradient[at] += back * x1[row];
      gradient[at + 1] += back * x2[row];
      gradient[at + 2] += back;
      gradient[at + 3] += error * answers[unit];
    }
    gradient[count * PER_UNIT] += error;
  }
  return { loss: loss / 2 / y.length, gradient: gradient.map((part) => part / y.length), right: right / y.length };
}

/* The least-squares output layer for the hidden units as they are, by orthogonalising their answers one by one (modified
   Gram and Schmidt); a unit whose answers the ones before it make up gets the weight 0. */
export function exactOutput(parameters, rule, { x1, x2, y }) {
  const count = unitsOf(parameters);
  const columns = [y.map(() => 1)];
  for (let unit = 0; unit < count; unit++) columns.push(y.map((_label, row) => answerOf(parameters, rule, unit, x1[row], x2[row])));
  const dot = (a, b) => a.reduce((sum, value, place) => sum + value * b[place], 0);
  const minus = (a, times, b) => a.map((value, place) => value - times * b[place]);
  const basis = []; // [column, direction, its shares of the directions before it, its length]
  for (const [place, column] of columns.entries()) {
    let rest = column;
    const shares = basis.map(([, direction]) => {
      const share = dot(rest, direction);
      rest = minus(rest, share, direction);
      return share;
    });
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-9 * Math.sqrt(dot(column, column))) basis.push([place, rest.map((value) => value / length), shares, length]);
  }
  let rest = [...y];
  const along = basis.map(([, direction]) => {
    const share = dot(rest, direction);
    rest = minus(rest, share, direction);
    return share;
  });
  const weights = Array.from({ length: count + 1 }, () => 0);
  for (let last = basis.length - 1; last >= 0; last--) {
    const [place, , shares, length] = basis[last];
    weights[place] = along[last] / length;
    for (const [before, share] of shares.entries()) along[before] -= share * weights[place];
  }
  return { bias: weights[0], weights: weights.slice(1), loss: dot(rest, rest) / 2 / y.length };
}

/* Gradient descent that goes on as far as it is asked to, and from where somebody has turned a weight. */
export class PlaneDescent {
  constructor(rows, start, rule, rate) {
    Object.assign(this, { rows, rule, rate, held: new Set() });
    this.begin(start);
  }

  begin(start) {
    this.trajectory = [Float64Array.from(start)];
    this.losses = [];
    this.cut(0);
  }

  /* The parameters after so many steps; where a step would lead beyond all numbers, those before it. */
  at(step) {
    while (this.trajectory.length <= step && !this.diverged) this.learn();
    return this.trajectory[Math.min(step, this.trajectory.length - 1)];
  }

  learn() {
    const now = this.trajectory.at(-1);
    const { loss, gradient } = (this.ahead ??= lossAndGradient(now, this.rule, this.rows));
    const next = now.map((value, place) => (this.held.has(place) ? value : value - this.rate * gradient[place]));
    this.losses[this.trajectory.length - 1] = loss;
    this.ahead = lossAndGradient(next, this.rule, this.rows);
    this.diverged = !(this.ahead.loss <= HOPELESS * Math.max(this.lossAt(0), 1));
    if (next.every(Number.isFinite) && Number.isFinite(this.ahead.loss)) this.trajectory.push(next);
  }

  lossAt(step) {
    const place = Math.min(step, this.trajectory.length - 1);
    return (this.losses[place] ??= lossAndGradient(this.trajectory[place], this.rule, this.rows).loss);
  }

  /* Set parameters, by their places, at a step: what was learned after it is forgotten. */
  turn(step, changes) {
    const now = Float64Array.from(this.at(step));
    for (const [place, value] of changes) now[place] = value;
    this.cut(step);
    this.trajectory[this.trajectory.length - 1] = now;
    this.losses.length = this.trajectory.length - 1;
  }

  /* Hold or release a parameter from a step on. */
  hold(step, place, wanted) {
    this.at(step);
    if (wanted) this.held.add(place);
    else this.held.delete(place);
    this.cut(step);
  }

  cut(step) {
    this.trajectory.length = Math.min(step + 1, this.trajectory.length);
    this.losses.length = Math.min(this.losses.length, this.trajectory.length);
    this.ahead = null; // the loss and the gradient at the end of the trajectory
    this.diverged = false;
  }
}
