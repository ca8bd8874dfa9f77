/* A typed function, evaluated in the browser by a stack machine. Each function brings its own rule, of operations and
   functions of Math.

   Each value is a pair [value, slope]: the limit of the function and its slope as x moves by t > 0 in one direction.
   So abs(x) at 0 has the slope 1 to the right and −1 to the left, and step(x) tends to 1 and to 0.
   An infinite slope is Infinity; NaN is unknown or not defined. */

const TOUCHING = 1e-14; // a slope that rounding leaves of 0
const LOGARITHM = { value: [["x"], ["log"]], derivative: [["number", 1], ["x"], ["divide"]], edges: [[0, -1]] };

export function times(a, b) {
  return a === 0 || b === 0 ? 0 : a * b; // 0 times ∞: the first coefficient is 0
}

function signOf([value, slope]) {
  return Math.sign(value !== 0 ? value : slope);
}

function power([a, slope], [b, other]) {
  const value = b === 0 ? 1 : a ** b;
  if (other === 0) {
    if (b === 0) return [1, 0];
    if (a !== 0 || b >= 1 && Number.isInteger(b)) return [value, times(b * a ** (b - 1), slope)];
    if (!(slope > 0) && !Number.isInteger(b)) return slope === 0 ? [value, NaN] : [NaN, NaN];
    return [value, b > 1 ? 0 : b === 1 ? slope : Infinity];
  }
  const [log, logSlope] = smooth(LOGARITHM, [a, slope]);
  return Number.isNaN(log) ? [NaN, NaN] : [value, times(value, times(other, log) + times(b, logSlope))];
}

/* The value of a function that is smooth inside its edges, and its slope by the chain rule. An argument that only
   touches an edge where the slope is infinite, as cos(x) touches 1, has a slope that the second derivative decides. */
function smooth({ value, derivative, edges }, [u, slope], moving) {
  for (const [edge, direction] of edges) {
    if (u !== edge) continue;
    if (moving && Math.abs(slope) <= TOUCHING && Number.isFinite(computed(value, u))) return [computed(value, u), NaN];
    if (Math.sign(slope) === direction) return [NaN, NaN];
  }
  return [computed(value, u), times(computed(derivative, u), slope)];
}

/* A function that is linear on either side of 0, and 0 there. */
function bySign([left, right], u) {
  const sign = signOf(u);
  if (Number.isNaN(sign)) return [NaN, NaN];
  const [level, slope] = sign === 0 ? [0, 0] : sign > 0 ? right : left;
  return [level + times(slope, u[0]), times(slope, u[1])];
}

function called(how, u, moving) {
  if (how.exponent !== undefined) return power(u, [how.exponent, 0]);
  return how.sides ? bySign(how.sides, u) : smooth(how, u, moving);
}

/* 0 to a power that moves: 0 where it is above 0, 1 where it stays 0, and below no number. */
function powerOfZero([b, slope]) {
  const sign = signOf([b, slope]);
  return sign > 0 ? [0, 0] : sign === 0 ? [1, 0] : [NaN, NaN];
}

const OPERATIONS = {
  add: ([a, s], [b, t]) => [a + b, s + t],
  subtract: ([a, s], [b, t]) => [a - b, s - t],
  multiply: ([a, s], [b, t]) => [a * b, Number.isNaN(a * b) ? NaN : times(s, b) + times(a, t)],
  divide: ([a, s], [b, t]) => [a / b, (s - times(a / b, t)) / b],
  power,
  powerOfZero,
  negate: ([a, s]) => [-a, -s],
};

/* The value of a function's steps at a number u. */
function computed(steps, u) {
  const stack = [];
  for (const [step, value] of steps)
    if (step === "number") stack.push(value);
    else if (step === "x") stack.push(u);
    else stack.push(NUMBERS[step] ? NUMBERS[step](...stack.splice(-NUMBERS[step].length)) : Math[step](stack.pop()));
  return stack[0];
}

const NUMBERS = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  power: (a, b) => a ** b,
  negate: (a) => -a,
  max: (a, b) => Math.max(a, b),
  min: (a, b) => Math.min(a, b),
};

export class SlopeModel {
  constructor(program) {
    this.program = program;
  }

  /* The limit and the slope of the function as x moves in this direction (0: at x itself). */
  follow(x, direction) {
    const stack = [];
    for (const [step, value] of this.program)
      if (step === "number") stack.push([value, 0]);
      else if (step === "x") stack.push([x, direction]);
      else if (step === "function") stack.push(called(value, stack.pop(), direction !== 0));
      else stack.push(OPERATIONS[step](...stack.splice(-OPERATIONS[step].length)));
    return stack[0];
  }

  value(x) {
    return this.follow(x, 0)[0];
  }

  /* The kind of point, as in core: {kind, value, left, right, leftLimit, rightLimit}. */
  at(x) {
    const value = this.value(x);
    const [rightLimit, right] = this.follow(x, 1);
    const [leftLimit, back] = this.follow(x, -1);
    const left = -back + 0;
    return { value, left, right, leftLimit, rightLimit, kind: kindOf({ value, left, right, leftLimit, rightLimit }) };
  }
}

function kindOf({ value, left, right, leftLimit, rightLimit }) {
  if (!Number.isFinite(value)) return "undefined";
  const near = 1e-12 * Math.abs(value) + 1e-300;
  if (Math.abs(leftLimit - value) > near || Math.abs(rightLimit - value) > near) return "jump";
  if (Number.isNaN(leftLimit) && Number.isNaN(rightLimit)) return "unknown";
  if (Number.isNaN(leftLimit)) return "begins";
  if (Number.isNaN(rightLimit)) return "ends";
  if (Number.isNaN(left + right) && !(Math.abs(left) === Infinity && Math.abs(right) === Infinity)) return "unknown";
  if (Math.abs(left) === Infinity || Math.abs(right) === Infinity) return "steep";
  return Math.abs(left - right) <= 1e-9 * (Math.abs(left) + Math.abs(right)) ? "smooth" : "kink";
}
