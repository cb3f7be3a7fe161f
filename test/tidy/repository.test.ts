/** What stands beside the code: the change log, the ignore list, and only written files in git. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';

const read = (path: string): string => readFileSync(`${ROOT}/${path}`, 'utf8');

describe('the repository', () => {
  it('has a change log with a section for what is not released yet', () => {
    expect(read('CHANGELOG.md')).toMatch(/^## \[?Unreleased\]?/m);
  });

  it('shows the two commands in its README', () => {
    expect(read('README.md')).toContain('npm ci && npm start');
    expect(read('README.md')).toContain('npm ci && npm test');
  });

  it('has a CI script that can be run', () => {
    expect(statSync(`${ROOT}/.ci/run`).mode & 0o111).not.toBe(0);
  });

  it.skipIf(!existsSync(`${ROOT}/.git`))('keeps generated files out of git (needs a git checkout)', () => {
    const files = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).split('\n');
    const generated = files.filter((path) =>
      /^(dist|build|coverage|node_modules)\/|\/generated\/|\.(wasm|wat|map|tgz)$/.test(path),
    );
    expect(generated).toEqual([]);
  });

  it('pins every dependency to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});
