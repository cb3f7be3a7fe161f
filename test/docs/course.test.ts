/** Every command of docs/course.md, run as it stands there; a row that no longer holds fails. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

interface Row {
  readonly section: string;
  readonly fact: string;
  readonly command: string;
}

function rows(): Row[] {
  let section = '';
  return readFileSync(`${ROOT}/docs/course.md`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('## ')) section = line.slice(3);
      const match = /^\| (.+?) \| `(.+)` \|$/.exec(line);
      // A pipe inside a table cell is written \|.
      return match === null
        ? []
        : [{ section, fact: match[1] as string, command: (match[2] as string).replaceAll('\\|', '|') }];
    });
}

describe('the course page', () => {
  it('has rows for launch types, load balancers, volumes, clusters, services, updates, events, task definitions and placement', () => {
    const sections = new Set(rows().map(({ section }) => section.split(' ')[0]));
    expect([...sections].join(' ')).toBe(
      '13.1 13.2 13.4 13.5 13.6 13.7 13.8 13.9 13.10 13.11 13.12 13.13 13.14 13.15 13.16',
    );
  });

  it.each(rows())('$section: $fact', ({ command }) => {
    const script = command.replaceAll('npx bayplan', `${process.execPath} dist/src/cli/main.js`);
    const run = spawnSync('bash', ['-c', `set -o pipefail; ${script}`], { cwd: ROOT, encoding: 'utf8' });
    // A refused command exits 2 and a negative answer 1: what counts is the last command, which checks.
    const checks = command.includes('expect.mjs');
    expect(checks ? run.stdout : '', run.stderr).toMatch(checks ? /holds: / : /^$/);
    if (!checks) expect(run.status, run.stderr + run.stdout).toBe(0);
  });
});
