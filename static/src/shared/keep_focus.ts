/** A focus on a part that goes is not lost: it moves on, so that the next Tab goes on from there. */

/** For `{@attach}`: watches the parts of an element; `next` says what has the focus in place of one that is gone. */
export function keepFocus(next: (gone: Element) => HTMLElement | SVGElement | null) {
  return (container: Element): (() => void) => {
    let last: Element | null = null;
    const gained = ({ target }: Event) => (last = target as Element);
    // What loses the focus without going has been left on purpose.
    const lost = () => queueMicrotask(() => last?.isConnected && (last = null));
    const watcher = new MutationObserver(() => {
      if (!last || last.isConnected) return;
      const gone = last;
      last = null;
      if (document.activeElement === document.body) next(gone)?.focus();
    });
    container.addEventListener("focusin", gained);
    container.addEventListener("focusout", lost);
    watcher.observe(container, { childList: true, subtree: true });
    return () => {
      watcher.disconnect();
      container.removeEventListener("focusin", gained);
      container.removeEventListener("focusout", lost);
    };
  };
}
