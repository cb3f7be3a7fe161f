/**
 * Snapshot format: a header line of text, the host's state as JSON, then a copy of the core's memory.
 *
 *   "bayplan-wasm ABI JSON-BYTES MEMORY-BYTES CHECKSUM\n" │ JSON │ memory [0, heap top)
 */
import { ABI_VERSION } from '../../assembly/abi.ts';
import { BayplanError } from '../errors.ts';
import { tagDates, untagDates } from '../model/json-dates.ts';

const KIND = 'bayplan-wasm';
const LONGEST_HEADER = 96;

/** FNV-1a over the bytes, four at a time: damage shows, malice is not its concern. */
function checksum(bytes: Uint8Array): string {
  const words = bytes.length >>> 2;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let hash = 0x811c9dc5;
  for (let k = 0; k < words; k++) hash = Math.imul(hash ^ view.getInt32(k * 4, true), 0x01000193);
  for (let k = words * 4; k < bytes.length; k++) hash = Math.imul(hash ^ (bytes[k] as number), 0x01000193);
  return (hash >>> 0).toString(16);
}

export function packSnapshot(state: unknown, memory: Uint8Array): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(state, tagDates));
  const sizes = `${json.length} ${memory.length} ${checksum(json)}${checksum(memory)}`;
  const header = new TextEncoder().encode(`${KIND} ${ABI_VERSION} ${sizes}\n`);
  const bytes = new Uint8Array(header.length + json.length + memory.length);
  bytes.set(header);
  bytes.set(json, header.length);
  bytes.set(memory, header.length + json.length);
  return bytes;
}

function refuse(found: string): never {
  throw new BayplanError(
    'BayplanException',
    'SNAPSHOT_MISMATCH',
    `snapshot is not of this engine and version (${KIND} ${ABI_VERSION}), but ${JSON.stringify(found)}.`,
    {
      path: 'snapshot',
      value: found,
      expected: [`${KIND} ${ABI_VERSION}`],
    },
  );
}

/** @throws BayplanException SNAPSHOT_MISMATCH for another engine's or version's bytes, or a cut-off snapshot. */
export function unpackSnapshot(bytes: unknown): { state: unknown; memory: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) refuse(typeof bytes);
  const end = bytes.indexOf(10);
  const header = new TextDecoder().decode(bytes.subarray(0, end < 0 || end > LONGEST_HEADER ? LONGEST_HEADER : end));
  const [kind, abi, length, memoryLength, sum] = header.split(' ');
  const from = end + 1;
  const to = from + Number(length);
  if (kind !== KIND || abi !== String(ABI_VERSION)) refuse(header.slice(0, 40));
  if (to + Number(memoryLength) !== bytes.length) refuse(`${header} with ${bytes.length} bytes in all`);
  if (`${checksum(bytes.subarray(from, to))}${checksum(bytes.subarray(to))}` !== sum)
    refuse(`${header} with damaged bytes`);
  const state = parseState(bytes.subarray(from, to));
  if (typeof state !== 'object' || state === null || to === bytes.length) refuse(`${header} with broken content`);
  return { state, memory: bytes.subarray(to) };
}

function parseState(json: Uint8Array): unknown {
  try {
    const text = new TextDecoder().decode(json);
    // Visiting every value for dates costs more than reading them all.
    return text.includes('"$date"') ? JSON.parse(text, untagDates) : JSON.parse(text);
  } catch {
    return undefined;
  }
}
