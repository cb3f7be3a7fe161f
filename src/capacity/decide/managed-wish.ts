/**
 * What a task asks of an instance that is still to come: amounts, and which types in which zones may run it. Called by
 * managed-plan, for tasks that wait and for the daemons that come before them. Pure.
 */
import { attributesOf, subnetIn } from '../../cluster/apply/launched.ts';
import type { Provision } from '../../cluster/capacity-state.ts';
import type { ManagedProviderState } from '../../cluster/managed-state.ts';
import type { ClusterView } from '../../cluster/state.ts';
import type { PlacementInput } from '../../contract.ts';
import { compile } from '../../cql/compile.ts';
import { parse } from '../../cql/parse.ts';
import { satisfies } from '../../cql/satisfies.ts';
import type { InstanceOffer } from '../../model/group-instance-type.ts';
import { applyOverrides } from '../../model/overrides.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import { demandOf } from '../../wasm/encode/demand.ts';
import type { Demand } from './cheapest-fitting.ts';

export type Wish = Omit<Demand<unknown>, 'task' | 'admits'> & {
  /** Whether an instance of that type in that zone may run it. */
  readonly admitsIn: (offer: InstanceOffer, zone: string) => boolean;
};

/** Tasks that ask for the same have one key. */
export interface Asked {
  readonly key: string;
  readonly group: string;
  readonly definition: TaskDefinition;
  readonly placement: PlacementInput;
  readonly network: Provision['network'];
}

type Admits = Wish['admitsIn'];

/** Asked once for each type and zone. */
export function remembered(admits: Admits): Admits {
  const known = new Map<string, boolean>();
  return (offer, zone) => {
    const at = `${offer.instanceType} ${zone}`;
    const answer = known.get(at) ?? admits(offer, zone);
    known.set(at, answer);
    return answer;
  };
}

/** By its constraints, and the attributes that its definition requires. */
function admitsBy(view: ClusterView, provider: ManagedProviderState, asked: Asked, definition: TaskDefinition): Admits {
  const constraints = [...(definition.placementConstraints ?? []), ...(asked.placement.placementConstraints ?? [])];
  const expressions = constraints.flatMap(({ expression }) =>
    expression === undefined ? [] : [compile(parse(expression))],
  );
  const required = (definition.requiresAttributes ?? []).map(({ name }) => name);
  return (offer, zone) => {
    const { subnetIds, isSpot } = provider.settings;
    const attributes = attributesOf({ offer, availabilityZone: zone, isSpot }, subnetIn(view, subnetIds, zone));
    return (
      required.every((name) => attributes.some((one) => one.name === name)) &&
      expressions.every((one) => satisfies(one, attributes))
    );
  };
}

export function wishOf(view: ClusterView, provider: ManagedProviderState, asked: Asked): Wish {
  const { placement, network, group, key } = asked;
  const definition = applyOverrides(asked.definition, placement.overrides);
  const { cpu, memoryMiB, gpus, enis, portKeys } = demandOf(definition);
  const types = [...(definition.placementConstraints ?? []), ...(placement.placementConstraints ?? [])];
  const subnets = network?.subnets.map((id) => view.subnets.get(id));
  const isNear = (zone: string): boolean =>
    subnets === undefined ||
    definition.networkMode !== 'awsvpc' ||
    subnets.some((one) => one?.availabilityZone === zone);
  const admits = remembered(admitsBy(view, provider, asked, definition));
  return {
    key,
    cpu,
    memoryMiB,
    gpus,
    enis,
    portKeys,
    group,
    isDistinct: types.some(({ type }) => type === 'distinctInstance'),
    admitsIn: (offer, zone) => isNear(zone) && admits(offer, zone),
  };
}
