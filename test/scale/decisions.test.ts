/** Every decision of `bayplan/scaling` against its twin, by what `npm run fuzz -- scaling` runs for long. */
import { describe, expect, it } from 'vitest';
import * as scaling from '../../src/scaling/index.ts';
import { checkDecisions, DECISIONS } from '../support/decisions.ts';

/** Without a twin: schedules, which the host reads, and what says where the core is. */
const OTHERS = ['nextFireTimes', 'useScalingModule', 'BayplanError'];

describe('decisions', () => {
  it('are what the reference says, all of them', () => {
    const public_ = Object.entries(scaling).flatMap(([name, value]) =>
      typeof value === 'function' && !name.endsWith('Batch') && !OTHERS.includes(name) ? [name] : [],
    );
    expect(DECISIONS.map(({ name }) => name).sort()).toEqual(public_.sort());
    expect(checkDecisions({ runs: 200, seed: 11 })).toEqual({ runs: 200, answers: 200 * 2 * DECISIONS.length });
  });
});
