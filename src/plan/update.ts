/** Which update is planned, and what of the scenario happens before it. Called by plan. */
import { lastSegment } from '../base/arn.ts';
import { whatThereIs } from '../base/nearest.ts';
import type { ApiCall } from '../cluster/commands.ts';
import { BayplanError } from '../errors.ts';
import { fields, refuse } from '../model/read.ts';
import type { Scenario, ScenarioEvent } from '../simulate/scenario.ts';

export interface PlanRequest {
  readonly service: string;
  /** RegisterTaskDefinition input or a describe answer. */
  readonly taskDefinition?: unknown;
  readonly desiredCount?: number;
}

export interface PlannedUpdate {
  readonly cluster: string;
  readonly atMs: number;
  /** Events of the service's cluster before the update, in order of time. */
  readonly before: readonly ScenarioEvent[];
  /** UpdateService's input; without a task definition that the request brings, which is registered first. */
  readonly call: ApiCall;
  readonly taskDefinition: unknown;
}

function touches({ command }: ScenarioEvent, service: string): boolean {
  if (command.type !== 'Call' || (command.call !== 'UpdateService' && command.call !== 'DeleteService')) return false;
  return lastSegment(String(command.input.service)) === service;
}

/** The cluster that the service is created in, at time 0 or by an event. */
function clusterOf(scenario: Scenario, service: string): string {
  const created = [
    ...scenario.services.map(({ cluster, input }) => ({ cluster, name: String(input.serviceName) })),
    ...scenario.events.flatMap(({ cluster, command }) =>
      command.type === 'Call' && command.call === 'CreateService'
        ? [{ cluster, name: String(command.input.serviceName) }]
        : [],
    ),
  ];
  const found = created.find(({ name }) => name === service);
  if (found !== undefined) return found.cluster;
  const names = created.map(({ name }) => name);
  return refuse(
    'UNKNOWN_SERVICE',
    `the scenario has no service ${service}.${whatThereIs(service, names)}`,
    { value: service, expected: names },
    'ServiceNotFoundException',
  );
}

function ownUpdate(events: readonly ScenarioEvent[], service: string): number {
  return events.findIndex((event) => {
    const { command } = event;
    return command.type === 'Call' && command.call === 'UpdateService' && touches(event, service);
  });
}

function missing(service: string): never {
  throw new BayplanError(
    'BayplanException',
    'NO_UPDATE',
    `nothing to plan: the scenario has no UpdateService of ${service}. Give --task-definition, --desired-count or both.`,
    { value: service },
  );
}

/**
 * @throws BayplanError UNKNOWN_SERVICE; NO_UPDATE when neither the request nor the scenario says what changes.
 */
export function planUpdate(scenario: Scenario, request: PlanRequest): PlannedUpdate {
  const { service, taskDefinition, desiredCount } = request;
  const cluster = clusterOf(scenario, service);
  const events = scenario.events
    .filter((event) => event.cluster === cluster && event.atMs <= scenario.durationMs)
    .sort((a, b) => a.atMs - b.atMs);
  const isAsked = taskDefinition !== undefined || desiredCount !== undefined;
  const index = isAsked ? events.findIndex((event) => touches(event, service)) : ownUpdate(events, service);
  if (index < 0 && !isAsked) missing(service);
  if (taskDefinition !== undefined) fields(taskDefinition, '');
  const before = index < 0 ? events : events.slice(0, index);
  const own = events[index]?.command as ApiCall | undefined;
  const asked: ApiCall = {
    type: 'Call',
    call: 'UpdateService',
    input: { service, ...(desiredCount === undefined ? {} : { desiredCount }) },
    path: '',
  };
  return {
    cluster,
    atMs: events[index]?.atMs ?? scenario.durationMs,
    before,
    call: isAsked || own === undefined ? asked : own,
    taskDefinition,
  };
}
