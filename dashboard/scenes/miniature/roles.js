/* The colours of what is drawn, by its role or its group, and the values of an array in a frame. */

const GROUP_ORDER = [0, 3, 2, 4, 5, 1]; // orange last: it is the colour of the exact answer

export function roleColor(theme, role) {
  const { series, text, quiet } = theme;
  return { data: text, learned: series[0], exact: series[1], other: series[3], muted: quiet, good: series[2], bad: series[4] }[role] ?? text;
}

/* From the seventh group on the colours come again, mixed with that of the text. */
export function groupColor(theme, group) {
  if (group < 0) return theme.quiet;
  const color = theme.series[GROUP_ORDER[group % GROUP_ORDER.length]];
  return group < GROUP_ORDER.length ? color : `color-mix(in srgb, ${color} 50%, ${theme.text})`;
}

/* The values of an array in a frame: {still} or {moving}. */
export function inFrame(array, frame) {
  return array && (array.still ?? array.moving[Math.min(frame, array.moving.length - 1)]);
}

/* All values of an array in all of its frames. */
export function allOf(array) {
  return array.still ? [array.still] : array.moving;
}
