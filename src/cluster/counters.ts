/** Running numbers of a cluster: names and orders follow from them. Only apply counts. */

export interface Counters {
  instanceChanges: number;
  tasks: number;
  deployments: number;
  services: number;
  addresses: number;
  events: number;
  activities: number;
  scalingIds: number;
}
