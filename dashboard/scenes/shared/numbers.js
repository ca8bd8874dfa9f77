/* Numbers formatted by the rules of the visitor's language. Python sends the rules (`core/formatting.py`), and
   `written` gives the same as `format_number` there.

   useNumberRules(rules)         before anything is drawn; without rules, English
   written(value, digits = 4)    a number with this many significant digits
   percentage(value, digits = 4) per cent with the sign of the language
*/


let numberRules = {
  decimal: ".",
  group: ",",
  minus: "−",
  first_group: 3,
  further_groups: 3,
  least_leading: 1,
  before_percent: "",
  after_percent: "%",
};

export function useNumberRules(rules) {
  if (rules) numberRules = rules;
}

export function written(value, digits = 4) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  const sign = value < 0 ? numberRules.minus : "";
  if (!Number.isFinite(value)) return `${sign}∞`;
  const size = Math.abs(Number(value.toPrecision(digits)));
  if (size === 0 && value === 0) return "0";
  if (size >= 1e-4 && size < 1e9) return sign + positional(size);
  const [mantissa, power] = size.toExponential(digits - 1).split("e");
  const [whole, rest] = withoutZeros(mantissa);
  return `${sign}${whole}${rest}e${power[0]}${power.slice(1).padStart(2, "0")}`;
}

export function percentage(value, digits = 4) {
  return numberRules.before_percent + written(value, digits) + numberRules.after_percent;
}

/* A number with no more digits than wanted, and no exponent. */
function positional(size) {
  const [whole, rest] = withoutZeros(String(size));
  return grouped(whole) + rest;
}

function withoutZeros(text) {
  const [whole, fraction = ""] = text.split(".");
  const rest = fraction.replace(/0+$/, "");
  return [whole, rest && numberRules.decimal + rest];
}

function grouped(whole) {
  const { group, first_group: first, further_groups: further, least_leading: least } = numberRules;
  if (whole.length < first + least) return whole;
  const parts = [whole.slice(-first)];
  for (let left = whole.slice(0, -first); left; left = left.slice(0, -further)) parts.unshift(left.slice(-further));
  return parts.join(group);
}
