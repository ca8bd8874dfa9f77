/* Grey pictures of a miniature side by side; the first one can be painted where that is wanted. */

import { make } from "../shared/elements.js";
import { inFrame } from "./roles.js";

export class PicturesPanel {
  constructor(painted) {
    this.painted = painted;
    this.root = make("div", { class: "pictures" });
  }

  take(data, words) {
    Object.assign(this, { data, words });
    const count = inFrame(data.images, 0).length;
    if (this.places?.length === count && this.paintable === data.paintable) return;
    this.paintable = data.paintable;
    this.places = Array.from({ length: count }, (_nothing, nth) => {
      const canvas = make("canvas", nth || !data.paintable ? { "aria-hidden": "true" } : { tabindex: "0", role: "application" });
      const caption = make("figcaption");
      return { canvas, caption, root: make("figure", {}, canvas, caption) };
    });
    this.root.replaceChildren(...this.places.map(({ root }) => root));
    if (data.paintable) this.listen(this.places[0].canvas);
  }

  listen(canvas) {
    canvas.classList.add("paintable");
    canvas.ariaLabel = this.words.paint;
    this.at = [0, 0];
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      canvas.setPointerCapture(event.pointerId);
      const [row, column] = this.pixel(event);
      this.ink = this.image[row][column] > 0.5 ? 0 : 1;
      this.paint(row, column);
    });
    canvas.addEventListener("pointermove", (event) => this.ink !== undefined && this.paint(...this.pixel(event)));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => this.finish());
    canvas.addEventListener("keydown", (event) => this.press(event));
  }

  get image() {
    return inFrame(this.data.images, this.frame ?? 0)[0];
  }

  pixel(event) {
    const { canvas } = this.places[0];
    const box = canvas.getBoundingClientRect();
    const index = (share, count) => Math.min(Math.max(Math.floor(share * count), 0), count - 1);
    return [index((event.clientY - box.top) / box.height, this.image.length), index((event.clientX - box.left) / box.width, this.image[0].length)];
  }

  paint(row, column) {
    this.at = [row, column];
    const frames = this.data.images.still ? [this.data.images.still] : this.data.images.moving;
    for (const images of frames) images[0][row][column] = this.ink;
    this.draw(this.frame, this.look);
  }

  press(event) {
    const way = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (event.altKey || event.ctrlKey || event.metaKey || !(way || event.key === " ")) return;
    event.preventDefault();
    if (way) {
      const last = [this.image.length - 1, this.image[0].length - 1];
      this.at = this.at.map((place, axis) => Math.min(Math.max(place + way[axis], 0), last[axis]));
      this.draw(this.frame, this.look);
      return;
    }
    const [row, column] = this.at;
    this.ink = this.image[row][column] > 0.5 ? 0 : 1;
    this.paint(row, column);
    this.finish();
  }

  finish() {
    if (this.ink === undefined) return;
    this.ink = undefined;
    this.painted(this.image);
  }

  draw(frame, look) {
    Object.assign(this, { frame, look });
    const images = inFrame(this.data.images, frame);
    const captions = inFrame(this.data.captions, frame);
    const tones = inFrame(this.data.tones, frame);
    this.places.forEach(({ canvas, caption, root }, nth) => {
      drawPicture(canvas, images[nth], look.theme);
      const tone = tones?.[nth] ?? 0;
      root.className = { 1: "good", "-1": "bad" }[tone] ?? "";
      caption.textContent = captions[nth];
      if (tone) caption.append(make("span", { role: "img", "aria-label": tone > 0 ? this.words.correct : this.words.incorrect }, tone > 0 ? " ✓" : " ✗"));
    });
    if (this.paintable) this.cursor(look.theme);
  }

  /* Where the keys paint. */
  cursor(theme) {
    const { canvas } = this.places[0];
    if (canvas.getRootNode().activeElement !== canvas) return;
    const pen = canvas.getContext("2d");
    const size = canvas.width / this.image[0].length;
    pen.strokeStyle = theme.primary;
    pen.lineWidth = 2;
    pen.strokeRect(this.at[1] * size + 1, this.at[0] * size + 1, size - 2, size - 2);
  }

  legend() {
    return [];
  }
}

function drawPicture(canvas, image, theme) {
  const [high, wide] = [image.length, image[0].length];
  const size = Math.max(Math.floor(96 / wide), 2);
  if (canvas.width !== wide * size || canvas.height !== high * size) Object.assign(canvas, { width: wide * size, height: high * size });
  const pen = canvas.getContext("2d");
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = theme.text;
  image.forEach((row, down) => row.forEach((ink, across) => {
    pen.globalAlpha = Math.min(Math.max(ink ?? 0, 0), 1);
    pen.fillRect(across * size, down * size, size, size);
  }));
  pen.globalAlpha = 1;
}
