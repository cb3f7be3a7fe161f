/** Times of the virtual clock as AWS writes them. */
import type { ClusterState } from '../state.ts';

/** ISO 8601 in UTC with milliseconds. */
export function isoTime({ startEpochMs }: Pick<ClusterState, 'startEpochMs'>, atMs: number): string {
  return new Date(startEpochMs + atMs).toISOString();
}

/** ISO 8601 in UTC with whole seconds, as the activities of Auto Scaling groups have it. */
export function isoSeconds({ startEpochMs }: Pick<ClusterState, 'startEpochMs'>, atMs: number): string {
  return `${new Date(startEpochMs + atMs).toISOString().slice(0, 19)}Z`;
}
