/** The world outside: streams, environment and terminal. Commands take it as an argument, so that tests bring their own. */

export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output is a terminal: tables and colours are for people. */
  readonly isTerminal: boolean;
  /** Standard error is a terminal: progress is for people who wait. */
  readonly isErrorTerminal: boolean;
  /** Width of the terminal in characters. */
  readonly columns: number;
  stdin(): AsyncIterable<Uint8Array>;
  /** Waits until the reader has taken it, so that a long answer is never held in memory. */
  out(text: string): Promise<void>;
  err(text: string): void;
  /** Milliseconds of a clock that only goes forward, to tell how long people have waited; never for an answer. */
  now(): number;
}

/** Thrown when the reader of standard output has gone (`bayplan place ... | head`): not an error. */
export class ReaderGone extends Error {}

const DEFAULT_COLUMNS = 80;

function isClosedPipe(error: Error): boolean {
  return (error as NodeJS.ErrnoException).code === 'EPIPE';
}

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (!error) resolve();
      else reject(isClosedPipe(error) ? new ReaderGone() : error);
    });
  });
}

export function processIo(): Io {
  // The callback of write reports it; without a listener it would end the process as well.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  return {
    env: process.env,
    isTerminal: process.stdout.isTTY === true,
    isErrorTerminal: process.stderr.isTTY === true,
    columns: process.stdout.columns ?? DEFAULT_COLUMNS,
    stdin: () => process.stdin,
    out: (text) => write(process.stdout, text),
    err: (text) => void process.stderr.write(text),
    now: () => Number(process.hrtime.bigint() / 1_000_000n),
  };
}
