/** Times of the virtual clock as AWS writes them. */
import type { ClusterState } from '../state.ts';

/** ISO 8601 in UTC with milliseconds. */
export function isoTime({ startEpochMs }: Pick<ClusterState, 'startEpochMs'>, atMs: number): string {
  return new Date(startEpochMs + atMs).toISOString();
}
