/** Text of a file or of standard input, with a limit that is told before memory runs out. */
import { constants } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { getHeapStatistics } from 'node:v8';
import { BayplanError } from '../../errors.ts';
import type { Io } from '../io.ts';

/** How files are named in messages. */
export function displayName(file: string): string {
  return file === '-' ? 'standard input' : file;
}

/** Heap that one byte of JSON takes at most once it is registered, measured with instances of 12 attributes. */
const HEAP_PER_BYTE = 8;

/** Bytes of JSON that this process can hold, over all its inputs. */
export function heapBytes(heapLimit = getHeapStatistics().heap_size_limit): number {
  return Math.floor(heapLimit / HEAP_PER_BYTE);
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en-US')} MB`;
}

function refuseSize(file: string, size: string, limit: number): never {
  const advice =
    limit < constants.MAX_STRING_LENGTH
      ? 'there is memory for. Give Node more, such as NODE_OPTIONS=--max-old-space-size=16384.'
      : 'a single file may have. Split it: the option may be repeated.';
  throw new BayplanError(
    'BayplanException',
    'INPUT_TOO_LARGE',
    `the file has ${size}, more than the ${megabytes(limit)} that ${advice}`,
    { file: displayName(file), limit },
  );
}

function refuseFile(file: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'no such file',
    EISDIR: 'this is a folder, not a file',
    EACCES: 'no permission to read it',
  };
  throw new BayplanError('BayplanException', 'FILE_UNREADABLE', reasons[code ?? ''] ?? message, {
    file: displayName(file),
  });
}

async function collect(file: string, bytes: AsyncIterable<Uint8Array>, limit: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > limit) refuseSize(file, `over ${megabytes(limit)}`, limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

async function readBytes(file: string, io: Io, limit: number): Promise<Buffer> {
  if (file === '-') return collect(file, io.stdin(), limit);
  try {
    const { size } = await stat(file);
    if (size > limit) refuseSize(file, megabytes(size), limit);
    return await collect(file, createReadStream(file), limit);
  } catch (error) {
    if (error instanceof BayplanError) throw error;
    refuseFile(file, error);
  }
}

/** UTF-8 with or without a byte order mark, and UTF-16 as PowerShell writes it. */
function decode(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = isUtf16 ? bytes.toString('utf16le') : bytes.toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/**
 * @param most bytes there is memory for.
 * @throws BayplanException FILE_UNREADABLE or INPUT_TOO_LARGE, with the file in its facts.
 */
export async function readText(file: string, io: Io, most: number): Promise<{ text: string; bytes: number }> {
  const bytes = await readBytes(file, io, Math.min(most, constants.MAX_STRING_LENGTH));
  return { text: decode(bytes), bytes: bytes.length };
}
