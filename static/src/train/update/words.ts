/** What happens at each step, in one sentence or two: for eyes and for screen readers. */
import { isTruncated, type Quantity } from "../../graph/answer";
import { count, formatNumber, formatShape } from "../../shared/format";
import { toNumber, type Scalar } from "../../shared/tensor";
import type { Answer, Statement, Step } from "./stages";

/** With `applied`, the training has made the update that the walk is about. */
export function sayStep(answer: Answer, { stage, name }: Step, applied = false): string {
  const { batch, statements, step } = answer;
  const statement = statements.find((one) => one.name === name);
  switch (stage) {
    case "batch": {
      const rest = "the parameters as they are now: nothing has changed yet";
      return `Update ${step + 1} takes ${count(batch.points.length, "training point")}, one per row of X, and ${rest}.`;
    }
    case "forward":
      return statement ? forward(answer, statement) : "";
    case "loss":
      return statement ? loss(answer, statement) : "";
    case "backward":
      return statement ? backward(answer, statement) : "";
    case "update":
      return `${name}, shape ${shapeOf(answer, name)}: each number takes its own step. One of them, line by line:`;
    case "apply":
      return applied ? `Update ${step + 1} is made.` : apply(answer);
  }
}

function forward({ statements }: Answer, { name, operands, shape }: Statement): string {
  const from = operands.map((operand) => {
    const found = statements.find((one) => one.name === operand);
    return `${operand} ${formatShape(found?.shape ?? [])}`;
  });
  const rows = shape.length === 2 ? `: a row for each point, a column for each of ${shape[1] ?? 0} units` : "";
  return `${name} is computed from ${listed(from)}. It has shape ${formatShape(shape)}${rows}.`;
}

function loss({ loss }: Answer, { name, operands, value }: Statement): string {
  const total = name === loss ? " This is what the update makes smaller, for these points." : "";
  return `${name}, from ${listed(operands)}, is one number: ${numberOf(value)}.${total}`;
}

function backward({ loss, statements }: Answer, { name, operands, shape }: Statement): string {
  const on = operands.filter((operand) => statements.some((one) => one.name === operand && one.gradient !== null));
  const goes = on.length > 0 ? ` It goes on to ${listed(on)}.` : "";
  if (name === loss) return `The way back begins with ∂${loss}/∂${loss} = 1.${goes}`;
  const what = shape.length === 0 ? "one number" : `one number for each of its own: shape ${formatShape(shape)}`;
  return `∂${loss}/∂${name} arrives, ${what}.${goes}`;
}

function apply({ step, finished, stopped }: Answer): string {
  if (finished) return `The training refuses this update: ${finished.detail}.`;
  if (stopped) return `The training makes no update: ${stopped}.`;
  return `Nothing has changed yet in the training. Apply it, and step ${step + 1} holds these very numbers.`;
}

function shapeOf({ parameters }: Answer, name: string): string {
  return formatShape(parameters.find((one) => one.name === name)?.shape ?? []);
}

function numberOf(value: Quantity | Statement["value"]): string {
  return isTruncated(value as Quantity) || Array.isArray(value) ? "" : formatNumber(toNumber(value as Scalar));
}

/** "a, b and c". */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
