/** The checksum of a snapshot: damage shows, malice is not its concern. Called by snapshot over all but the header. */

const LANES = 4;
const PRIME = 0x01000193;

/** One step of a lane: a change of one word always shows, as both the turn and the odd factor can be undone. */
function step(lane: number, word: number): number {
  return Math.imul(((lane << 13) | (lane >>> 19)) ^ word, PRIME);
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}

/** Four lanes side by side, so that no step waits for the one before. The bytes are whole words, aligned to four. */
export function checksum(bytes: Uint8Array): string {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let [a, b, c, d] = [0x811c9dc5, 1, 2, 3];
  const even = words.length - (words.length % LANES);
  for (let k = 0; k < even; k += LANES) {
    a = step(a, words[k] as number);
    b = step(b, words[k + 1] as number);
    c = step(c, words[k + 2] as number);
    d = step(d, words[k + 3] as number);
  }
  for (let k = even; k < words.length; k++) a = step(a, words[k] as number);
  return [a, b, c, d].map(hex).join('');
}
