/** EventBridge's and SQS's calls, by name. Called by api. */
import { BayplanError } from '../../errors.ts';
import type { ApiCall } from '../commands.ts';
import type { ClusterState } from '../state.ts';
import { putEvents } from './bus.ts';
import { sendMessage } from './queues.ts';
import { deleteRule, putRule, putTargets, removeTargets, switchRule } from './rules.ts';

export function answerEvents(state: ClusterState, call: ApiCall): unknown {
  switch (call.call) {
    case 'PutRule':
      return putRule(state, call);
    case 'DeleteRule':
      return deleteRule(state, call);
    case 'EnableRule':
      return switchRule(state, call, true);
    case 'DisableRule':
      return switchRule(state, call, false);
    case 'PutTargets':
      return putTargets(state, call);
    case 'RemoveTargets':
      return removeTargets(state, call);
    case 'PutEvents':
      return putEvents(state, call);
    case 'SendMessage':
      return sendMessage(state, call);
    default:
      throw new BayplanError('BayplanException', 'UNKNOWN_CALL', `No call ${call.call}.`, { value: call.call });
  }
}
