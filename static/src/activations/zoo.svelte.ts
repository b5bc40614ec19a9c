/** All activations at once: one program over a vector of numbers, asked of the engine with an upstream of ones. */
import { post } from "../shared/api";
import { connection } from "../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../shared/problem";
import { Newest } from "../shared/requests";
import type { components } from "../shared/schema";
import { filled, flatten, type Tensor } from "../shared/tensor";
import { ZOO } from "./facts";
import type { Curve } from "../shared/plot/curve";

type GraphAnswer = components["schemas"]["GraphAnswer"];

/** The curves go from -REACH to REACH. */
export const REACH = 5;
const STEPS = 20;
const GRID = Array.from({ length: 2 * REACH * STEPS + 1 }, (_, i) => i / STEPS - REACH);
/** Just left of 0, 0, and just right of it. */
export const AROUND = [-0.001, 0, 0.001] as const;

const PROGRAM = [
  ...ZOO.map(({ op }, i) => `a${i} = ${op}(x)`),
  `all = stack(${ZOO.map((_, i) => `a${i}`).join(", ")})`,
].join("\n");

async function ask(x: readonly number[], signal?: AbortSignal): Promise<ReadonlyMap<string, Curve>> {
  const upstream = filled([ZOO.length, x.length], 1);
  const question = { source: PROGRAM, inputs: { x: [...x] }, upstream };
  const answer = (await post("/api/v1/graph", question as never, signal)) as GraphAnswer;
  return new Map(
    answer.nodes.flatMap((node) => {
      const edge = answer.edges.find(({ target }) => target === node.id);
      if (!edge || !ZOO.some(({ op }) => op === node.op)) return [];
      // what comes back to x is upstream times local, and upstream is 1
      const [value, local] = [node.value, edge.downstream].map((numbers) => flatten(numbers as Tensor));
      return [[node.op, { x, value: value ?? [], local: local ?? [] }] as const];
    }),
  );
}

export class Zoo {
  /** Null until the engine has answered. */
  curves = $state.raw<ReadonlyMap<string, Curve> | null>(null);
  around = $state.raw<ReadonlyMap<string, Curve> | null>(null);
  /** Where all of them are probed, as the reader has it and as the engine has answered. */
  x = $state(1);
  probed = $state.raw<ReadonlyMap<string, Curve> | null>(null);
  problem = $state.raw<Problem | null>(null);

  #newest = new Newest<number, ReadonlyMap<string, Curve>>({
    run: (x, signal) => ask([x], signal),
    answered: (_, probed) => {
      this.probed = probed;
      this.problem = null;
    },
    failed: (_, error) => this.#failed(error),
  });

  constructor() {
    connection.onReturn(() => void this.load());
  }

  async load(): Promise<void> {
    this.probe(this.x);
    try {
      const all = await ask([...GRID, ...AROUND]);
      const part = (from: number, to?: number) =>
        new Map(
          [...all].map(([op, { x, value, local }]): [string, Curve] => [
            op,
            { x: x.slice(from, to), value: value.slice(from, to), local: local.slice(from, to) },
          ]),
        );
      this.curves = part(0, GRID.length);
      this.around = part(GRID.length);
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Asks for value and derivative of all of them at `x`. */
  probe(x: number): void {
    this.x = Math.max(-REACH, Math.min(REACH, x));
    this.#newest.ask(this.x);
  }

  #failed(error: unknown): void {
    // the page says that the server is away, and loads anew when it is back
    if (error instanceof ConnectionLost) return;
    if (!(error instanceof ProblemError)) throw error;
    this.problem = error.problem;
  }
}
