/** The scenario's behaviour: what is taken, what is refused and where, and whose it is. */
import { describe, expect, it } from 'vitest';
import { behaviourOf, parseBehaviour, parseBehaviours } from '../../src/model/behaviour.ts';
import { containerWith, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

describe('a behaviour', () => {
  it.each([
    {},
    {
      imagePullSeconds: 5,
      startSeconds: 0,
      healthyAfterSeconds: 10.5,
      unhealthyAfterSeconds: 60,
      runSeconds: 1e9,
      exitCode: 137,
      failRate: 0.5,
      failure: 'pull',
      stopSeconds: 3,
      cpuPerRequest: 0.01,
      memoryMiB: 100,
      containers: { app: { failure: 'outOfMemory', failRate: 1 } },
    },
  ])('is kept as given: %j', (given) => {
    expect(parseBehaviour(given, 'behaviour')).toEqual(given);
  });

  it('is a copy, without members that are null', () => {
    const given = { startSeconds: 1, runSeconds: null };
    const kept = parseBehaviour(given, 'behaviour');
    given.startSeconds = 2;
    expect(kept).toEqual({ startSeconds: 1 });
  });

  it.each([
    ['startSeconds', { startSeconds: -1 }],
    ['startSeconds', { startSeconds: '5' }],
    ['startSeconds', { startSeconds: Number.NaN }],
    ['startSeconds', { startSeconds: Number.POSITIVE_INFINITY }],
    ['runSeconds', { runSeconds: 1e9 + 1 }],
    ['exitCode', { exitCode: 1.5 }],
    ['exitCode', { exitCode: -1 }],
    ['failRate', { failRate: 1.01 }],
    ['failure', { failure: 'crash' }],
    ['cpuPerRequest', { cpuPerRequest: -0.1 }],
    ['startSecond', { startSecond: 5 }],
    ['containers', { containers: [] }],
    ['containers.app', { containers: { app: 5 } }],
    ['containers.app.runSeconds', { containers: { app: { runSeconds: -1 } } }],
    ['containers.app.containers', { containers: { app: { containers: {} } } }],
  ])('is refused with the path %s: %j', (path, given) => {
    expect(refusal(() => parseBehaviour(given, 'behaviour'))).toMatchObject({
      name: 'InvalidParameterException',
      path: `behaviour.${path}`,
    });
  });

  it('that is misspelt is told what there is', () => {
    expect(refusal(() => parseBehaviour({ startSecond: 5 }, 'b'))?.message).toMatch(
      /^b\.startSecond is not known\. A behaviour has imagePullSeconds, startSeconds, /,
    );
  });
});

describe('behaviours', () => {
  const registry = registryWith(
    { family: 'web', containerDefinitions: [containerWith()] },
    { family: 'web', containerDefinitions: [containerWith({ cpu: 1 })] },
    { family: 'db', containerDefinitions: [containerWith()] },
  );
  const behaviours = parseBehaviours({ web: { startSeconds: 1 }, 'web:2': { startSeconds: 2 } });

  it.each([
    ['web:1', 1],
    ['web:2', 2],
    ['db:1', undefined],
  ])('of %s: by revision before family', (name, seconds) => {
    expect(behaviourOf(behaviours, registry.resolve(name))?.startSeconds).toBe(seconds);
  });

  it('are none where there is nothing', () => {
    expect(parseBehaviours(undefined).size + parseBehaviours(null).size + parseBehaviours({}).size).toBe(0);
  });

  it.each([[''], ['web:0'], ['web:x'], ['web:1:2'], ['a b']])('are not named %j', (key) => {
    expect(refusal(() => parseBehaviours({ [key]: {} }))).toMatchObject({
      code: 'BEHAVIOUR_KEY',
      path: `behaviour[${JSON.stringify(key)}]`,
    });
  });

  it('are refused with their whole path', () => {
    expect(refusal(() => parseBehaviours({ 'web:2': { failRate: 2 } }))?.path).toBe('behaviour["web:2"].failRate');
    expect(refusal(() => parseBehaviours([]))?.path).toBe('behaviour');
  });

  it('name only containers that are there', () => {
    const wrong = parseBehaviours({ web: { containers: { sidecar: {} } } });
    expect(refusal(() => behaviourOf(wrong, registry.resolve('web:1')))).toMatchObject({
      code: 'UNKNOWN_CONTAINER',
      path: 'behaviour["web"].containers.sidecar',
    });
  });
});
