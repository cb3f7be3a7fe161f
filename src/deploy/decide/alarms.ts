/** Deployment alarms (ECS developer guide): one that goes into ALARM fails the deployment; those in ALARM at its start do not. */
import { isInAlarm } from '../../cluster/in-alarm.ts';
import type { ClusterView } from '../../cluster/state.ts';
import type { Decision } from '../decision.ts';
import type { Observation } from '../observe.ts';

export function alarms(view: ClusterView, { primary }: Observation): readonly Decision[] | undefined {
  if (primary.rolloutState !== 'IN_PROGRESS') return undefined;
  const { enable, alarmNames, rollback: rollBack } = primary.settings.deploymentConfiguration.alarms;
  if (!enable) return undefined;
  const name = alarmNames.find((one) => isInAlarm(view, one) && !primary.ignoredAlarms.has(one));
  if (name === undefined) return undefined;
  const reason = `ECS deployment alarm: ${name} is in ALARM.`;
  return [{ kind: 'command', command: { type: 'FailDeployment', deployment: primary, reason, rollBack } }];
}
