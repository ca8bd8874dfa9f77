/* Dragging on a canvas, by mouse, pen or finger; a finger that hits nothing scrolls the page. */

/* `grab(event)` returns how a pointer put down there moves something, a function of the following events, or null if it
   hit nothing. While something is dragged, that function is `game.grabbed`; at the end `game.settle()` has to release
   it. The game may release it earlier: then the rest of the movement does nothing. */
export function listen(game, canvas, grab) {
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    game.grabbed = grab(event);
    if (!game.grabbed) return;
    canvas.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!game.grabbed) canvas.style.cursor = grab(event) ? "grab" : "default";
    else if (canvas.hasPointerCapture(event.pointerId)) {
      canvas.style.cursor = "grabbing";
      game.grabbed(event);
    }
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => game.grabbed && game.settle());
  const hold = (event) => {
    const touch = Object.assign(event.touches[0], { pointerType: "touch" });
    if (event.cancelable && (game.grabbed || grab(touch))) event.preventDefault();
  };
  canvas.addEventListener("touchstart", hold, { passive: false });
  canvas.addEventListener("touchmove", hold, { passive: false });
}
