/** Names become dense numbers once; sets and watchers are kept in step with names that come later. */
import { describe, expect, it } from 'vitest';
import { INSTRUCTION_WORDS, OP_GROUP, OP_IN, VALUE_FIRST, VALUE_MISSING, VALUE_NONE } from '../../assembly/abi.ts';
import { ColumnReader } from '../../src/wasm/columns.ts';
import { Intern } from '../../src/wasm/intern.ts';
import { outcomeOf } from '../support/compare.ts';
import { engineKinds } from '../support/engines.ts';
import { arn, cluster, definition, instance, numberOf, run } from '../support/shapes.ts';
import { addInstance, type Host, host } from './cores.ts';

function holds({ core, views }: Host, operation: number, a: number, b: number, slot: number): boolean {
  views.send([operation, a, b]);
  return views.bitset(core.evaluate(core.addProgram(INSTRUCTION_WORDS, operation === OP_GROUP ? 1 : 0)))(slot);
}

describe('a name', () => {
  it('has one dense number', () => {
    const { intern } = host();
    expect(['a', 'b', 'a', 'c'].map((name) => intern.attribute(name))).toEqual([0, 1, 0, 2]);
    expect(['x', 'y', 'x'].map((value) => intern.value('b', value))).toEqual([
      VALUE_FIRST,
      VALUE_FIRST + 1,
      VALUE_FIRST,
    ]);
    expect(intern.value('c', 'y')).toBe(VALUE_FIRST);
    expect(['g', 'h', 'g'].map((group) => intern.group(group))).toEqual([0, 1, 0]);
  });

  it('may be one that objects have of their own', () => {
    const { intern } = host();
    const names = ['__proto__', 'constructor', 'toString', ''];
    expect(names.map((name) => intern.attribute(name))).toEqual([0, 1, 2, 3]);
    expect(names.map((value) => intern.value('a', value))).toEqual([0, 1, 2, 3].map((k) => VALUE_FIRST + k));
  });

  it('without a value differs from the empty value and from none', () => {
    const one = host();
    const slot = addInstance(one);
    const seen = [undefined, ''].map((value) => {
      one.intern.setValue(slot, 'a', value);
      return one.core.attributeValue(slot, one.intern.attribute('a'));
    });
    one.intern.clearValue(slot, 'a');
    expect([...seen, one.core.attributeValue(slot, 0)]).toEqual([VALUE_NONE, VALUE_FIRST, VALUE_MISSING]);
  });
});

describe('a value set', () => {
  it.each([false, true])('takes in values known before and after it, and the absent one: %s', (valueless) => {
    const one = host();
    const slot = addInstance(one);
    one.intern.value('a', 'early yes');
    one.intern.value('b', 'other yes');
    const set = one.intern.addSet('a', (text) => text.endsWith('yes'), valueless);
    const answers = ['early yes', 'late yes', 'late no', undefined].map((value) => {
      one.intern.setValue(slot, 'a', value);
      return holds(one, OP_IN, one.intern.attribute('a'), set, slot);
    });
    one.intern.clearValue(slot, 'a');
    expect(answers).toEqual([true, true, false, valueless]);
    expect(holds(one, OP_IN, one.intern.attribute('a'), set, slot)).toBe(false);
  });

  it('asks once per distinct value', () => {
    const one = host();
    const slot = addInstance(one);
    const asked: string[] = [];
    one.intern.value('a', 'x');
    one.intern.addSet('a', (text) => asked.push(text) > 0, false);
    for (const value of ['x', 'y', 'x', 'y', 'z']) one.intern.setValue(slot, 'a', value);
    expect(asked).toEqual(['x', 'y', 'z']);
  });

  it('holds thousands of values', () => {
    const one = host();
    const slot = addInstance(one);
    const set = one.intern.addSet('a', (text) => Number(text) % 3 === 0, false);
    const wrong = Array.from({ length: 5000 }, (_, k) => k).filter((k) => {
      one.intern.setValue(slot, 'a', String(k));
      return k % 500 < 3 && holds(one, OP_IN, 0, set, slot) !== (k % 3 === 0);
    });
    expect(wrong).toEqual([]);
  });
});

