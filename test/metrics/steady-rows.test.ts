/** Loads of one wave are told from columns: what comes out is what two loads give that add up to the same, told one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/simulate/run.ts';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { cpuAlarm, scaledScenario, target, tracking } from '../support/simulation/scaled.ts';

const WAVE = { base: 1.2, amplitude: 0.9, periodSeconds: 3600, stepSeconds: 60, phaseSeconds: 300 };
const NOTHING = { base: 0, amplitude: 0, periodSeconds: 3600, stepSeconds: 60 };

/** Whatever makes the service's minute another one: its tasks, another metric of it, one of high resolution. */
const event = fc.oneof(
  fc.nat(6).map((desiredCount) => ({ call: 'UpdateService', input: { service: 'web', desiredCount } })),
  fc
    .constantFrom<Members>(
      { MetricName: 'MemoryUtilization' },
      { Period: 10 },
      { Period: 180, EvaluationPeriods: 2 },
      { Statistic: 'Maximum', Threshold: 40 },
      { Namespace: 'ECS/ContainerInsights', MetricName: 'RunningTaskCount', Threshold: 2 },
    )
    .map((members) => ({ call: 'PutMetricAlarm', input: cpuAlarm(`later-${Object.keys(members)[0]}`, members) })),
);

/** Several in one minute, which is not told until it ends. */
const second = fc.nat(40).map((k) => 895 + 20 * k);

const events = fc
  .array(fc.tuple(second, event), { maxLength: 8 })
  .map((all) => all.sort(([a], [b]) => a - b).map(([at, one]) => ({ at, ...one })));

async function told(members: Members, waves: readonly Members[]): Promise<string> {
  const load = waves.map((wave) => ({ service: 'web', signal: 'cpuSeconds', wave }));
  const scenario = parseScenario(scaledScenario(3, { ...members, load }));
  const { summary, services, events: happened, series } = await simulate(scenario);
  return JSON.stringify({ summary, services, happened, series: series.filter(({ name }) => name !== 'load') });
}

describe('a load of one wave', () => {
  it('is what it is when it is told one by one', async () => {
    await fc.assert(
      fc.asyncProperty(events, fc.boolean(), async (given, isScaled) => {
        const scaling = isScaled ? { scalableTargets: [target(1, 8)], scalingPolicies: [tracking(50)] } : {};
        const members = { ...scaling, alarms: [cpuAlarm('busy', {})], events: given };
        expect(await told(members, [WAVE])).toBe(await told(members, [WAVE, NOTHING]));
      }),
      { numRuns: 60, seed: 47 },
    );
  });

  it('changes what is told, so that the law above says something', async () => {
    const members = { alarms: [cpuAlarm('busy', {})] };
    const other = { ...WAVE, amplitude: 0.8 };
    expect(await told(members, [WAVE])).not.toBe(await told(members, [other]));
  });
});
