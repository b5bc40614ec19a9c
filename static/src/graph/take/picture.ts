/** The drawing as a picture by itself: the whole graph, every style written into it, nothing fetched from elsewhere. */
import { paintOf } from "./colours";

export type PictureTheme = "as shown" | "light" | "dark";

export interface Picture {
  svg: string;
  width: number;
  height: number;
}

type Attributes = Record<string, string | number>;

const SPACE = "http://www.w3.org/2000/svg";
const MARGIN = 16;
/** The page's own fonts are not in the file: others of the same make stand in. */
const FALLBACKS = {
  text: "Inter, system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif",
  code: "'JetBrains Mono', ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
};
const STROKE = ["stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"] as const;
const TEXT = ["font-size", "font-weight", "font-style", "letter-spacing", "text-anchor"] as const;
/** What an attribute need not say. */
const USUAL: Record<string, string> = {
  "stroke-linecap": "butt",
  "stroke-linejoin": "miter",
  "stroke-dasharray": "none",
  "font-style": "normal",
  "letter-spacing": "normal",
  "text-anchor": "start",
};
const GEOMETRY = new Set(
  "id x y x1 y1 x2 y2 d dx dy cx cy r rx ry width height points transform href preserveAspectRatio".split(" "),
);

/** Pictures the drawing on the page, as far as the walk has come; throws when there is none. */
export function pictureOf(drawn: SVGSVGElement, theme: PictureTheme, title: string, words: string): Picture {
  const copy = drawn.cloneNode(true) as SVGSVGElement;
  // Hidden, not undisplayed: what is not displayed has neither styles nor measures.
  copy.style.visibility = "hidden";
  copy.style.opacity = "1";
  copy.style.colorScheme = theme === "as shown" ? getComputedStyle(document.documentElement).colorScheme : theme;
  drawn.after(copy);
  try {
    return written(copy, title, words);
  } finally {
    copy.remove();
  }
}

function written(copy: SVGSVGElement, title: string, words: string): Picture {
  const surface = copy.querySelector(":scope > g");
  if (!(surface instanceof SVGGElement)) throw new Error("there is no drawing to picture");
  surface.removeAttribute("transform");
  // Read first, then changed: each change makes the browser work out the styles that are read next.
  for (const element of [...surface.querySelectorAll("*")].filter(unseen)) element.remove();
  const { x, y, width, height } = surface.getBBox();
  const box = [x - MARGIN, y - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN].map(Math.round);
  const [left = 0, top = 0, wide = 1, high = 1] = box;

  const picture = create("svg", { viewBox: box.join(" "), width: wide, height: high, role: "img" });
  const ground = create("rect", { x: left, y: top, width: wide, height: high, ...groundOf(copy) });
  // Every style is read before the first class is taken away: what is left unstyled would pass on other colours.
  const styles = [...surface.querySelectorAll("*")].map((element) => ({ element, style: styleOf(element) }));
  for (const { element, style } of styles) {
    keepGeometry(element);
    write(element, style);
  }
  keepGeometry(surface);
  removeComments(surface);
  picture.append(create("title", {}, title), create("desc", {}, words), ground, surface);
  return { svg: new XMLSerializer().serializeToString(picture), width: wide, height: high };
}

/** True for what the page draws without showing it: pulses at rest, wide lines that only catch the pointer. */
function unseen(element: Element): boolean {
  const { fill, stroke, opacity, display } = getComputedStyle(element);
  if (opacity === "0" || display === "none") return true;
  const clear = (paint: string) => paint === "none" || paintOf(paint).opacity === 0;
  return element instanceof SVGGeometryElement && clear(fill) && clear(stroke);
}

/** The styles of an element as attributes; groups only pass on how clear they are. */
function styleOf(element: Element): Attributes {
  const style = getComputedStyle(element);
  const own: Attributes = style.opacity === "1" ? {} : { opacity: style.opacity };
  const isText = element instanceof SVGTextContentElement;
  if (!isText && !(element instanceof SVGGeometryElement)) return own;
  const read = (names: readonly string[]) =>
    Object.fromEntries(
      names
        .map((name) => [name, style.getPropertyValue(name)] as const)
        .filter(([name, value]) => value !== USUAL[name]),
    );
  const stroke = style.stroke === "none" ? {} : { ...paint("stroke", style.stroke), ...read(STROKE) };
  const letters = isText ? { ...read(TEXT), ...fontOf(style) } : {};
  return { ...own, ...paint("fill", style.fill), ...stroke, ...letters };
}

function fontOf({ fontFamily }: CSSStyleDeclaration): Attributes {
  const family = fontFamily.includes("Mono") ? FALLBACKS.code : FALLBACKS.text;
  return { "font-family": family, "font-variant-numeric": "tabular-nums" };
}

function paint(name: "fill" | "stroke", computed: string): Attributes {
  const { colour, opacity } = paintOf(computed);
  return { [name]: colour, ...(opacity < 1 ? { [`${name}-opacity`]: opacity.toFixed(3) } : {}) };
}

/** The colour of the panel that the drawing stands on, in the colours of the picture. */
function groundOf(copy: SVGSVGElement): Attributes {
  copy.style.color = "var(--surface)";
  return paint("fill", getComputedStyle(copy).color);
}

function create(name: string, attributes: Attributes, words = ""): SVGElement {
  const element = document.createElementNS(SPACE, name);
  write(element, attributes);
  element.textContent = words;
  return element;
}

function write(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
}

function keepGeometry(element: Element): void {
  for (const { name } of [...element.attributes]) if (!GEOMETRY.has(name)) element.removeAttribute(name);
}

/** The marks that the page's framework leaves between elements. */
function removeComments(surface: SVGElement): void {
  const walker = document.createTreeWalker(surface, NodeFilter.SHOW_COMMENT);
  const comments: Comment[] = [];
  while (walker.nextNode()) comments.push(walker.currentNode as Comment);
  for (const comment of comments) comment.remove();
}
