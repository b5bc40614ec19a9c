import { expect, test } from "vitest";
import { indexOf } from "../answer";
import { sumTimes } from "../fixtures";
import { differentiable, openedIn } from "./opened";

const index = indexOf(sumTimes);

test("a key opens the node or the edge that has it", () => {
  expect(openedIn(index, "k-n3")).toMatchObject({ kind: "node", node: { name: "q" } });
  expect(openedIn(index, "k-e2")).toMatchObject({ kind: "edge", edge: { id: "e2" } });
  expect(openedIn(index, "nowhere")).toEqual({ kind: "gone", inside: null });
});

test("what was lumped is found inside the gate that stands for it", () => {
  const nodes = sumTimes.nodes.map((node) => (node.name === "f" ? { ...node, members: ["inner", "f"] } : node));
  const lumped = indexOf({ ...sumTimes, nodes });
  expect(openedIn(lumped, "inner")).toMatchObject({ kind: "gone", inside: { name: "f" } });
  expect(openedIn(lumped, "inner<0")).toMatchObject({ kind: "gone", inside: { name: "f" } });
});

test("an argument without a gradient has no Jacobian", () => {
  const none = sumTimes.edges.map((edge) => (edge.id === "e3" ? { ...edge, local_kind: "none" as const } : edge));
  const gate = index.node("n4");
  expect(differentiable(indexOf({ ...sumTimes, edges: none }), gate).map(({ id }) => id)).toEqual(["e2"]);
});
