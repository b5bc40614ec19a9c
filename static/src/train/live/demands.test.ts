import { expect, it } from "vitest";
import { Demands } from "./demands";
import type { Watch } from "./parts";

const NOTHING: Watch = { units: false, values: false, hidden: null, chosen: false, place: null };
const turn = () => Promise.resolve();

it("asks for what any room looks at, and says it only when it changes", async () => {
  const said: Watch[] = [];
  const demands = new Demands((watch) => said.push(watch));
  const close = demands.add({ units: true });
  await turn();
  const other = demands.add({ units: true, values: true });
  await turn();
  demands.add({ units: true });
  await turn();
  expect(said).toEqual([
    { ...NOTHING, units: true },
    { ...NOTHING, units: true, values: true },
  ]);
  other();
  close();
  await turn();
  expect(said.slice(2)).toEqual([{ ...NOTHING, units: true }]);
  const layer = { layer: "h1", units: null };
  demands.add({ hidden: { layer: "h2", units: null } });
  const last = demands.add({ hidden: layer });
  await turn();
  expect(said.at(-1)?.hidden).toEqual(layer);
  last();
  await turn();
  expect(said.at(-1)?.hidden?.layer).toBe("h2");
});

it("says nothing between a wish and the one that takes its place", async () => {
  const said: Watch[] = [];
  const demands = new Demands((watch) => said.push(watch));
  const first = demands.add({ place: [0, 1], chosen: true });
  await turn();
  first();
  const second = demands.add({ place: [0.5, 1], chosen: true });
  await turn();
  second();
  demands.add({ place: [0.5, 1], chosen: true });
  await turn();
  expect(said.map(({ place }) => place)).toEqual([
    [0, 1],
    [0.5, 1],
  ]);
});
