/** The walk of one update, as a list of steps: the minibatch, forward, the loss, backward, every parameter, the end. */
import type { components } from "../../shared/schema";

export type Answer = components["schemas"]["UpdateAnswer"];
export type Statement = components["schemas"]["UpdateStatement"];
export type ParameterUpdate = components["schemas"]["ParameterUpdate"];

export type Stage = "batch" | "forward" | "loss" | "backward" | "update" | "apply";

export const STAGES: readonly { stage: Stage; title: string }[] = [
  { stage: "batch", title: "Minibatch" },
  { stage: "forward", title: "Forward" },
  { stage: "loss", title: "Loss" },
  { stage: "backward", title: "Backward" },
  { stage: "update", title: "Update" },
  { stage: "apply", title: "Apply" },
];

export interface Step {
  stage: Stage;
  /** The statement or the parameter that it is about, "" where it is about all. */
  name: string;
}

/** What the drawn network shows of a step. */
export interface Lit {
  stage: Stage;
  /** Columns of units, by name. */
  columns: ReadonlySet<string>;
  /** Trained parameters, by name. */
  parameters: ReadonlySet<string>;
}

/** All steps, in order. A value that is one number belongs to the loss; the rest is the net's way forward. */
export function stepsOf({ statements, parameters }: Answer): Step[] {
  const computed = statements.filter(({ kind }) => kind === "computed");
  const stage = ({ shape }: Statement): Stage => (shape.length === 0 ? "loss" : "forward");
  const forth = computed.map((statement) => ({ stage: stage(statement), name: statement.name }));
  const back = computed
    .filter(({ gradient }) => gradient !== null)
    .toReversed()
    .map(({ name }): Step => ({ stage: "backward", name }));
  return [
    { stage: "batch", name: "" },
    // in the order of computation but for single numbers among the layers, which wait for the loss
    ...forth.filter((step) => step.stage === "forward"),
    ...forth.filter((step) => step.stage === "loss"),
    ...back,
    ...parameters.map(({ name }): Step => ({ stage: "update", name })),
    { stage: "apply", name: "" },
  ];
}

/** What is lit: a statement with the parameters and layers it is computed from, or a parameter. */
export function litOf({ statements, parameters }: Answer, { stage, name }: Step): Lit {
  const all = new Set(parameters.map((parameter) => parameter.name));
  const nothing = new Set<string>();
  if (stage === "batch") return { stage, columns: new Set(["X"]), parameters: nothing };
  if (stage === "apply") return { stage, columns: nothing, parameters: all };
  if (stage === "update") return { stage, columns: nothing, parameters: new Set([name]) };
  const operands = statements.find((statement) => statement.name === name)?.operands ?? [];
  return {
    stage,
    columns: new Set([name, ...operands.filter((operand) => !all.has(operand))]),
    parameters: new Set(operands.filter((operand) => all.has(operand))),
  };
}

/** Where a stage begins, -1 where the walk has none of it. */
export function beginOf(steps: readonly Step[], stage: Stage): number {
  return steps.findIndex((step) => step.stage === stage);
}
