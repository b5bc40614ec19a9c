/** A file of weights as it was taken away, read as far as the page has to know it. */
import { post } from "../../shared/api";
import type { components } from "../../shared/schema";
import { specOf } from "../setup/setup";
import type { Trainer } from "../trainer.svelte";
import { readNpz } from "./npz";

type Parameter = components["schemas"]["WeightsRequest"]["parameters"][number];

/** An archive begins with PK, no JSON does. */
const ZIPPED = 0x50;

export interface WeightsFile {
  /** Null where the file holds numbers alone: they are those of the program there is. */
  program: string | null;
  features: readonly string[];
  step: number;
  parameters: Parameter[];
}

/** The file of these bytes, JSON or NPZ; null where it is neither. What its numbers are is for the server to judge. */
export async function readFile(bytes: Uint8Array): Promise<WeightsFile | null> {
  if (bytes[0] !== ZIPPED) return readJson(new TextDecoder().decode(bytes));
  const parameters = await readNpz(bytes);
  return parameters && { program: null, features: [], step: 0, parameters };
}

function readJson(text: string): WeightsFile | null {
  let file: Partial<WeightsFile> | null;
  try {
    file = JSON.parse(text) as Partial<WeightsFile> | null;
  } catch {
    return null;
  }
  const { program, features = [], step = 0, parameters } = file ?? {};
  if (typeof program !== "string" || !Array.isArray(parameters) || !Array.isArray(features)) return null;
  return { program, features: features.map(String), step, parameters };
}

/** Trains on from the weights of a file; throws ProblemError where they do not fit the data chosen. */
export async function openFile(trainer: Trainer, { program, features, step, parameters }: WeightsFile): Promise<void> {
  const { setup, choices } = trainer;
  const data = features.length > 0 ? { ...setup.data, features } : setup.data;
  const changed = { ...setup, data };
  const text = (program ?? trainer.program).trimEnd();
  const answer = await post("/api/v1/trainings/weights", {
    spec: specOf(choices, changed, text),
    parameters,
    step,
  });
  const state = Uint8Array.from(atob(answer.state), (letter) => letter.charCodeAt(0));
  trainer.adopt(changed, text, state);
}
