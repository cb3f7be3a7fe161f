/** The count of cache lines at its smoke size: the core tells every access, and a release touches fewer than a placement. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

it('the lines that an operation touches are counted for each row, and are the same in every run', () => {
  const run = () =>
    spawnSync(process.execPath, ['scripts/bench-lines.mjs', '--smoke'], { cwd: ROOT, encoding: 'utf8' });
  const { status, stdout, stderr } = run();
  expect(status, stderr).toBe(0);
  const rows = stdout.split('\n').filter((line) => /^(binpack|zonepack|service) /.test(line));
  expect(rows).toHaveLength(3);
  for (const row of rows) {
    const [place = 0, placeFar = 0, release = 0, releaseFar = 0] = row.trim().split(/\s+/).slice(2).map(Number);
    expect(placeFar).toBeGreaterThan(1);
    expect(place).toBeGreaterThan(placeFar);
    expect(release).toBeGreaterThan(releaseFar);
    expect(release).toBeLessThan(place);
  }
  expect(run().stdout).toBe(stdout);
});
