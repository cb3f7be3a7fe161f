/** Prepared requests for deployments and calls: one placer each, kept. Called by start-tasks, standalone and deployments. */
import type { PlacementInput, Placer } from '../../contract.ts';
import type { ServiceSettings } from '../../model/service.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import type { ClusterState, DeploymentState } from '../state.ts';
import type { Origin } from './make-task.ts';

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

/** What the tasks of a deployment have in common. */
export function originOf(deployment: DeploymentState, provider: string | undefined): Origin {
  const { service, definition, settings } = deployment;
  const onFargate = isFargate(provider) || (provider === undefined && settings.launchType === 'FARGATE');
  const external = provider === undefined && settings.launchType === 'EXTERNAL';
  return {
    definition,
    group: `service:${service.name}`,
    startedBy: deployment.id,
    launchType: onFargate ? 'FARGATE' : external ? 'EXTERNAL' : 'EC2',
    ...(provider === undefined ? {} : { capacityProvider: provider }),
    deployment,
    ...(settings.awsvpc === undefined ? {} : { network: settings.awsvpc }),
  };
}

export function isFargate(provider: string | undefined): boolean {
  return provider === 'FARGATE' || provider === 'FARGATE_SPOT';
}
