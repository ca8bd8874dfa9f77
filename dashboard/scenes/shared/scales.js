/* The scales of axes, for all moving charts.

   linearScale(low, high, room = 0), logScale(low, high, room = 0)
                                 {low, high, share(value) -> 0…1, value(share), ticks(count) -> [{value, label}]};
                                 room is a share of the range, added at both ends; an empty range is widened
   extent(...arrays)             [smallest, largest] of the finite numbers in them; [NaN, NaN] if there are none
*/

import { written } from "./numbers.js";

export function extent(...arrays) {
  let low = Infinity;
  let high = -Infinity;
  for (const values of arrays)
    for (const value of values)
      if (Number.isFinite(value)) {
        if (value < low) low = value;
        if (value > high) high = value;
      }
  return low <= high ? [low, high] : [NaN, NaN];
}

export function linearScale(low, high, room = 0) {
  if (!Number.isFinite(low + high)) [low, high] = [0, 1];
  if (!(high - low > 1e-12 * Math.max(Math.abs(low), Math.abs(high)))) {
    const half = Math.abs(low) / 2 || 1;
    [low, high] = [low - half, high + half];
  }
  const more = (high - low) * room;
  [low, high] = [low - more, high + more];
  return {
    low,
    high,
    share: (value) => (value - low) / (high - low),
    value: (share) => low + share * (high - low),
    ticks: (count) => linearTicks(low, high, count),
  };
}

function linearTicks(low, high, count) {
  const rough = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [0.5, 1, 2, 5, 10].map((factor) => factor * power);
  const wider = steps.findIndex((wide) => wide >= rough * 0.999);
  const inside = (step) => Math.floor(high / step) - Math.ceil(low / step) + 1;
  const step = inside(steps[wider]) < 3 ? steps[wider - 1] : steps[wider];
  const digits = Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 1;
  const ticks = [];
  for (let place = Math.ceil(low / step - 1e-9); place * step <= high + step * 1e-9; place++) {
    const value = Number((place * step).toPrecision(15));
    ticks.push({ value, label: written(value, Math.min(Math.max(digits, 2), 12)) });
  }
  return ticks;
}

export function logScale(low, high, room = 0) {
  if (!(low > 0) || !(high < Infinity) || !(high >= low)) [low, high] = [0.1, 1];
  if (high / low < 2) [low, high] = [low / 1.5, high * 1.5];
  let [from, to] = [Math.log10(low), Math.log10(high)];
  const more = (to - from) * room;
  [from, to] = [from - more, to + more];
  return {
    low: 10 ** from,
    high: 10 ** to,
    share: (value) => (value > 0 ? (Math.log10(value) - from) / (to - from) : NaN),
    value: (share) => 10 ** (from + share * (to - from)),
    ticks: (count) => logTicks(from, to, count),
  };
}

function logTicks(from, to, count) {
  const decades = to - from;
  const wide = Math.max(Math.ceil(decades / Math.max(count, 1)), 1);
  const digits = decades < 1 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : decades < 2.5 && count > 3 ? [1, 2, 5] : [1];
  const ticks = [];
  for (let power = Math.floor(from / wide) * wide; power <= to; power += wide)
    for (const digit of wide === 1 ? digits : [1]) {
      const place = power + Math.log10(digit);
      if (place >= from - 1e-9 && place <= to + 1e-9) {
        const value = Number(`${digit}e${power}`);
        ticks.push({ value, label: written(value, 3) });
      }
    }
  return ticks;
}
