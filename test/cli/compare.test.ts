/** simulate --compare and --require: answers, conditions, exit codes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/report/comparison-data.ts';
import { scenarioWith, service } from '../simulate/scenarios.ts';
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
    expect(Object.keys(answer)).toEqual(['variants', 'requirements']);
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
