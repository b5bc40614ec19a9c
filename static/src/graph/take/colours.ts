/** Colours as every program that reads pictures knows them. */

export interface Paint {
  /** "#rrggbb", "none", or the address of a pattern. */
  colour: string;
  opacity: number;
}

const known = new Map<string, Paint>();

/** A paint as the browser computes it; what is mixed or written in newer ways is resolved. */
export function paintOf(computed: string): Paint {
  const paint = known.get(computed) ?? resolved(computed);
  known.set(computed, paint);
  return paint;
}

function resolved(computed: string): Paint {
  if (computed === "none" || computed.startsWith("url(")) return { colour: computed, opacity: 1 };
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return { colour: computed, opacity: 1 };
  context.fillStyle = computed;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  const hex = [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("");
  return { colour: `#${hex}`, opacity: alpha / 255 };
}
