/** Work that can wait for the next frame to be on screen, so that the frame itself is not late. */

/** Calls `work` once the next frame has been drawn; answers what calls it off. */
export function afterFrame(work: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => (timer = setTimeout(work)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
