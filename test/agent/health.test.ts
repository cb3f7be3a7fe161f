/** Health: the checks of one container, one by one against a plain account of them, and the health of a task. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckPlan, healthChanges, planCheck, taskHealth } from '../../src/agent/health.ts';
import { hasHealthCheck } from '../../src/model/container-lifecycle.ts';
import { definitionOf } from './lives.ts';
import { TASK_HEALTH } from './task-health.ts';

const command = ['CMD-SHELL', 'exit 0'];

/** Polls as the documentation tells it: a check each interval, failures counted in a row. */
function polled(check: CheckPlan, checks: number): { afterMs: number; status: string }[] {
  const changes: { afterMs: number; status: string }[] = [];
  let status = 'UNKNOWN';
  let failures = 0;
  let hasSucceeded = false;
  for (let k = 1; k <= checks; k++) {
    const afterMs = k * check.intervalMs;
    const passes = afterMs >= check.healthyAfterMs && afterMs < (check.unhealthyAfterMs ?? Number.POSITIVE_INFINITY);
    if (passes) {
      failures = 0;
      hasSucceeded = true;
    } else if (hasSucceeded || afterMs >= check.startPeriodMs) failures++;
    const next = passes ? 'HEALTHY' : failures >= check.retries ? 'UNHEALTHY' : status;
    if (next !== status) changes.push({ afterMs, status: next });
    status = next;
  }
  return changes;
}

describe('a health check', () => {
  it('comes every 30 seconds and gives up after three failures where nothing else is said', () => {
    expect(healthChanges(planCheck({ command }, 0, undefined))).toEqual([{ afterMs: 30_000, status: 'HEALTHY' }]);
    expect(healthChanges(planCheck({ command }, 0, 0))).toEqual([{ afterMs: 90_000, status: 'UNHEALTHY' }]);
  });

  it('does not count failures in its start period, but a success', () => {
    const check = { command, interval: 10, retries: 2, startPeriod: 60 };
    expect(healthChanges(planCheck(check, 0, 0))).toEqual([{ afterMs: 70_000, status: 'UNHEALTHY' }]);
    expect(healthChanges(planCheck(check, 15_000, undefined))).toEqual([{ afterMs: 20_000, status: 'HEALTHY' }]);
    expect(healthChanges(planCheck(check, 15_000, 25_000))).toEqual([
      { afterMs: 20_000, status: 'HEALTHY' },
      { afterMs: 40_000, status: 'UNHEALTHY' },
    ]);
  });

  it('can find a container HEALTHY again', () => {
    expect(healthChanges(planCheck({ command, interval: 5, retries: 1 }, 12_000, undefined))).toEqual([
      { afterMs: 5000, status: 'UNHEALTHY' },
      { afterMs: 15_000, status: 'HEALTHY' },
    ]);
  });

  it('changes health as polling would', () => {
    const seconds = (max: number) => fc.integer({ min: 0, max: max * 2 }).map((half) => half * 500);
    const check = fc.record({
      intervalMs: fc.integer({ min: 5, max: 12 }).map((s) => s * 1000),
      retries: fc.integer({ min: 1, max: 4 }),
      startPeriodMs: seconds(60),
      healthyAfterMs: seconds(60),
      unhealthyAfterMs: fc.option(seconds(90), { nil: undefined }),
    });
    fc.assert(
      fc.property(check, (plan) => {
        expect(healthChanges(plan)).toEqual(polled(plan, 60));
      }),
    );
  });
});

describe("a task's health", () => {
  it.each(TASK_HEALTH)('of %j', ({ containers, expected }) => {
    expect(taskHealth(containers.map(({ essential, health }) => ({ isEssential: essential, health })))).toBe(expected);
  });

  it.each([
    ['UNHEALTHY', ['UNHEALTHY', 'UNKNOWN']],
    ['UNHEALTHY', ['HEALTHY', 'UNKNOWN', 'UNHEALTHY']],
    ['UNKNOWN', ['HEALTHY', 'UNKNOWN']],
    ['UNKNOWN', ['UNKNOWN']],
    ['HEALTHY', ['HEALTHY', 'HEALTHY']],
  ] as const)('is %s for %j', (expected, all) => {
    expect(taskHealth(all.map((health) => ({ isEssential: true, health })))).toBe(expected);
  });
});

describe('a definition', () => {
  const healthCheck = { command };

  it.each([
    [true, [{ healthCheck }]],
    [true, [{ healthCheck }, { name: 'log', essential: false }]],
    [false, [{}]],
    [false, [{ healthCheck }, { name: 'db' }]],
    [false, [{}, { name: 'log', essential: false, healthCheck }]],
  ])('has health that can be told: %s', (expected, containers) => {
    expect(hasHealthCheck(definitionOf(containers))).toBe(expected);
  });
});
