/** What a training's card shows of it, read from the words of its link. */
import type { components } from "../shared/schema";
import { DEFAULT_NETWORK, PLAIN_FEATURES } from "../train/setup/setup";

export interface Outline {
  /** The points, as the server is asked for them. */
  data: components["schemas"]["DataRequest"];
  /** Units of each layer, from the features to the scores. */
  layers: readonly number[];
}

/** Points shown at most: a card is small. */
const SHOWN = 240;
/** Features of an image of 8 x 8. */
const PIXELS = 64;

export function outlineOf(query: string): Outline {
  const words = new URLSearchParams(query);
  const number = (key: string) => (words.has(key) ? Number(words.get(key)) : null);
  const name = words.get("data") ?? "spiral";
  const hidden = words.get("hidden");
  const features = words.get("features")?.split("\n") ?? PLAIN_FEATURES;
  return {
    data: {
      name,
      classes: number("classes"),
      samples: Math.min(number("samples") ?? SHOWN, SHOWN),
      noise: number("noise"),
      seed: 0,
      balance: [],
    },
    layers: [
      name === "digits" ? PIXELS : features.length,
      ...(hidden === null ? DEFAULT_NETWORK.hidden : hidden.split("-").filter(Boolean).map(Number)),
      // one value where there are no classes
      number("classes") ?? 1,
    ],
  };
}
