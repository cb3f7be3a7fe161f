/** The split of new tasks over a capacity provider strategy, as the rule takes it. Validated here for core and twin. */
import { parseCapacityProviderStrategy } from './capacity-strategy.ts';
import { endColumn, intColumn } from './column.ts';
import { noTypos } from './known-members.ts';
import { fields, optionalOneOf, refuse, whole } from './read.ts';

/** The index is the code in tables. */
export const SPLIT_RULES = ['sequential', 'largestRemainder'] as const;

export type SplitRule = (typeof SPLIT_RULES)[number];

/** Tasks of one service, far more than ECS allows. */
const MAX_COUNT = 10_000_000;
const MOST_WEIGHT = 1000;
const MOST_BASE = 100_000;

/** ECS API, CapacityProviderStrategyItem. */
export interface StrategyItem {
  readonly capacityProvider: string;
  /** Default 0. A provider that is alone needs none. */
  readonly weight?: number | undefined;
  /** Tasks that go here before any other. Default 0. */
  readonly base?: number | undefined;
}

export interface DistributeCapacityInput {
  readonly capacityProviderStrategy: readonly StrategyItem[];
  /** New tasks. */
  readonly count: number;
  /** Tasks that each provider runs already; only with the sequential rule. Default none. */
  readonly runningCounts?: Readonly<Record<string, number>> | undefined;
  /** Default 'sequential'. */
  readonly rule?: SplitRule | undefined;
}

export interface ProviderShare {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base: number;
  readonly running: number;
}

export interface CapacitySplit {
  readonly providers: readonly ProviderShare[];
  readonly count: number;
  readonly rule: SplitRule;
}

/** Many services; `count` and `rule` have one value each, the last three one for each provider of each service in turn. */
export interface CapacitySplitTable {
  readonly count: Int32Array;
  /** Indexes in SPLIT_RULES. */
  readonly rule: Int32Array;
  /** Where each service's providers end; each has one at least. */
  readonly providersEnd: Int32Array;
  readonly weight: Int32Array;
  readonly base: Int32Array;
  readonly runningCount: Int32Array;
}

const MEMBERS = ['capacityProviderStrategy', 'count', 'runningCounts', 'rule'];

/**
 * @throws InvalidParameterException as for a strategy of CreateService; WRONG_TYPE, OUT_OF_RANGE,
 * UNKNOWN_MEMBER, naming the member; EMPTY for
 * no provider; RUNNING_COUNTS_RULE for running tasks with the other rule.
 */
export function parseCapacitySplit(input: DistributeCapacityInput): CapacitySplit {
  noTypos(fields(input, ''), '', MEMBERS);
  const path = 'capacityProviderStrategy';
  const strategy = parseCapacityProviderStrategy(input.capacityProviderStrategy, path);
  if (strategy.length === 0) refuse('EMPTY', `${path} must hold a capacity provider.`, { path, value: strategy });
  const rule = optionalOneOf(input.rule, 'rule', SPLIT_RULES) ?? 'sequential';
  if (input.runningCounts !== undefined && rule !== 'sequential') {
    refuse('RUNNING_COUNTS_RULE', 'runningCounts goes with the sequential rule only.', { path: 'runningCounts' });
  }
  const running = input.runningCounts === undefined ? {} : fields(input.runningCounts, 'runningCounts');
  const runningOf = (name: string): number =>
    Object.hasOwn(running, name) ? whole(running[name], `runningCounts.${name}`, 0, MAX_COUNT) : 0;
  return {
    providers: strategy.map((item) => ({ ...item, running: runningOf(item.capacityProvider) })),
    count: whole(input.count, 'count', 0, MAX_COUNT),
    rule,
  };
}

export function capacitySplitTable({ providers, count, rule }: CapacitySplit): CapacitySplitTable {
  return {
    count: Int32Array.of(count),
    rule: Int32Array.of(SPLIT_RULES.indexOf(rule)),
    providersEnd: Int32Array.of(providers.length),
    weight: Int32Array.from(providers, ({ weight }) => weight),
    base: Int32Array.from(providers, ({ base }) => base),
    runningCount: Int32Array.from(providers, ({ running }) => running),
  };
}

/** @throws InvalidParameterException WRONG_TYPE, WRONG_LENGTH, OUT_OF_RANGE, CAPACITY_PROVIDER_WEIGHT, naming column and index. */
export function checkCapacitySplitTable(table: CapacitySplitTable): void {
  fields(table, '');
  intColumn(table.count, 'count', undefined, 0, MAX_COUNT);
  const { length } = table.count;
  intColumn(table.rule, 'rule', length, 0, SPLIT_RULES.length - 1);
  intColumn(table.weight, 'weight', undefined, 0, MOST_WEIGHT);
  const providers = table.weight.length;
  intColumn(table.base, 'base', providers, 0, MOST_BASE);
  intColumn(table.runningCount, 'runningCount', providers, 0, MAX_COUNT);
  endColumn(table.providersEnd, 'providersEnd', length, providers);
  let from = 0;
  table.providersEnd.forEach((end, k) => {
    const path = `providersEnd[${k}]`;
    if (end === from) refuse('EMPTY', `${path}: a service must have a capacity provider.`, { path, value: end });
    if (end - from > 1 && table.weight.subarray(from, end).every((weight) => weight === 0)) {
      refuse(
        'CAPACITY_PROVIDER_WEIGHT',
        `${path}: of several capacity providers, one at least needs a weight above 0.`,
        {
          path,
          value: end,
        },
      );
    }
    from = end;
  });
}
