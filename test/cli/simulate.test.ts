/** The simulate command: answers, files, options and bad input. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { RecordedEvent, SimulationResult } from '../../src/simulate/result.ts';
import { scenarioWith, service } from '../simulate/scenarios.ts';
import { cli, Files } from './run-cli.ts';

const files = new Files();
afterAll(() => files.remove());
const good = files.write('good.json', scenarioWith());
const huge = files.write('huge.json', scenarioWith({ services: [service({ desiredCount: 50 })], events: [] }));
const path = (name: string): string => join(files.folder, name);

async function simulated(args: readonly string[]): Promise<{ code: number; result: SimulationResult; err: string }> {
  const { code, out, err } = await cli(['simulate', ...args]);
  expect(err).not.toMatch(/^error/);
  return { code, result: JSON.parse(out), err };
}

describe('simulate', () => {
  it('answers with what happened, as JSON', async () => {
    const { code, result } = await simulated([good]);
    expect(code).toBe(0);
    expect(Object.keys(result)).toEqual(['seed', 'scenario', 'summary', 'series', 'services', 'events']);
    expect(result.summary).toMatchObject({ endedAtMs: 1_800_000, steady: true, refused: 0 });
    expect(result.summary.services).toMatchObject([{ service: 'web', desiredCount: 2, runningCount: 2, steady: true }]);
    expect(result.events.map(({ seq }) => seq)).toEqual(result.events.map((_, k) => k + 1));
  });

  it('gives the same bytes again, and from the reference', async () => {
    const [first, again, reference] = [
      await cli(['simulate', good]),
      await cli(['simulate', good]),
      await cli(['simulate', good, '--engine', 'reference']),
    ];
    expect(first.out.length).toBeGreaterThan(1000);
    expect(again).toEqual(first);
    expect(reference).toEqual(first);
  });

  it('changes values before it runs, and shows them in the scenario', async () => {
    const { result } = await simulated([
      good,
      '--set',
      'services[web].desiredCount=3',
      '--set',
      'name=more',
      '--seed',
      '9',
    ]);
    expect(result).toMatchObject({ seed: 9, scenario: { name: 'more', seed: 9, services: [{ desiredCount: 3 }] } });
    expect(result.summary.services[0]?.runningCount).toBe(3);
  });

  it('ends earlier or later, and notes what does not happen', async () => {
    const early = await simulated([good, '--until', 'PT5M']);
    expect(early.result.summary.endedAtMs).toBe(300_000);
    expect(early.err).toBe(`note: ${good}: 1 event after the end, which will not happen\n`);
    expect((await simulated([good, '--until', 'PT1H'])).result.summary.endedAtMs).toBe(3_600_000);
  });

  it('writes every event as a line', async () => {
    const file = path('events.ndjson');
    const { result } = await simulated([good, '--events', file]);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(result.events);
    const { out } = await cli(['simulate', good, '--events', '-']);
    expect(out).toBe(readFileSync(file, 'utf8'));
  });

  it('writes a report', async () => {
    const file = path('report.html');
    const { err } = await simulated([good, '--report', file]);
    expect(err).toBe(`wrote ${file}\n`);
    expect(readFileSync(file, 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
  });

  it('tells people a story', async () => {
    const { code, out } = await cli(['simulate', good], { isTerminal: true, env: { NO_COLOR: '1' } });
    expect(code).toBe(0);
    expect(out).toContain('00:10:00       > UpdateService {"service":"web","taskDefinition":"web:2"}');
    expect(out).toContain('has reached a steady state.');
    expect(out).toContain('After 30 min every service is steady.');
  });

  it('shows a bar to those who wait, and takes it away', async () => {
    let looks = 0;
    const { err } = await cli(['simulate', good], { isErrorTerminal: true, now: () => looks++ * 700 });
    expect(err).toMatch(/^\r█*░* +\d+ % .*\r +\r$/s);
  });

  it('reads standard input', async () => {
    const { code, out } = await cli(['simulate', '-'], { stdin: JSON.stringify(scenarioWith()) });
    expect([code, JSON.parse(out).seed]).toEqual([0, 7]);
  });

  it('runs several scenarios, and is as bad as the worst', async () => {
    const { code, out } = await cli(['simulate', good, huge, '--output', 'json']);
    const { simulations } = JSON.parse(out) as { simulations: { file: string; summary: { steady: boolean } }[] };
    expect(code).toBe(1);
    expect(simulations.map(({ file, summary }) => [file, summary.steady])).toEqual([
      [good, true],
      [huge, false],
    ]);
  });
});

describe('the answer is negative', () => {
  it('when a service is not steady', async () => {
    const { code, result } = await simulated([huge]);
    expect([code, result.summary.steady]).toEqual([1, false]);
  });

  it('when a call is refused', async () => {
    const events = [{ at: 60, call: 'UpdateService', input: { service: 'lost' } }];
    const { code, result } = await simulated([files.write('refused.json', scenarioWith({ events }))]);
    expect([code, result.summary.refused]).toEqual([1, 1]);
    const refusal = result.events.find((event: RecordedEvent) => event.error !== undefined);
    expect(refusal).toMatchObject({
      atMs: 60_000,
      path: 'events[0].input',
      error: { name: 'ServiceNotFoundException' },
    });
  });

  it('when a deployment fails, also when it is rolled back', async () => {
    const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: true } };
    const scenario = scenarioWith({
      services: [service({ deploymentConfiguration })],
      behaviour: { 'web:2': { failure: 'start' } },
      duration: 'PT2H',
    });
    const { code, result } = await simulated([files.write('failed.json', scenario)]);
    const states = result.summary.services[0]?.deployments.map(({ rolloutState }) => rolloutState);
    expect([code, states?.includes('FAILED')]).toEqual([1, true]);
  });
});

describe('bad input ends with 2 and says where:', () => {
  it.each<[what: string, args: string[], says: string]>([
    ['no scenario', [], "error: missing required argument 'scenario'"],
    ['no such file', [path('none.json')], `error: ${path('none.json')}: no such file`],
    [
      'broken JSON',
      [files.write('broken.json', '{\n "seed": ,\n}')],
      'broken.json:2:10: broken JSON: expected a value',
    ],
    [
      'a wrong member',
      [files.write('wrong.json', scenarioWith({ servces: [] }))],
      'wrong.json: servces: a scenario has no member servces. Did you mean services?',
    ],
    [
      'a wrong value',
      [good, '--set', 'services[0].desiredCount=x'],
      'good.json: services[0].desiredCount must be a whole number, but was "x"',
    ],
    [
      'a path that leads nowhere',
      [good, '--set', 'services[wbe].desiredCount=1'],
      'good.json: services[wbe]: no element is called wbe. Did you mean web?',
    ],
    ['a broken duration', [good, '--until', '5 minutes'], '--until must be an ISO 8601 duration such as PT2H'],
    ['a broken seed', [good, '--seed', '-1'], 'It must be a whole number from 0'],
    ['a rule without a name', [files.write('rules.json', scenarioWith({ rules: [{}] }))], 'rules.json: rules[0].Name'],
    ['a report of two', [good, good, '--report', 'x.html'], '--report takes one scenario at a time'],
    ['a report without a file', [good, '--report', '-'], '--report needs a file'],
    ['a folder that is not there', [good, '--events', path('none/a')], `${path('none/a')}: no such folder`],
    ['another engine', [good, '--engine', 'js'], 'Allowed choices are wasm, reference'],
  ])('%s', async (_, args, says) => {
    const { code, out, err } = await cli(['simulate', ...args]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  it('with the path of a service that AWS would refuse', async () => {
    const file = files.write('daemon.json', scenarioWith({ services: [service({ schedulingStrategy: 'DAEMON' })] }));
    const { code, err } = await cli(['simulate', file]);
    expect(code).toBe(2);
    expect(err).toBe(
      `error: ${file}: The daemon scheduling strategy does not support a desired count for services. Remove the desired count value and try again (InvalidParameterException)\n`,
    );
  });
});
