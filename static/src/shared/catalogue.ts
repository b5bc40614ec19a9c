/** The op table, asked for once by whatever part of the page wants it first. */
import { get } from "./api";
import type { components } from "./schema";

export type OpTable = components["schemas"]["Ops"];

let asked: Promise<OpTable> | null = null;

/** Throws like `get`; the next call then asks again. */
export async function opTable(): Promise<OpTable> {
  asked ??= get("/api/v1/ops");
  try {
    return await asked;
  } catch (error) {
    asked = null;
    throw error;
  }
}
