/** Figures of a summary that a made-up result does not care about. */
import type { Summary } from '../../../src/simulate/result.ts';

export const NO_COST: Summary['cost'] = {
  currency: 'USD',
  microCents: 0,
  bySource: {},
  services: [],
  otherTasksMicroCents: 0,
  unusedMicroCents: 0,
  unpricedInstanceTypes: [],
};

export const NO_FIGURES = {
  underTargetMs: 0,
  reactionMs: 0,
  taskChurn: 0,
  instancesJoined: 0,
  instancesLeft: 0,
  instanceChurn: 0,
  failures: 0,
  cost: NO_COST,
} as const;
