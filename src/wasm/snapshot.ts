/**
 * Snapshot format: a header line of text, the host's state as JSON and as columns, then a copy of the core's memory.
 *
 *   "bayplan-wasm ABI FORMAT JSON-BYTES COLUMN-BYTES MEMORY-BYTES CHECKSUM  \n" │ JSON │ columns │ memory [0, heap top)
 *
 * Header and JSON are filled up with spaces, so that each part starts at a multiple of eight.
 */
import { ABI_VERSION } from '../../assembly/abi.ts';
import { BayplanError } from '../errors.ts';
import { tagDates, untagDates } from '../model/json-dates.ts';
import { checksum } from './checksum.ts';
import { type Column, packColumns, unpackColumns } from './columns.ts';

const KIND = 'bayplan-wasm';
/** Changes with the layout of the host's part; ABI_VERSION with that of the core's. */
const FORMAT = 2;
const EXPECTED = `${KIND} ${ABI_VERSION} ${FORMAT}`;
const HEADER_BYTES = 128;
const ALIGNMENT = 8;

export interface Unpacked {
  readonly state: unknown;
  readonly columns: readonly Column[];
  readonly memory: Uint8Array;
}

function headerOf(sizes: string, sum: string): string {
  return `${`${EXPECTED} ${sizes} ${sum}`.padEnd(HEADER_BYTES - 1)}\n`;
}

function encodeState(state: unknown): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(state, tagDates));
  const bytes = new Uint8Array(Math.ceil(json.length / ALIGNMENT) * ALIGNMENT).fill(32, json.length);
  bytes.set(json);
  return bytes;
}

/** `memory` is a multiple of 64 bytes, as all blocks of the core are. */
export function packSnapshot(state: unknown, columns: readonly Column[], memory: Uint8Array): Uint8Array {
  const json = encodeState(state);
  const packed = packColumns(columns);
  const bytes = new Uint8Array(HEADER_BYTES + json.length + packed.length + memory.length);
  bytes.set(json, HEADER_BYTES);
  packed.writeTo(bytes, HEADER_BYTES + json.length);
  bytes.set(memory, HEADER_BYTES + json.length + packed.length);
  const sum = checksum(bytes.subarray(HEADER_BYTES));
  bytes.set(new TextEncoder().encode(headerOf(`${json.length} ${packed.length} ${memory.length}`, sum)));
  return bytes;
}

function refuse(found: string): never {
  throw new BayplanError(
    'BayplanException',
    'SNAPSHOT_MISMATCH',
    `snapshot is not of this engine and version (${EXPECTED}), but ${JSON.stringify(found)}.`,
    {
      path: 'snapshot',
      value: found,
      expected: [EXPECTED],
    },
  );
}

/** @throws BayplanException SNAPSHOT_MISMATCH for another engine's or version's bytes, or a cut-off snapshot. */
export function unpackSnapshot(given: unknown): Unpacked {
  if (!(given instanceof Uint8Array)) refuse(typeof given);
  const header = new TextDecoder().decode(given.subarray(0, HEADER_BYTES));
  if (!header.startsWith(`${EXPECTED} `)) refuse(header.slice(0, 40));
  const sizes = header.slice(EXPECTED.length + 1).split(' ', 3);
  const [json, columns, memory] = sizes.map(Number) as [number, number, number];
  const from = HEADER_BYTES + json;
  if (!(from + columns + memory === given.length)) refuse(`${header.trim()} with ${given.length} bytes in all`);
  const bytes = given.byteOffset % ALIGNMENT === 0 ? given : new Uint8Array(given);
  if (headerOf(sizes.join(' '), checksum(bytes.subarray(HEADER_BYTES))) !== header)
    refuse(`${header.trim()} with damaged bytes`);
  const text = new TextDecoder().decode(bytes.subarray(HEADER_BYTES, from));
  return {
    // Visiting every value for dates costs more than reading them all.
    state: text.includes('"$date"') ? JSON.parse(text, untagDates) : JSON.parse(text),
    columns: unpackColumns(bytes.subarray(from, from + columns)),
    memory: bytes.subarray(from + columns),
  };
}
