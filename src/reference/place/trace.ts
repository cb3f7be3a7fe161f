/**
 * Trace: every gate of every instance, passed or not, with what was needed and what was there. Called for explanations
 * and failures; a decision never needs it.
 */
import { MAX_PORTS_PER_INSTANCE } from '../../../assembly/abi.ts';
import { clauses } from '../../cql/clauses.ts';
import { print } from '../../cql/print.ts';
import type { ClauseTrace, Gate, GateTrace, InstanceTrace, Trace } from '../../explain.ts';
import { attributeText } from '../../model/attribute.ts';
import { evaluate } from '../cql/evaluate.ts';
import type { HostPort, Instance, Request } from '../state.ts';
import { countOf } from '../table/counts.ts';
import { CONSTRAIN_GATES, wantsDistinct } from './constrain.ts';
import {
  attributeOf,
  enisLeft,
  exceedsPortLimit,
  FILTER_GATES,
  hasRequired,
  isInVpc,
  isPortTaken,
  launchTypeOf,
  VPC,
  ZONE,
} from './filter.ts';

export const ALL_GATES = [...FILTER_GATES, ...CONSTRAIN_GATES];

type NeedAndHave = Pick<GateTrace, 'need' | 'have'>;
type Facts = (instance: Instance, request: Request) => NeedAndHave;

export function trace(instances: readonly Instance[], request: Request): Trace {
  return instances.map((instance) => traceInstance(instance, request));
}

function traceInstance(instance: Instance, request: Request): InstanceTrace {
  const gates = ALL_GATES.filter(({ gate }) => isAsked(gate, request)).map(({ gate, passes }): GateTrace => {
    const { need, have } = FACTS[gate](instance, request);
    const passed = passes(instance, request);
    return { gate, passed, ...(need === undefined ? {} : { need }), ...(have === undefined ? {} : { have }) };
  });
  const { containerInstanceArn, registered } = instance.record;
  const whole = { cpu: registered.cpu, memoryMiB: registered.memoryMiB, gpus: registered.gpuIds.length };
  return { containerInstanceArn, gates, clauses: traceClauses(instance, request), registered: whole };
}

/** Gates that a request may go without; all others are always asked. */
function isAsked(gate: Gate, request: Request): boolean {
  const { placement, demand, memberOf } = request;
  if (gate === 'CAPACITY_PROVIDER') return placement.capacityProvider !== undefined;
  if (gate === 'LOCATION') return placement.subnets.length > 0;
  if (gate === 'RESOURCE:PORTS') return demand.ports.length > 0;
  if (gate === 'RESOURCE:ENI') return demand.enis > 0;
  if (gate === 'RESOURCE:GPU') return demand.gpus !== 0;
  if (gate === 'DistinctInstance placement constraint unsatisfied.') return wantsDistinct(request);
  if (gate === 'MemberOf placement constraint unsatisfied.') return memberOf.length > 0;
  return true;
}

const FACTS: Readonly<Record<Gate, Facts>> = {
  STATUS: ({ status }) => ({ need: 'ACTIVE', have: status }),
  LAUNCH_TYPE: (instance, { placement }) => ({
    need: placement.launchType,
    have: launchTypeOf(instance, { placement }),
  }),
  CAPACITY_PROVIDER: ({ record }, { placement }) => ({
    need: placement.capacityProvider,
    have: record.capacityProviderName,
  }),
  AGENT: ({ agentConnected }) => ({ need: 'connected', have: agentConnected ? 'connected' : 'disconnected' }),
  ATTRIBUTE: attributeFacts,
  LOCATION: (instance, { placement }) => ({
    need: sortedOnce(placement.subnets.map(({ availabilityZone }) => availabilityZone)),
    have: attributeOf(instance, ZONE)?.value,
  }),
  'RESOURCE:CPU': ({ remainingCpu }, { demand }) => ({ need: demand.cpu, have: remainingCpu }),
  'RESOURCE:MEMORY': ({ remainingMemoryMiB }, { demand }) => ({ need: demand.memoryMiB, have: remainingMemoryMiB }),
  'RESOURCE:PORTS': portFacts,
  'RESOURCE:ENI': (instance, { demand }) => ({
    need: demand.enis,
    have: instance.eniLimit === undefined ? 'unlimited' : enisLeft(instance),
  }),
  'RESOURCE:GPU': ({ remainingGpus }, { demand }) => ({ need: demand.gpus, have: remainingGpus }),
  'DistinctInstance placement constraint unsatisfied.': (instance, { placement }) => ({
    need: placement.group,
    have: countOf(instance, placement.group),
  }),
  'MemberOf placement constraint unsatisfied.': (instance, request) => ({
    need: request.memberOf.map(({ expression }) => expression),
    have: traceClauses(instance, request)
      .filter(({ passed }) => !passed)
      .map(({ expression }) => expression),
  }),
};

function sortedOnce(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}

/** Have: only what is missing. */
function attributeFacts(instance: Instance, request: Request): NeedAndHave {
  const { requiresAttributes, subnets } = request.placement;
  const vpc = subnets.length > 0 ? [`${VPC}=${sortedOnce(subnets.map(({ vpcId }) => vpcId)).join('|')}`] : [];
  const missing = requiresAttributes.filter((required) => !hasRequired(instance, required));
  return {
    need: [...requiresAttributes.map(attributeText), ...vpc],
    have: [...missing.map(attributeText), ...(isInVpc(instance, request) ? [] : vpc)],
  };
}

function portText({ port, protocol }: HostPort): string {
  return `${port}/${protocol}`;
}

/** Have: the needed ports that are taken; when none is and only the limit is passed, how many are reserved. */
function portFacts(instance: Instance, request: Request): NeedAndHave {
  const { ports } = request.demand;
  const taken = ports.filter((port) => isPortTaken(instance, port)).map(portText);
  const isFull = taken.length === 0 && exceedsPortLimit(instance, request);
  return {
    need: ports.map(portText),
    have: isFull ? `${instance.portsTaken.length} of ${MAX_PORTS_PER_INSTANCE} reserved` : taken,
  };
}

function traceClauses(instance: Instance, { memberOf, cql }: Request): ClauseTrace[] {
  return memberOf.flatMap(({ constraint, parsed }) =>
    clauses(parsed).map((clause, k) => ({
      constraint,
      clause: k + 1,
      expression: print(clause),
      passed: evaluate(clause, instance, cql),
    })),
  );
}
