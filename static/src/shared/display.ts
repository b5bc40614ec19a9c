/** Ways of showing the page to a room. */

/** Larger type, and each page's own arrangement for a projector. */
export function toggleProjector(): void {
  const root = document.documentElement;
  if (root.getAttribute("data-projector") === "on") root.removeAttribute("data-projector");
  else root.setAttribute("data-projector", "on");
}

/** Full screen and back; a browser that refuses leaves the page as it is. */
export function toggleFullscreen(): void {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  change.catch(() => undefined);
}
