/**
 * A vitest reporter for scripts/test.mjs: counts, and every skipped test with its reason. Written as JSON to the file in
 * BAYPLAN_TALLY, since the counts of the other checks are added before the last line is printed.
 */
import { writeFileSync } from 'node:fs';

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const tally = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that does not load has no tests to fail: it counts as one.
      if (module.errors().length > 0) tally.failed += 1;
      const unready = module.state() === 'failed' ? 'the set-up of its file failed' : undefined;
      for (const test of module.children.allTests()) count(test, tally, unready);
    }
    writeFileSync(process.env.BAYPLAN_TALLY, JSON.stringify(tally));
  }
}

function count(test, tally, unready) {
  const { state, note } = test.result();
  if (state === 'passed') tally.passed += 1;
  else if (state === 'failed') tally.failed += 1;
  else
    tally.skipped.push({
      name: `${test.module.relativeModuleId}: ${test.fullName}`,
      reason: note ?? reasonInName(test.fullName) ?? unready ?? 'its condition does not hold here',
    });
}

/** A test skipped by a condition carries the reason in its name: `... (without ../shared)`. */
function reasonInName(name) {
  return /\(([^()]*)\)$/.exec(name)?.[1];
}
