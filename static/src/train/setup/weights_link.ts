/** The weights of a link: the training's state, squeezed, behind a # that is not sent to any server. */
import { through } from "../../shared/streams";
import { fromBase64Url, toBase64Url } from "../live/base64";

const KEY = "state";
const FORMAT = "deflate-raw";
/** Mail, chats and browsers pass on addresses of this length. */
export const LONGEST = 100_000;
/** What a state may unfold to: as much as a message to the server may hold. */
const MOST_BYTES = 3 * 2 ** 20;

/** What stands behind the address of a link with these weights; `#` included. */
export async function writeWeights(state: Uint8Array): Promise<string> {
  const squeezed = await through(new CompressionStream(FORMAT), state, Infinity);
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
    return await through(new DecompressionStream(FORMAT), squeezed, MOST_BYTES);
  } catch {
    // cut short, mangled, or unfolding without end
    return null;
  }
}
