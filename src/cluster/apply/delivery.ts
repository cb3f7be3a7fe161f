/**
 * What becomes of an invocation that failed: retried, put into the dead-letter queue, or dropped (EventBridge user guide,
 * retrying event delivery and dead-letter queues). Called by run-rule. Only what the service's side is to blame for is
 * retried: a throttled call; what the client's side did wrong would fail again.
 */
import { BayplanError } from '../../errors.ts';
import { nameOfQueue } from '../../model/queue.ts';
import type { DeadLetter, ErrorCode, Invocation } from '../rule-state.ts';
import type { ClusterState } from '../state.ts';
import { queueOf, sendTo } from './queues.ts';
import { orRefuse, tellRefusal } from './refusal.ts';

/** EventBridge draws them at random; ours are doubled from a second on, so that 185 fit into a day. */
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 480_000;

function codeOf({ name, code }: BayplanError): ErrorCode {
  if (name === 'ThrottlingException') return 'THROTTLING';
  if (code === 'FAILED_INVOCATION') return 'ERROR_FROM_TARGET';
  const isMissing =
    name === 'ResourceNotFoundException' || name === 'ClusterNotFoundException' || /NOT_FOUND|UNKNOWN/.test(code);
  return isMissing ? 'NO_RESOURCE' : 'INVALID_PARAMETER';
}

/** When it is tried again, or why it is not. */
function nextTry(
  { nowMs }: ClusterState,
  { target, retries = 0, sinceMs = nowMs }: Invocation,
): { readonly atMs: number } | { readonly exhausted: NonNullable<DeadLetter['exhausted']> } {
  const { mostRetries, mostAgeMs } = target.delivery;
  if (retries >= mostRetries) return { exhausted: 'MaximumRetryAttempts' };
  const atMs = nowMs + Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(retries, 16));
  return atMs - sinceMs > mostAgeMs ? { exhausted: 'MaximumEventAgeInSeconds' } : { atMs };
}

/** Without a listener what is given up is thrown. */
export function fail(state: ClusterState, invocation: Invocation, error: unknown, call: string, where: string): void {
  if (!(error instanceof BayplanError)) throw error;
  const { retries = 0, sinceMs = state.nowMs, target, rule } = invocation;
  const errorCode = codeOf(error);
  const next = errorCode === 'THROTTLING' ? nextTry(state, invocation) : { exhausted: undefined };
  if ('atMs' in next) {
    const again = { ...invocation, retries: retries + 1, sinceMs };
    state.timers.set(next.atMs, { type: 'InvokeTarget', invocation: again });
    tell(state, invocation, { errorMessage: error.message, retryAtMs: next.atMs });
    return;
  }
  const letter: DeadLetter = {
    errorCode,
    errorMessage: error.message,
    retryAttempts: retries,
    exhausted: next.exhausted,
  };
  const { deadLetterArn } = target.delivery;
  if (deadLetterArn !== undefined) {
    tell(state, invocation, { errorMessage: error.message, letter });
    sendToQueue(state, deadLetterArn, `rules[${rule.settings.name}].Targets[${target.id}].DeadLetterConfig.Arn`);
  }
  tellRefusal(state, call, where, error);
}

function tell(
  state: ClusterState,
  invocation: Invocation,
  what: { readonly errorMessage: string; readonly retryAtMs?: number; readonly letter?: DeadLetter },
): void {
  if (state.sink.isOpen) state.sink.emit({ type: 'InvocationFailed', invocation, ...what });
}

/** One message; a queue of another cluster of the run gets it within this millisecond. */
export function sendToQueue(state: ClusterState, arn: string, path: string): void {
  const name = nameOfQueue(arn);
  if (state.queues.has(name)) sendTo(state, queueOf(state, arn, path), 1);
  else state.parcels.push({ queue: name, command: { type: 'ReceiveParcel', arn, path } });
}

/** Of a queue that no cluster has it is told. */
export function receiveParcel(
  state: ClusterState,
  { arn, path }: { readonly arn: string; readonly path: string },
): void {
  orRefuse(state, 'SendMessage', path, () => sendTo(state, queueOf(state, arn, path), 1));
}
