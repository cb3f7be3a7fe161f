/** Every example with a scenario: its README's command is run as it stands, and what the README claims is looked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cli } from '../cli/run-cli.ts';
import { ROOT } from '../support/source-files.ts';
import { CLAIMS } from './claims.ts';
import { commandOf } from './command.ts';

const run = (example: string) => cli(commandOf(example));

/** Whether the line reads so; `...` stands for anything. */
function reads(line: string, claim: string): boolean {
  const pattern = claim.split('...').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(line);
}

/** Those of the claims that do not come in their order. */
function missing(out: string, claims: readonly string[]): string[] {
  const lines = out.split('\n').map((line) => line.trimEnd());
  let from = 0;
  return claims.filter((claim) => {
    const at = lines.findIndex((line, k) => k >= from && reads(line, claim));
    if (at >= 0) from = at + 1;
    return at < 0;
  });
}

const scenarios = readdirSync(`${ROOT}/examples`).filter((name) =>
  existsSync(`${ROOT}/examples/${name}/scenario.json`),
);

describe('the simulated examples', () => {
  it('are all described and all run here', () => {
    expect(scenarios).toEqual(Object.keys(CLAIMS));
    for (const name of scenarios) expect(existsSync(`${ROOT}/examples/${name}/README.md`), name).toBe(true);
  });

  it.each(Object.entries(CLAIMS))('%s does as its README says', async (example, { code, lines }) => {
    const { code: got, out, err } = await run(example);
    expect({ missing: missing(out, lines), code: got, err }, out).toEqual({ missing: [], code, err: '' });
  });

  it.each(scenarios)('%s has the name of its README', (example) => {
    const { name } = JSON.parse(readFileSync(`${ROOT}/examples/${example}/scenario.json`, 'utf8')) as { name: string };
    expect(readFileSync(`${ROOT}/examples/${example}/README.md`, 'utf8').split('\n')[0]).toBe(`# ${name}`);
  });

  it('a replacement runs before the Spot instance goes', async () => {
    const { out } = await cli([...commandOf('spot-interruption').slice(0, 2), '--output', 'json']);
    const { summary } = JSON.parse(out) as { summary: { services: { belowMinimumMs: number; failed: number }[] } };
    expect(summary.services).toMatchObject([{ belowMinimumMs: 0, failed: 0 }]);
  });
});

interface Moment {
  readonly name: string;
  readonly time: string;
  readonly claim: string;
}

/** The rows of the README's table: `| T2 | what happens | 00:05:00 | the line |`. */
function moments(example: string): Moment[] {
  const readme = readFileSync(`${ROOT}/examples/${example}/README.md`, 'utf8');
  return [...readme.matchAll(/^\| (T\d) \| .+? \| (\d\d:\d\d:\d\d) \| (.+?) \|$/gm)].map(([, name, time, claim]) => ({
    name: name as string,
    time: time as string,
    claim: claim as string,
  }));
}

/** How many tasks of each revision run at a time, as the course counts them: `2 v1, 2 v2`. */
async function runningAt(example: string, time: string): Promise<string> {
  const { out } = await cli([...commandOf(example).slice(0, 2), '--output', 'json']);
  const { events } = JSON.parse(out) as { events: { atMs: number; type: string; event: { detail: Task } }[] };
  const [hours, minutes, seconds] = time.split(':').map(Number) as [number, number, number];
  const untilMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  const running = new Map<string, string>();
  for (const { atMs, type, event } of events) {
    if (type !== 'TaskStateChange' || atMs > untilMs) continue;
    const { taskArn, lastStatus, desiredStatus, taskDefinitionArn } = event.detail;
    if (lastStatus === 'RUNNING' && desiredStatus === 'RUNNING') running.set(taskArn, taskDefinitionArn.slice(-1));
    else running.delete(taskArn);
  }
  const count = (revision: string) => [...running.values()].filter((one) => one === revision).length;
  return [1, 2]
    .map((revision) => [count(String(revision)), `v${revision}`] as const)
    .filter(([number]) => number > 0)
    .map(([number, revision]) => `${number} ${revision}`)
    .join(', ');
}

interface Task {
  readonly taskArn: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  readonly taskDefinitionArn: string;
}

describe.each([
  ['rollout-50-100', 7],
  ['rollout-100-150', 9],
] as const)('%s, as the course numbers it', (example, count) => {
  it('has every step', () => {
    expect(moments(example).map(({ name }) => name)).toEqual(Array.from({ length: count }, (_, k) => `T${k + 1}`));
  });

  it.each(moments(example))('$name at $time: $claim', async ({ time, claim }) => {
    const counts = /^(.+) running$/.exec(claim)?.[1];
    if (counts !== undefined) {
      expect(await runningAt(example, time)).toBe(counts);
      return;
    }
    const { out } = await run(example);
    expect(missing(out, [`${time}  web  ${claim.replaceAll('`', '')}`]), out).toEqual([]);
  });
});
