/* Counts, costs and the cheapest threshold, as `every_threshold` and `confusion` of core compute them. */

export function countsAt(p, y, threshold) {
  const counts = { tp: 0, fp: 0, fn: 0, tn: 0 };
  p.forEach((each, n) => {
    counts[each >= threshold ? (y[n] ? "tp" : "fp") : y[n] ? "fn" : "tn"]++;
  });
  return counts;
}

export const costOf = ({ fp, fn }, [wrongPositive, wrongNegative]) => fp * wrongPositive + fn * wrongNegative;

/* Every interval of thresholds up to 1 with the same counts: above `low`, up to `high`, from the largest down. */
export function everyInterval(p, y) {
  const order = p.map((_, n) => n).sort((a, b) => p[b] - p[a]);
  const positives = y.reduce((sum, each) => sum + each, 0);
  const counts = { tp: 0, fp: 0, fn: positives, tn: y.length - positives };
  const found = [];
  let high = Infinity;
  for (let place = 0; place <= order.length; place++) {
    const low = place < order.length ? p[order[place]] : -Infinity;
    if (low < high) {
      if (low < 1) found.push({ low, high, ...counts });
      high = low;
    }
    if (place === order.length) break;
    if (y[order[place]]) [counts.tp, counts.fn] = [counts.tp + 1, counts.fn - 1];
    else [counts.fp, counts.tn] = [counts.fp + 1, counts.tn - 1];
  }
  return found;
}

export function cheapestOf(intervals, costs) {
  return intervals.reduce((best, each) => (costOf(each, costs) < costOf(best, costs) ? each : best));
}

/* A threshold in the middle of an interval, within 0 to 1. */
export function middleOf({ low, high }) {
  return (Math.max(low, 0) + Math.min(high, 1)) / 2;
}
