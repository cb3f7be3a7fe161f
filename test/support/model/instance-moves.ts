/** Commands on container instances: register, deregister, drain, agent, attributes, describe, list, subnets. */
import fc from 'fast-check';
import type { Engine } from '../../../src/contract.ts';
import type { Attribute } from '../../../src/model/attribute.ts';
import { expression } from '../arbitraries/expression.ts';
import { among, chance, instanceArn, STACKS, SUBNETS, sometimes, ZONES } from '../arbitraries/names.ts';
import { type Call, type Model, type Move, pick } from './state.ts';

/** A plain call: method name and input make the story. */
export function call<K extends keyof Engine>(method: K, input: unknown, learn?: Call['learn']): Call {
  return {
    text: `${method}(${JSON.stringify(input)})`,
    on: (engine) => (engine[method] as (given: unknown) => unknown).call(engine, input),
    ...(learn ? { learn } : {}),
  };
}

/** An ARN, its short id, or now and then one that no engine knows. */
export interface Target {
  readonly index: number;
  readonly form: number;
}
export const target: fc.Arbitrary<Target> = fc.record({ index: fc.nat(199), form: fc.nat(19) });

export function instanceName(model: Model, { index, form }: Target): string {
  const arn = pick(model.arns, index);
  if (arn === undefined || form === 19) return instanceArn(0xffff);
  return form >= 16 ? arn.slice(arn.lastIndexOf('/') + 1) : arn;
}

const registerContainerInstances: fc.Arbitrary<Move> = fc
  .record({ count: fc.integer({ min: 1, max: 3 }), again: sometimes(1, fc.nat(199)) })
  .map(({ count, again }) => (model) => {
    const { instances } = model.world;
    const fresh = instances.slice(model.reserve, model.reserve + count);
    const repeated = again === undefined ? undefined : instances[again % Math.max(1, model.reserve)];
    const batch = repeated ? [...fresh, repeated] : fresh;
    if (batch.length === 0) return undefined;
    return call('registerContainerInstances', batch, () => {
      model.arns = [...new Set([...model.arns, ...batch.map((instance) => String(instance.containerInstanceArn))])];
      model.reserve += fresh.length;
    });
  });

const deregisterContainerInstance: fc.Arbitrary<Move> = fc
  .record({ target, force: among([undefined, false, true, true]) })
  .map(
    ({ target, force }) =>
      (model) =>
        call('deregisterContainerInstance', { containerInstance: instanceName(model, target), force }),
  );

const updateContainerInstancesState: fc.Arbitrary<Move> = fc
  .record({
    targets: fc.array(target, { maxLength: 3 }),
    status: among(['ACTIVE', 'ACTIVE', 'DRAINING', 'DRAINING', 'INACTIVE']),
  })
  .map(({ targets, status }) => (model) => {
    const containerInstances = [...new Set(targets.map((one) => instanceName(model, one)))];
    return call('updateContainerInstancesState', { containerInstances, status });
  });

const setAgentConnected: fc.Arbitrary<Move> = fc.record({ target, agentConnected: fc.boolean() }).map(
  ({ target, agentConnected }) =>
    (model) =>
      call('setAgentConnected', { containerInstance: instanceName(model, target), agentConnected }),
);

const change = fc.oneof(
  { arbitrary: fc.record({ name: fc.constant('stack'), value: sometimes(7, among(STACKS)) }), weight: 6 },
  {
    arbitrary: fc.record({ name: among(['rack', 'nowhere']), value: sometimes(7, among(['r1', 'r2', ...ZONES])) }),
    weight: 4,
  },
  { arbitrary: fc.record({ name: fc.nat(9).map((n) => `custom-${n}`), value: fc.constant('x') }), weight: 3 },
  { arbitrary: fc.record({ name: among(['ecs.instance-type', 'bad name']), value: fc.constant('x') }), weight: 1 },
);

/** Changes of a few instances at once; short ids carry the target type, ARNs need none. */
const changes = fc.array(fc.record({ change, target, typed: chance(7) }), { minLength: 1, maxLength: 11, size: '-1' });

function attributesOf(
  model: Model,
  draws: { change: { name: string; value?: string | undefined }; target: Target; typed: boolean }[],
): Attribute[] {
  return draws.map(({ change, target, typed }) => ({
    name: change.name,
    ...(change.value === undefined ? {} : { value: change.value }),
    ...(typed ? { targetType: 'container-instance' as const } : {}),
    targetId: instanceName(model, target),
  }));
}

const putAttributes: fc.Arbitrary<Move> = changes.map(
  (draws) => (model) => call('putAttributes', { attributes: attributesOf(model, draws) }),
);
const deleteAttributes: fc.Arbitrary<Move> = changes.map(
  (draws) => (model) => call('deleteAttributes', { attributes: attributesOf(model, draws) }),
);

const describeContainerInstances: fc.Arbitrary<Move> = fc
  .array(target, { maxLength: 4 })
  .map(
    (targets) => (model) =>
      call('describeContainerInstances', { containerInstances: targets.map((one) => instanceName(model, one)) }),
  );

const listContainerInstances: fc.Arbitrary<Move> = fc
  .record({
    filter: sometimes(7, expression),
    status: sometimes(2, among(['ACTIVE', 'DRAINING', 'REGISTERING', 'INACTIVE', 'odd'])),
  })
  .map((input) => () => call('listContainerInstances', input));

const registerSubnets: fc.Arbitrary<Move> = fc
  .record({
    subnets: fc.subarray([...SUBNETS], { minLength: 1 }),
    odd: sometimes(1, fc.constant({ subnetId: 'subnet-a', availabilityZone: 3, vpcId: 'v' })),
  })
  .map(
    ({ subnets, odd }) =>
      () =>
        call('registerSubnets', odd ? [...subnets, odd] : subnets),
  );

export const instanceMoves = {
  registerContainerInstances,
  deregisterContainerInstance,
  updateContainerInstancesState,
  setAgentConnected,
  putAttributes,
  deleteAttributes,
  describeContainerInstances,
  listContainerInstances,
  registerSubnets,
};
