/** State at any moment, reached any way, is what a replay from the start gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { condense } from '../../../src/report/condense.ts';
import { Timeline } from '../../../src/report/page/timeline.ts';
import type { SimulationResult } from '../../../src/simulate/result.ts';
import { busy, empty, rollout } from '../../support/report/stories.ts';

/** Status of each task after so many events, straight from the result. */
function replayed(result: SimulationResult, events: number): Map<string, string> {
  const found = new Map<string, string>();
  for (const { type, event } of result.events.slice(0, events)) {
    const detail = event?.detail as Record<string, string> | undefined;
    if (type === 'TaskStateChange' && detail)
      found.set(detail.taskArn ?? '', `${detail.lastStatus} ${detail.desiredStatus}`);
  }
  return found;
}

function sought(data: ReturnType<typeof condense>, timeline: Timeline): Map<string, string> {
  const { status, desired } = data.taskRows;
  const text = (index: number | undefined): string => data.strings[index ?? -1] ?? '';
  return new Map(
    data.tasks.flatMap(({ arn }, task): [string, string][] => {
      const row = timeline.taskRow[task] as number;
      return row < 0 ? [] : [[arn, `${text(status[row])} ${text(desired[row])}`]];
    }),
  );
}

describe.each([
  ['a rollout', rollout()],
  ['a busy cluster', busy(600, 9)],
])('the timeline of %s', (_, result) => {
  const data = condense(result);

  it('is a replay, wherever it goes and wherever it comes from', () => {
    const timeline = new Timeline(data);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1, max: result.events.length - 1 }), { maxLength: 8 }), (moments) => {
        for (const moment of moments) {
          timeline.seek(moment);
          expect(sought(data, timeline)).toEqual(replayed(result, moment + 1));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('finds the last event of a time', () => {
    const timeline = new Timeline(data);
    const times = result.events.map(({ atMs }) => atMs);
    for (const at of [-1, 0, 1, ...times, (times.at(-1) ?? 0) + 1])
      expect(timeline.indexAt(at)).toBe(times.findLastIndex((time) => time <= at));
  });

  it('stops at both ends', () => {
    const timeline = new Timeline(data);
    timeline.seek(1e9);
    expect(timeline.position).toBe(result.events.length - 1);
    timeline.seek(-5);
    expect(timeline.position).toBe(-1);
  });
});

describe('the timeline of nothing', () => {
  it('stays before the first event', () => {
    const timeline = new Timeline(condense(empty()));
    timeline.seek(3);
    expect([timeline.position, timeline.indexAt(10)]).toEqual([-1, -1]);
  });
});

describe('instances', () => {
  it('of the scenario are there from the start, others when they join', () => {
    const data = condense(rollout());
    const timeline = new Timeline(data);
    expect([...timeline.instanceRow]).toEqual([0, 1, 2, 3, 4, 5, -1]);
    timeline.seek(timeline.length - 1);
    const statuses = [...timeline.instanceRow].map((row) => data.strings[data.instanceRows.status[row] as number]);
    expect(statuses).toEqual(['ACTIVE', 'ACTIVE', 'INACTIVE', 'ACTIVE', 'DRAINING', 'ACTIVE', 'ACTIVE']);
  });
});
