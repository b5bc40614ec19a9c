/** What the page that holds the frame may choose. */
const THEMES = ["light", "dark"] as const;
const PARTS = ["explanation", "walk"] as const;

export type Part = (typeof PARTS)[number];

export interface Options {
  /** Null follows the system. */
  theme: (typeof THEMES)[number] | null;
  hidden: ReadonlySet<Part>;
}

export function readOptions(search: string): Options {
  const parameters = new URLSearchParams(search);
  const hidden = (parameters.get("hide") ?? "").split(",");
  return {
    theme: THEMES.find((theme) => theme === parameters.get("theme")) ?? null,
    hidden: new Set(PARTS.filter((part) => hidden.includes(part))),
  };
}
