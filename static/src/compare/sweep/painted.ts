/** Browsers give a hidden page no animation frames: then a turn comes once a second. */
const HIDDEN = 1000;

/** Waits until what was drawn is on the screen. */
export function painted(): Promise<void> {
  return new Promise((resolve) => {
    const request = requestAnimationFrame(() => done());
    const timer = setTimeout(() => done(), HIDDEN);
    function done(): void {
      cancelAnimationFrame(request);
      clearTimeout(timer);
      resolve();
    }
  });
}
