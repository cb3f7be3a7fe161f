/**
 * Masks of failed gates -> the trace that explanations are made from: every gate of every instance with need and have.
 * Only explain asks for it; failures need no more than the masks.
 */
import {
  COLUMN_REMAINING_CPU,
  COLUMN_REMAINING_ENI,
  COLUMN_REMAINING_GPU,
  COLUMN_REMAINING_MEMORY,
  COLUMN_RESERVED_PORTS,
  COLUMN_TOTAL_ENI,
  MAX_PORTS_PER_INSTANCE,
  NONE,
  UNLIMITED,
} from '../../../assembly/abi.ts';
import { clauses } from '../../cql/clauses.ts';
import { parse } from '../../cql/parse.ts';
import { print } from '../../cql/print.ts';
import { type ClauseTrace, GATES, type Gate, type GateTrace, type Trace } from '../../explain.ts';
import { attributeText, type NamedAttribute } from '../../model/attribute.ts';
import type { PlacementRequest } from '../../model/placement-request.ts';
import { portText } from '../encode/demand.ts';
import { type EncodedRequest, subnetValues, VPC_ATTRIBUTE, ZONE_ATTRIBUTE } from '../encode/requests.ts';
import { type HostInstance, launchTypeOf } from '../instances.ts';
import type { State } from '../state.ts';

type Fact = string | number | readonly string[] | undefined;
interface NeedAndHave {
  readonly need: Fact;
  readonly have: Fact;
}

interface Clause {
  readonly constraint: number;
  readonly clause: number;
  readonly expression: string;
  readonly satisfied: ReadonlySet<number>;
}

function attributeValue(instance: HostInstance, name: string): string | undefined {
  return instance.attributes.find((attribute) => attribute.name === name)?.value;
}

function hasAttribute({ attributes }: HostInstance, { name, value }: NamedAttribute): boolean {
  return attributes.some((attribute) => attribute.name === name && (value === undefined || attribute.value === value));
}

/** Facts of one request's gates on one instance at a time. */
class GateFacts {
  readonly #state: State;
  readonly #request: PlacementRequest;
  readonly #encoded: EncodedRequest;
  readonly #clauses: readonly Clause[];

  constructor(state: State, request: PlacementRequest, encoded: EncodedRequest, parsed: readonly Clause[]) {
    this.#state = state;
    this.#request = request;
    this.#encoded = encoded;
    this.#clauses = parsed;
  }

  /** Need and have in the order of GATES; undefined where the request has no such gate. */
  of(instance: HostInstance): (NeedAndHave | undefined)[] {
    return [
      { need: 'ACTIVE', have: instance.status },
      this.#launchType(instance),
      this.#capacityProvider(instance),
      { need: 'connected', have: instance.agentConnected ? 'connected' : 'disconnected' },
      this.#attributes(instance),
      this.#location(instance),
      { need: this.#encoded.demand.cpu, have: this.#cell(COLUMN_REMAINING_CPU, instance) },
      { need: this.#encoded.demand.memoryMiB, have: this.#cell(COLUMN_REMAINING_MEMORY, instance) },
      this.#ports(instance),
      this.#enis(instance),
      this.#gpus(instance),
      this.#distinct(instance),
      this.#memberOf(instance),
    ];
  }

  clausesOf(instance: HostInstance): ClauseTrace[] {
    return this.#clauses.map(({ satisfied, ...clause }) => ({ ...clause, passed: satisfied.has(instance.slot) }));
  }

  #cell(column: number, instance: HostInstance): number {
    return this.#state.instances.cell(column, instance);
  }

  #launchType(instance: HostInstance): NeedAndHave | undefined {
    return { need: this.#request.launchType, have: launchTypeOf(instance.attributes, this.#request) };
  }

  #capacityProvider(instance: HostInstance): NeedAndHave | undefined {
    const need = this.#request.capacityProvider;
    return need === undefined ? undefined : { need, have: instance.record.capacityProviderName };
  }

  #attributes(instance: HostInstance): NeedAndHave {
    const required = this.#request.requiresAttributes;
    const vpcs = subnetValues(this.#request, 'vpcId');
    const need = required.map(attributeText);
    const have = required.filter((attribute) => !hasAttribute(instance, attribute)).map(attributeText);
    if (vpcs.length > 0) {
      const text = `${VPC_ATTRIBUTE}=${vpcs.join('|')}`;
      need.push(text);
      if (!vpcs.includes(attributeValue(instance, VPC_ATTRIBUTE) ?? '')) have.push(text);
    }
    return { need, have };
  }

