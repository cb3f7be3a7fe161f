/** Families and revisions: numbers go up, recorded ones stay, names resolve. */
import { describe, expect, it } from 'vitest';
import { definitionWith, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

describe('registering', () => {
  it('gives each family its own revisions, from 1', () => {
    const registry = registryWith();
    const names = ['web', 'web', 'api', 'web'].map(
      (family) => registry.register(definitionWith({ family })).taskDefinitionArn,
    );
    expect(names.map((arn) => arn?.split('/')[1])).toEqual(['web:1', 'web:2', 'api:1', 'web:3']);
  });

  it('keeps a recorded revision, ARN and list of attributes, and counts on from there', () => {
    const taskDefinitionArn = 'arn:aws:ecs:eu-west-1:999999999999:task-definition/web:7';
    const recorded = definitionWith({
      revision: 7,
      taskDefinitionArn,
      requiresAttributes: [{ name: 'x' }],
      status: 'ACTIVE',
    });
    const registry = registryWith(recorded);
    expect(registry.resolve(taskDefinitionArn)).toMatchObject(recorded);
    expect(registry.register(definitionWith()).revision).toBe(8);
  });

  it('computes the attributes where none are recorded, and trusts an empty list', () => {
    const registry = registryWith();
    const networkMode = 'awsvpc';
    expect(registry.register(definitionWith({ networkMode })).requiresAttributes).not.toEqual([]);
    expect(registry.register(definitionWith({ networkMode, requiresAttributes: [] })).requiresAttributes).toEqual([]);
  });

  it('answers a recorded revision again, unless it differs', () => {
    const registry = registryWith(definitionWith({ revision: 2 }));
    expect(registry.register(definitionWith({ revision: 2 }))).toBe(registry.resolve('web:2'));
    expect(refusal(() => registry.register(definitionWith({ revision: 2 }, { cpu: 1 })))?.code).toBe('REVISION_TAKEN');
    expect(registry.list()).toHaveLength(1);
  });

  it('leaves no trace of what is refused', () => {
    const registry = registryWith(definitionWith());
    for (const bad of [{ revision: 0 }, { revision: '2' }, { requiresAttributes: [{}] }, { networkMode: 'mesh' }]) {
      expect(refusal(() => registry.register(definitionWith(bad)))).toBeDefined();
    }
    expect(registry.list()).toHaveLength(1);
    expect(registry.register(definitionWith()).revision).toBe(2);
  });

  it('lists in the order of registration', () => {
    const registry = registryWith(
      definitionWith({ family: 'b', revision: 9 }),
      definitionWith({ family: 'a' }),
      definitionWith({ family: 'b', revision: 3 }),
    );
    expect(registry.list().map(({ family, revision }) => `${family}:${revision}`)).toEqual(['b:9', 'a:1', 'b:3']);
  });
});

describe('resolving', () => {
  const registry = registryWith(
    definitionWith({ revision: 3 }),
    definitionWith({ revision: 1 }),
    definitionWith({ family: 'constructor' }),
  );

  it.each([
    ['web', 3],
    ['web:1', 1],
    ['web:3', 3],
    ['arn:aws:ecs:us-east-1:123456789012:task-definition/web:1', 1],
    ['constructor', 1],
  ])('%s is revision %i', (name, revision) => {
    expect(registry.resolve(name).revision).toBe(revision);
  });

  it.each([['api'], ['web:2'], ['web:0'], ['web:-1'], ['web:'], ['WEB'], ['__proto__'], ['toString:1']])(
    '%s is unknown',
    (name) => {
      const refused = refusal(() => registry.resolve(name));
      expect(refused).toMatchObject({
        name: 'ClientException',
        code: 'UNKNOWN_TASK_DEFINITION',
        path: 'taskDefinition',
      });
      expect(refused?.message).toContain(name);
    },
  );

  it.each([[undefined], [null], [''], [3], [{}]])('%j is no name', (name) => {
    expect(refusal(() => registry.resolve(name))?.path).toBe('taskDefinition');
  });
});
