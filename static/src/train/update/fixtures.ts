/** An update for tests, as a server would answer it. */
import type { Answer, ParameterUpdate, Statement } from "./stages";

function statement(name: string, shape: number[], operands: string[], some: Partial<Statement> = {}): Statement {
  return { name, kind: "computed", span: [0, 1], operands, shape, value: 0, gradient: 0, ...some };
}

function parameter(name: string, shape: number[]): ParameterUpdate {
  const zeros = { before: 0, raw: 0, clipped: 0, gradient: 0, shrunk: 0, step: 0, after: 0 };
  return { name, shape, slots: [], ...zeros };
}

export const answer: Answer = {
  step: 7,
  batch: { epoch: 0, position: 0, points: [2, 0] },
  statements: [
    statement("X", [2, 2], [], { kind: "data", gradient: null }),
    statement("y", [2], [], { kind: "data", gradient: null }),
    statement("W", [2, 3], [], { kind: "parameter" }),
    statement("b", [3], [], { kind: "parameter" }),
    statement("h", [2, 3], ["X", "W", "b"]),
    statement("mask", [2, 3], ["h"], { kind: "constant", gradient: null }),
    statement("penalty", [], ["W"]),
    statement("scores", [2, 3], ["h"]),
    statement("data_loss", [], ["scores", "y"]),
    statement("loss", [], ["data_loss", "penalty"]),
  ],
  loss: "loss",
  norm: 1,
  learning_rate: 0.1,
  updates: 8,
  optimizer: "sgd",
  parameters: [parameter("W", [2, 3]), parameter("b", [3])],
  element: null,
  before: "00",
  fingerprint: "01",
  state: "",
  stopped: null,
  finished: null,
};
