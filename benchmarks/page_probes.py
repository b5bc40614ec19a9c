"""What is asked of the page itself: when it was redrawn, how long its frames were; in milliseconds."""

INSTALL = """
{
  // Runs once the frame that holds the change has been handed over.
  const painted = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(performance.now());
    channel.port2.postMessage(null);
  });
  const drawing = () => document.querySelector('[data-testid="drawing"]');
  const gates = () => document.querySelectorAll('[data-testid="gate"]').length;

  // From the start of the navigation to the first graph on screen.
  window.firstGraph = new Promise((resolve) => {
    const watcher = new MutationObserver(() => {
      if (gates() === 0) return;
      watcher.disconnect();
      painted(resolve);
    });
    watcher.observe(document, { childList: true, subtree: true });
  });

  let pressed = 0;
  addEventListener("keydown", (event) => { pressed = event.timeStamp; }, { capture: true });

  // From the next key press to the frame in which the drawing holds so many gates and the text.
  window.watchRedraw = (many, text) => {
    window.redrawn = new Promise((resolve) => {
      const watcher = new MutationObserver(() => {
        if (gates() !== many || !drawing().textContent.includes(text)) return;
        watcher.disconnect();
        painted((now) => resolve(now - pressed));
      });
      watcher.observe(drawing(), { childList: true, subtree: true, characterData: true });
    });
  };

  window.nextFrame = () => new Promise((resolve) => painted(resolve));

  // Times between frames, and tasks of more than 50 ms, until `stopFrames` is called.
  window.watchFrames = () => {
    const [frames, tasks] = [[], []];
    let [last, going] = [performance.now(), true];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)));
    observer.observe({ type: "longtask" });
    requestAnimationFrame(function frame(now) {
      frames.push(now - last);
      last = now;
      if (going) requestAnimationFrame(frame);
    });
    window.stopFrames = () => {
      going = false;
      observer.disconnect();
      return { frames: frames.slice(1), tasks };
    };
  };
}
"""

REDRAWN = "window.redrawn"
STOP_FRAMES = "window.stopFrames()"
GATES = """document.querySelectorAll('[data-testid="gate"]').length"""
