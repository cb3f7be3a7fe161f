/** The bulk benchmark at its smoke size: it runs, and says seed, Node and each of its rows. */
import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

it('the bulk benchmark prints registrations, snapshot, restore, a plain copy and queries', () => {
  const args = ['scripts/bench-bulk.mjs', '--smoke', '--seed', '11'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const [head, ...rows] = stdout.trim().split('\n');
  expect(head).toMatch(new RegExp(`seed 11, .*, Node ${process.version}`));
  const names = ['snapshot', 'restore', 'copy'].flatMap((name) => [`${name}, 12`, `${name}, 69`]);
  for (const name of [...names, 'register, 12', 'register, 69'])
    expect(rows.some((row) => row.startsWith(`${name} attributes`))).toBe(true);
  for (const name of ['new', 'kept, 100 changes', 'kept, no change'])
    expect(rows.some((row) => row.startsWith(`query, ${name}`))).toBe(true);
});
