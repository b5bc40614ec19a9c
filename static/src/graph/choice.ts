/** The open example, and the control by which it writes the program: the reader's own numbers go along. */
import { tokensOf, type Token } from "../shared/editor/tokens";
import type { Example } from "../shared/page_data";

/** An input written in a program: its numbers as they stand there, and the brackets around them. */
interface Written {
  name: string;
  text: string;
  shape: string;
  from: number;
  to: number;
}

/** The inputs that a program gives numbers: `name = literal`. */
function writtenIn(source: string): Written[] {
  return statementsOf(source).flatMap((statement) => {
    const [name, equals, first, ...rest] = statement;
    if (name?.kind !== "name" || equals?.text !== "=" || !first) return [];
    const literal = [first, ...rest];
    if (!literal.every(({ kind, text }) => kind === "number" || /^[-+\u2212[\],]$/.test(text))) return [];
    const [from] = first.span;
    const to = (rest.at(-1) ?? first).span[1];
    const shape = literal.map(({ kind, text }) => (kind === "number" ? "0" : text)).filter((text) => !/[-+\u2212]/.test(text));
    return [{ name: name.text, text: source.slice(from, to), shape: shape.join(""), from, to }];
  });
}

function statementsOf(source: string): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokensOf(source)) {
    if (token.kind === "break") statements.push([]);
    else if (token.kind !== "comment") statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

/** A program without its spaces, its comments and the numbers of its inputs: what it computes, not at which values. */
export function skeletonOf(source: string): string {
  const inputs = writtenIn(source);
  const inside = ({ span: [start] }: Token) => inputs.find(({ from, to }) => from <= start && start < to);
  const statements = statementsOf(source).map((statement) =>
    statement.map((token) => {
      const input = inside(token);
      if (!input) return token.text;
      return token.span[0] === input.from ? input.shape : "";
    }),
  );
  return statements.map((words) => words.join(" ").trimEnd()).join("\n");
}

/** The sources an example stands for: its own, or those of its choice. */
export function sourcesOf({ source, choice }: Example): string[] {
  return choice ? choice.options.map((option) => option.source) : [source];
}

/** An example and the skeletons of its programs: cut once, compared at every key press. */
export interface Known {
  example: Example;
  skeletons: readonly string[];
}

export function knownFrom(examples: readonly Example[]): Known[] {
  return examples.map((example) => ({ example, skeletons: sourcesOf(example).map(skeletonOf) }));
}

/** The example whose program this is, whatever numbers its inputs have been given: the last one open if it can be. */
export function recognized(known: readonly Known[], source: string, last: Known | null): Known | null {
  const skeleton = skeletonOf(source);
  if (last?.skeletons.includes(skeleton)) return last;
  return known.find(({ skeletons }) => skeletons.includes(skeleton)) ?? null;
}

/** Position of the option that a program is, -1 when it was edited beyond them all. */
export function optionOf({ skeletons }: Known, source: string): number {
  return skeletons.indexOf(skeletonOf(source));
}

/** An option's program with the numbers that the reader gave to inputs it shares with the program before. */
export function withNumbers(option: string, before: string, original: string | null): string {
  const given = new Map(writtenIn(before).map((input) => [input.name, input]));
  const kept = new Map(writtenIn(original ?? "").map((input) => [input.name, input.text]));
  const changed = writtenIn(option).filter(({ name, shape }) => {
    const own = given.get(name);
    return own?.shape === shape && own.text !== kept.get(name);
  });
  return changed.reduceRight(
    (text, { name, from, to }) => text.slice(0, from) + (given.get(name)?.text ?? "") + text.slice(to),
    option,
  );
}
