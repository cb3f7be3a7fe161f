/** simulate --compare and --require: answers, conditions, exit codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/report/comparison-data.ts';
import type { Members } from '../model/definitions.ts';
import { scenarioWith, service } from '../simulate/scenarios.ts';
import { scaledScenario, target, tracking } from '../support/simulation/scaled.ts';
import { cli, Files, instance } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());
const containerInstances = [instance('a'), instance('b')];
const small = files.write('small.json', scenarioWith({ containerInstances, events: [] }));
const large = files.write(
  'large.json',
  scenarioWith({ containerInstances: [...containerInstances, instance('c')], events: [] }),
);
const huge = files.write('huge.json', scenarioWith({ services: [service({ desiredCount: 50 })], events: [] }));

async function compared(args: readonly string[]): Promise<{ code: number; answer: Comparison; err: string }> {
  const { code, out, err } = await cli(['simulate', ...args, '--compare', '--output', 'json']);
  return { code, answer: JSON.parse(out), err };
}

describe('simulate --compare', () => {
  it('puts the figures of scenarios side by side', async () => {
    const { code, answer } = await compared([small, large]);
    expect(code).toBe(0);
    expect(Object.keys(answer)).toEqual(['variants', 'yardsticks', 'requirements']);
    // Half an hour of two and of three m5.large at $0.096.
    expect(answer.variants.map(({ name, figures }) => [name, figures.costMicroCents])).toEqual([
      [small, 9_600_000],
      [large, 14_400_000],
    ]);
    expect(answer.variants[0]?.figures).toEqual({
      costMicroCents: 9_600_000,
      underTargetMs: 5000,
      reactionMs: 5000,
      taskChurn: 2,
      instanceChurn: 0,
      failures: 0,
    });
    expect(answer.variants[0]?.summary.steady).toBe(true);
  });

  it('says when the variants do not simulate the same time', async () => {
    const args = ['--compare', '--output', 'table'];
    const lengths = ['--set', 'duration=PT30M', '--set', 'duration=PT2H'];
    const { out } = await cli(['simulate', small, ...lengths, ...args]);
    expect(out).toContain('The variants do not simulate the same time: duration=PT30M 30 min, duration=PT2H 2 h.');
    expect((await cli(['simulate', small, large, ...args])).out).not.toContain('the same time');
  });

  it('takes values, and groups by name', async () => {
    const path = 'services[web].desiredCount';
    const values = await compared([small, '--set', `${path}=1`, '--set', `${path}=2`, '--set', 'seed=3']);
    expect(values.answer.variants.map(({ name, seed, figures }) => [name, seed, figures.taskChurn])).toEqual([
      ['desiredCount=1', 3, 1],
      ['desiredCount=2', 3, 2],
    ]);
    const groups = await compared([small, '--variant', 'as is', '--variant', 'one', '--set', `${path}=1`]);
    expect(groups.answer.variants.map(({ name, set, figures }) => [name, set, figures.taskChurn])).toEqual([
      ['as is', [], 2],
      ['one', [`${path}=1`], 1],
    ]);
  });

  it('is no failure for a variant that ends badly: that is a finding', async () => {
    const { code, answer } = await compared([small, huge]);
    expect([code, answer.variants.map(({ summary }) => summary.steady)]).toEqual([0, [true, false]]);
  });

  it('tells people a table with a bar, and what holds', async () => {
    const { code, out } = await cli(
      ['simulate', small, large, '--compare', '--require', 'cost <= $0.1', '--require', 'failures == 0'],
      { isTerminal: true, env: { NO_COLOR: '1' } },
    );
    expect(code).toBe(1);
    expect(out).toMatch(/VARIANT +COST +CHANGE +UNDER TARGET +REACTION +TASKS +INSTANCES +FAILURES +STATE/);
    expect(out).toMatch(/small\.json +\$0\.0960 +█{11} +5 s +5 s +2 +0 +0 +steady/);
    expect(out).toMatch(/large\.json +\$0\.1440 +█{16} +\+50 % +5 s/);
    expect(out).toContain(`fails  cost <= $0.1\n       ${large}: cost is $0.1440\nholds  failures == 0\n`);
  });

  it('writes a report', async () => {
    const file = join(files.folder, 'compare.html');
    const { err } = await compared([small, large, '--report', file]);
    expect(err).toBe(`wrote ${file}\n`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*large\.json[\s\S]*<\/html>\s*$/);
  });

  it('gives the same bytes again, and from the reference', async () => {
    const args = ['simulate', small, large, '--compare'];
    const first = await cli(args);
    expect(await cli(args)).toEqual(first);
    expect(await cli([...args, '--engine', 'reference'])).toEqual(first);
  });

  it('wants two variants, and refuses what does not go with it', async () => {
    for (const [args, message] of [
      [[small, '--compare'], 'needs two variants'],
      [[small, large, '--compare', '--events', 'x'], '--events'],
      [[small, '--variant', 'x'], '--variant needs --compare'],
      [[small, large, '--compare', '--set', 'services[wbe].desiredCount=1'], 'Did you mean web?'],
    ] as const) {
      const { code, err } = await cli(['simulate', ...args]);
      expect([code, err]).toEqual([2, expect.stringContaining(message)]);
    }
  });
});

/** From 600 s on two tasks of 1 vCPU need 1.8: 90 %. */
const load = [
  {
    service: 'web',
    signal: 'cpuSeconds',
    points: [
      [0, 0.2],
      [600, 1.8],
    ],
  },
];
const scaled = (name: string, members: Members): string =>
  files.write(name, scaledScenario(2, { duration: 'PT30M', load, ...members }));
