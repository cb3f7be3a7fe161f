/** Backlog of a queue: the recorded figures of AWS Copilot, the core against its twin, and what is refused. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as twin from '../../src/reference/scale/backlog.ts';
import { acceptableBacklogPerTask, backlogPerTask } from '../../src/scaling/index.ts';
import { acceptableBacklogs, backlogs } from '../support/arbitraries/scaling.ts';
import { expectRefusal, NO_NUMBERS, scalingKinds } from '../support/scaling.ts';

const recorded = JSON.parse(readFileSync(new URL('./vectors/backlog.json', import.meta.url), 'utf8')) as {
  readonly acceptable_backlog: readonly { latencyMs: number; processingMs: number; expected: number }[];
  readonly backlog_metric: readonly { messages: number; running: number; metric: number }[];
};

describe.each(scalingKinds)('backlog per task, $name', ({ use }) => {
  beforeAll(use);

  it.each(recorded.backlog_metric)('$messages messages, $running tasks: $metric', ({ messages, running, metric }) => {
    const input = { visibleMessages: messages, runningCount: running };
    expect([backlogPerTask(input), twin.backlogPerTask(input)]).toEqual([metric, metric]);
  });

  it.each(recorded.acceptable_backlog)('$latencyMs ms at $processingMs ms: $expected', (one) => {
    const input = { acceptableLatencyMs: one.latencyMs, processingTimeMs: one.processingMs };
    expect([acceptableBacklogPerTask(input), twin.acceptableBacklogPerTask(input)]).toEqual([
      one.expected,
      one.expected,
    ]);
  });

  it('is what the reference says', () => {
    fc.assert(
      fc.property(backlogs, acceptableBacklogs, (backlog, acceptable) => {
        expect(backlogPerTask(backlog)).toBe(twin.backlogPerTask(backlog));
        expect(acceptableBacklogPerTask(acceptable)).toBe(twin.acceptableBacklogPerTask(acceptable));
      }),
    );
  });
});

describe('backlog per task', () => {
  it.each(NO_NUMBERS)('has no messages of %s', (value) => {
    expect(() => backlogPerTask({ visibleMessages: value as number, runningCount: 1 })).toThrow(
      /visibleMessages must be/,
    );
  });

  it('is refused for what is no count or takes no time', () => {
    expectRefusal(() => backlogPerTask({ visibleMessages: 1, runningCount: -1 }), 'OUT_OF_RANGE', 'runningCount');
    const instant = { acceptableLatencyMs: 1, processingTimeMs: 0 };
    expectRefusal(() => acceptableBacklogPerTask(instant), 'OUT_OF_RANGE', 'processingTimeMs');
    const misspelt = { acceptableLatencyMs: 1, processingTimeMs: 1, acceptableLatencyMS: 2 };
    expect(acceptableBacklogPerTask(misspelt)).toBe(1);
    const missing = { acceptableLatency: 1, processingTimeMs: 1 } as never;
    expectRefusal(() => acceptableBacklogPerTask(missing), 'UNKNOWN_MEMBER', 'acceptableLatency');
  });
});
