/**
 * Snapshot format: one JSON text, `{ kind, abi, state }`, as UTF-8. Equal states give equal bytes: every list in the
 * state has an order of its own.
 */
import { ABI_VERSION } from '../../assembly/abi.ts';
import { BayplanError } from '../errors.ts';
import { tagDates, untagDates } from '../model/json-dates.ts';
import type { Subnet } from '../model/subnet.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { TaskDefinitionRegistry } from '../model/task-definition-registry.ts';
import type { State } from './state.ts';

const KIND = 'bayplan-reference';

type Plain = Omit<State, 'subnets' | 'registry'> & {
  readonly subnets: readonly Subnet[];
  readonly definitions: readonly TaskDefinition[];
};

export function writeSnapshot({ subnets, registry, ...rest }: State): Uint8Array {
  const state: Plain = { ...rest, subnets: [...subnets.values()], definitions: registry.list() };
  return new TextEncoder().encode(JSON.stringify({ kind: KIND, abi: ABI_VERSION, state }, tagDates));
}

/** @throws BayplanException SNAPSHOT_MISMATCH for another engine's or version's bytes, or damaged ones. */
export function readSnapshot(bytes: unknown): State {
  const { kind, abi, state } = parse(bytes);
  if (kind !== KIND || abi !== ABI_VERSION) refuse(`${String(kind)} ${String(abi)}`);
  if (typeof state !== 'object' || state === null) refuse(`${kind} ${abi} without a state`);
  const { subnets, definitions, ...rest } = state as Plain;
  const registry = new TaskDefinitionRegistry(rest.context);
  for (const definition of definitions) registry.register(definition);
  return { ...rest, subnets: new Map(subnets.map((subnet) => [subnet.subnetId, subnet])), registry };
}

function parse(bytes: unknown): { kind?: unknown; abi?: unknown; state?: unknown } {
  if (!(bytes instanceof Uint8Array)) return refuse(typeof bytes);
  const text = new TextDecoder().decode(bytes);
  try {
    return (JSON.parse(text, untagDates) ?? {}) as { kind?: unknown; abi?: unknown; state?: unknown };
  } catch {
    return refuse(text.slice(0, 40));
  }
}

function refuse(found: string): never {
  throw new BayplanError(
    'BayplanException',
    'SNAPSHOT_MISMATCH',
    `snapshot is not of this engine and version (${KIND} ${ABI_VERSION}), but ${JSON.stringify(found)}.`,
    { path: 'snapshot', value: found, expected: [`${KIND} ${ABI_VERSION}`] },
  );
}
