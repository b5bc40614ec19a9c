/** The weights of a link: the training's state, squeezed, behind a # that is not sent to any server. */
import { fromBase64Url, toBase64Url } from "../live/base64";

const KEY = "state";
const FORMAT = "deflate-raw";
/** Mail, chats and browsers pass on addresses of this length. */
export const LONGEST = 100_000;
/** What a state may unfold to: as much as a message to the server may hold. */
const MOST_BYTES = 3 * 2 ** 20;

/** What stands behind the address of a link with these weights; `#` included. */
export async function writeWeights(state: Uint8Array): Promise<string> {
  const squeezed = await collect(state, new CompressionStream(FORMAT), Infinity);
  return `#${KEY}=${toBase64Url(squeezed)}`;
}

/** Whether an address has weights behind it, readable or not. */
export function hasWeights(hash: string): boolean {
  return hash.startsWith(`#${KEY}=`);
}

/** The state behind an address; null where it is none, or more than any training's. */
export async function readWeights(hash: string): Promise<Uint8Array | null> {
  const squeezed = fromBase64Url(hash.slice(KEY.length + 2));
  if (squeezed === null || squeezed.length === 0) return null;
  try {
    return await collect(squeezed, new DecompressionStream(FORMAT), MOST_BYTES);
  } catch {
    // cut short, mangled, or unfolding without end
    return null;
  }
}

/** The bytes that come through a stream; throws RangeError as soon as there are more than `most`. */
async function collect(
  bytes: Uint8Array,
  through: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array> {
  const reader = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(through).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > most) {
      await reader.cancel();
      throw new RangeError("more than a state");
    }
    parts.push(part.value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
