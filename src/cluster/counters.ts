/** How many of each there have been: running numbers and ids follow from them. Kept by apply. */
export type Counters = Record<
  'instanceChanges' | 'tasks' | 'deployments' | 'services' | 'addresses' | 'events' | 'activities' | 'scalingIds',
  number
>;
