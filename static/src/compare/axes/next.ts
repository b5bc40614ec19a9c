/** A value that a further net may begin with: one that none has yet. */
import type { Choices } from "../../train/setup/choices";
import { nudgeDecade } from "../../shared/rule";
import type { Setup } from "../../train/setup/setup";
import type { Axis } from "./axes";
import { readRule, writeRule } from "./rule";

export function nextValue(axis: Axis, values: readonly string[], setup: Setup, choices: Choices): string {
  const fresh = candidates(axis, values, setup, choices).flatMap((text) => {
    const made = axis.write(setup, text, choices);
    return made ? [axis.read(made)] : [];
  });
  return fresh.find((text) => !values.includes(text)) ?? values.at(-1) ?? axis.read(setup);
}

function candidates(axis: Axis, values: readonly string[], setup: Setup, choices: Choices): string[] {
  const last = values.at(-1) ?? axis.read(setup);
  if (axis.kind === "choice") return (axis.options?.(choices, setup) ?? []).map(({ value }) => value);
  if (axis.kind === "rule") {
    const { schedule } = readRule(last);
    return choices.optimizers.map(({ name }) => writeRule({ optimizer: name, rate: "", schedule }));
  }
  if (axis.kind === "widths") {
    const widths = last === "" ? [1] : last.split("-").map(Number);
    return [2, 3, 4, 0.5].map((times) => widths.map((width) => Math.max(1, Math.round(width * times))).join("-"));
  }
  const value = Number(last);
  const up = axis.decades ? [nudgeDecade(value, true), nudgeDecade(value, false)] : [];
  return [...up, value * 2, value + 1, value - 1, value + 0.05, value - 0.1].map((number) => String(Number(number.toPrecision(6))));
}
