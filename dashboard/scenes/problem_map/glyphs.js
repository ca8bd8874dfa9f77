/* A small drawing for each kind of problem: strokes of an SVG path in a square of 48. */

const ring = (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;
const dots = (...places) => places.map(([x, y]) => ring(x, y, 2)).join("");
const box = (x, y, w, h) => `M${x} ${y}h${w}v${h}h${-w}z`;

export const GLYPHS = {
  regression: `M6 40L42 10${dots([10, 32], [18, 34], [22, 22], [30, 24], [36, 12])}`,
  classes: `M8 42L40 6${dots([10, 12], [16, 20], [12, 26], [22, 10])}${box(30, 26, 5, 5)}${box(36, 34, 5, 5)}${box(26, 36, 5, 5)}`,
  hierarchy: `M24 10v8M12 28v-10h24v10M6 40v-6h12v6M30 40v-6h12v6M12 28v6M36 28v6${ring(24, 7, 3)}`,
  tagging: `M6 12h14l8 8-12 12L6 22zM26 22h10l6 6-10 10-8-8${dots([12, 17], [32, 27])}`,
  search: `${ring(20, 20, 12)}M29 29L42 42M14 20h12M20 14v12`,
  recommendation: `${box(6, 8, 36, 32)}M18 8v32M30 8v32M6 19h36M6 30h36M9 13l2 2 4-4M21 24l2 2 4-4M33 35l2 2 4-4`,
  sequences: `${box(4, 8, 10, 10)}${box(19, 8, 10, 10)}${box(34, 8, 10, 10)}M9 20v8M24 20v8M39 20v8M14 13h5M29 13h5${box(4, 30, 10, 10)}${box(19, 30, 10, 10)}${box(34, 30, 10, 10)}`,
  online: `M4 34C12 34 12 12 20 12S28 30 36 24M30 18l8 5-6 7${dots([8, 26], [16, 20], [26, 28])}`,
  clustering: `${ring(14, 16, 9)}${ring(34, 18, 8)}${ring(24, 36, 8)}${dots([12, 14], [17, 18], [33, 16], [36, 20], [22, 35], [27, 38])}`,
  components: `M6 36L42 12M18 14l12 20${dots([12, 30], [18, 30], [22, 22], [28, 24], [32, 16], [36, 20])}`,
  causes: `${ring(24, 10, 5)}${ring(10, 36, 5)}${ring(38, 36, 5)}M21 14L13 31M27 14l8 17M15 36h18M29 33l4 3-4 3`,
  generating: `${dots([24, 6], [37, 11], [42, 24], [37, 37], [24, 42], [11, 37], [6, 24], [11, 11])}M19 24h10M24 19v10`,
  bandit: `${box(6, 22, 9, 20)}${box(20, 10, 9, 32)}${box(34, 28, 9, 14)}M10 16v4M24 4v4M38 22v4`,
  contextual: `M4 16c6-8 18-8 24 0-6 8-18 8-24 0z${ring(16, 16, 3)}${box(8, 30, 7, 12)}${box(20, 26, 7, 16)}${box(32, 34, 7, 8)}`,
  decisions: `${box(6, 6, 36, 36)}M18 6v36M30 6v36M6 18h36M6 30h36M12 36V12h22M30 8l5 4-5 4`,
  rewarded: `M24 6a18 18 0 1 0 18 18M36 20l6 4 4-6${ring(24, 24, 5)}M24 12v-4`,
};
