/** What a run has cost: sums by source, service and cluster, in whole USD micro-cents. Filled by the meter. */
import { SOURCES, type Source } from './rates.ts';
import type { Owner } from './shares.ts';

/** The JSON in `summary.cost`. Every sum of micro-cents of a level equals the one above it. */
export interface Cost {
  readonly currency: 'USD';
  /** 100,000,000 are a dollar. */
  readonly microCents: number;
  /** `EC2` is on demand; sources that nothing came from are left out. */
  readonly bySource: Partial<Record<Source, SourceCost>>;
  readonly services: readonly { readonly cluster: string; readonly service: string; readonly microCents: number }[];
  /** Tasks that belong to no service. */
  readonly otherTasksMicroCents: number;
  /** Room on instances that no task reserved. */
  readonly unusedMicroCents: number;
  /** Types whose price is not known: their instances count as free. */
  readonly unpricedInstanceTypes: readonly string[];
}

export interface SourceCost {
  readonly microCents: number;
  /** Billed; of instances. */
  readonly instanceSeconds?: number;
  /** Of Fargate: seconds times vCPU and times GiB. */
  readonly vcpuSeconds?: number;
  readonly memoryGiBSeconds?: number;
}

type Sums = { -readonly [K in keyof SourceCost]: SourceCost[K] };

const UNITS = 1024;

export class Bill {
  readonly #sources = new Map<Source, Sums>();
  readonly #services = new Map<string, Map<Owner, number>>();
  readonly #unpriced = new Set<string>();
  #otherTasks = 0;
  #unused = 0;

  /** A service is listed from its first event on, whatever it costs. */
  list(cluster: string, service: string): void {
    this.#service(cluster, service, 0);
  }

  noteUnpriced(type: string): void {
    this.#unpriced.add(type);
  }

  /** @param parts what of it whom belongs; the rest is unused. */
  addInstance(cluster: string, source: Source, seconds: number, cost: number, parts: ReadonlyMap<Owner, number>): void {
    const sums = this.#source(source, cost);
    sums.instanceSeconds = (sums.instanceSeconds ?? 0) + seconds;
    let left = cost;
    for (const [owner, part] of parts) {
      this.#owner(cluster, owner, part);
      left -= part;
    }
    this.#unused += left;
  }

  addTask(
    cluster: string,
    owner: Owner,
    source: Source,
    { seconds, cost, cpu, memoryMiB }: { seconds: number; cost: number; cpu: number; memoryMiB: number },
  ): void {
    const sums = this.#source(source, cost);
    sums.vcpuSeconds = (sums.vcpuSeconds ?? 0) + (cpu * seconds) / UNITS;
    sums.memoryGiBSeconds = (sums.memoryGiBSeconds ?? 0) + (memoryMiB * seconds) / UNITS;
    this.#owner(cluster, owner, cost);
  }

  total(): Cost {
    const bySource = SOURCES.flatMap((source) => {
      const sums = this.#sources.get(source);
      return sums === undefined ? [] : [[source, sums] as const];
    });
    return {
      currency: 'USD',
      microCents: bySource.reduce((sum, [, { microCents }]) => sum + microCents, 0),
      bySource: Object.fromEntries(bySource),
      services: [...this.#services].flatMap(([cluster, owners]) =>
        [...owners].map(([service, microCents]) => ({ cluster, service, microCents })),
      ),
      otherTasksMicroCents: this.#otherTasks,
      unusedMicroCents: this.#unused,
      unpricedInstanceTypes: [...this.#unpriced],
    };
  }

  #source(source: Source, cost: number): Sums {
    const sums = this.#sources.get(source) ?? { microCents: 0 };
    this.#sources.set(source, sums);
    sums.microCents += cost;
    return sums;
  }

  #owner(cluster: string, owner: Owner, cost: number): void {
    if (owner === '') this.#otherTasks += cost;
    else this.#service(cluster, owner, cost);
  }

  #service(cluster: string, service: string, cost: number): void {
    const owners = this.#services.get(cluster) ?? new Map<Owner, number>();
    this.#services.set(cluster, owners);
    owners.set(service, (owners.get(service) ?? 0) + cost);
  }
}
