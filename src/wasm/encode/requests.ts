/**
 * A resolved placement request -> a request of the core. Demands, programs and requests are told apart by content and
 * made once; they live as long as the engine.
 */
import {
  NONE,
  OP_EQUALS,
  REQUEST_ATTRIBUTE,
  REQUEST_CAPACITY_PROVIDER,
  REQUEST_DEMAND,
  REQUEST_DISTINCT,
  REQUEST_FILTER,
  REQUEST_GROUP,
  REQUEST_LAUNCH_TYPE,
  REQUEST_LOCATION,
  REQUEST_MEMBER_OF,
  REQUEST_STRATEGIES,
  REQUEST_WORDS,
  STRATEGY_BINPACK_CPU,
  STRATEGY_BINPACK_MEMORY,
  STRATEGY_RANDOM,
  STRATEGY_SPREAD_ATTRIBUTE,
  STRATEGY_SPREAD_INSTANCE,
} from '../../../assembly/abi.ts';
import type { PlacementRequest } from '../../model/placement-request.ts';
import type { Strategy } from '../../model/strategy.ts';
import type { Core } from '../core.ts';
import { CAPACITY_PROVIDER, type Intern } from '../intern.ts';
import type { Views } from '../views.ts';
import { all, type Code, has, hasOneOf, instruction, not, ready } from './code.ts';
import { type Demand, demandOf } from './demand.ts';
import type { Expressions } from './expressions.ts';

export const EXTERNAL_ATTRIBUTE = 'ecs.capability.external';
/** Ours: marks instances of ECS Managed Instances, which take tasks of their capacity provider only. */
export const MANAGED_ATTRIBUTE = 'ecs.capability.managed-instances';
export const VPC_ATTRIBUTE = 'ecs.vpc-id';
export const ZONE_ATTRIBUTE = 'ecs.availability-zone';

export interface EncodedRequest {
  /** Number of the request in the core. */
  readonly id: number;
  readonly group: number;
  readonly demand: Demand;
}

export interface RequestsState {
  readonly programs: [string, number][];
  readonly demands: [string, number][];
  readonly requests: [string, number][];
}

/** Values of the request's subnets, sorted, each once. */
export function subnetValues(request: PlacementRequest, of: 'availabilityZone' | 'vpcId'): string[] {
  return [...new Set(request.subnets.map((subnet) => subnet[of]))].sort();
}

export class Requests {
  readonly #core: Core;
  readonly #views: Views;
  readonly #intern: Intern;
  readonly #expressions: Expressions;
  #programs = new Map<string, number>();
  #demands = new Map<string, number>();
  #requests = new Map<string, number>();

  constructor(core: Core, views: Views, intern: Intern, expressions: Expressions) {
    this.#core = core;
    this.#views = views;
    this.#intern = intern;
    this.#expressions = expressions;
  }

  /** @throws InvalidParameterException for an expression that cannot be read; then nothing is made. */
  encode(request: PlacementRequest): EncodedRequest {
    const memberOf = this.#memberOf(request);
    const demand = demandOf(request.taskDefinition);
    const group = this.#intern.group(request.group);
    const words = new Array<number>(REQUEST_WORDS).fill(NONE);
    words[REQUEST_DEMAND] = this.#demand(demand);
    words[REQUEST_GROUP] = group;
    words[REQUEST_DISTINCT] = request.constraints.some(({ type }) => type === 'distinctInstance') ? 1 : 0;
    const gates = this.#gates(request);
    for (const [field, code] of gates) words[field] = this.program(code);
    words[REQUEST_FILTER] = this.program(all([ready, ...gates.values()]));
    if (memberOf !== undefined) words[REQUEST_MEMBER_OF] = this.program(memberOf);
    words[REQUEST_STRATEGIES] = request.strategies.length;
    for (const strategy of request.strategies) words.push(...this.#strategy(strategy));
    return { id: this.#once(this.#requests, words, () => this.#core.addRequest()), group, demand };
  }

  program(code: Code): number {
    return this.#once(this.#programs, code.words, () => this.#core.addProgram(code.words.length, code.dynamic ? 1 : 0));
  }

  #memberOf(request: PlacementRequest): Code | undefined {
    const codes = request.constraints.flatMap((constraint) =>
      constraint.type === 'memberOf' ? [this.#expressions.code(constraint.expression)] : [],
    );
    return codes.length === 0 ? undefined : all(codes);
  }

  #demand(demand: Demand): number {
    const words = [demand.cpu, demand.memoryMiB, demand.gpus, demand.enis, ...demand.portKeys];
    return this.#once(this.#demands, words, () => this.#core.addDemand(demand.portKeys.length));
  }

  /** The gates of filter that a program decides, by field of the request. */
  #gates(request: PlacementRequest): Map<number, Code> {
    const gates = new Map<number, Code>();
    const external = has(this.#intern, { name: EXTERNAL_ATTRIBUTE });
    if (request.launchType !== undefined) {
      const managed = has(this.#intern, { name: MANAGED_ATTRIBUTE });
      // Those that ECS manages take the tasks that name their capacity provider.
      const onEc2 = request.capacityProvider === undefined ? all([not(external), not(managed)]) : not(external);
      gates.set(REQUEST_LAUNCH_TYPE, request.launchType === 'EXTERNAL' ? external : onEc2);
    }
    if (request.capacityProvider !== undefined) {
      const provider = this.#intern.value(CAPACITY_PROVIDER, request.capacityProvider);
      gates.set(REQUEST_CAPACITY_PROVIDER, instruction(OP_EQUALS, this.#intern.attribute(CAPACITY_PROVIDER), provider));
    }
    const required = request.requiresAttributes.map((attribute) => has(this.#intern, attribute));
    if (request.subnets.length > 0) {
      required.push(hasOneOf(this.#intern, VPC_ATTRIBUTE, subnetValues(request, 'vpcId')));
      gates.set(REQUEST_LOCATION, hasOneOf(this.#intern, ZONE_ATTRIBUTE, subnetValues(request, 'availabilityZone')));
    }
    if (required.length > 0) gates.set(REQUEST_ATTRIBUTE, all(required));
    return gates;
  }

  #strategy(strategy: Strategy): [number, number] {
    switch (strategy.type) {
      case 'random':
        return [STRATEGY_RANDOM, 0];
      case 'binpack':
        return [strategy.field === 'cpu' ? STRATEGY_BINPACK_CPU : STRATEGY_BINPACK_MEMORY, 0];
      case 'spread':
        if (strategy.field === 'instanceId') return [STRATEGY_SPREAD_INSTANCE, 0];
        return [STRATEGY_SPREAD_ATTRIBUTE, this.#intern.attribute(strategy.attribute)];
    }
  }

  #once(made: Map<string, number>, words: readonly number[], make: () => number): number {
    const key = words.join();
    let id = made.get(key);
    if (id === undefined) {
      this.#views.send(words);
      id = make();
      made.set(key, id);
    }
    return id;
  }

  state(): RequestsState {
    return { programs: [...this.#programs], demands: [...this.#demands], requests: [...this.#requests] };
  }

  restore(state: RequestsState): void {
    this.#programs = new Map(state.programs);
    this.#demands = new Map(state.demands);
    this.#requests = new Map(state.requests);
  }
}
