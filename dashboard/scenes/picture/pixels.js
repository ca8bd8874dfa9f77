/* The numbers of a picture, and where each of them stands in the vector. */

export const CHANNELS = 3;
const GREY = "#7F8C99";

/* Bytes sent as text. */
export function unpacked(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

export class Pixels {
  constructor({ pixels, height, width, order }) {
    Object.assign(this, { bytes: unpacked(pixels), height, width, order });
    this.length = height * width * CHANNELS;
  }

  at({ row, column, channel }) {
    return this.bytes[(row * this.width + column) * CHANNELS + channel];
  }

  /* The entry of the vector, from 0, at which a number stands. */
  entry({ row, column, channel }) {
    const { height, width, order } = this;
    return order === "channel" ? (channel * height + row) * width + column : (row * width + column) * CHANNELS + channel;
  }

  place(entry) {
    const { height, width, order } = this;
    const pixel = order === "channel" ? entry % (height * width) : Math.floor(entry / CHANNELS);
    const channel = order === "channel" ? Math.floor(entry / (height * width)) : entry % CHANNELS;
    return { row: Math.floor(pixel / width), column: pixel % width, channel };
  }

  value(entry) {
    return this.at(this.place(entry));
  }

  /* The picture on a canvas of its own, a pixel for a pixel; channels that are off are 0. */
  sheet(on = [true, true, true]) {
    return sheetOf(this.height, this.width, (row, column) =>
      [0, 1, 2].map((channel) => (on[channel] ? this.at({ row, column, channel }) : 0)));
  }

  /* One channel on a canvas, in its colour. */
  channelSheet(channel) {
    return sheetOf(this.height, this.width, (row, column) => tinted(this.at({ row, column, channel }), channel));
  }
}

/* A canvas with a pixel for each of height x width colours, which may be transparent in part. */
export function sheetOf(height, width, colour) {
  const sheet = document.createElement("canvas");
  Object.assign(sheet, { height, width });
  const pen = sheet.getContext("2d");
  const data = pen.createImageData(width, height);
  for (let place = 0; place < height * width; place++) {
    const [red, green, blue, opaque = 255] = colour(Math.floor(place / width), place % width);
    data.data.set([red, green, blue, opaque], 4 * place);
  }
  pen.putImageData(data, 0, 0);
  return sheet;
}

/* The colour of a number of one channel: black for 0. Blue is lightened a little, since it is dark to the eye, and red
   darkened, so that white can be read on all of it. */
const TINTS = [[0.9, 0.14, 0.14], [0.12, 0.82, 0.3], [0.25, 0.45, 1]];

export function tinted(value, channel) {
  return TINTS[channel].map((share) => Math.round(share * value));
}

export function css([red, green, blue]) {
  return `rgb(${red}, ${green}, ${blue})`;
}

/* Black or white, whichever can be read on a colour. */
export function inkOn([red, green, blue]) {
  const light = [red, green, blue].map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000" : "#fff";
}

/* The names under which places light each other. */
export function nameOf({ row, column, channel }) {
  return `entry-${row}-${column}-${channel}`;
}

export function namesOfPixel({ row, column }) {
  return [0, 1, 2].map((channel) => nameOf({ row, column, channel }));
}

/* What is lit of a picture: entries, rows, columns, channels. */
export function litPlaces(lit) {
  const found = { entries: [], row: [], column: [], channel: [] };
  for (const name of lit) {
    const [kind, ...numbers] = name.split("-");
    const [first, column, channel] = numbers.map(Number);
    if (kind === "entry") found.entries.push({ row: first, column, channel });
    else if (kind in found) found[kind].push(first);
  }
  return found;
}

/* Fit a canvas to its size on the page, and return a pen whose unit is a pixel of the page. */
export function penOn(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const wanted = [Math.max(Math.round(width * ratio), 1), Math.max(Math.round(height * ratio), 1)];
  if (canvas.width !== wanted[0] || canvas.height !== wanted[1]) [canvas.width, canvas.height] = wanted;
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, height);
  pen.imageSmoothingEnabled = false;
  pen.lineJoin = "round";
  return pen;
}

/* A frame that stands out on every colour. */
export function framed(pen, x, y, width, height, color, wide = 2) {
  pen.lineWidth = wide + 2;
  pen.strokeStyle = "#fff";
  pen.strokeRect(x, y, width, height);
  pen.lineWidth = wide;
  pen.strokeStyle = color ?? GREY;
  pen.strokeRect(x, y, width, height);
}