describe('a watcher', () => {
  it('counts the tasks of groups known before and after it', () => {
    const one = host();
    const slot = addInstance(one);
    one.core.addCount(one.intern.group('service:early'), slot, 2);
    one.core.addCount(one.intern.group('family:early'), slot, 4);
    const watcher = one.intern.addWatcher((group) => group.startsWith('service:'));
    expect(one.core.count(watcher, slot)).toBe(2);
    one.core.addCount(one.intern.group('service:late'), slot, 3);
    one.core.addCount(one.intern.group('family:late'), slot, 1);
    expect(one.core.count(watcher, slot)).toBe(5);
    expect(holds(one, OP_GROUP, watcher, 0, slot)).toBe(true);
    one.core.deregister(slot);
    expect(one.core.count(watcher, slot)).toBe(0);
    expect(one.core.check()).toBe(0);
  });

  it('never takes the number of a group', () => {
    const { intern } = host();
    const numbers = [
      intern.group('a'),
      intern.addWatcher(() => true),
      intern.group('b'),
      intern.addWatcher(() => true),
    ];
    expect(numbers).toEqual([0, 1, 2, 3]);
    expect(intern.group('b')).toBe(2);
  });
});

describe('the state of names', () => {
  it('survives as JSON and columns, and goes on with the next number', () => {
    const one = host();
    one.intern.value('a', 'x');
    one.intern.addWatcher(() => false);
    one.intern.group('g');
    const state = JSON.parse(JSON.stringify(one.intern.state())) as ReturnType<Intern['state']>;
    const again = new Intern(one.core);
    again.restore(state, new ColumnReader(one.intern.columns()));
    expect([again.attribute('a'), again.attribute('b')]).toEqual([0, 1]);
    expect([again.value('a', 'x'), again.value('a', 'y')]).toEqual([VALUE_FIRST, VALUE_FIRST + 1]);
    expect([again.group('g'), again.group('h')]).toEqual([1, 2]);
  });
});

describe.each(engineKinds)('the $name engine', (kind) => {
  it.each([
    'agentVersion',
    'capacityProviderName',
    'ec2InstanceId',
    '__proto__',
    '\0agentVersion',
    '\0capacityProviderName',
    '\0ec2InstanceId',
  ])('does not take an attribute for a member of the instance: %j', async (name) => {
    const engine = await cluster(kind, [instance(1)]);
    outcomeOf(() => engine.registerContainerInstances([instance(0, { attributes: { [name]: '1.2.3' } })])); // or refuses it
    const matches = (filter: string): number => engine.listContainerInstances({ filter }).containerInstanceArns.length;
    expect(engine.explain({ taskDefinition: 'web', capacityProvider: '1.2.3' }).candidates).toBe(0);
    expect([matches('ec2InstanceId == 1.2.3'), matches('agentVersion == 1.2.3')]).toEqual([0, 0]);
  });

  it('keeps an expression right when values, instances and groups come after it', async () => {
    const engine = await cluster(
      kind,
      [instance(0, { attributes: { stack: 'prod-1' } })],
      [definition('web'), definition('db')],
    );
    const filter = 'attribute:stack =~ prod-.* and not(task:group =~ family:d.*)';
    const listed = (): number[] => engine.listContainerInstances({ filter }).containerInstanceArns.map(numberOf);
    expect(listed()).toEqual([0]);
    engine.registerContainerInstances([1, 2, 3].map((k) => instance(k, { attributes: { stack: `prod-${k * 2}` } })));
    engine.putAttributes({ attributes: [{ name: 'stack', value: 'test', targetId: arn(1) }] });
    expect(listed()).toEqual([0, 2, 3]);
    expect(run(engine, { taskDefinition: 'db' })).toEqual([0]);
    expect(listed()).toEqual([2, 3]);
    engine.deregisterContainerInstance({ containerInstance: arn(0), force: true });
    engine.registerContainerInstances([instance(9, { attributes: { stack: 'prod-9' } })]);
    expect(listed()).toEqual([9, 2, 3]);
  });
});
