/** Scenarios with ECS Managed Daemons on the instances of managed-scenario, and what became of them. Used by tests of them. */
import type { SimulationResult } from '../../../src/simulate/result.ts';
import type { Members } from '../../model/definitions.ts';
import { type ManagedParts, managedStates, playManaged } from './managed-scenario.ts';

export interface DaemonParts extends ManagedParts {
  /** CreateDaemon's, beside the name `agent`. */
  readonly daemon?: Members;
  readonly behaviour?: Members;
}

export const AGENT: Members = {
  family: 'agent',
  containerDefinitions: [{ name: 'agent', image: 'agent', cpu: 128, memory: 256 }],
};

export const CREATE: Members = {
  daemonName: 'agent',
  daemonTaskDefinitionArn: 'agent:1',
  capacityProviderArns: ['managed'],
};

/** With a daemon of 128 CPU units and 256 MiB, `agent:2` beside it. */
export function playDaemon({
  daemon = {},
  behaviour = {},
  more = {},
  ...parts
}: DaemonParts): Promise<SimulationResult> {
  return playManaged({
    ...parts,
    more: {
      daemonTaskDefinitions: [AGENT, AGENT],
      daemons: [{ ...CREATE, ...daemon }],
      behaviour: behaviour ?? {},
      ...more,
    },
  });
}

/** `90 agent RUNNING`: seconds, family of the task, its status; each once. */
export function taskStates({ events }: SimulationResult): string[] {
  const lines = events.flatMap(({ atMs, type, event }) => {
    if (type !== 'TaskStateChange') return [];
    const { group = '', lastStatus } = (event?.detail ?? {}) as { group?: string; lastStatus?: string };
    return [`${atMs / 1000} ${group.split(':')[1]} ${lastStatus}`];
  });
  return [...new Set(lines)];
}

/** `0 SUCCESSFUL`, `95 failed Task stopped`: seconds, status of the deployment or the failure, why. */
export function daemonStates({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, daemon }) => {
    if (daemon === undefined) return [];
    return [`${atMs / 1000} ${daemon.status ?? 'failed'} ${daemon.reason ?? ''}`.trim()];
  });
}

/** `90 REGISTERING`: what the container instances are. */
export function instanceStates({ events }: SimulationResult): string[] {
  return events.flatMap(({ atMs, type, event }) => {
    if (type !== 'ContainerInstanceStateChange') return [];
    const { status } = (event?.detail ?? {}) as { status?: string };
    return [`${atMs / 1000} ${status}`];
  });
}

/** `ClientException: ...`: what was refused. */
export function refusals({ events }: SimulationResult): string[] {
  return events.flatMap(({ error }) => (error === undefined ? [] : [`${error.name}: ${error.message}`]));
}

/** Those of managedStates that tell of a launch. */
export function launches(result: SimulationResult): string[] {
  return managedStates(result).filter((one) => one.includes('pending'));
}
