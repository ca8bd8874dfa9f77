/* A typed function, worked out in the browser: its steps are followed on a stack, by a fixed table of operations.

   Each value is a pair [value, slope]: where the function goes, and how fast, as x leaves its place by t > 0 in one
   direction. So abs(x) at 0 has the slope 1 to the right and −1 to the left, and step(x) tends to 1 and to 0.
   A slope that has no bound is Infinity; NaN is what cannot be told, or what is not defined. */

/* [value, derivative] of what is smooth wherever it is defined. */
const SMOOTH = {
  sin: (u) => [Math.sin(u), Math.cos(u)],
  cos: (u) => [Math.cos(u), -Math.sin(u)],
  tan: (u) => [Math.tan(u), 1 + Math.tan(u) ** 2],
  asin: (u) => [Math.asin(u), 1 / Math.sqrt((1 - u) * (1 + u))],
  acos: (u) => [Math.acos(u), -1 / Math.sqrt((1 - u) * (1 + u))],
  atan: (u) => [Math.atan(u), 1 / (1 + u * u)],
  sinh: (u) => [Math.sinh(u), Math.cosh(u)],
  cosh: (u) => [Math.cosh(u), Math.sinh(u)],
  tanh: (u) => [Math.tanh(u), 1 / Math.cosh(u) ** 2],
  exp: (u) => [Math.exp(u), Math.exp(u)],
  log: (u) => [Math.log(u), 1 / u],
  log2: (u) => [Math.log2(u), Math.LOG2E / u],
  log10: (u) => [Math.log10(u), Math.LOG10E / u],
  sigmoid: (u) => [sigmoid(u), sigmoid(u) * sigmoid(-u)],
  softplus: (u) => [Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))), sigmoid(u)],
};
const ENDS = { asin: [1, -1], acos: [1, -1], log: [0], log2: [0], log10: [0] }; // beyond these they are not defined

function sigmoid(u) {
  const small = Math.exp(-Math.abs(u));
  return (u >= 0 ? 1 : small) / (1 + small);
}

function times(a, b) {
  return a === 0 || b === 0 ? 0 : a * b; // 0 times what has no bound: the first coefficient is 0
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
  const [log, logSlope] = elementary("log", [a, slope]);
  return Number.isNaN(log) ? [NaN, NaN] : [value, times(value, times(other, log) + times(b, logSlope))];
}

function elementary(name, [u, slope]) {
  for (const end of ENDS[name] ?? [])
    if (u === end && Math.sign(slope) === (end === 0 ? -1 : end)) return [NaN, NaN];
  const [value, derivative] = SMOOTH[name](u);
  return [value, times(derivative, slope)];
}

const OPERATIONS = {
  add: ([a, s], [b, t]) => [a + b, s + t],
  subtract: ([a, s], [b, t]) => [a - b, s - t],
  multiply: ([a, s], [b, t]) => [a * b, Number.isNaN(a * b) ? NaN : times(s, b) + times(a, t)],
  divide: ([a, s], [b, t]) => [a / b, (s - times(a / b, t)) / b],
  power,
  negate: ([a, s]) => [-a, -s],
  sqrt: (u) => power(u, [0.5, 0]),
  abs: (u) => [Math.abs(u[0]), times(signOf(u), u[1])],
  relu: (u) => [Math.max(u[0], 0), signOf(u) > 0 ? u[1] : Number.isNaN(u[0]) ? NaN : 0],
  sign: (u) => [signOf(u), 0],
  step: (u) => [Number.isNaN(u[0]) ? NaN : signOf(u) > 0 ? 1 : 0, 0],
  ...Object.fromEntries(Object.keys(SMOOTH).map((name) => [name, (u) => elementary(name, u)])),
};

class SlopeModel {
  constructor(program) {
    this.program = program;
  }

  /* Where the function goes as x leaves this place in this direction (0: stays), and how fast. */
  follow(x, direction) {
    const stack = [];
    for (const [step, value] of this.program)
      if (step === "number") stack.push([value, 0]);
      else if (step === "x") stack.push([x, direction]);
      else stack.push(OPERATIONS[step](...stack.splice(-OPERATIONS[step].length)));
    return stack[0];
  }

  value(x) {
    return this.follow(x, 0)[0];
  }

  /* What kind of place this is, as core says it: {kind, value, left, right, leftLimit, rightLimit}. */
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
