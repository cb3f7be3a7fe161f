/**
 * `npm test`: builds what is missing, lints, checks types, runs every test. Output streams; the very last line is
 * `N passed, M failed`, where each check that is not a vitest test counts as one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';

const TALLY = 'build/tally.json';
const bin = (path) => `node_modules/${path}`;

/** Runs one check with its output on ours. @returns whether it passed. */
function check(name, args, env = {}) {
  console.log(`\n--- ${name}`);
  const started = performance.now();
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } });
  console.log(
    `--- ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return status === 0;
}

function runVitest(args) {
  mkdirSync('build', { recursive: true });
  rmSync(TALLY, { force: true });
  const reporters = ['--reporter=default', '--reporter=./scripts/tally-reporter.mjs'];
  const passed = check('tests', [bin('vitest/vitest.mjs'), 'run', ...reporters, ...args], { BAYPLAN_TALLY: TALLY });
  if (!existsSync(TALLY)) return { passed: 0, failed: 1, skipped: [] };
  const tally = JSON.parse(readFileSync(TALLY, 'utf8'));
  return passed || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

const results = [
  check('build', ['scripts/build.mjs']),
  check('lint', [bin('@biomejs/biome/bin/biome'), 'check', '.']),
  check('types', [bin('typescript/bin/tsc'), '-p', 'tsconfig.json']),
  check('types of the core', [bin('typescript/bin/tsc'), '-p', 'assembly/tsconfig.json']),
];
const { passed, failed, skipped } = runVitest(process.argv.slice(2));
for (const { name, reason } of skipped) console.log(`skipped: ${name}: ${reason}`);
const allPassed = passed + results.filter(Boolean).length;
const allFailed = failed + results.filter((result) => !result).length;
process.exitCode = allFailed === 0 ? 0 : 1;
console.log(`${allPassed} passed, ${allFailed} failed`);
