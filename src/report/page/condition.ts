/** What a row of a task or an instance means for the eye: gone, starting, running, stopping; sick. Used by berths, drawing and facts. */
import type { ReportData } from '../data.ts';

export type Phase = 'gone' | 'starting' | 'running' | 'stopping';

const PHASES: Readonly<Record<string, Phase>> = {
  RUNNING: 'running',
  DEACTIVATING: 'stopping',
  STOPPING: 'stopping',
  DEPROVISIONING: 'stopping',
  STOPPED: 'gone',
  DELETED: 'gone',
};

export class Conditions {
  readonly #data: ReportData;
  readonly #phases: readonly Phase[];
  readonly #stopped: number;
  readonly #unhealthy: number;
  readonly #unhealthyTarget: number;
  readonly #inactive: ReadonlySet<number>;
  readonly #active: number;

  constructor(data: ReportData) {
    this.#data = data;
    this.#phases = data.strings.map((text) => PHASES[text] ?? 'starting');
    const find = (text: string): number => {
      const index = data.strings.indexOf(text);
      return index < 0 ? Number.NaN : index;
    };
    this.#stopped = find('STOPPED');
    this.#unhealthy = find('UNHEALTHY');
    this.#unhealthyTarget = find('unhealthy');
    this.#inactive = new Set([find('INACTIVE'), find('DEREGISTERED')]);
    this.#active = find('ACTIVE');
  }

  /** @param row of taskRows, -1 for none. */
  phase(row: number): Phase {
    if (row < 0) return 'gone';
    const { status, desired } = this.#data.taskRows;
    const phase = this.#phases[status[row] as number] ?? 'starting';
    return phase !== 'gone' && desired[row] === this.#stopped ? 'stopping' : phase;
  }

  /** By its own health check or by a load balancer's. */
  isUnhealthy(row: number, targetRow: number): boolean {
    return (
      (row >= 0 && this.#data.taskRows.health[row] === this.#unhealthy) ||
      (targetRow >= 0 && this.#data.targetRows.health[targetRow] === this.#unhealthyTarget)
    );
  }

  /** @param row of instanceRows, -1 for none. */
  isPresent(row: number): boolean {
    return row >= 0 && !this.#inactive.has(this.#data.instanceRows.status[row] as number);
  }

  isActive(row: number): boolean {
    return row >= 0 && this.#data.instanceRows.status[row] === this.#active;
  }

  isConnected(row: number): boolean {
    return row >= 0 && this.#data.instanceRows.connected[row] === 1;
  }
}
