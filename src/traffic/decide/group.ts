/**
 * Rule: which of its two target groups a revision of a blue/green, linear or canary service uses. Called by register.
 * The two change places with every deployment: a revision takes the group that the one before does not have, and stays.
 */
import type { DeploymentState, TargetGroupState } from '../../cluster/state.ts';
import type { Endpoint } from '../observe.ts';

/** A group holds targets of one revision, so its oldest target tells whose it is. */
function holderOf(group: TargetGroupState): DeploymentState | undefined {
  const [oldest] = group.targets;
  return oldest?.task.deployment;
}

/** Which of the two it has used. */
function choice(
  deployment: DeploymentState | undefined,
  ...groups: readonly TargetGroupState[]
): TargetGroupState | undefined {
  return groups.find((group) => deployment?.usedGroups.has(group));
}

/** The group that the tasks of the deployment are registered in; the entry's own when there is no choice. */
export function groupFor(deployment: DeploymentState | undefined, { group, alternate }: Endpoint): TargetGroupState {
  if (alternate === undefined || deployment?.settings.deploymentConfiguration.strategy === 'ROLLING') return group;
  const used = choice(deployment, group, alternate);
  if (used !== undefined) return used;
  const serving = choice(deployment?.service.lastCompleted, group, alternate);
  if (serving !== undefined) return serving === group ? alternate : group;
  const holder = holderOf(group);
  const isFree = holder === undefined || holder === deployment;
  return isFree && holderOf(alternate) !== deployment ? group : alternate;
}
