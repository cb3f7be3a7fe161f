/** --set: paths by index and by name, values as JSON or text. */
import { describe, expect, it } from 'vitest';
import { setPath } from '../../src/simulate/set.ts';
import { refusal } from '../model/refusal.ts';
import { scenarioWith, service } from './scenarios.ts';

const JSON_IN = scenarioWith({
  services: [service(), service({ serviceName: 'api.v2' })],
  behaviour: { 'web:1': { startSeconds: 2 } },
});

/** The value at a path of members and indexes. */
function at(json: unknown, ...keys: (string | number)[]): unknown {
  return keys.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], json);
}

describe('setPath', () => {
  it.each<[assignment: string, keys: (string | number)[], value: unknown]>([
    ['seed=9', ['seed'], 9],
    ['duration=PT5M', ['duration'], 'PT5M'],
    ['services[0].desiredCount=4', ['services', 0, 'desiredCount'], 4],
    ['services.1.desiredCount=4', ['services', 1, 'desiredCount'], 4],
    ['services[web].desiredCount=4', ['services', 0, 'desiredCount'], 4],
    ['services["api.v2"].desiredCount=4', ['services', 1, 'desiredCount'], 4],
    ['services[api.v2].desiredCount=4', ['services', 1, 'desiredCount'], 4],
    [
      'taskDefinitions[web].containerDefinitions[app].cpu=1',
      ['taskDefinitions', 0, 'containerDefinitions', 0, 'cpu'],
      1,
    ],
    ['containerInstances[b].agentConnected=false', ['containerInstances', 1, 'agentConnected'], false],
    ['behaviour["web:1"].startSeconds=9', ['behaviour', 'web:1', 'startSeconds'], 9],
    ['behaviour[web:1].startSeconds=9', ['behaviour', 'web:1', 'startSeconds'], 9],
    ['behaviour[api].failRate=0.5', ['behaviour', 'api', 'failRate'], 0.5],
    [
      'services[web].deploymentConfiguration.maximumPercent=150',
      ['services', 0, 'deploymentConfiguration', 'maximumPercent'],
      150,
    ],
    ['services[web].placementStrategy=[{"type":"random"}]', ['services', 0, 'placementStrategy'], [{ type: 'random' }]],
    ['services[web].placementStrategy[0].type=random', ['services', 0, 'placementStrategy', 0, 'type'], 'random'],
    ['events[1]={"at":1}', ['events', 1], { at: 1 }],
    ['name=a=b', ['name'], 'a=b'],
    ['name=', ['name'], ''],
  ])('%s', (assignment, keys, value) => {
    expect(at(setPath(JSON_IN, assignment), ...keys)).toEqual(value);
  });

  it('changes a copy, and only there', () => {
    const before = JSON.stringify(JSON_IN);
    const { seed, ...rest } = setPath(JSON_IN, 'seed=9') as typeof JSON_IN;
    const { seed: _, ...restBefore } = JSON_IN;
    expect(JSON.stringify(JSON_IN)).toBe(before);
    expect([seed, rest]).toEqual([9, restBefore]);
  });

  it.each<[assignment: string, path: string, says: string]>([
    ['seed', '', 'PATH=VALUE'],
    ['=4', '', 'PATH=VALUE'],
    ['services[0.desiredCount=4', '', 'PATH=VALUE'],
    ['services[wbe].desiredCount=4', 'services[wbe]', 'Did you mean web?'],
    ['services[zzzzz].desiredCount=4', 'services[zzzzz]', 'There are web, api.v2'],
    ['services[5].desiredCount=4', 'services[5]', 'the list has 2 elements'],
    ['seed.x=4', 'seed', 'this is 7, which has no members'],
    ['__proto__.x=4', '__proto__', 'not allowed'],
    ['services[0].__proto__=4', 'services[0].__proto__', 'not allowed'],
  ])('refuses %s', (assignment, path, says) => {
    const found = refusal(() => setPath(JSON_IN, assignment));
    expect(found).toMatchObject({ code: 'SET_PATH', path });
    expect(found?.message).toContain(says);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
