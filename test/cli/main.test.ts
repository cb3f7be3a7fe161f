/** The built command in its own process: exit codes and streams as a shell sees them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

const MAIN = `${ROOT}/dist/src/cli/main.js`;
const example = `${ROOT}/examples/spread-then-binpack`;
const place = [
  ...['place', '--container-instances', `${example}/container-instances.json`],
  ...['--task-definition', `${example}/task-definition.json`],
];

function bayplan(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', input });
}

describe.skipIf(!existsSync(MAIN))('bayplan', () => {
  it('prints JSON into a pipe and exits with 0 (needs dist/)', () => {
    const { status, stdout, stderr } = bayplan(place);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout).tasks).toHaveLength(1);
  });

  it('exits with 1 when not all fit and with 2 for bad input (needs dist/)', () => {
    expect(bayplan([...place, '--count', '1000000']).status).toBe(1);
    const { status, stdout, stderr } = bayplan(['query', '--container-instances', '-', 'x'], '{');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      'error: standard input:1:2: broken JSON: expected a name in double quotes or }, but the file ends.\n',
    );
  });

  it('ends quietly when its reader has gone (needs dist/)', () => {
    const command = `"${process.execPath}" "${MAIN}" ${place.map((arg) => `"${arg}"`).join(' ')} --count 90 | head -c 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '{', stderr: '' });
  });

  it('gives the same bytes for the same input (needs dist/)', () => {
    const run = () =>
      execFileSync(process.execPath, [MAIN, ...place, '--count', '9', '--seed', '5'], { encoding: 'utf8' });
    expect(run()).toBe(run());
  });
});
