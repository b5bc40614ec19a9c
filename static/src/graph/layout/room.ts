/** Whether two drawings need the same room: then the places of the one are those of the other. */
import type { LayoutQuestion } from "./worker";

/** True when the boxes are as large and the links run between the same boxes. */
export function sameRoom(before: LayoutQuestion, after: LayoutQuestion): boolean {
  return (
    alike(before.boxes, after.boxes, ["key", "width", "height", "ordered"]) &&
    alike(before.links, after.links, ["wire", "side", "tail", "head", "argument", "arrive"])
  );
}

/** True when the items of both lists agree, one by one, in these fields. */
export function alike<Item extends object>(
  before: readonly Item[],
  after: readonly Item[],
  fields: readonly (keyof Item)[],
): boolean {
  return (
    before.length === after.length &&
    before.every((item, i) => {
      const other = after[i];
      return other !== undefined && fields.every((field) => item[field] === other[field]);
    })
  );
}
