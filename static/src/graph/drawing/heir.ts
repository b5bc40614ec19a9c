/** Who has the focus in place of a part of the drawing that is gone. */
import type { Session } from "../session.svelte";
import { partOf } from "./gestures.svelte";

/** The gate that stands for a gate that went, or for those that were lumped last; else the first there is. */
export function heirOf(gone: Element, sheet: Element, session: Session): SVGElement | null {
  const part = partOf(gone);
  const lumped = session.view.lump.flatMap((one) => (typeof one === "string" ? [] : one.keys));
  const keys = new Set(part ? [part.key] : lumped);
  const nodes = session.drawn?.index.answer.nodes ?? [];
  const heir = nodes.findLast(({ key, members }) => keys.has(key) || members.some((one) => keys.has(one)));
  const gates = [...sheet.querySelectorAll<SVGElement>('[data-part="node"][tabindex]')];
  return gates.find(({ dataset }) => dataset["key"] === heir?.key) ?? gates[0] ?? null;
}
