/** How a net learns, in one text: `adam:0.01:cosine` is the optimizer, its rate and its schedule. */
import type { Choices } from "../../train/setup/choices";
import { check } from "../../shared/rule";
import { ruleOf } from "../../train/setup/rules";
import { withOptimizer, type Setup } from "../../train/setup/setup";

export interface Rule {
  optimizer: string;
  rate: string;
  schedule: string;
}

export function readRule(text: string): Rule {
  const [optimizer = "", rate = "", schedule = ""] = text.split(":");
  return { optimizer, rate, schedule };
}

export function writeRule({ optimizer, rate, schedule }: Rule): string {
  return [optimizer, rate, schedule].join(":");
}

/** The rule of a setup. */
export function ruleIn({ learning }: Setup): string {
  return writeRule({
    optimizer: learning.optimizer,
    rate: String(learning.rate),
    schedule: learning.schedule,
  });
}

/** The setup under a rule, undefined where the text is none; a rate left out is the one its optimizer begins with, a schedule left out the setup's. */
export function withRule(setup: Setup, text: string, choices: Choices): Setup | undefined {
  const { optimizer, rate, schedule } = readRule(text);
  if (!choices.optimizers.some(({ name }) => name === optimizer)) return undefined;
  if (schedule !== "" && !choices.schedules.some(({ name }) => name === schedule)) return undefined;
  const usual = withOptimizer(choices, setup.learning, optimizer);
  const read = rate === "" ? { value: usual.rate } : check(rate, ruleOf("rate", setup.data));
  if (!("value" in read)) return undefined;
  const learning = { ...usual, rate: read.value, ...(schedule !== "" && { schedule }) };
  return { ...setup, learning };
}
