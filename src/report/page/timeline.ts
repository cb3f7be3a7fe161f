/**
 * State at any event: for each task, instance and target the row that holds. Each event knows the row it replaces, so that
 * a seek forwards or backwards costs one assignment an event passed and nothing is replayed from the start.
 */
import { INSTANCE_EVENT, type ReportData, TARGET_EVENT, TASK_EVENT } from '../data.ts';

/** The table that an event writes. */
const KIND = { none: 0, task: 1, instance: 2, target: 3 } as const;

export class Timeline {
  readonly length: number;
  readonly atMs: Float64Array;
  /** Row that holds now, -1 for none. */
  readonly taskRow: Int32Array;
  readonly instanceRow: Int32Array;
  /** By task. */
  readonly targetRow: Int32Array;
  readonly #kind: Uint8Array;
  readonly #subject: Int32Array;
  readonly #row: Int32Array;
  readonly #before: Int32Array;
  #position = -1;

  constructor(data: ReportData) {
    const { events } = data;
    this.length = events.atMs.length;
    this.atMs = Float64Array.from(events.atMs);
    this.taskRow = new Int32Array(data.tasks.length).fill(-1);
    this.targetRow = new Int32Array(data.tasks.length).fill(-1);
    this.instanceRow = Int32Array.from(data.instances, ({ firstRow }) => firstRow);
    this.#kind = new Uint8Array(this.length);
    this.#subject = new Int32Array(this.length);
    this.#row = Int32Array.from(events.row);
    this.#before = new Int32Array(this.length);
    this.#link(data);
  }

  /** Index of the last event that has happened; -1 before the first. */
  get position(): number {
    return this.#position;
  }

  /** Last event at or before a time, -1 for none. */
  indexAt(atMs: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.atMs[middle] as number) <= atMs) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  seek(index: number): void {
    const wanted = Math.max(-1, Math.min(this.length - 1, index));
    while (this.#position < wanted) this.#write(++this.#position, this.#row);
    while (this.#position > wanted) this.#write(this.#position--, this.#before);
  }

  /** The task an event is about, -1 for none. */
  taskOf(event: number): number {
    const kind = this.#kind[event];
    return kind === KIND.task || kind === KIND.target ? (this.#subject[event] as number) : -1;
  }

  /** Whether it has a row of taskRows. */
  isTaskChange(event: number): boolean {
    return this.#kind[event] === KIND.task;
  }

  instanceOf(event: number): number {
    return this.#kind[event] === KIND.instance ? (this.#subject[event] as number) : -1;
  }

  /** The row that an event replaced, -1 for none. */
  rowBefore(event: number): number {
    return this.#before[event] as number;
  }

  #write(event: number, rows: Int32Array): void {
    const subject = this.#subject[event] as number;
    const row = rows[event] as number;
    switch (this.#kind[event]) {
      case KIND.task:
        this.taskRow[subject] = row;
        break;
      case KIND.instance:
        this.instanceRow[subject] = row;
        break;
      case KIND.target:
        this.targetRow[subject] = row;
        break;
    }
  }

  /** Runs once through all events to note what each replaces, then back to before the first. */
  #link(data: ReportData): void {
    const kindOf = (type: string | undefined): number =>
      type === TASK_EVENT
        ? KIND.task
        : type === INSTANCE_EVENT
          ? KIND.instance
          : type === TARGET_EVENT
            ? KIND.target
            : 0;
    const kinds = data.strings.map(kindOf);
    const tables = [
      { subjects: [] as number[], rows: this.taskRow },
      { subjects: data.taskRows.task, rows: this.taskRow },
      { subjects: data.instanceRows.instance, rows: this.instanceRow },
      { subjects: data.targetRows.task, rows: this.targetRow },
    ];
    for (let event = 0; event < this.length; event++) {
      const row = this.#row[event] as number;
      if (row < 0) continue;
      const kind = kinds[data.events.type[event] as number] ?? 0;
      const table = tables[kind] as (typeof tables)[number];
      const subject = table.subjects[row] ?? -1;
      if (kind === KIND.none || subject < 0) continue;
      this.#kind[event] = kind;
      this.#subject[event] = subject;
      this.#before[event] = table.rows[subject] as number;
      table.rows[subject] = row;
    }
    this.#position = this.length - 1;
    this.seek(-1);
  }
}
