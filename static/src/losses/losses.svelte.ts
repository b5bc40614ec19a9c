/** Both losses of one point and their curves, asked of the engine whenever a choice changes. */
import type { Curve } from "../shared/plot/curve";
import { post } from "../shared/api";
import { connection } from "../shared/connection.svelte";
import { ConnectionLost, ProblemError, type Problem } from "../shared/problem";
import { Newest } from "../shared/requests";
import type { components } from "../shared/schema";
import { filled, flatten, toNumber, toRows, type Scalar, type Tensor } from "../shared/tensor";
import { readChoice, type Choice } from "./choice";
import { curveProgram, gridOf, KINDS, pointProgram, type Kind } from "./programs";

type GraphAnswer = components["schemas"]["GraphAnswer"];

/** What the engine says of one loss. */
export interface Answered {
  kind: Kind;
  data: number;
  /** The sum of squared weights. */
  R: number;
  penalty: number;
  total: number;
  /** d loss / d score. */
  scores: readonly number[];
  /** d loss / d weight: of the penalty alone, for no score here comes from these weights. */
  weights: readonly (readonly number[])[];
  /** Over the varied score, the others held. */
  curve: Curve;
}

async function ask(source: string, inputs: object, upstream: Tensor | null, signal: AbortSignal): Promise<GraphAnswer> {
  const question = { source, inputs, upstream };
  return (await post("/api/v1/graph", question as never, signal)) as GraphAnswer;
}

async function askKind(kind: Kind, choice: Choice, signal: AbortSignal): Promise<Answered> {
  const x = gridOf(choice);
  const S = x.map((score) => choice.scores.map((held, place) => (place === choice.varied ? score : held)));
  const [point, curve] = await Promise.all([
    ask(pointProgram(kind, choice), {}, null, signal),
    ask(curveProgram(kind, choice, x.length), { S }, filled([x.length], 1), signal),
  ]);
  const named = (name: string) =>
    toNumber(point.nodes.find((node) => node.name === name)?.value as Scalar);
  // upstream is 1 for every row, and no row sees another
  const local = toRows(curve.gradients["S"] as Tensor).map((row) => row[choice.varied] ?? Number.NaN);
  return {
    kind,
    data: named("data_loss"),
    R: named("R"),
    penalty: named("regularization"),
    total: named("loss"),
    scores: flatten(point.gradients["scores"] as Tensor),
    weights: toRows(point.gradients["W"] as Tensor),
    curve: { x, value: flatten(curve.value as Tensor), local },
  };
}

export class Losses {
  choice = $state.raw<Choice>()!;
  /** What the answers are about, null until there are any. */
  shown = $state.raw<{ choice: Choice; answers: readonly Answered[] } | null>(null);
  problem = $state.raw<Problem | null>(null);

  #newest = new Newest<Choice, readonly Answered[]>({
    run: (choice, signal) => Promise.all(KINDS.map((kind) => askKind(kind, choice, signal))),
    answered: (choice, answers) => {
      this.shown = { choice, answers };
      this.problem = null;
    },
    failed: (_, error) => {
      // the page says that the server is away, and asks again when it is back
      if (error instanceof ConnectionLost) return;
      if (!(error instanceof ProblemError)) throw error;
      this.problem = error.problem;
    },
  });

  constructor(search: string) {
    this.choice = readChoice(search);
    this.#newest.ask(this.choice);
    connection.onReturn(() => this.#newest.ask(this.choice));
  }

  set(change: Partial<Choice>): void {
    this.choice = { ...this.choice, ...change };
    this.#newest.ask(this.choice);
  }

  setScore(place: number, score: number): void {
    this.set({ scores: this.choice.scores.map((old, other) => (other === place ? score : old)) });
  }

  setWeight(row: number, column: number, weight: number): void {
    const weights = this.choice.weights.map((line, i) => line.map((old, j) => (i === row && j === column ? weight : old)));
    this.set({ weights });
  }
}
