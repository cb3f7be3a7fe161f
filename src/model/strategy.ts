/** Placement strategies: up to five, applied in order. */
import { fields, list, oneOf, refuse, show } from './read.ts';

export type PlacementStrategyType = 'random' | 'spread' | 'binpack';
export interface PlacementStrategy {
  type?: PlacementStrategyType | undefined;
  field?: string | undefined;
}

/** A strategy in canonical form: `host` has become `instanceId`, `attribute:NAME` has become the bare name. */
export type Strategy =
  | { readonly type: 'random' }
  | { readonly type: 'binpack'; readonly field: 'cpu' | 'memory' }
  | { readonly type: 'spread'; readonly field: 'instanceId' }
  | { readonly type: 'spread'; readonly field: 'attribute'; readonly attribute: string };

/** ECS API, RunTask: a maximum of five strategies. */
const MAX_STRATEGIES = 5;
const ATTRIBUTE_FIELD = /^attribute:([A-Za-z0-9_./\\-]{1,128})$/;

/** What RunTask does without a strategy (ECS developer guide: "random" for standalone tasks). */
export const RANDOM: readonly Strategy[] = [{ type: 'random' }];

/** What a service does without a strategy (ECS developer guide, service scheduler concepts). */
export const SERVICE_DEFAULT: readonly Strategy[] = [
  { type: 'spread', field: 'attribute', attribute: 'ecs.availability-zone' },
  { type: 'spread', field: 'instanceId' },
];

function refuseField(type: string, value: unknown, path: string, expected: readonly string[]): never {
  refuse('STRATEGY_FIELD', `${path} of a ${type} strategy must be ${expected.join(' or ')}, but was ${show(value)}.`, {
    path,
    value,
    expected,
  });
}

function parseStrategy(input: unknown, path: string): Strategy {
  const given = fields(input, path);
  const type = oneOf(given.type, `${path}.type`, ['random', 'spread', 'binpack']);
  const field = given.field;
  const at = `${path}.field`;
  if (type === 'random') {
    if (field !== undefined && field !== null) refuseField(type, field, at, ['absent']);
    return { type };
  }
  if (type === 'binpack') {
    const resource = typeof field === 'string' ? field.toLowerCase() : '';
    if (resource !== 'cpu' && resource !== 'memory') refuseField(type, field, at, ['cpu', 'memory']);
    return { type, field: resource };
  }
  if (field === 'instanceId' || field === 'host') return { type, field: 'instanceId' };
  const attribute = typeof field === 'string' ? ATTRIBUTE_FIELD.exec(field)?.[1] : undefined;
  if (attribute === undefined) refuseField(type, field, at, ['instanceId', 'host', 'attribute:NAME']);
  return { type, field: 'attribute', attribute };
}

/** @throws InvalidParameterException for more than five, a wrong type or a wrong field. */
export function parseStrategies(input: unknown, path: string): Strategy[] {
  if (input === undefined || input === null) return [];
  const entries = list(input, path);
  if (entries.length > MAX_STRATEGIES) {
    refuse(
      'STRATEGY_COUNT',
      `${path} must hold at most ${MAX_STRATEGIES} placement strategies, but held ${entries.length}.`,
      {
        path,
        value: entries.length,
        limit: MAX_STRATEGIES,
      },
    );
  }
  return entries.map((entry, k) => parseStrategy(entry, `${path}[${k}]`));
}
