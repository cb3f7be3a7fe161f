/** Events of a scenario: times, where they happen, calls and faults. */
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/simulate/scenario.ts';
import type { Members } from '../model/definitions.ts';
import { refusal } from '../model/refusal.ts';
import { definition, instance, scenarioWith } from './scenarios.ts';

const TWO = { clusters: [{ clusterName: 'dock' }, { clusterName: 'quay' }] };
const parse = (event: Members, members: Members = {}) =>
  parseScenario(scenarioWith({ events: [event], ...members })).events;

describe('an event', () => {
  it('calls AWS at a whole millisecond', () => {
    const input = { service: 'web', desiredCount: 3 };
    expect(parse({ at: 60.0015, call: 'UpdateService', input })).toEqual([
      {
        cluster: 'dock',
        atMs: 60_002,
        command: { type: 'Call', call: 'UpdateService', input, path: 'events[0].input' },
      },
    ]);
  });

  it('is a fault, with what it strikes beside it or in its input', () => {
    const beside = parse({ at: 0, fault: 'killTask', service: 'web', index: 1, name: 'a kill' });
    const inside = parse({ at: 0, fault: 'killTask', input: { service: 'web', index: 1 } });
    const command = { type: 'Fault', fault: 'killTask', input: { service: 'web', index: 1 } };
    expect(beside).toEqual([{ cluster: 'dock', atMs: 0, command: { ...command, path: 'events[0]' } }]);
    expect(inside).toEqual([{ cluster: 'dock', atMs: 0, command: { ...command, path: 'events[0].input' } }]);
  });

  it('happens in the cluster that it names, else the first', () => {
    const input = { service: 'web' };
    expect(parse({ at: 0, call: 'UpdateService', input: { ...input, cluster: 'quay' } }, TWO)).toMatchObject([
      { cluster: 'quay' },
    ]);
    expect(parse({ at: 0, call: 'UpdateService', input }, TWO)).toMatchObject([{ cluster: 'dock' }]);
    expect(parse({ at: 0, fault: 'loseZone', availabilityZone: 'a', cluster: 'quay' }, TWO)).toMatchObject([
      { cluster: 'quay' },
    ]);
  });

  it('adds an instance to the cluster of its ARN', () => {
    const input = instance('c', 'z', 'quay');
    expect(parse({ at: 0, call: 'RegisterContainerInstance', input }, TWO)).toMatchObject([{ cluster: 'quay' }]);
  });

  it('registers a task definition in every cluster', () => {
    const found = parse({ at: 0, call: 'RegisterTaskDefinition', input: definition() }, TWO);
    expect(found.map(({ cluster }) => cluster)).toEqual(['dock', 'quay']);
  });

  it.each<[event: Members, path: string, code: string]>([
    [{ at: 1 }, 'events[0]', 'EVENT'],
    [{ at: 1, call: 'StopTask', fault: 'killTask', input: { task: 'a' } }, 'events[0]', 'EVENT'],
    [{ at: 1, call: 'StopTask', input: { task: 'a' }, service: 'web' }, 'events[0].service', 'UNKNOWN_MEMBER'],
    [{ at: -1, fault: 'loseZone' }, 'events[0].at', 'OUT_OF_RANGE'],
    [
      { at: 1, call: 'DeleteService', input: { service: 'a', cluster: 'x' } },
      'events[0].input.cluster',
      'UNKNOWN_CLUSTER',
    ],
    [{ at: 1, fault: 'loseZone', cluster: 'x' }, 'events[0].cluster', 'UNKNOWN_CLUSTER'],
  ])('is refused: %j', (event, path, code) => {
    expect(refusal(() => parse(event, TWO))).toMatchObject({ path, code });
  });

  it('keeps the order of the file', () => {
    const events = [5, 1, 5].map((at) => ({ at, fault: 'loseZone', availabilityZone: String(at) }));
    expect(parseScenario(scenarioWith({ events })).events.map(({ atMs }) => atMs)).toEqual([5000, 1000, 5000]);
  });
});
