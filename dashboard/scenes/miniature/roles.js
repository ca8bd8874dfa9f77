/* The colours of what is drawn, by its role or its group, and the values of an array in a frame. */

const GROUP_ORDER = [0, 3, 2, 4, 5, 1]; // orange last: it is the colour of the exact answer

export function roleColor(theme, role) {
  const { series, text, quiet } = theme;
  return { data: text, learned: series[0], exact: series[1], other: series[3], muted: quiet, good: series[2], bad: series[4] }[role] ?? text;
}

export function groupColor(theme, group) {
  return group < 0 ? theme.quiet : theme.series[GROUP_ORDER[group % GROUP_ORDER.length]];
}

/* The values of an array in a frame: {still} or {moving}. */
export function inFrame(array, frame) {
  return array && (array.still ?? array.moving[Math.min(frame, array.moving.length - 1)]);
}

/* All values of an array in all of its frames. */
export function allOf(array) {
  return array.still ? [array.still] : array.moving;
}
