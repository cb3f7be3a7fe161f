/** The adversarial shapes of the core in the words of the engine: registrations, requests, moves. Called by adversarial. */
import type { Engine, EngineOptions, PlacementInput, Placer, RunTaskInput } from '../../src/contract.ts';
import { BayplanError } from '../../src/errors.ts';
import type { PlacementConstraint } from '../../src/model/constraint.ts';
import type { ContainerInstance } from '../../src/model/container-instance.ts';
import type { PlacementStrategy } from '../../src/model/strategy.ts';
import type { Task } from '../../src/model/task.ts';
import type { TaskDefinition } from '../../src/model/task-definition.ts';
import { type Move, rowOf, type Shape } from '../indexes/shapes.ts';
import type { InstanceRow, MemberOf, RequestRow, Strategy } from '../indexes/world.ts';
import { outcomeOf } from '../support/compare.ts';
import { arn, definition, instance } from '../support/shapes.ts';

export const OPTIONS: EngineOptions = { seed: 5, instanceTypes: { e2: { awsvpcTasks: 2 }, e9: { awsvpcTasks: 9 } } };

const STRATEGIES: Readonly<Record<Strategy, PlacementStrategy>> = {
  cpu: { type: 'binpack', field: 'cpu' },
  memory: { type: 'binpack', field: 'memory' },
  instance: { type: 'spread', field: 'instanceId' },
  random: { type: 'random' },
  zone: { type: 'spread', field: 'attribute:ecs.availability-zone' },
  stack: { type: 'spread', field: 'attribute:stack' },
};

const EXPRESSIONS: Readonly<Record<MemberOf, (group: number) => string>> = {
  stack: () => 'attribute:stack == s2',
  'no stack': () => 'not(attribute:stack exists)',
  neighbour: (group) => `task:group == g${group ^ 1} or attribute:stack == s2`,
  'not own': (group) => `not(task:group == g${group})`,
  'few tasks': () => 'runningTasksCount < 2',
  busy: () => 'runningTasksCount >= 1',
  'one zone': () => 'attribute:ecs.availability-zone == z2',
  'little of a zone': () => 'not(attribute:ecs.availability-zone == z1) or attribute:stack == s2',
  'few of a zone': () => 'not(attribute:ecs.availability-zone == z1) or runningTasksCount < 2',
  'stack or few': () => '(attribute:stack == s3 or runningTasksCount < 2) and attribute:ecs.availability-zone exists',
};

function instanceOf(number: number, row: InstanceRow): ContainerInstance {
  const { cpu, memory, left, gpu = 0, eni = 0, zone = 0, stack = 0 } = row;
  return instance(number, {
    cpu,
    memoryMiB: memory,
    ...(left ? { cpuLeft: left[0], memoryLeftMiB: left[1] } : {}),
    gpuIds: Array.from({ length: gpu }, (_, k) => `gpu${k}`),
    attributes: {
      ...(zone > 0 ? { 'ecs.availability-zone': `z${zone}` } : {}),
      ...(stack > 0 ? { stack: `s${stack}` } : {}),
      ...(eni > 0 ? { 'ecs.instance-type': `e${eni}` } : {}),
    },
  });
}

function definitionOf(family: string, { cpu, memory, gpu = 0, eni = 0, ports = [] }: RequestRow): TaskDefinition {
  const isNetworked = eni > 0;
  const portMappings = isNetworked ? [] : ports.map((port) => ({ containerPort: port, hostPort: port }));
  const resourceRequirements = [{ type: 'GPU' as const, value: gpu < 0 ? 'ALL' : String(gpu) }];
  return definition(
    family,
    { cpu, memory: Math.max(memory, 6), portMappings, ...(gpu === 0 ? {} : { resourceRequirements }) },
    isNetworked ? { networkMode: 'awsvpc' } : {},
  );
}

function inputOf(family: string, { group = 0, distinct = false, memberOf, strategies }: RequestRow): PlacementInput {
  const placementConstraints: PlacementConstraint[] = [
    ...(distinct ? [{ type: 'distinctInstance' as const }] : []),
    ...(memberOf ? [{ type: 'memberOf' as const, expression: EXPRESSIONS[memberOf](group) }] : []),
  ];
  const placementStrategy = strategies.map((one) => STRATEGIES[one]);
  return { taskDefinition: family, group: `g${group}`, placementStrategy, placementConstraints };
}

interface Held {
  readonly placer: Placer;
  readonly where: string;
  /** Of a task without a record. */
  readonly slot: number;
  readonly task: string | undefined;
}

