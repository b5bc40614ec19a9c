/** LaTeX set by KaTeX, a large library that is fetched beside the page's own script and not within it. */
const loading = import("katex");

/** As an action: sets `latex` in `host`, and anew whenever it changes. */
export function typeset(host: HTMLElement, latex: string): { update: (latex: string) => void } {
  let newest = latex;
  let set: ((latex: string) => void) | null = null;
  const begin = (how: (latex: string) => void) => {
    set = how;
    set(newest);
  };
  void loading.then(
    ({ default: katex }) =>
      begin((given) =>
        katex.render(given, host, {
          throwOnError: false,
          strict: "ignore",
          // Only our own colour classes: the text comes from the server's op table and program names.
          trust: ({ command }) => command === "\\htmlClass",
        }),
      ),
    // Without the library a formula is shown as it is written.
    () => begin((given) => (host.textContent = given)),
  );
  return {
    update(given) {
      newest = given;
      set?.(given);
    },
  };
}
