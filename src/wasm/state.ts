/**
 * All that a wasm engine knows, and its snapshot: the core with its numbers, the host's names for them. Engine methods
 * work on it; nothing else holds state.
 */
import { DEFAULT_CONTEXT, type EngineContext } from '../base/arn.ts';
import type { CqlOptions, EngineOptions } from '../contract.ts';
import { newInstancePools } from '../model/container-instance.ts';
import type { Subnet } from '../model/subnet.ts';
import type { TaskDefinition } from '../model/task-definition.ts';
import { TaskDefinitionRegistry } from '../model/task-definition-registry.ts';
import { ColumnReader } from './columns.ts';
import type { Core } from './core.ts';
import { type Bindings, Expressions } from './encode/expressions.ts';
import { Requests, type RequestsState } from './encode/requests.ts';
import { Transient } from './encode/transient.ts';
import { Instances, type InstancesState } from './instances.ts';
import { Intern, type InternState } from './intern.ts';
import { loadCore, type ModuleSource } from './load.ts';
import { packSnapshot, unpackSnapshot } from './snapshot.ts';
import { Tasks, type TasksState } from './tasks.ts';
import { Views } from './views.ts';

interface Snapshot {
  readonly seed: number;
  readonly context: EngineContext;
  readonly cql: CqlOptions;
  readonly intern: InternState;
  readonly bindings: Bindings;
  readonly requests: RequestsState;
  readonly transientSets: readonly number[];
  readonly instances: InstancesState;
  readonly tasks: TasksState;
  readonly definitions: readonly TaskDefinition[];
  readonly subnets: readonly Subnet[];
}

export class State {
  readonly core: Core;
  readonly views: Views;
  readonly intern: Intern;
  readonly instances: Instances;
  readonly imported = new Set<string>();
  readonly subnets = new Map<string, Subnet>();
  readonly pools = newInstancePools();
  seed: number;
  cql: CqlOptions;
  expressions: Expressions;
  requests: Requests;
  transient: Transient;
  registry: TaskDefinitionRegistry;
  tasks: Tasks;
  /** How often another state took this one's place. */
  restores = 0;
  #context: EngineContext;

  constructor(options: EngineOptions, module?: ModuleSource) {
    const { region, account, cluster } = options;
    this.#context = {
      region: region ?? DEFAULT_CONTEXT.region,
      account: account ?? DEFAULT_CONTEXT.account,
      cluster: cluster ?? DEFAULT_CONTEXT.cluster,
    };
    this.seed = options.seed ?? 0;
    this.cql = options.cql ?? {};
    this.core = loadCore(module);
    this.core.init(this.seed);
    this.views = new Views(this.core);
    this.intern = new Intern(this.core);
    this.instances = new Instances(this.core, this.views, this.intern, options.instanceTypes);
    this.expressions = new Expressions(this.intern, this.cql);
    this.requests = new Requests(this.core, this.views, this.intern, this.expressions);
    this.transient = new Transient(this.core, this.views, this.intern, this.cql);
    this.registry = new TaskDefinitionRegistry(this.#context);
    this.tasks = new Tasks(this.core, this.views, this.instances, this.#context, this.seed);
  }

  snapshot(): Uint8Array {
    const instances = this.instances.state();
    const state: Snapshot = {
      seed: this.seed,
      context: this.#context,
      cql: this.cql,
      intern: this.intern.state(),
      bindings: this.expressions.bindings(),
      requests: this.requests.state(),
      transientSets: this.transient.sets(),
      instances: instances.state,
      tasks: this.tasks.state(),
      definitions: this.registry.list(),
      subnets: [...this.subnets.values()],
    };
    const columns = [...this.intern.columns(), ...instances.columns, [...this.imported]];
    return packSnapshot(state, columns, this.views.all());
  }

  /** Takes the place of all there was; the engine continues as the one that made the snapshot. */
  restore(bytes: unknown): void {
    const { state, columns, memory } = unpackSnapshot(bytes);
    const given = state as Snapshot;
    const reader = new ColumnReader(columns);
    const registry = new TaskDefinitionRegistry(given.context);
    for (const definition of given.definitions) registry.register(definition);
    this.restores++;
    this.views.paste(memory);
    this.seed = given.seed;
    this.cql = given.cql;
    this.#context = given.context;
    this.intern.restore(given.intern, reader);
    this.expressions = new Expressions(this.intern, this.cql);
    this.expressions.restore(given.bindings);
    this.requests = new Requests(this.core, this.views, this.intern, this.expressions);
    this.requests.restore(given.requests);
    this.transient = new Transient(this.core, this.views, this.intern, this.cql, given.transientSets);
    this.instances.restore(given.instances, reader);
    this.tasks = new Tasks(this.core, this.views, this.instances, this.#context, this.seed);
    this.tasks.restore(given.tasks);
    this.registry = registry;
    this.subnets.clear();
    for (const subnet of given.subnets) this.subnets.set(subnet.subnetId, subnet);
    this.imported.clear();
    for (const arn of reader.texts()) this.imported.add(arn);
  }
}
