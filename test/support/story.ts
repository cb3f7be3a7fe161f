/**
 * Plays a scenario in memory and tells it: what was told of the services, with the seconds, tasks and deployments by order
 * of appearance. Used by the tests of src/cluster, src/deploy and src/simulate, which read as stories.
 */
import type { RecordedEvent, SimulationResult } from '../../src/simulate/result.ts';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { scenarioWith } from '../simulate/scenarios.ts';

/** A scenario with the given members over a small good one: two instances in two zones, service web, no events. */
export async function play(members: Members = {}): Promise<SimulationResult> {
  return simulate(parseScenario(scenarioWith({ events: [], ...members })));
}

/** An instance whose agent knows container health checks. */
export function withHealthChecks(instance: Members): Members {
  const attributes = instance.attributes as readonly Members[];
  const names = ['ecs.capability.container-health-check', 'com.amazonaws.ecs.capability.docker-remote-api.1.24'];
  return { ...instance, attributes: [...attributes, ...names.map((name) => ({ name }))] };
}

/** What replaces ids: T1, T2, ... for tasks and D1, D2, ... for deployments. */
export class Names {
  readonly #known = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  in(text: string): string {
    return text
      .replaceAll(/ecs-svc\/\d+/g, (id) => this.#name(id, 'D'))
      .replaceAll(/\b[0-9a-f]{32}\b/g, (id) => this.#name(id, 'T'));
  }

  #name(id: string, kind: string): string {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, number);
    this.#known.set(id, `${kind}${number}`);
    return `${kind}${number}`;
  }
}

/** The service events from a second on, each with its second; of the service web without its name. */
export function story({ events }: SimulationResult, fromSecond = 0): string[] {
  const names = new Names();
  return events
    .filter(({ type }) => type === 'ServiceEvent')
    .map(({ atMs, message }) => ({ atMs, text: names.in((message ?? '').replace(/^\(service web\) /, '')) }))
    .filter(({ atMs }) => atMs >= fromSecond * 1000)
    .map(({ atMs, text }) => `${atMs / 1000} ${text}`);
}

/** A task as EventBridge told it last. */
export interface ToldTask {
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  readonly containerInstanceArn?: string;
  readonly availabilityZone?: string;
  readonly capacityProviderName?: string;
  readonly launchType?: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly healthStatus: string;
  readonly group: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly attachments: readonly { readonly details: readonly { readonly name: string; readonly value: string }[] }[];
  readonly containers: readonly {
    readonly name: string;
    readonly lastStatus: string;
    readonly exitCode?: number;
    readonly networkBindings: readonly { readonly hostPort: number }[];
  }[];
}

export function taskOf(event: RecordedEvent): ToldTask | undefined {
  return event.type === 'TaskStateChange' ? (event.event?.detail as ToldTask | undefined) : undefined;
}

/** Every task in order of creation, as it stood at a second; the end of the run without one. */
export function tasksAt({ events }: SimulationResult, second = Number.POSITIVE_INFINITY): ToldTask[] {
  const tasks = new Map<string, ToldTask>();
  for (const event of events) {
    const task = taskOf(event);
    if (task !== undefined && event.atMs <= second * 1000) tasks.set(task.taskArn, task);
  }
  return [...tasks.values()];
}

/** Those that run, or will. */
export function liveAt(result: SimulationResult, second?: number): ToldTask[] {
  return tasksAt(result, second).filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
}

/** How many of each. */
export function countBy<T>(list: readonly T[], of: (one: T) => string | undefined): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of list) counts[of(one) ?? '-'] = (counts[of(one) ?? '-'] ?? 0) + 1;
  return counts;
}

/** The points of a series of the service web. */
export function pointsOf(result: SimulationResult, name: string): readonly (readonly [number, number])[] {
  const found = result.series.find((one) => one.name === name)?.points ?? [];
  return found.map(([atMs, value]) => [atMs, value ?? Number.NaN]);
}
