/** Prepared requests for deployments and calls: one placer each, kept. Called by start-tasks, standalone and deployments. */
import type { PlacementInput, Placer } from '../../contract.ts';
import type { ServiceSettings } from '../../model/service.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ClusterState, DeploymentState } from '../state.ts';
import type { Origin } from './make-task.ts';
import { isManagedProvider, onManaged } from './managed-placement.ts';

/** The request of a service's tasks. Constraints and strategy are those of today: changing them starts no deployment. */
export function placementFor(
  settings: ServiceSettings,
  today: ServiceSettings,
  definition: TaskDefinition,
  provider: string | undefined,
): PlacementInput {
  const { launchType, awsvpc } = settings;
  const { placementConstraints, placementStrategy } = today;
  return {
    taskDefinition: definition.taskDefinitionArn ?? '',
    group: `service:${settings.serviceName}`,
    ...(placementConstraints.length === 0 ? {} : { placementConstraints: [...placementConstraints] }),
    ...(placementStrategy.length === 0 ? {} : { placementStrategy: [...placementStrategy] }),
    ...(awsvpc === undefined ? {} : { networkConfiguration: networkOf(awsvpc) }),
    ...(provider === undefined ? (launchType === undefined ? {} : { launchType }) : { capacityProvider: provider }),
  };
}

export function placementOf(deployment: DeploymentState, provider: string | undefined): PlacementInput {
  return placementFor(deployment.settings, deployment.service.settings, deployment.definition, provider);
}

function networkOf(
  awsvpc: NonNullable<ServiceSettings['awsvpc']>,
): NonNullable<PlacementInput['networkConfiguration']> {
  return { awsvpcConfiguration: { subnets: [...awsvpc.subnets] } };
}

/** The placer of what is asked, made once. */
export function placerOf(state: ClusterState, input: PlacementInput): Placer {
  const key = JSON.stringify(input);
  const known = state.placers.get(key);
  if (known !== undefined) return known;
  const made = state.engine.prepare(input);
  state.placers.set(key, made);
  return made;
}

/** What the tasks of a deployment on instances ask for, with the placer of it. */
export interface Asked {
  readonly origin: Origin;
  readonly placement: PlacementInput;
  readonly placer: Placer;
}

interface Known extends Asked {
  readonly state: ClusterState;
  readonly provider: string | undefined;
  readonly constraints: ServiceSettings['placementConstraints'];
  readonly strategy: ServiceSettings['placementStrategy'];
}

const known = new WeakMap<DeploymentState, Known>();

/** The same as long as its service is asked for the same: naming a placer costs more than placing a task. */
export function askedBy(state: ClusterState, deployment: DeploymentState, provider: string | undefined): Asked {
  const { placementConstraints: constraints, placementStrategy: strategy } = deployment.service.settings;
  const before = known.get(deployment);
  if (before?.state === state && before.provider === provider) {
    if (before.constraints === constraints && before.strategy === strategy) return before;
  }
  const placement = onManaged(state, placementOf(deployment, provider), deployment.definition);
  const origin = originOf(deployment, provider, isManagedProvider(state, provider));
  const asked = { origin, placement, placer: placerOf(state, placement), state, provider, constraints, strategy };
  known.set(deployment, asked);
  return asked;
}

/** What the tasks of a deployment have in common. */
export function originOf(deployment: DeploymentState, provider: string | undefined, isManaged = false): Origin {
  const { service, definition, settings } = deployment;
  const onFargate = runsOnFargate(deployment, provider);
  const external = provider === undefined && settings.launchType === 'EXTERNAL';
  return {
    definition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    launchType: onFargate ? 'FARGATE' : external ? 'EXTERNAL' : isManaged ? 'MANAGED_INSTANCES' : 'EC2',
    ...(provider === undefined ? {} : { capacityProvider: provider }),
    deployment,
    ...(settings.awsvpc === undefined ? {} : { network: settings.awsvpc }),
  };
}

export function runsOnFargate({ settings }: DeploymentState, provider: string | undefined): boolean {
  return isFargate(provider) || (provider === undefined && settings.launchType === 'FARGATE');
}

export function isFargate(provider: string | undefined): boolean {
  return provider === 'FARGATE' || provider === 'FARGATE_SPOT';
}