/** One engine on which a shape is played; `most` tasks at a time. */
export class Translated {
  readonly engine: Engine;
  readonly #shape: Shape;
  readonly #most: number;
  readonly #inputs: readonly PlacementInput[];
  readonly #placers: readonly Placer[];
  #arns: string[];
  #held: Held[] = [];

  constructor(engine: Engine, shape: Shape, most: number) {
    this.engine = engine;
    this.#shape = shape;
    this.#most = most;
    const instances = Array.from({ length: shape.instances }, (_, k) => instanceOf(k, rowOf(shape, k)));
    engine.registerContainerInstances(instances);
    this.#arns = instances.map((_, k) => arn(k));
    this.#inputs = shape.requests.map((row, k) => inputOf(`f${k}`, row));
    shape.requests.forEach((row, k) => {
      engine.registerTaskDefinition(definitionOf(`f${k}`, row));
    });
    this.#placers = this.#inputs.map((input) => engine.prepare(input));
  }

  get instances(): readonly string[] {
    return this.#arns;
  }

  /** What a move answered: of a placement, where each task went. */
  play(move: Move): unknown {
    const { engine } = this;
    const name = move.kind === 'place' || move.kind === 'release' ? undefined : this.#nameOf(move);
    switch (move.kind) {
      case 'place':
        return this.#place(move.request % this.#inputs.length, move.count, move.records);
      case 'release':
        return this.#release(move.which);
      case 'register':
        this.#arns.push(String(name));
        return engine.registerContainerInstances([instanceOf(this.#arns.length - 1, rowOf(this.#shape, move.row))]);
      case 'state':
        return outcomeOf(() => {
          const status = (move.flags & 1) === 1 ? 'ACTIVE' : 'DRAINING';
          engine.updateContainerInstancesState({ containerInstances: [String(name)], status });
          engine.setAgentConnected({ containerInstance: String(name), agentConnected: (move.flags & 2) === 2 });
        });
      case 'zone':
        return outcomeOf(() => {
          const zone = { name: 'ecs.availability-zone', value: `z${move.zone}`, targetId: String(name) };
          if (move.zone > 0) engine.putAttributes({ attributes: [zone] });
          else engine.deleteAttributes({ attributes: [zone] });
        });
      case 'deregister':
        this.#held = this.#held.filter(({ where }) => where !== name);
        return outcomeOf(() => engine.deregisterContainerInstance({ containerInstance: String(name), force: true }));
    }
  }

  #nameOf(move: { readonly kind: string; readonly slot?: number }): string {
    return arn(move.slot === undefined ? this.#arns.length : move.slot % this.#arns.length);
  }

  #place(which: number, count: number, records: boolean): string[] {
    const placed: Held[] = [];
    while (placed.length < count) {
      const some = Math.min(this.#most, count - placed.length);
      const now = records ? this.#recorded(which, some) : this.#anonymous(which, some);
      placed.push(...now);
      if (now.length < some) break;
    }
    this.#held.push(...placed);
    return placed.map(({ where, slot, task }) => `${where} ${slot} ${task}`);
  }

  #recorded(which: number, count: number): Held[] {
    const input: RunTaskInput = { ...(this.#inputs[which] as PlacementInput), count };
    const placer = this.#placers[which] as Placer;
    return this.#run(input).map(({ taskArn, containerInstanceArn }) => {
      return { placer, where: String(containerInstanceArn), slot: -1, task: String(taskArn) };
    });
  }

  /** A cluster without instances refuses. */
  #run(input: RunTaskInput): readonly Task[] {
    try {
      return this.engine.runTask(input).tasks;
    } catch (error) {
      if (error instanceof BayplanError && error.code === 'NO_CONTAINER_INSTANCES') return [];
      throw error;
    }
  }

  #anonymous(which: number, count: number): Held[] {
    const placer = this.#placers[which] as Placer;
    const slots = new Int32Array(count);
    const placed = placer.place(count, slots);
    return [...slots.subarray(0, placed)].map((slot) => {
      return { placer, where: this.engine.containerInstanceArn(slot), slot, task: undefined };
    });
  }

  #release(which: number): void {
    const [gone] = this.#held.length === 0 ? [] : this.#held.splice(which % this.#held.length, 1);
    if (gone === undefined) return;
    if (gone.task === undefined) gone.placer.release(Int32Array.of(gone.slot), 1);
    else this.engine.submitTaskStateChange({ task: gone.task, status: 'STOPPED' });
  }
}
