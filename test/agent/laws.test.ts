/** Laws of every script, over random definitions, behaviours and stops. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Moment } from '../../src/agent/moment.ts';
import { createScript } from '../../src/agent/script.ts';
import { stopContainers } from '../../src/agent/stop.ts';
import type { Behaviour } from '../../src/model/behaviour.ts';
import { parseBehaviour } from '../../src/model/behaviour.ts';
import type { TaskDefinition } from '../../src/model/task-definition.ts';
import { definitionOf, life, momentsOf } from './lives.ts';

const seconds = fc.oneof(fc.constantFrom(0, 1, 5, 30), fc.double({ min: 0, max: 400, noNaN: true }));
const own = {
  imagePullSeconds: seconds,
  startSeconds: seconds,
  healthyAfterSeconds: seconds,
  unhealthyAfterSeconds: seconds,
  runSeconds: seconds,
  exitCode: fc.constantFrom(0, 1, 2),
  failRate: fc.constantFrom(0, 0.5, 1),
  failure: fc.constantFrom('pull' as const, 'start' as const, 'exit' as const, 'outOfMemory' as const),
  stopSeconds: seconds,
};
const optional = <T extends Record<string, fc.Arbitrary<unknown>>>(members: T) =>
  fc.record(members, { requiredKeys: [] });

const NAMES = ['a', 'b', 'c', 'd'];
const healthCheck = optional({
  interval: fc.constantFrom(5, 10),
  retries: fc.constantFrom(1, 3),
  startPeriod: fc.constantFrom(0, 20),
});
const restartPolicy = optional({ restartAttemptPeriod: fc.constantFrom(60, 90), ignoredExitCodes: fc.constant([2]) });
const container = fc.record({
  essential: fc.boolean(),
  healthCheck: fc.option(healthCheck, { nil: undefined }),
  restartPolicy: fc.option(restartPolicy, { nil: undefined }),
  startTimeout: fc.option(fc.constantFrom(2, 40), { nil: undefined }),
  stopTimeout: fc.option(fc.constantFrom(1, 20), { nil: undefined }),
  on: fc.array(fc.record({ nth: fc.nat(2), condition: fc.constantFrom('START', 'COMPLETE', 'SUCCESS', 'HEALTHY') }), {
    maxLength: 2,
  }),
});

/** The last container is essential; each depends only on those before it, by conditions that registration allows. */
const definition: fc.Arbitrary<TaskDefinition> = fc
  .tuple(fc.array(container, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([containers, isReversed]) => {
    const last = containers.length - 1;
    const made = containers.map(({ on, healthCheck: check, restartPolicy: policy, ...rest }, k) => ({
      ...rest,
      name: NAMES[k],
      essential: rest.essential || k === last,
      ...(check === undefined ? {} : { healthCheck: { command: ['CMD', 'true'], ...check } }),
      ...(policy === undefined ? {} : { restartPolicy: { enabled: true, ...policy } }),
      dependsOn: on
        .filter(({ nth }) => nth < k)
        .map(({ nth, condition }) => ({
          containerName: NAMES[nth],
          condition: allowed(condition, containers[nth]),
        })),
    }));
    return definitionOf(isReversed ? made.reverse() : made);
  });

function allowed(condition: string, on: { essential: boolean; healthCheck: unknown } | undefined): string {
  if (condition === 'HEALTHY') return on?.healthCheck === undefined ? 'START' : condition;
  return condition === 'START' || on?.essential ? 'START' : condition;
}

const behaviour: fc.Arbitrary<Behaviour> = fc
  .tuple(optional(own), fc.dictionary(fc.constantFrom(...NAMES), optional(own), { maxKeys: 3 }))
  .map(([members, containers]) => parseBehaviour({ ...members, containers }, 'behaviour'));
const draws = fc.infiniteStream(fc.nat(0xffffffff));
const nextOf = (stream: Iterator<number>) => (): number => stream.next().value as number;
const MOST = 40;

/** What is left of the containers after these moments. */
function statuses(moments: readonly Moment[]): Map<string, string> {
  const last = new Map<string, string>();
  for (const { containers = [] } of moments) {
    for (const { name, lastStatus } of containers) if (lastStatus !== undefined) last.set(name, lastStatus);
  }
  return last;
}

describe('every script', () => {
  it('goes forward in whole milliseconds, shows something each time, and ends with its stop', () => {
    fc.assert(
      fc.property(definition, behaviour, draws, (task, acts, stream) => {
        const moments = momentsOf(createScript(task, acts, nextOf(stream)), MOST);
        let before = 0;
        moments.forEach((moment, k) => {
          expect(Number.isInteger(moment.afterMs) && moment.afterMs >= before).toBe(true);
          expect(Object.keys(moment).length).toBeGreaterThan(1);
          if (moment.stop !== undefined) expect(k).toBe(moments.length - 1);
          before = moment.afterMs;
        });
        expect(moments.filter(({ lastStatus }) => lastStatus === 'RUNNING').length).toBeLessThanOrEqual(1);
        expect(moments.filter(({ pullStarted }) => pullStarted)).toHaveLength(1);
      }),
    );
  });

  it('stops when an essential container does, and not before', () => {
    fc.assert(
      fc.property(definition, behaviour, draws, (task, acts, stream) => {
        const moments = momentsOf(createScript(task, acts, nextOf(stream)), MOST);
        const essential = new Set(task.containerDefinitions?.filter((one) => one.essential).map(({ name }) => name));
        const isOver = [...statuses(moments)].some(([name, status]) => status === 'STOPPED' && essential.has(name));
        if (isOver) expect(moments.at(-1)?.stop).toBeDefined();
        else if (moments.at(-1)?.stop !== undefined)
          expect(moments.at(-1)?.stop?.stoppedReason).toBe('Task failed to start');
      }),
    );
  });

  it('has every container stopped once the task is, whenever that is, dependants first', () => {
    fc.assert(
      fc.property(definition, behaviour, draws, fc.nat(MOST), fc.nat(5000), (task, acts, stream, most, more) => {
        const script = createScript(task, acts, nextOf(stream));
        const moments = momentsOf(script, most);
        const elapsedMs = (moments.at(-1)?.afterMs ?? 0) + (script.moment(moments.length) === undefined ? more : 0);
        const { stoppedAfterMs, containers } = stopContainers(script, moments.length, elapsedMs);
        const before = statuses(moments);
        const ends = new Map(containers.map(({ name, afterMs }) => [name, afterMs]));
        for (const { name, dependsOn } of script.plan.containers) {
          expect(ends.has(name)).toBe(before.get(name) !== 'STOPPED');
          if (before.get(name) !== 'RUNNING') continue;
          for (const { on } of dependsOn) {
            const other = script.plan.containers[on];
            if (other === undefined || other.runMs !== undefined || before.get(other.name) !== 'RUNNING') continue;
            expect(ends.get(other.name)).toBeGreaterThanOrEqual(ends.get(name) ?? Number.NaN);
          }
        }
        for (const { afterMs } of containers) {
          expect(Number.isInteger(afterMs) && afterMs >= elapsedMs && afterMs <= stoppedAfterMs).toBe(true);
        }
      }),
    );
  });

  it('is the same for the same draws, shared or made anew', () => {
    fc.assert(
      fc.property(
        definition,
        behaviour,
        fc.array(fc.nat(0xffffffff), { minLength: 9, maxLength: 9 }),
        (task, acts, all) => {
          const first = createScript(task, acts, nextOf(all.values()));
          expect(createScript(task, acts, nextOf(all.values()))).toBe(first);
          const anew = createScript(structuredClone(task), structuredClone(acts), nextOf(all.values()));
          expect(life(anew, MOST)).toEqual(life(first, MOST));
          expect(momentsOf(anew, MOST)).toEqual(momentsOf(first, MOST));
        },
      ),
    );
  });
});
