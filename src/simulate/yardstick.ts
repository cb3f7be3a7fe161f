/**
 * By which metrics and targets a run is measured: those of the policies in its scenario, or for variants that are compared
 * one set for all. Called by the simulation and by `--compare`. Pure.
 */
import { BayplanError } from '../errors.ts';
import type { MetricSource } from '../model/metric.ts';
import type { Fields } from '../model/read.ts';
import { parseResource } from '../model/scalable-target.ts';
import { parseScalingPolicy } from '../model/scaling-policy.ts';
import type { Scenario, ScenarioEvent } from './scenario.ts';

/** What a target tracking policy wants of a service. */
export interface Yardstick {
  readonly cluster: string;
  readonly service: string;
  readonly policyName: string;
  /** Never finer than a minute, so that measuring changes nothing. */
  readonly source: MetricSource;
  /** From when which target holds; `Infinity` from when none does. */
  readonly targets: readonly (readonly [atMs: number, targetValue: number])[];
}

type Draft = Yardstick & { readonly targets: [atMs: number, targetValue: number][] };

const MINUTE_SECONDS = 60;

/** The metric's name, or the expression of what returns data. */
export function metricLabel(source: MetricSource): string {
  if (source.kind === 'metric') return source.stat.key.metricName;
  const returning = source.queries.find(({ returnsData }) => returnsData);
  if (returning === undefined) return '';
  return 'stat' in returning ? returning.stat.key.metricName : returning.expression;
}

/** The same for the same metric of the same service. */
export function measureId({ cluster, service, source }: Yardstick): string {
  return JSON.stringify([cluster, service, source]);
}

/** Undefined for what the run will refuse: it says so itself. */
function readable<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (error instanceof BayplanError) return undefined;
    throw error;
  }
}

class Reader {
  readonly #found: Draft[] = [];

  get found(): readonly Yardstick[] {
    return this.#found;
  }

  put(input: Fields, atMs: number): void {
    const policy = readable(() => parseScalingPolicy(input, ''));
    if (policy === undefined) return;
    const { cluster, service, policyName, configuration } = policy;
    this.end(input, atMs, policyName);
    if (configuration.type !== 'TargetTrackingScaling') return;
    const { source: given, targetValue } = configuration;
    const source = { ...given, periodSeconds: Math.max(MINUTE_SECONDS, given.periodSeconds) };
    const made: Draft = { cluster, service, policyName, source, targets: [] };
    const id = measureId(made);
    const isSame = (one: Draft): boolean =>
      one.policyName === policyName && one.service === service && one.cluster === cluster && measureId(one) === id;
    const known = this.#found.find(isSame);
    if (known === undefined) this.#found.push(made);
    setTarget((known ?? made).targets, atMs, targetValue);
  }

  /** Of one policy, or of all of a service. */
  end(input: Fields, atMs: number, policyName?: string): void {
    const named = readable(() => parseResource(input, ''));
    for (const one of this.#found) {
      if (one.cluster !== named?.cluster || one.service !== named.service) continue;
      if (policyName === undefined || one.policyName === policyName)
        setTarget(one.targets, atMs, Number.POSITIVE_INFINITY);
    }
  }
}

/** Of one millisecond the last one counts. */
function setTarget(targets: Draft['targets'], atMs: number, targetValue: number): void {
  if (targets.at(-1)?.[0] === atMs) targets.pop();
  if (targets.at(-1)?.[1] !== targetValue) targets.push([atMs, targetValue]);
}

function take(reader: Reader, { atMs, command }: ScenarioEvent): void {
  if (command.type !== 'Call') return;
  const { call, input } = command;
  if (call === 'PutScalingPolicy') reader.put(input, atMs);
  if (call === 'DeleteScalingPolicy') reader.end(input, atMs, String(input.PolicyName));
  if (call === 'DeregisterScalableTarget') reader.end(input, atMs);
}

/** Of its target tracking policies of services, those on metric math too. Step scaling has no target. */
export function yardsticksOf({ scaling, events }: Pick<Scenario, 'scaling' | 'events'>): readonly Yardstick[] {
  const reader = new Reader();
  const inTime = [...events].sort((a, b) => a.atMs - b.atMs);
  for (const one of [...scaling, ...inTime]) take(reader, one);
  return reader.found;
}

export interface SharedYardstick {
  readonly variant: string;
  readonly yardstick: Yardstick;
}

/**
 * One set for all variants: of each metric of each service the targets of the first variant that tracks it, also for
 * variants without that policy or with another target.
 */
export function sharedYardsticks(
  variants: readonly { readonly name: string; readonly scenario: Pick<Scenario, 'scaling' | 'events'> }[],
): SharedYardstick[] {
  const shared: SharedYardstick[] = [];
  const taken = new Set<string>();
  for (const { name, scenario } of variants) {
    const fresh = yardsticksOf(scenario).filter((one) => !taken.has(measureId(one)));
    for (const yardstick of fresh) {
      taken.add(measureId(yardstick));
      shared.push({ variant: name, yardstick });
    }
  }
  return shared;
}
