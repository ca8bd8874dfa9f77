/* Heat maps of functions of the plane, and the curve on which one is 0. */

const SMOOTH = 48; // numbers along each side of a heat map

const channels = new Map();

/* Red, green and blue of a colour as CSS writes it. */
function channelsOf(color) {
  if (!channels.has(color)) {
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    pen.fillStyle = color;
    pen.fillRect(0, 0, 1, 1);
    channels.set(color, pen.getImageData(0, 0, 1, 1).data.slice(0, 3));
  }
  return channels.get(color);
}

/* The values of a function on a grid over a part of the plane, row by row from above; and the largest in size. */
export function gridOf(value, { x, y }, count = SMOOTH) {
  const values = new Float64Array(count * count);
  let most = 0;
  for (let down = 0; down < count; down++)
    for (let right = 0; right < count; right++) {
      const here = value(
        x[0] + ((right + 0.5) / count) * (x[1] - x[0]),
        y[1] - ((down + 0.5) / count) * (y[1] - y[0]),
      );
      values[down * count + right] = here;
      if (Math.abs(here) > most && Number.isFinite(here)) most = Math.abs(here);
    }
  return { values, count, most };
}

/* A sheet with the colours of a grid: one colour below 0, another above, and that of the page at 0. */
export function sheetOf({ values, count }, most, theme) {
  const sheet = document.createElement("canvas");
  sheet.width = sheet.height = count;
  const pen = sheet.getContext("2d");
  const image = pen.createImageData(count, count);
  const [above, below, zero] = [theme.series[0], theme.series[1], theme.background].map((color) => channelsOf(color.trim()));
  for (let place = 0; place < values.length; place++) {
    const share = Math.max(-1, Math.min(1, values[place] / (most || 1))) || 0;
    const [end, size] = [share > 0 ? above : below, 0.85 * Math.abs(share)];
    for (let channel = 0; channel < 3; channel++)
      image.data[4 * place + channel] = zero[channel] + size * (end[channel] - zero[channel]);
    image.data[4 * place + 3] = 255;
  }
  pen.putImageData(image, 0, 0);
  return sheet;
}

/* The pieces of the curve on which a function on a grid is 0, as [x0, y0, x1, y1] in the units of the plane: linear
   between neighbouring numbers of the grid (marching squares). */
export function zeroCurve({ values, count }, { x, y }) {
  const pieces = [];
  const [wide, high] = [(x[1] - x[0]) / count, (y[1] - y[0]) / count];
  const spot = (right, down) => [x[0] + (right + 0.5) * wide, y[1] - (down + 0.5) * high];
  const corners = [[0, 0], [1, 0], [1, 1], [0, 1]];
  for (let down = 0; down + 1 < count; down++)
    for (let right = 0; right + 1 < count; right++) {
      const here = corners.map(([a, b]) => values[(down + b) * count + right + a]);
      if (here.every((value) => value > 0) || here.every((value) => !(value > 0))) continue;
      const crossings = [];
      for (let edge = 0; edge < 4; edge++) {
        const [first, second] = [here[edge], here[(edge + 1) % 4]];
        if (first > 0 === second > 0) continue;
        const share = first / (first - second);
        const [from, to] = [corners[edge], corners[(edge + 1) % 4]];
        crossings.push(spot(right + from[0] + share * (to[0] - from[0]), down + from[1] + share * (to[1] - from[1])));
      }
      for (let place = 0; place + 1 < crossings.length; place += 2) pieces.push([...crossings[place], ...crossings[place + 1]]);
    }
  return pieces;
}