const policy = (TargetValue: number, specification?: Members): Members => ({
  scalableTargets: [target(1, 10)],
  scalingPolicies: [
    tracking(
      TargetValue,
      specification === undefined
        ? {}
        : { PredefinedMetricSpecification: undefined, CustomizedMetricSpecification: specification },
    ),
  ],
});
const fixed = scaled('fixed.json', {});
const tracked = scaled('tracked.json', policy(50));
const lax = scaled('lax.json', policy(95));

describe('the yardstick of simulate --compare', () => {
  const underTarget = (answer: Comparison): number[] => answer.variants.map(({ figures }) => figures.underTargetMs);

  it('is one for all: a variant without a policy is measured against the target of another', async () => {
    const { answer } = await compared([fixed, tracked, lax]);
    expect(answer.yardsticks).toEqual([
      {
        cluster: 'default',
        service: 'web',
        metric: 'CPUUtilization',
        targets: [{ atMs: 0, targetValue: 50 }],
        policyName: 'cpu',
        variant: tracked,
      },
    ]);
    // 5 s to start; then from 600 s to the end where nothing scales. The policy's alarm is in ALARM at 780 s and asks for 4
    // tasks, which start within 5 s; in the minute after it 1.8 vCPU meet nearly four.
    expect(underTarget(answer)).toEqual([5000 + 1_200_000, 5000 + 185_000, 5000 + 1_200_000]);
    expect((await cli(['simulate', fixed, tracked, '--compare', '--output', 'table'])).out).toContain(
      `UNDER TARGET, in every variant: fewer tasks running than desired, or\n  default/web: CPUUtilization above 50 (cpu of ${tracked})\n`,
    );
  });

  it('is the first one there is, whatever comes after', async () => {
    const { answer } = await compared([lax, tracked]);
    expect(answer.yardsticks.map(({ targets, variant }) => [targets, variant])).toEqual([
      [[{ atMs: 0, targetValue: 95 }], lax],
    ]);
    expect(underTarget(answer)).toEqual([5000, 5000 + 5000]);
  });

  it('is metric math too', async () => {
    const half = {
      Metrics: [
        {
          Id: 'cpu',
          ReturnData: false,
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ECS',
              MetricName: 'CPUUtilization',
              Dimensions: [
                { Name: 'ClusterName', Value: 'default' },
                { Name: 'ServiceName', Value: 'web' },
              ],
            },
            Stat: 'Average',
          },
        },
        { Id: 'half', Expression: 'cpu / 2' },
      ],
    };
    const { answer } = await compared([fixed, scaled('half.json', policy(25, half))]);
    expect(answer.yardsticks[0]).toMatchObject({ metric: 'cpu / 2', targets: [{ atMs: 0, targetValue: 25 }] });
    expect(underTarget(answer)).toEqual([5000 + 1_200_000, 5000 + 185_000]);
  });

  it('ends with its policy', async () => {
    const events = [{ at: 900, call: 'DeleteScalingPolicy', input: { ...target(1, 10), PolicyName: 'cpu' } }];
    const { answer } = await compared([fixed, scaled('ends.json', { ...policy(50), events })]);
    expect(answer.yardsticks[0]?.targets).toEqual([
      { atMs: 0, targetValue: 50 },
      { atMs: 900_000, targetValue: null },
    ]);
    expect(underTarget(answer)[0]).toBe(5000 + 300_000);
  });
});

describe('simulate --require', () => {
  it('holds: nothing is said but in the answer', async () => {
    const { code, out, err } = await cli(['simulate', small, '--require', 'services[web].failed == 0']);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out).requirements).toEqual([
      {
        condition: 'services[web].failed == 0',
        holds: true,
        findings: [{ variant: small, holds: true, left: 0, right: 0, values: { 'services[web].failed': 0 } }],
      },
    ]);
  });

  it('fails: exit code 1, with the condition and the value', async () => {
    const { code, err } = await cli(['simulate', small, '--require', 'cost < 0.05', '--require', 'reactionMs > PT1M']);
    expect(code).toBe(1);
    expect(err).toBe(
      `required: ${small}: cost < 0.05 does not hold: cost is $0.0960\n` +
        `required: ${small}: reactionMs > PT1M does not hold: reactionMs is 5 s\n`,
    );
  });

  it('measures by the first variant', async () => {
    const { code, err } = await compared([small, large, '--require', 'cost <= 1.2 * baseline.cost']);
    expect(code).toBe(1);
    expect(err).toBe(
      `required: ${large}: cost <= 1.2 * baseline.cost does not hold: cost is $0.1440, baseline.cost is $0.0960\n`,
    );
  });

  it('is bad input when it cannot be read, or names no figure', async () => {
    expect(await cli(['simulate', small, '--require', 'cost <'])).toMatchObject({ code: 2, out: '' });
    const { code, err } = await cli(['simulate', small, '--require', 'cots < 5']);
    expect([code, err]).toEqual([2, expect.stringContaining('cots is no figure of the summary. Did you mean cost?')]);
  });
});
