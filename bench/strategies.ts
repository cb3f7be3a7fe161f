/** The placement rules that rows deal to their definitions: AWS's shape for engines, a key and a domain for the loops. */
import type { PlacementStrategy } from 'bayplan';

/** What a loop minimises last: remaining memory, or tasks of the same service on the instance. */
export type LastKey = 'memory' | 'tasks';

export interface Strategy {
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly lastKey: LastKey;
  /** The domain (zone or rack) with fewest tasks of the service comes first. */
  readonly byDomain: boolean;
}

const BINPACK: PlacementStrategy = { type: 'binpack', field: 'memory' };
const BY_ZONE: PlacementStrategy = { type: 'spread', field: 'attribute:ecs.availability-zone' };
const BY_RACK: PlacementStrategy = { type: 'spread', field: 'attribute:rack' };
const BY_INSTANCE: PlacementStrategy = { type: 'spread', field: 'instanceId' };

export const STRATEGIES = {
  binpack: { placementStrategy: [BINPACK], lastKey: 'memory', byDomain: false },
  spread: { placementStrategy: [BY_INSTANCE], lastKey: 'tasks', byDomain: false },
  service: { placementStrategy: [BY_ZONE, BY_INSTANCE], lastKey: 'tasks', byDomain: true },
  zonepack: { placementStrategy: [BY_ZONE, BINPACK], lastKey: 'memory', byDomain: true },
  rackpack: { placementStrategy: [BY_RACK, BINPACK], lastKey: 'memory', byDomain: true },
} as const satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof STRATEGIES;

/** A memberOf clause as data: the engines get it as an expression, the loops as a test of the machine's attributes. */
export interface Rule {
  readonly attribute: string;
  readonly oneOf?: readonly string[];
  readonly startsWith?: string;
}

function clause({ attribute, oneOf = [], startsWith }: Rule): string {
  if (startsWith !== undefined) return `attribute:${attribute} =~ ${startsWith.replaceAll('.', '\\.')}.*`;
  return oneOf.length === 1
    ? `attribute:${attribute} == ${oneOf[0]}`
    : `attribute:${attribute} in [${oneOf.join(', ')}]`;
}

/** The rules as one expression of the Cluster Query Language. */
export function expressionOf(rules: readonly Rule[]): string {
  return rules.map(clause).join(' and ');
}

export function satisfies(attributes: Readonly<Record<string, string>>, rules: readonly Rule[]): boolean {
  return rules.every(({ attribute, oneOf, startsWith }) => {
    const value = attributes[attribute];
    if (value === undefined) return false;
    return startsWith === undefined ? (oneOf ?? []).includes(value) : value.startsWith(startsWith);
  });
}
