/** StopServiceDeployment and ContinueServiceDeployment. Called by api. */
import { lastSegment } from '../../base/arn.ts';
import { oneOf, refuse, text } from '../../model/read.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState, DeploymentState } from '../state.ts';
import { failDeployment } from './deployments.ts';

/** By the id after the last slash, or the service's name for its running one. */
function runningDeployment(state: ClusterState, { input, path = '' }: ApiCall): DeploymentState {
  const at = `${path}.serviceDeploymentArn`;
  const name = lastSegment(text(input.serviceDeploymentArn, at));
  for (const service of state.services.values()) {
    // Older ones have been superseded: nothing of them can be stopped or continued any more.
    const [primary] = service.deployments;
    if (primary?.rolloutState !== 'IN_PROGRESS') continue;
    if (lastSegment(primary.id) === name || service.name === name) return primary;
  }
  refuse('DEPLOYMENT_NOT_FOUND', `${at} ${name} is no deployment in progress.`, { path: at, value: name });
}

export function stopDeployment(state: ClusterState, call: ApiCall): DeploymentState {
  const deployment = runningDeployment(state, call);
  const type =
    call.input.stopType === undefined
      ? 'ROLLBACK'
      : oneOf(call.input.stopType, `${call.path ?? ''}.stopType`, ['ABORT', 'ROLLBACK']);
  failDeployment(state, deployment, 'Deployment stopped by user.', type === 'ROLLBACK');
  return deployment;
}

export function continueDeployment(state: ClusterState, call: ApiCall): DeploymentState {
  const deployment = runningDeployment(state, call);
  deployment.isContinued = true;
  state.changedServices.add(deployment.service);
  return deployment;
}
