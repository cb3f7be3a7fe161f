/** When health checks have answered often enough, against a replay that sends every single check. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answeredAtMs, answersNeeded } from '../../src/traffic/checks.ts';
import { targetGroup } from './scene.ts';

/** Sends checks one by one; those sent from `sinceMs` on answer the new way. */
function replay(
  intervalMs: number,
  timeoutMs: number,
  registeredAtMs: number,
  sinceMs: number,
  answers: number,
): number {
  let seen = 0;
  for (let sentAtMs = registeredAtMs; ; sentAtMs += intervalMs) {
    if (sentAtMs >= sinceMs) seen++;
    if (seen === answers) return sentAtMs + timeoutMs;
  }
}

describe('the last answer of a row', () => {
  it('comes when a replay of all checks has it', () => {
    const whole = (max: number) => fc.integer({ min: 1, max });
    fc.assert(
      fc.property(whole(300), whole(120), fc.nat(100_000), fc.nat(1_000_000), whole(10), (s, t, at, after, answers) => {
        const group = targetGroup('web', { healthCheckIntervalSeconds: s, healthCheckTimeoutSeconds: t });
        expect(answeredAtMs(group, at, at + after, answers)).toBe(replay(s * 1000, t * 1000, at, at + after, answers));
      }),
    );
  });

  it('counts from the check at registration', () => {
    expect(answeredAtMs(targetGroup('web'), 1000, 1000, 1)).toBe(6000);
    expect(answeredAtMs(targetGroup('web'), 1000, 1001, 2)).toBe(66_000);
  });
});

describe('the answers needed', () => {
  const group = { healthyThresholdCount: 5, unhealthyThresholdCount: 2 };

  it('are one for a new target of an Application Load Balancer', () => {
    expect(answersNeeded(targetGroup('web', group), 'initial', true)).toBe(1);
    expect(answersNeeded(targetGroup('web', group), 'unhealthy', true)).toBe(5);
  });

  it.each(['network', 'classic'] as const)('are the threshold for a new target of a %s one', (kind) => {
    expect(answersNeeded(targetGroup('web', { ...group, kind }), 'initial', true)).toBe(5);
  });

  it('are the unhealthy threshold for failures', () => {
    expect(answersNeeded(targetGroup('web', group), 'initial', false)).toBe(2);
    expect(answersNeeded(targetGroup('web', group), 'healthy', false)).toBe(2);
  });
});
