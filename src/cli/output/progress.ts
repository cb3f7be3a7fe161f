/** A bar on standard error for runs that take a while: only on a terminal, only after a second, gone at the end. */
import type { Io } from '../io.ts';
import { timeText } from './time-text.ts';

const PATIENCE_MS = 1000;
const REDRAW_MS = 100;
const WIDTH = 30;

export class Progress {
  readonly #io: Io;
  readonly #totalMs: number;
  readonly #startedMs: number;
  #drawnMs: number;
  #isShown = false;

  /** @param totalMs virtual time at the end. */
  constructor(io: Io, totalMs: number) {
    this.#io = io;
    this.#totalMs = totalMs;
    this.#startedMs = io.isErrorTerminal ? io.now() : 0;
    this.#drawnMs = this.#startedMs + PATIENCE_MS - REDRAW_MS;
  }

  /** @param atMs virtual time that has been reached. */
  show(atMs: number): void {
    if (!this.#io.isErrorTerminal) return;
    const now = this.#io.now();
    if (now - this.#drawnMs < REDRAW_MS) return;
    this.#drawnMs = now;
    this.#isShown = true;
    const share = Math.min(1, atMs / this.#totalMs);
    const full = Math.floor(share * WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
    const percent = String(Math.floor(share * 100)).padStart(3);
    this.#io.err(`\r${bar} ${percent} %  ${timeText(atMs)} of ${timeText(this.#totalMs)}`);
  }

  /** Takes the bar away. */
  end(): void {
    if (this.#isShown) this.#io.err(`\r${' '.repeat(this.#io.columns - 1)}\r`);
    this.#isShown = false;
  }
}
