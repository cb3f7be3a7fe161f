/** Files that commands write. Errors name the file and say what the machine says. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { BayplanError } from '../../errors.ts';

/** Characters gathered before they are written. */
const CHUNK = 1 << 16;

function refuseFile(file: string, error: unknown): never {
  const { code, message } = error as NodeJS.ErrnoException;
  const reasons: Record<string, string> = {
    ENOENT: 'no such folder',
    EISDIR: 'this is a folder, not a file',
    EACCES: 'no permission to write it',
    ENOSPC: 'no space is left on the device',
  };
  throw new BayplanError('BayplanException', 'FILE_UNWRITABLE', reasons[code ?? ''] ?? message, { file });
}

/** @throws BayplanException FILE_UNWRITABLE with the file in its facts; also for all that follows. */
export function writeFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    refuseFile(file, error);
  }
}

/** Lines written while they come up, so that none waits in memory for the last. */
export class LineFile {
  readonly #file: string;
  readonly #descriptor: number;
  #pending = '';

  constructor(file: string) {
    this.#file = file;
    try {
      this.#descriptor = openSync(file, 'w');
    } catch (error) {
      refuseFile(file, error);
    }
  }

  add(line: string): void {
    this.#pending += `${line}\n`;
    if (this.#pending.length > CHUNK) this.#flush();
  }

  close(): void {
    try {
      this.#flush();
    } finally {
      closeSync(this.#descriptor);
    }
  }

  #flush(): void {
    const text = this.#pending;
    this.#pending = '';
    try {
      // A single write may take a part only.
      for (let bytes = Buffer.from(text); bytes.length > 0; ) {
        bytes = bytes.subarray(writeSync(this.#descriptor, bytes));
      }
    } catch (error) {
      refuseFile(this.#file, error);
    }
  }
}
