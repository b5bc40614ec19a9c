import { expect, it } from "vitest";
import { Demands } from "./demands";
import type { Watch } from "./parts";

it("asks for what any room looks at, and says it only when it changes", () => {
  const said: Watch[] = [];
  const demands = new Demands((watch) => said.push(watch));
  const close = demands.add({ units: true });
  const other = demands.add({ units: true, values: true });
  demands.add({ units: true });
  expect(said).toEqual([
    { units: true, values: false, hidden: null },
    { units: true, values: true, hidden: null },
  ]);
  other();
  close();
  expect(said.slice(2)).toEqual([{ units: true, values: false, hidden: null }]);
  const layer = { layer: "h1", units: null };
  demands.add({ hidden: { layer: "h2", units: null } });
  const last = demands.add({ hidden: layer });
  expect(said.at(-1)?.hidden).toEqual(layer);
  last();
  expect(said.at(-1)?.hidden?.layer).toBe("h2");
});
