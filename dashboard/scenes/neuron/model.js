/* What one neuron computes, and what other activations make of its sum. */

import { sigmoidOf } from "../shared/sigmoid.js";

export const SATURATED = 0.01; // as in core/foundations/neuron.py
const ROOT = Math.sqrt(1 - 4 * SATURATED);
export const EDGE = Math.log((1 + ROOT) / (1 - ROOT)); // the |z| beyond which the slope is smaller
const MOST_SHOWN = 12; // terms that fit below each other

export const sigmoidSlope = (z) => sigmoidOf(z) * sigmoidOf(-z);

export const ACTIVATIONS = {
  sigmoid: { value: sigmoidOf, slope: sigmoidSlope },
  tanh: { value: Math.tanh, slope: (z) => 4 * sigmoidSlope(2 * z) },
  relu: { value: (z) => Math.max(z, 0), slope: (z) => Number(z > 0) },
  step: { value: (z) => Number(z >= 0), slope: () => 0 },
};

/* The terms of a neuron: what is shown one by one, and the sum of all others. `shown` are places of features. */
export function termsOf({ x, w, b }, shown) {
  const products = x.map((value, place) => value * w[place]);
  const rest = shown.length < x.length ? sum(products.filter((_product, place) => !shown.includes(place))) : null;
  const parts = [...shown.map((place) => products[place]), ...(rest === null ? [] : [rest]), b];
  const sums = [];
  for (const part of parts) sums.push((sums.at(-1) ?? 0) + part);
  const z = sums.at(-1);
  const norm = Math.hypot(...w);
  return { products, parts, sums, z, p: sigmoidOf(z), other: sigmoidOf(-z), slope: sigmoidSlope(z), norm, rest };
}

/* The places of the features that are shown one by one: all, or those with the largest products. */
export function chosenPlaces(x, w) {
  const places = x.map((_value, place) => place);
  if (places.length <= MOST_SHOWN) return places;
  const size = (place) => Math.abs(x[place] * w[place]);
  return places.sort((one, other) => size(other) - size(one)).slice(0, MOST_SHOWN - 1).sort((one, other) => one - other);
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/* The end of a symmetric axis for these values: 1, 2 or 5 times a power of ten, 1 if all are 0. */
export function reachOf(values) {
  const most = 1.25 * Math.max(...values.map(Math.abs)) || 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 5, 10].map((digit) => digit * power).find((end) => end >= most * 0.999);
}

/* The nearest value on the grid of a hand that moves along an axis with this end. */
export function snapped(value, reach) {
  const unit = 5 * 10 ** (Math.floor(Math.log10(reach)) - 2);
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}
