/** Graphviz in a worker: the page stays fluid while a large graph is laid out. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";

export interface LayoutQuestion {
  id: number;
  dot: string;
}

export interface LayoutAnswer {
  id: number;
  plain: string | null;
}

const loading = Graphviz.load();

addEventListener("message", (event: MessageEvent<LayoutQuestion>) => {
  const { id, dot } = event.data;
  loading
    .then((graphviz) => graphviz.layout(dot, "plain", "dot"))
    // Deep graphs can overflow its stack: the page then places the boxes by itself.
    .catch(() => null)
    .then((plain) => postMessage({ id, plain } satisfies LayoutAnswer));
});
