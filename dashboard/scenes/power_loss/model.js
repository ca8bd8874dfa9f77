/* The number, or the line over the places 1 … n, with the least p-norm of the residuals. */

import { normOf } from "../norms/model.js";

const HALVINGS = 50;
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const SHRINKS = 44; // by the golden section: to 1e-9 of the first width

/* The number nearest to values in the p-norm: closed forms for 1, 2 and ∞, bisection of the slope of the sum else. */
export function bestNumber(values, p) {
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (!(high > low)) return low;
  if (p === Infinity) return (low + high) / 2;
  if (p === 2) return values.reduce((sum, value) => sum + value, 0) / values.length;
  if (p === 1) {
    const ordered = [...values].sort((a, b) => a - b);
    return (ordered[(ordered.length - 1) >> 1] + ordered[ordered.length >> 1]) / 2;
  }
  let [from, to] = [low, high];
  for (let n = 0; n < HALVINGS; n++) {
    const middle = (from + to) / 2;
    if (slopeAt(values, middle, p) > 0) to = middle;
    else from = middle;
  }
  return (from + to) / 2;
}

function slopeAt(values, m, p) {
  let peak = 0;
  for (const value of values) peak = Math.max(peak, Math.abs(m - value));
  let slope = 0;
  for (const value of values) slope += Math.sign(m - value) * (Math.abs(m - value) / peak) ** (p - 1);
  return slope;
}

/* What is left of values below a slope: the residuals of the best line of this slope, and its intercept. */
export function lineOfSlope(values, slope, p) {
  const left = values.map((value, place) => value - slope * (place + 1));
  const intercept = bestNumber(left, p);
  return { slope, intercept, norm: normOf(left.map((value) => value - intercept), p) };
}

/* The best line: its norm is convex in the slope, so the golden section ends at the best one. */
function bestLineOf(values, p) {
  const steps = values.slice(1).map((value, place) => value - values[place]);
  let [from, to] = [Math.min(...steps), Math.max(...steps)];
  if (p === 2) from = to = squaresSlope(values);
  const norm = (slope) => lineOfSlope(values, slope, p).norm;
  let [left, right] = [to - GOLDEN * (to - from), from + GOLDEN * (to - from)];
  let [atLeft, atRight] = [norm(left), norm(right)];
  for (let n = 0; n < SHRINKS && to > from; n++) {
    if (atLeft <= atRight) {
      [to, right, atRight] = [right, left, atLeft];
      left = to - GOLDEN * (to - from);
      atLeft = norm(left);
    } else {
      [from, left, atLeft] = [left, right, atRight];
      right = from + GOLDEN * (to - from);
      atRight = norm(right);
    }
  }
  return lineOfSlope(values, (from + to) / 2, p);
}

function squaresSlope(values) {
  const middle = (values.length + 1) / 2;
  let [across, both] = [0, 0];
  values.forEach((value, place) => {
    across += (place + 1 - middle) ** 2;
    both += (place + 1 - middle) * value;
  });
  return both / across;
}

/* The estimate of values: {slope, intercept, norm}; slope 0 for a number. */
export function estimateOf(values, p, line) {
  if (line && values.length > 1) return bestLineOf(values, p);
  const number = bestNumber(values, p);
  return { slope: 0, intercept: number, norm: normOf(values.map((value) => value - number), p) };
}

/* The number that a curve or a table shows of an estimate. */
export const shownOf = (estimate, line) => (line ? estimate.slope : estimate.intercept);

/* The rate at which an estimate follows a small move of one value. */
export function followsBy(values, place, p, line) {
  const step = 1e-4 * Math.max(...values.map(Math.abs), 1);
  const moved = values.map((value, n) => (n === place ? value + step : value));
  return (shownOf(estimateOf(moved, p, line), line) - shownOf(estimateOf(values, p, line), line)) / step;
}
