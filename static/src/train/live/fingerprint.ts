/** Six hexadecimal digits that tell two states apart at a glance: FNV-1a over all their bytes. */
export function fingerprint(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return ((hash ^ (hash >>> 8)) & 0xffffff).toString(16).padStart(6, "0");
}
