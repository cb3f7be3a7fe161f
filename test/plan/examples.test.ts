/** The examples that update a service: what is known of them is what plan says. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/plan/plan.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import { ROOT } from '../support/source-files.ts';

const planOf = (example: string, service: string) => {
  const json = JSON.parse(readFileSync(`${ROOT}/examples/${example}/scenario.json`, 'utf8')) as unknown;
  return plan(parseScenario(json), { service });
};

describe('the example', () => {
  it.each([
    ['fixed-port-deadlock', 'web', 'sticks'],
    ['rollout-50-100', 'web', 'finishes'],
    ['rollout-100-150', 'web', 'finishes'],
    ['circuit-breaker', 'web', 'fails'],
    ['canary', 'shop', 'finishes'],
    ['protected-task', 'worker', 'finishes'],
  ])('%s: %s %s', async (example, service, verdict) => {
    expect((await planOf(example, service)).verdict).toBe(verdict);
  });

  it('fixed-port-deadlock has three ways out', async () => {
    const { stuck } = await planOf('fixed-port-deadlock', 'web');
    expect(stuck?.reason).toContain('is already using a port required by your task.');
    expect(stuck?.fixes.map(({ kind, to }) => [kind, to])).toEqual([
      ['minimumHealthyPercent', 66],
      ['hostPort', 0],
      ['containerInstances', 1],
    ]);
  });

  it.each([
    ['drain-100-100', 'web'],
    ['daemon-and-replica', 'agent'],
  ])('%s has no update to plan', async (example, service) => {
    await expect(planOf(example, service)).rejects.toMatchObject({ code: 'NO_UPDATE' });
  });
});
