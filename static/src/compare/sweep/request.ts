/** Nets to be trained side by side as the request of a sweep: the first one whole, the others by what differs. */
import type { components } from "../../shared/schema";
import { toBase64 } from "../../train/live/base64";
import type { Choices } from "../../train/setup/choices";
import { builderRequest, entryOf, specOf, type Setup } from "../../train/setup/setup";
import type { Member } from "./member";

export type SweepRequest = components["schemas"]["SweepRequest"];

/** What is trained: one data set, one program or one kind of network, several members. */
export interface Question {
  choices: Choices;
  members: readonly Member[];
  /** Null where the layer builder writes each member's own. */
  program: string | null;
}

/** How far, in which steps, and from where. */
export interface Stretch {
  updates: number;
  every: number;
  framesPerSecond: number | null;
  states: readonly (Uint8Array | null)[];
}

export function sweepRequest({ choices, members, program }: Question, stretch: Stretch): SweepRequest {
  const [first] = members;
  if (!first) throw new RangeError("a sweep needs a member");
  const base = settings(choices, first.setup, program);
  const { spec, network } = base;
  const values = entryOf(choices, first.setup.data.name)?.kind === "values";
  return {
    spec,
    network,
    members: members.map(({ label, setup }) => ({
      label,
      changes: changes(base, settings(choices, setup, program)),
    })),
    states: stretch.states.map((state) => state && toBase64(state)),
    updates: stretch.updates,
    every: stretch.every,
    frames_per_second: stretch.framesPerSecond,
    boundary: true,
    state_every: true,
    carry_over: false,
    // a surface is the map of the scores
    units: values,
    values: false,
    hidden: null,
    vary: {},
  } as SweepRequest;
}

function settings(choices: Choices, setup: Setup, program: string | null) {
  return {
    spec: specOf(choices, setup, program ?? ""),
    network: program === null ? builderRequest(choices, setup) : null,
  };
}

type Settings = ReturnType<typeof settings>;

/** By path, what sets one apart from another. */
function changes(from: Settings, to: Settings): Record<string, unknown> {
  return { ...differing(from.spec, to.spec, ""), ...differing(from.network ?? {}, to.network ?? {}, "network.") };
}

function differing(from: object, to: object, before: string): Record<string, unknown> {
  const old = from as Record<string, unknown>;
  const changed = Object.entries(to).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(old[key]));
  return Object.fromEntries(changed.map(([key, value]) => [before + key, value as unknown]));
}
