/** A refused call is an event like any other; without a listener it is thrown. Called by api and by rules. */
import { BayplanError } from '../../errors.ts';
import type { ClusterState } from '../state.ts';

export function tellRefusal(state: ClusterState, call: string, path: string | undefined, error: unknown): void {
  if (!(error instanceof BayplanError) || !state.sink.isOpen) throw error;
  state.sink.emit({ type: 'Refusal', call, path, error: { name: error.name, message: error.message } });
}

export function orRefuse(state: ClusterState, call: string, path: string | undefined, apply: () => void): void {
  try {
    apply();
  } catch (error) {
    tellRefusal(state, call, path, error);
  }
}
