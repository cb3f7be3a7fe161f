/** Commands on the counting rules of deployments: they read nothing but their input, which is at times impossible. */
import fc from 'fast-check';
import { among, sometimes } from '../arbitraries/names.ts';
import { call } from './instance-moves.ts';
import type { Move } from './state.ts';

const count = fc.oneof(
  { arbitrary: fc.nat(12), weight: 8 },
  { arbitrary: fc.nat(10_000_000), weight: 2 },
  { arbitrary: among([-1, 1.5]), weight: 1 },
);
const percent = fc.oneof(
  { arbitrary: fc.integer({ min: 0, max: 250 }), weight: 9 },
  { arbitrary: fc.nat(10_001), weight: 1 },
);

const rolloutBounds: fc.Arbitrary<Move> = fc
  .record({ desiredCount: count, minimumHealthyPercent: percent, maximumPercent: percent })
  .map((input) => () => call('rolloutBounds', input));

/** Healthy tasks are mostly no more than tasks. */
const rolloutStep: fc.Arbitrary<Move> = fc
  .record({
    desiredCount: count,
    minimum: count,
    maximum: count,
    new: fc.tuple(count, fc.nat(12)),
    old: fc.tuple(count, fc.nat(12), fc.nat(12)),
    stopping: fc.nat(6),
    stopFirst: sometimes(4, fc.boolean()),
  })
  .map(({ new: [newTasks, newSick], old: [oldTasks, oldSick, more], stopFirst, ...rest }) => () => {
    const oldUnhealthy = Math.min(Math.max(0, oldTasks), oldSick);
    const oldHealthy = Math.max(0, oldTasks - oldSick - (more > 10 ? 1 : 0)) + (more === 0 ? 1 : 0);
    const newHealthy = Math.max(0, newTasks - newSick);
    const flag = stopFirst === undefined ? {} : { stopFirst };
    return call('rolloutStep', { ...rest, newTasks, newHealthy, oldTasks, oldHealthy, oldUnhealthy, ...flag });
  });

const circuitBreakerThreshold: fc.Arbitrary<Move> = fc
  .record({
    desiredCount: count,
    type: among(['BOUNDED_PERCENT', 'BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT', 'odd']),
    value: percent,
    legacyMinimum: sometimes(3, fc.boolean()),
  })
  .map((input) => () => call('circuitBreakerThreshold', input));

export const scaleMoves = { rolloutBounds, rolloutStep, circuitBreakerThreshold };
