/** docs/fidelity.md stays true to the tree: every row has a known status, and its files exist. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

const STATUSES = ['documented', 'observed', 'assumption'];
const ROW = /^\| (.+?) \| (.+?) \| \[(.+?)\]\(\.\.\/(.+?)\) \| \[(.+?)\]\(\.\.\/(.+?)\) \| (\w+) \|$/;

const rows = readFileSync(`${ROOT}/docs/fidelity.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| rule') && !line.startsWith('| ---'));

describe('the fidelity page', () => {
  it('lists the rules of placement', () => {
    expect(rows.length).toBeGreaterThan(80);
  });

  it.each(rows)('%s', (row) => {
    const [, , , whereText, where, testText, test, status] = ROW.exec(row) ?? [];
    expect(STATUSES).toContain(status);
    expect(whereText).toBe(where);
    expect(testText).toBe(test);
    expect(existsSync(`${ROOT}/${where}`), where).toBe(true);
    expect(existsSync(`${ROOT}/${test}`), test).toBe(true);
  });
});
