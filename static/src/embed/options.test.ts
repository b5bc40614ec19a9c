import { expect, test } from "vitest";
import { readOptions } from "./options";

test("everything is shown as the system likes it unless the address says otherwise", () => {
  expect(readOptions("?source=x")).toEqual({ theme: null, hidden: new Set() });
  expect(readOptions("?theme=dark&hide=explanation,walk")).toEqual({
    theme: "dark",
    hidden: new Set(["explanation", "walk"]),
  });
});

test("what is unknown is passed over", () => {
  expect(readOptions("?theme=pink&hide=all,walk")).toEqual({ theme: null, hidden: new Set(["walk"]) });
});
