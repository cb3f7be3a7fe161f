/** Lists with holes, which most ways to walk over a list leave out. A good entry first, where it could stay. */
import { instanceArn } from '../../support/arbitraries/names.ts';
import type { HostileCall } from './call.ts';

function holed<T>(first: T): T[] {
  const list = [first];
  list.length = 2;
  return list;
}

const placing = (more: object) => ({ taskDefinition: 'web', ...more });
const attributes = holed({ name: 'a', value: '1', targetId: instanceArn(0) });

export const HOLES: readonly HostileCall[] = (
  [
    [
      'instances',
      'containerInstances[1]',
      (engine, { instances }) => {
        engine.describeContainerInstances({ containerInstances: holed(String(instances[0])) });
      },
    ],
    [
      'changed states',
      'containerInstances[1]',
      (engine, { instances }) => {
        engine.updateContainerInstancesState({ containerInstances: holed(String(instances[0])), status: 'DRAINING' });
      },
    ],
    ['attributes', 'attributes[1]', (engine) => engine.putAttributes({ attributes })],
    ['deleted attributes', 'attributes[1]', (engine) => engine.deleteAttributes({ attributes })],
    [
      'subnets',
      undefined,
      (engine) => {
        engine.registerSubnets(holed({ subnetId: 'subnet-new', availabilityZone: 'a', vpcId: 'v' }));
      },
    ],
    ['imported tasks', undefined, (engine) => engine.importTasks(new Array(2))],
    [
      'constraints',
      undefined,
      (engine) => {
        engine.prepare(placing({ placementConstraints: holed({ type: 'distinctInstance' }) }) as never);
      },
    ],
    [
      'strategies',
      undefined,
      (engine) => {
        engine.runTask(placing({ placementStrategy: holed({ type: 'random' }) }) as never);
      },
    ],
    [
      'instances to start on',
      undefined,
      (engine, { instances }) => {
        engine.startTask(placing({ containerInstances: holed(String(instances[0])) }) as never);
      },
    ],
  ] as [string, string | undefined, HostileCall['call']][]
).map(([name, path, call]) => ({ name: `a hole among ${name}`, call, code: 'WRONG_TYPE', ...(path ? { path } : {}) }));
