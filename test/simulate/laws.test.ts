/**
 * Random scenarios with faults: after every millisecond the percentages, counts, versions, instances, groups, shares of
 * capacity providers, the bill and the engine's books hold, every service comes to rest or says why not, replays give the
 * same bytes and so does the reference. The seed is
 * fixed here; `npm run fuzz -- simulate` draws others.
 */
import { describe, expect, it } from 'vitest';
import { checkScenarios } from '../support/simulation/check.ts';

const RUNS = 50;

describe('random scenarios', () => {
  it('keep every rule of services and deployments', { timeout: 240_000 }, async () => {
    const { runs, refused, events, ...counts } = await checkScenarios({ runs: RUNS, seed: 20_261_125 });
    const { scalings, launches, scaleIns, managedLaunches, managedScaleIns, daemonFailures, daemonDeployments } =
      counts;
    expect(runs).toBe(RUNS);
    // They are about something: few are refused, and much happens.
    expect(refused).toBeLessThan(RUNS / 10);
    expect(events).toBeGreaterThan(RUNS * 100);
    expect(scalings).toBeGreaterThan(RUNS / 6);
    expect(launches).toBeGreaterThan(RUNS);
    expect(scaleIns).toBeGreaterThan(RUNS / 4);
    expect(managedLaunches).toBeGreaterThan(RUNS / 10);
    expect(counts.reservedLaunches).toBeGreaterThan(RUNS / 25);
    expect(daemonFailures).toBeGreaterThan(RUNS / 25);
    expect(daemonDeployments).toBeGreaterThan(RUNS / 10);
    expect(managedScaleIns).toBeGreaterThan(RUNS / 10);
  });
});
