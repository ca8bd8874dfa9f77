/* The sigmoid, as core/foundations/activations.py has it. */

export function sigmoidOf(z) {
  const small = Math.exp(-Math.abs(z)); // never overflows
  return (z < 0 ? small : 1) / (1 + small);
}
