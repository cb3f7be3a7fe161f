/**
 * Each decision of `bayplan/scaling` beside its twin, on random inputs: the long runs of `npm run fuzz -- scaling` and the short
 * one of `npm test`. Stops at the first disagreement, with the smallest input that shows it.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { parseAlarm } from '../../src/model/alarm.ts';
import { parseCapacitySplit } from '../../src/model/capacity-split.ts';
import { parseMixedInstances } from '../../src/model/mixed-instances.ts';
import { parseReservation } from '../../src/model/reservation.ts';
import { parseStepScaling } from '../../src/model/step-scaling.ts';
import { parseZoneBalance } from '../../src/model/zone-balance.ts';
import * as alarm from '../../src/reference/scale/alarm.ts';
import * as backlog from '../../src/reference/scale/backlog.ts';
import * as split from '../../src/reference/scale/capacity-split.ts';
import * as breaker from '../../src/reference/scale/circuit-breaker.ts';
import * as mix from '../../src/reference/scale/mixed-instances.ts';
import * as reservation from '../../src/reference/scale/reservation.ts';
import * as rollout from '../../src/reference/scale/rollout.ts';
import * as steps from '../../src/reference/scale/step-scaling.ts';
import * as tracking from '../../src/reference/scale/target-tracking.ts';
import * as balance from '../../src/reference/scale/zone-balance.ts';
import * as scaling from '../../src/scaling/index.ts';
import * as inputs from './arbitraries/scaling.ts';
import { scalingKinds } from './scaling-kinds.ts';

interface Decision {
  readonly name: string;
  /** Checks one input after the other. @throws Error on a disagreement. */
  readonly check: (runs: number, seed: number) => void;
}

function decision<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  core: (input: T) => unknown,
  twin: (input: T) => unknown,
): Decision {
  const property = fc.property(arbitrary, (input) => {
    const [answer, expected] = [core(input), twin(input)];
    if (!isDeepStrictEqual(answer, expected))
      throw new Error(`${name} answers ${JSON.stringify(answer)}, its twin ${JSON.stringify(expected)}`);
  });
  return { name, check: (numRuns, seed) => fc.assert(property, { numRuns, seed }) };
}

/** Counts by name, in the order of their names or as they were given. */
const values = (counts: Readonly<Record<string, number>>): number[] => Object.values(counts);

export const DECISIONS: readonly Decision[] = [
  decision('evaluateAlarm', inputs.alarms, scaling.evaluateAlarm, (one) => alarm.evaluateAlarm(parseAlarm(one))),
  decision('targetTracking', inputs.trackings, scaling.targetTracking, tracking.targetTracking),
  decision('stepScaling', inputs.stepScalings, scaling.stepScaling, (one) => steps.stepScaling(parseStepScaling(one))),
  decision(
    'distributeCapacity',
    inputs.splits,
    (one) => values(scaling.distributeCapacity(one)),
    (one) => split.splitCapacity(parseCapacitySplit(one)),
  ),
  decision('capacityProviderReservation', inputs.reservations, scaling.capacityProviderReservation, (one) =>
    reservation.capacityProviderReservation(parseReservation(one)),
  ),
  decision('mixedInstances', inputs.mixes, scaling.mixedInstances, (one) =>
    mix.mixedInstances(parseMixedInstances(one)),
  ),
  decision(
    'balanceZones',
    inputs.balances,
    (one) => values(scaling.balanceZones(one)),
    (one) => balance.balanceZones(parseZoneBalance(one)),
  ),
  decision('rolloutBounds', inputs.bounds, scaling.rolloutBounds, rollout.rolloutBounds),
  decision(
    'circuitBreakerThreshold',
    inputs.breakers,
    scaling.circuitBreakerThreshold,
    breaker.circuitBreakerThreshold,
  ),
  decision('backlogPerTask', inputs.backlogs, scaling.backlogPerTask, backlog.backlogPerTask),
  decision(
    'acceptableBacklogPerTask',
    inputs.acceptableBacklogs,
    scaling.acceptableBacklogPerTask,
    backlog.acceptableBacklogPerTask,
  ),
];

export interface Tally {
  /** Inputs of each decision. */
  readonly runs: number;
  /** Answers of the core that were compared: of all decisions and builds. */
  readonly answers: number;
}

/** @throws Error naming the build, the decision, what both answer, the smallest input and the seed. */
export function checkDecisions({ runs, seed }: { readonly runs: number; readonly seed: number }): Tally {
  for (const kind of scalingKinds) {
    kind.use();
    for (const { name, check } of DECISIONS) {
      try {
        check(runs, seed);
      } catch (error) {
        throw new Error(`${kind.name} build, ${name}, seed ${seed}: ${(error as Error).message}`, { cause: error });
      }
    }
  }
  return { runs, answers: runs * DECISIONS.length * scalingKinds.length };
}
