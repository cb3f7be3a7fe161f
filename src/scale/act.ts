/** Decisions as commands, with the texts of scaling activities (Application Auto Scaling guide). Called by tick. */
import type { Command } from '../cluster/commands.ts';
import type { NotScaledReason, ScalingActivity } from '../cluster/scaling-state.ts';
import type { ClusterView } from '../cluster/state.ts';
import type { Decision } from './decide.ts';
import type { Observation } from './observe.ts';

export function act({ sink }: ClusterView, seen: Observation, decision: Decision | undefined): Command[] {
  if (decision === undefined) return [];
  const { target, service } = seen;
  const { desiredCount, direction, record } = decision;
  if (decision.kind === 'scale' && record !== undefined) {
    const activity = sink.isOpen ? activityOf(seen, decision) : undefined;
    return [{ type: 'ScaleService', target, service, desiredCount, direction, record, activity }];
  }
  const reason = sink.isOpen ? reasonOf(seen, decision) : undefined;
  if (reason === undefined) return [];
  const activity: Omit<ScalingActivity, 'number'> = {
    ...activityOf(seen, decision),
    description: 'Attempting to scale due to alarm triggered',
    statusCode: 'Failed',
    statusMessage: undefined,
    notScaledReasons: [reason],
  };
  return [{ type: 'NoteNotScaled', target, activity }];
}

function activityOf({ target }: Observation, { desiredCount, wish }: Decision): Omit<ScalingActivity, 'number'> {
  const { alarm, policy } = wish.firing;
  return {
    resourceId: target.resourceId,
    description: `Setting desired count to ${desiredCount}.`,
    cause: `monitor alarm ${alarm.settings.alarmName} in state ALARM triggered policy ${policy.settings.policyName}`,
    statusCode: 'Successful',
    statusMessage: `Successfully set desired count to ${desiredCount}. Change successfully fulfilled by ecs.`,
    notScaledReasons: [],
    inputs: { ...wish.inputs, result: desiredCount },
  };
}

/** Cooldowns and suspensions leave no activity. */
function reasonOf({ target, desiredCount }: Observation, { hindrance }: Decision): NotScaledReason | undefined {
  const { minCapacity: MinCapacity, maxCapacity: MaxCapacity } = target;
  switch (hindrance) {
    case 'MAXIMUM':
      return { Code: 'AlreadyAtMaxCapacity', MaxCapacity };
    case 'MINIMUM':
      return { Code: 'AlreadyAtMinCapacity', MinCapacity };
    case 'DESIRED':
      return { Code: 'AlreadyAtDesiredCapacity', CurrentCapacity: desiredCount };
    case 'DEPLOYMENT':
      return { Code: 'TargetServicePutResourceAsUnscalable' };
    default:
      return undefined;
  }
}
