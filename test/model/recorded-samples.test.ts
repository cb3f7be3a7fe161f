/** Recorded answers of AWS go through the parsers: none is refused, and what is shown is what was recorded. */
import { describe, expect, it } from 'vitest';
import { describeContainerInstance, parseContainerInstances } from '../../src/model/container-instance.ts';
import { parseTasks } from '../../src/model/imported-task.ts';
import { computeRequiresAttributes } from '../../src/model/requires-attributes.ts';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { type Members, registryWith } from './definitions.ts';
import { hasRecorded, type Recorded, recordedWith } from './recorded-samples.ts';

if (!hasRecorded) console.log('skipped: recorded answers: ../shared/samples is not beside this clone');

const NO_DEFINITIONS = ['', 'appmesh-gateway'];
const instances = recordedWith('containerInstanceArn', ['registeredResources']);
/** Documentation also holds a template with every name empty, and an example that leaves memory out: no definitions. */
const definitions = recordedWith('containerDefinitions', ['family']).filter(
  ({ value }) => !NO_DEFINITIONS.includes(String(value.family)),
);
const tasks = recordedWith('taskArn', ['lastStatus', 'desiredStatus']);

const each = (recorded: readonly Recorded[]) => recorded.map(({ name, value }) => [name, value] as const);
const withoutZeros = (resources: unknown) =>
  (resources as Members[])
    .map(({ name, integerValue, stringSetValue }) =>
      Array.isArray(stringSetValue) ? [name, stringSetValue.map(Number).sort((a, b) => a - b)] : [name, integerValue],
    )
    .sort();

describe.runIf(hasRecorded)('recorded', () => {
  it('answers are found', () => {
    expect([instances.length > 10, definitions.length > 15, tasks.length > 10]).toEqual([true, true, true]);
  });

  it.each(each(instances))('container instances parse: %s', (_, given) => {
    const [record] = parseContainerInstances([given]);
    expect(record).toMatchObject({ containerInstanceArn: given.containerInstanceArn, status: given.status });
    expect(record?.attributes).toHaveLength(((given.attributes ?? []) as unknown[]).length);
  });

  it.each(each(instances))('container instances are shown as recorded: %s', (_, given) => {
    const [record] = parseContainerInstances([given]);
    if (record === undefined) return expect.fail('no record');
    const { remainingResources, ...rest } = describeContainerInstance(record, record);
    const { remainingResources: recorded, ...recordedRest } = given;
    expect(rest).toEqual({ attributes: [], ...recordedRest });
    expect(withoutZeros(remainingResources)).toEqual(
      expect.arrayContaining(withoutZeros(recorded ?? given.registeredResources)),
    );
  });

  it.each(each(definitions))('task definitions parse: %s', (_, given) => {
    expect(parseTaskDefinition(given)).toMatchObject({ family: given.family });
    expect(parseTaskDefinition({ taskDefinition: given })).toEqual(parseTaskDefinition(given));
  });

  it.each(each(definitions))('task definitions keep what was recorded: %s', (_, given) => {
    const { requiresAttributes = [], revision = 1 } = given;
    const registered = registryWith().register(given);
    expect(registered.revision).toBe(revision);
    if (given.requiresAttributes !== undefined) expect(registered.requiresAttributes).toEqual(requiresAttributes);
  });

  it.each(each(definitions.filter(({ value }) => value.requiresAttributes !== undefined)))(
    'attributes are those ECS computed: %s',
    (_, given) => {
      const computed = computeRequiresAttributes(parseTaskDefinition(given)).map(({ name }) => name);
      const recorded = (given.requiresAttributes as { name: string }[]).map(({ name }) => name);
      expect(computed.sort()).toEqual(recorded.sort());
    },
  );

  it.each(each(tasks))('tasks can be imported: %s', (_, given) => {
    expect(parseTasks([given])).toMatchObject([
      { taskArn: given.taskArn, active: given.desiredStatus === 'RUNNING' && given.lastStatus !== 'STOPPED' },
    ]);
  });
});
