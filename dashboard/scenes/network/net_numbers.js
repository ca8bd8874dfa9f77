/* The numbers of a network: columns are in standard deviations, so what is far below that is rounding. */

import { written } from "../shared/numbers.js";

const ROUNDED = 1e-7;

export function shortly(value, digits) {
  return value !== 0 && Math.abs(value) < ROUNDED && value !== null ? "≈ 0" : written(value, digits);
}