  #location(instance: HostInstance): NeedAndHave | undefined {
    const need = subnetValues(this.#request, 'availabilityZone');
    return need.length === 0 ? undefined : { need, have: attributeValue(instance, ZONE_ATTRIBUTE) };
  }

  #ports(instance: HostInstance): NeedAndHave | undefined {
    const keys = this.#encoded.demand.portKeys;
    if (keys.length === 0) return undefined;
    const reserved = this.#cell(COLUMN_RESERVED_PORTS, instance);
    const taken = keys.filter((key) => this.#state.core.portUsed(instance.slot, key) !== 0).map(portText);
    const isFull = taken.length === 0 && reserved + keys.length > MAX_PORTS_PER_INSTANCE;
    return { need: keys.map(portText), have: isFull ? `${reserved} of ${MAX_PORTS_PER_INSTANCE} reserved` : taken };
  }

  #enis(instance: HostInstance): NeedAndHave | undefined {
    const need = this.#encoded.demand.enis;
    if (need === 0) return undefined;
    const unlimited = this.#cell(COLUMN_TOTAL_ENI, instance) === UNLIMITED;
    return { need, have: unlimited ? 'unlimited' : this.#cell(COLUMN_REMAINING_ENI, instance) };
  }

  #gpus(instance: HostInstance): NeedAndHave | undefined {
    const { gpus } = this.#encoded.demand;
    return gpus === 0
      ? undefined
      : { need: gpus === NONE ? 'ALL' : gpus, have: this.#cell(COLUMN_REMAINING_GPU, instance) };
  }

  #distinct(instance: HostInstance): NeedAndHave | undefined {
    if (!this.#request.constraints.some(({ type }) => type === 'distinctInstance')) return undefined;
    return { need: this.#request.group, have: this.#state.core.count(this.#encoded.group, instance.slot) };
  }

  #memberOf(instance: HostInstance): NeedAndHave | undefined {
    if (this.#clauses.length === 0) return undefined;
    const need = this.#request.constraints.flatMap((constraint) =>
      constraint.type === 'memberOf' ? [constraint.expression] : [],
    );
    return {
      need,
      have: this.#clauses.filter(({ satisfied }) => !satisfied.has(instance.slot)).map(({ expression }) => expression),
    };
  }
}

/** Every memberOf clause with the slots that satisfy it. */
function evaluateClauses(state: State, request: PlacementRequest): Clause[] {
  return request.constraints.flatMap((constraint, k) => {
    if (constraint.type !== 'memberOf') return [];
    return clauses(parse(constraint.expression, state.cql)).map((part, at) => {
      const satisfies = state.transient.matches(part);
      const slots = [...state.instances.all()].map(({ slot }) => slot);
      return { constraint: k, clause: at + 1, expression: print(part), satisfied: new Set(slots.filter(satisfies)) };
    });
  });
}

function gateTrace(gate: Gate, passed: boolean, { need, have }: NeedAndHave): GateTrace {
  return { gate, passed, ...(need === undefined ? {} : { need }), ...(have === undefined ? {} : { have }) };
}

/** The whole trace, in slot order. */
export function decodeTrace(state: State, request: PlacementRequest, encoded: EncodedRequest): Trace {
  const facts = new GateFacts(state, request, encoded, evaluateClauses(state, request));
  const masks = state.views.masks(state.core.trace(encoded.id), state.core.slots());
  return [...state.instances.all()].map((instance) => {
    const mask = masks[instance.slot] as number;
    const gates = facts.of(instance).flatMap((fact, k) => {
      return fact === undefined ? [] : [gateTrace(GATES[k] as Gate, (mask & (1 << k)) === 0, fact)];
    });
    const { containerInstanceArn, registered } = instance.record;
    const whole = { cpu: registered.cpu, memoryMiB: registered.memoryMiB, gpus: registered.gpuIds.length };
    return { containerInstanceArn, gates, clauses: facts.clausesOf(instance), registered: whole };
  });
}
