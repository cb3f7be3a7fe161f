/** The cluster just before the update: the scenario as far as that, on its own clock. Called by plan. */
import type { ApiCall } from '../cluster/commands.ts';
import type { ClusterEvent } from '../cluster/events.ts';
import type { ClusterState, ServiceState } from '../cluster/state.ts';
import { BayplanError } from '../errors.ts';
import { refuse } from '../model/read.ts';
import type { Scenario } from '../simulate/scenario.ts';
import { advance, type Driven, drive, nextMsOf, type SimulationOptions, schedule } from '../simulate/simulation.ts';
import type { PlannedUpdate } from './update.ts';

export type BeforeOptions = Pick<SimulationOptions, 'engine' | 'instanceTypes'>;

export interface Before {
  readonly run: Driven;
  readonly service: ServiceState;
  readonly isSteady: boolean;
  /** What is asked for, once the task definition of the request is registered. */
  readonly call: ApiCall;
  /** Gets every event from now on. */
  listen(listener: (event: ClusterEvent, state: ClusterState) => void): void;
}

function cut(scenario: Scenario, { cluster, before }: PlannedUpdate): Scenario {
  const services = scenario.services.filter((service) => service.cluster === cluster);
  const scaling = scenario.scaling.filter((one) => one.cluster === cluster);
  return { ...scenario, services, scaling, events: before };
}

function withDefinition(state: ClusterState, { call, taskDefinition }: PlannedUpdate): ApiCall {
  if (taskDefinition === undefined) return call;
  const { taskDefinitionArn } = state.engine.registerTaskDefinition(taskDefinition as object);
  return { ...call, input: { ...call.input, taskDefinition: taskDefinitionArn } };
}

/** @throws BayplanError for what an engine refuses, and when the service is not there at the time of the update. */
export async function runBefore(scenario: Scenario, update: PlannedUpdate, options: BeforeOptions): Promise<Before> {
  let hear: (event: ClusterEvent, state: ClusterState) => void = () => undefined;
  const cluster = scenario.clusters.find(({ name }) => name === update.cluster);
  if (cluster === undefined)
    throw new BayplanError('BayplanException', 'UNKNOWN_CLUSTER', `no cluster ${update.cluster}`);
  const run = await drive(scenario, cluster, options, (state) => ({
    isOpen: true,
    emit: (event) => hear(event, state()),
  }));
  const { state } = run;
  schedule(cut(scenario, update), [run]);
  while (nextMsOf(run) <= update.atMs) advance(run, nextMsOf(run));
  state.nowMs = update.atMs;
  const service = serviceIn(state, update);
  return {
    run,
    service,
    isSteady: service.isSteady,
    call: withDefinition(state, update),
    listen: (listener) => {
      hear = listener;
    },
  };
}

function serviceIn(state: ClusterState, { call, atMs }: PlannedUpdate): ServiceState {
  const name = String(call.input.service);
  const service = state.services.get(name.slice(name.lastIndexOf('/') + 1));
  if (service !== undefined && service.status === 'ACTIVE') return service;
  return refuse(
    'SERVICE_NOT_FOUND',
    `service ${name} is not there at ${atMs / 1000} s, when it is to be updated.`,
    { value: name },
    'ServiceNotFoundException',
  );
}
