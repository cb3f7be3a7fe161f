/** What the page gets of a result: everything once, in order of appearance. */
import { describe, expect, it } from 'vitest';
import { condense } from '../../src/report/condense.ts';
import { empty, fargate, rollout } from '../support/report/stories.ts';

describe('condensing', () => {
  const result = rollout();
  const data = condense(result);
  const text = (index: number | undefined): string => data.strings[index ?? -1] ?? '';

  it('keeps every event, its time and its type', () => {
    expect(data.events.atMs).toEqual(result.events.map(({ atMs }) => atMs));
    expect(data.events.type.map(text)).toEqual(result.events.map(({ type }) => type));
  });

  it('keeps the state that a task event carries', () => {
    result.events.forEach(({ type, event }, k) => {
      if (type !== 'TaskStateChange') return;
      const detail = event?.detail as Record<string, string>;
      const row = data.events.row[k] as number;
      const rows = data.taskRows;
      const task = data.tasks[rows.task[row] as number];
      expect([task?.arn, text(rows.status[row]), text(rows.desired[row]), text(rows.zone[row])]).toEqual([
        ...[detail.taskArn, detail.lastStatus, detail.desiredStatus, detail.availabilityZone],
      ]);
      expect(data.instances[rows.instance[row] as number]?.arn).toBe(detail.containerInstanceArn);
      expect([task?.cpu, task?.memoryMiB]).toEqual([Number(detail.cpu), Number(detail.memory)]);
    });
  });

  it('has the instances of the scenario before the first event and later ones after it', () => {
    expect(data.instances.map(({ firstRow }) => firstRow)).toEqual([0, 1, 2, 3, 4, 5, -1]);
    expect(data.instances.map(({ zone }) => zone.slice(-1)).join('')).toBe('abcabcc');
    expect(data.instanceRows.memoryMiB[0]).toBe(7680);
  });

  it('numbers services as the summary does', () => {
    expect(data.groups.map(({ name }) => name)).toEqual(['web', 'api', 'worker']);
  });

  it('marks refused calls, faults and nothing else of this story as bad', () => {
    const bad = data.events.text.filter((_, k) => data.events.bad[k] === 1).map(text);
    expect(bad).toEqual([
      expect.stringMatching(/^terminateInstance [0-9a-f]+$/),
      'UpdateService refused: ClientException: Unable to describe task definition. (events[1])',
    ]);
  });

  it('gives calls and their refusals to the service that the input names', () => {
    const service = (type: string) =>
      data.events.type.flatMap((one, k) => (text(one) === type ? [data.groups[data.events.group[k] ?? -1]?.name] : []));
    expect(service('Call')).toEqual(['web', 'worker', undefined]);
    expect(service('Refusal')).toEqual(['worker']);
  });

  it('keeps the words of service events as they are', () => {
    const told = result.events.flatMap(({ message }) => (message === undefined ? [] : [message]));
    expect(told.length).toBeGreaterThan(2);
    for (const message of told) expect(data.strings).toContain(message);
  });

  it('takes what is not free at first sight as reserved by others', () => {
    const integer = (name: string, integerValue: number) => ({ name, type: 'INTEGER', integerValue });
    const record = {
      containerInstanceArn: 'arn:aws:ecs:us-east-1:1:container-instance/c/1',
      registeredResources: [integer('CPU', 1024), integer('MEMORY', 2000)],
      remainingResources: [integer('CPU', 1000), integer('MEMORY', 1500)],
    };
    const [one] = condense({ ...empty(), scenario: { containerInstances: [record] } }).instances;
    expect([one?.otherCpu, one?.otherMemoryMiB, one?.cluster]).toEqual([24, 500, 'c']);
  });

  it('knows Fargate tasks by their launch type', () => {
    const { tasks, strings, instances } = condense(fargate());
    expect(strings[tasks[0]?.launchType ?? -1]).toBe('FARGATE');
    expect(instances).toEqual([]);
  });

  it('survives events with nothing in them', () => {
    const bare = { seq: 1, atMs: 5, time: '', type: 'TaskStateChange' };
    const odd = { ...empty(), events: [bare, { ...bare, type: 'Unheard', event: { detail: [] } }] };
    expect(condense(odd).events.atMs).toEqual([5, 5]);
  });
});
