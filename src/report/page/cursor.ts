/** The moment that everything on the page shows. One of them; whoever moves it, all listeners hear. */
import type { Timeline } from './timeline.ts';

export class Cursor {
  readonly timeline: Timeline;
  readonly endMs: number;
  #timeMs = 0;
  readonly #listeners: (() => void)[] = [];

  constructor(timeline: Timeline, endMs: number) {
    this.timeline = timeline;
    this.endMs = Math.max(endMs, timeline.atMs[timeline.length - 1] ?? 0);
  }

  get timeMs(): number {
    return this.#timeMs;
  }

  /** The last event that has happened, -1 before the first. */
  get event(): number {
    return this.timeline.position;
  }

  /** Everything up to and with that time has happened. */
  toTime(ms: number): void {
    this.#timeMs = Math.max(0, Math.min(this.endMs, ms));
    this.timeline.seek(this.timeline.indexAt(this.#timeMs));
    this.#tell();
  }

  /** Between events of one moment too. */
  toEvent(index: number): void {
    this.timeline.seek(index);
    this.#timeMs = this.timeline.atMs[this.timeline.position] ?? 0;
    this.#tell();
  }

  step(by: number): void {
    this.toEvent(this.event + by);
  }

  listen(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
