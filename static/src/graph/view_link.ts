/** The view in the page's address: only what differs from the plain one, and nothing believed unseen. */
import { PLAIN, type Beside, type Selection, type Target, type View } from "./view";

const BESIDE: readonly Beside[] = ["gate", "code", "take"];
const TARGETS: readonly Target[] = ["flat", "modular", "pytorch", "latex", "dot"];
const DTYPES: readonly View["dtype"][] = ["float64", "float32"];
/** Shown as a switch: on or off against the plain view. */
const SWITCHES = ["copies", "constants", "check"] as const;
const LISTS = ["lump", "apart", "collapse"] as const;
/** What a gate lumped by hand may be called. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]{0,39}$/u;
const TEXTS = ["output", "opened"] as const;

export function writeView(view: View, parameters: URLSearchParams): void {
  for (const key of SWITCHES) if (view[key] !== PLAIN[key]) parameters.set(key, view[key] ? "on" : "off");
  for (const key of LISTS) {
    const list = view[key];
    if (list !== null && (list.length > 0 || key === "collapse")) parameters.set(key, JSON.stringify(list));
  }
  for (const key of TEXTS) if (view[key] !== null) parameters.set(key, view[key]);
  if (view.seed !== PLAIN.seed) parameters.set("seed", String(view.seed));
  if (view.beside !== null) parameters.set("beside", view.beside);
  if (view.code !== PLAIN.code) parameters.set("code", view.code);
  if (Object.keys(view.sizes).length > 0) parameters.set("sizes", JSON.stringify(view.sizes));
  if (view.dtype !== PLAIN.dtype) parameters.set("dtype", view.dtype);
}

/** The view an address asks for, and the names of the parameters that could not be read. */
export function readView(parameters: URLSearchParams): { view: View; mangled: string[] } {
  const mangled: string[] = [];
  function read<Value>(key: string, plain: Value, parse: (text: string) => Value | undefined): Value {
    const text = parameters.get(key);
    if (text === null) return plain;
    const value = parse(text);
    if (value === undefined) mangled.push(key);
    return value ?? plain;
  }
  const view: View = {
    lump: read("lump", PLAIN.lump, (text) => list(text, isLump)),
    apart: read("apart", PLAIN.apart, (text) => list(text, isText)),
    collapse: read<View["collapse"]>("collapse", PLAIN.collapse, (text) => list(text, isText)),
    copies: read("copies", PLAIN.copies, toggle),
    constants: read("constants", PLAIN.constants, toggle),
    output: read<View["output"]>("output", PLAIN.output, (text) => text),
    seed: read("seed", PLAIN.seed, seed),
    check: read("check", PLAIN.check, toggle),
    opened: read<View["opened"]>("opened", PLAIN.opened, (text) => text),
    beside: read<View["beside"]>("beside", PLAIN.beside, (text) => BESIDE.find((one) => one === text)),
    code: read("code", PLAIN.code, (text) => TARGETS.find((one) => one === text)),
    sizes: read("sizes", PLAIN.sizes, sizes),
    dtype: read("dtype", PLAIN.dtype, (text) => DTYPES.find((one) => one === text)),
  };
  return { view, mangled };
}

function toggle(text: string): boolean | undefined {
  return text === "on" ? true : text === "off" ? false : undefined;
}

function seed(text: string): number | undefined {
  const value = Number(text);
  return text !== "" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function list<Item>(text: string, accepts: (item: unknown) => item is Item): Item[] | undefined {
  const value = parsed(text);
  return Array.isArray(value) && value.every(accepts) ? value : undefined;
}

function sizes(text: string): View["sizes"] | undefined {
  const value = parsed(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const shapes = Object.values(value) as unknown[];
  const whole = (shape: unknown) =>
    Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size > 0);
  return shapes.every(whole) ? (value as View["sizes"]) : undefined;
}

/** The JSON value of a text, undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isText(item: unknown): item is string {
  return typeof item === "string";
}

function isLump(item: unknown): item is string | Selection {
  if (typeof item === "string") return true;
  if (typeof item !== "object" || item === null) return false;
  const { name, keys } = item as Partial<Record<keyof Selection, unknown>>;
  return isText(name) && NAME.test(name) && Array.isArray(keys) && keys.length > 0 && keys.every(isText);
}
