/** Amazon Resource Names of the things an engine makes, and the short ids that calls accept in their place. */

/** Where an engine pretends to be. */
export interface EngineContext {
  readonly region: string;
  readonly account: string;
  readonly cluster: string;
}

export const DEFAULT_CONTEXT: EngineContext = { region: 'us-east-1', account: '123456789012', cluster: 'default' };

export function clusterArn({ region, account, cluster }: EngineContext): string {
  return `arn:aws:ecs:${region}:${account}:cluster/${cluster}`;
}

export function taskArn({ region, account, cluster }: EngineContext, id: string): string {
  return `arn:aws:ecs:${region}:${account}:task/${cluster}/${id}`;
}

export function containerArn({ region, account, cluster }: EngineContext, taskId: string, containerId: string): string {
  return `arn:aws:ecs:${region}:${account}:container/${cluster}/${taskId}/${containerId}`;
}

export function taskDefinitionArn(
  context: Pick<EngineContext, 'region' | 'account'>,
  family: string,
  revision: number,
): string {
  return `arn:aws:ecs:${context.region}:${context.account}:task-definition/${family}:${revision}`;
}

/** Of ECS Managed Daemons. */
export function daemonTaskDefinitionArn(
  { region, account }: Pick<EngineContext, 'region' | 'account'>,
  family: string,
  revision: number,
): string {
  return `arn:aws:ecs:${region}:${account}:daemon-task-definition/${family}:${revision}`;
}

/** The part after the last slash: the id in an ARN, or the text itself. */
export function lastSegment(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
