/** Targets by ip and by instance: static, dynamic and host ports. */
import { describe, expect, it } from 'vitest';
import type { TaskState } from '../../src/cluster/state.ts';
import type { NetworkBinding } from '../../src/model/task.ts';
import type { NetworkMode } from '../../src/model/task-definition.ts';
import { addressOf } from '../../src/traffic/address.ts';
import { ec2Instance, revision, runningTask, scene, serviceNamed } from './scene.ts';

const entry = { targetGroupArn: 'arn:web', containerName: 'app', containerPort: 80 };

function task(networkMode: NetworkMode, given: Partial<TaskState>) {
  return runningTask(scene([]), revision(serviceNamed('web'), { networkMode }), given);
}

describe('a target by ip', () => {
  it('is the task on its container port', () => {
    expect(addressOf(task('awsvpc', { privateIp: '10.0.1.7' }), entry, 'ip')).toEqual({ id: '10.0.1.7', port: 80 });
  });

  it('is none before the task has an address', () => {
    expect(addressOf(task('awsvpc', { privateIp: undefined }), entry, 'ip')).toBeUndefined();
  });
});

describe('a target by instance', () => {
  const instance = ec2Instance('i-1');

  const bridge = (...bindings: NetworkBinding[]) => task('bridge', { instance, networkBindings: [['app', bindings]] });

  it('is the instance on the host port', () => {
    const one = bridge({ containerPort: 9000, hostPort: 9000 }, { containerPort: 80, hostPort: 49153 });
    expect(addressOf(one, entry, 'instance')).toEqual({ id: 'i-1', port: 49153 });
  });

  it('takes the binding of its own container when two listen on the same port', () => {
    const both = task('bridge', {
      instance,
      networkBindings: [
        ['proxy', [{ containerPort: 80, hostPort: 49153 }]],
        ['app', [{ containerPort: 80, hostPort: 49154 }]],
      ],
    });
    expect(addressOf(both, entry, 'instance')?.port).toBe(49154);
    expect(addressOf(both, { ...entry, containerName: 'proxy' }, 'instance')?.port).toBe(49153);
  });

  it('finds its port in a range', () => {
    const one = bridge({ containerPortRange: '78-81', hostPortRange: '50000-50003' });
    const ports = [77, 78, 81, 82].map(
      (containerPort) => addressOf(one, { ...entry, containerPort }, 'instance')?.port,
    );
    expect(ports).toEqual([undefined, 50000, 50003, undefined]);
  });

  it('is none on an external instance or for a port that is not mapped', () => {
    const networkBindings: TaskState['networkBindings'] = [['app', [{ containerPort: 80, hostPort: 80 }]]];
    const external = task('host', { instance: ec2Instance(undefined), networkBindings });
    expect(addressOf(external, entry, 'instance')).toBeUndefined();
    expect(addressOf(bridge(), entry, 'instance')).toBeUndefined();
  });
});
