/* The norm of a vector, and the unit ball of the plane. */

export function normOf(values, p) {
  let peak = 0;
  for (const value of values) peak = Math.max(peak, Math.abs(value));
  if (!(peak > 0) || p === Infinity) return peak;
  let total = 0;
  for (const value of values) total += (Math.abs(value) / peak) ** p;
  return peak * total ** (1 / p);
}

export const plus = (x, y) => x.map((value, place) => value + y[place]);
export const times = (factor, x) => x.map((value) => factor * value);

/* The slider is linear in 1/p, from 2 (p = ½) down to 0 (p = ∞), so that the ball changes evenly. */
export const shareOf = (p) => 2 - 1 / p;
export const powerAt = (share) => (share >= 2 ? Infinity : Number((1 / (2 - share)).toPrecision(4)));

/* The points of the plane whose norm is `radius`, as a closed curve. */
export function sphere(p, radius, count = 360) {
  const [xs, ys] = [[], []];
  for (let step = 0; step <= count; step++) {
    const angle = (2 * Math.PI * step) / count;
    let point = [Math.cos(angle), Math.sin(angle)];
    if (p < 2) point = point.map((value) => Math.sign(value) * Math.abs(value) ** (2 / p));
    const far = radius / normOf(point, p);
    xs.push(far * point[0]);
    ys.push(far * point[1]);
  }
  return [xs, ys];
}
