/** Layout in a worker: the page stays fluid while a large graph is laid out. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { arrange, type Places } from "./arrange";
import type { Box, Link } from "./boxes";
import { toDot } from "./dot";

export interface LayoutQuestion {
  boxes: readonly Box[];
  links: readonly Link[];
}

const loading = Graphviz.load();

addEventListener("message", (event: MessageEvent<LayoutQuestion>) => {
  const { boxes, links } = event.data;
  loading
    .then((graphviz) => graphviz.layout(toDot(boxes, links), "plain", "dot"))
    // Deep graphs can overflow its stack: then the boxes are placed without it.
    .catch(() => null)
    .then((plain) => postMessage(arrange(boxes, links, plain) satisfies Places));
});
