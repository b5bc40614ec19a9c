/** The reader's choice of light or dark, kept between visits; "auto" follows the system. */
export type Theme = "auto" | "light" | "dark";

const KEY = "chainrule.theme";
const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** The stored choice, "auto" when there is none or storage is refused. */
export function storedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? "auto";
  } catch {
    return "auto";
  }
}

/** Shows `theme` and remembers it. */
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "auto") root.removeAttribute("data-theme");
  else root.setAttribute("data-theme", theme);
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage may be refused (private windows); the choice then lasts for this page only.
  }
}

/** The choice after `theme` when the toggle is pressed. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
}

/** Calls `changed` whenever light turns to dark or back, by choice or by the system; answers the stop function. */
export function onThemeChange(changed: () => void): () => void {
  const query = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  query.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    query.removeEventListener("change", changed);
  };
}

/** A colour token such as "--value" as the browser resolves it now, for canvases that cannot read CSS. */
export function resolvedColour(token: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${token})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
