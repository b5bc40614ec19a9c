/** The texts of the LaTeX and DOT writers are what KaTeX and Graphviz understand: every one parses. */
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import katex from "katex";
import { describe, expect, it } from "vitest";
import stored from "../../../../tests/golden/markup.json?raw";

interface Written {
  latex?: string;
  dot?: string;
  formulas: string[];
}

const programs = Object.entries(JSON.parse(stored) as Record<string, Written>);

/** A name may hold letters of which KaTeX does not know how wide they are; nothing else may be out of order. */
const strict = (code: string) => (code === "unknownSymbol" ? "ignore" : "error");
const typeset = (tex: string) =>
  katex.renderToString(tex, { displayMode: true, throwOnError: true, strict, output: "mathml" });
/** The pieces of text in the labels of a drawing. Of a label that it cannot read Graphviz draws none. */
const texts = (dot: string) =>
  [...dot.matchAll(/label=<(.*)>(?:, |\]?$)/gm)]
    .flatMap(([, label = ""]) => label.split(/<[^>]*>/))
    .filter((text) => text.trim() !== "");
const drawn = (svg: string) => svg.match(/<text /g)?.length ?? 0;

describe("what the writers write", () => {
  it("is LaTeX that can be typeset: displays, and between them remarks", () => {
    const display = /\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g;
    let displays = 0;
    for (const [name, { latex }] of programs) {
      if (latex === undefined) continue;
      const between = latex.replace(display, (found) => {
        displays += 1;
        expect(() => typeset(found), name).not.toThrow();
        return "";
      });
      expect(between.split("\n").filter((line) => line !== "" && !line.startsWith("%")), name).toEqual([]);
    }
    expect(displays).toBeGreaterThan(programs.length);
  });

  it("is a formula for every gate and edge", () => {
    for (const [name, { formulas }] of programs)
      for (const formula of formulas) expect(() => typeset(formula), `${name}: ${formula}`).not.toThrow();
  });

  it("is DOT that Graphviz lays out, every node and every edge of it", async () => {
    const graphviz = await Graphviz.load();
    for (const [name, { dot }] of programs) {
      if (dot === undefined) continue;
      const nodes = new Set(dot.match(/^ {2}\w+(?= \[)/gm)?.filter((word) => !/^ {2}(node|edge)$/.test(word)));
      const edges = dot.match(/^ {2}\w+ -> \w+/gm) ?? [];
      const svg = graphviz.layout(dot, "svg", "dot");
      expect(svg.match(/class="node"/g)?.length, name).toBe(nodes.size - 1); // the end is invisible
      expect(svg.match(/class="edge"/g)?.length ?? 0, name).toBe(edges.length);
      expect(drawn(svg), name).toBe(texts(dot).length);
    }
  });

  it("is refused where it is broken", async () => {
    expect(() => typeset(String.raw`\frac{x`)).toThrow();
    const graphviz = await Graphviz.load();
    expect(() => graphviz.layout("digraph { a -> }", "svg", "dot")).toThrow();
    const broken = "digraph {\n  a [label=<<b>x>]\n}";
    expect(texts(broken)).toEqual(["x"]);
    expect(drawn(graphviz.layout(broken, "svg", "dot"))).toBe(0);
  });
});
