/** Targets by ip and by instance: static, dynamic and host ports. */
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/traffic/address.ts';
import { ec2Instance, revision, runningTask, scene, serviceNamed } from './scene.ts';

const entry = { targetGroupArn: 'arn:web', containerName: 'app', containerPort: 80 };

function task(networkMode: 'awsvpc' | 'bridge' | 'host', given: Parameters<typeof runningTask>[2]) {
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

  it('is the instance on the host port', () => {
    const networkBindings = [
      { containerPort: 9000, hostPort: 9000 },
      { containerPort: 80, hostPort: 49153 },
    ];
    expect(addressOf(task('bridge', { instance, networkBindings }), entry, 'instance')).toEqual({
      id: 'i-1',
      port: 49153,
    });
  });

  it('takes the binding of its own container when two listen on the same port', () => {
    const both = task('bridge', {
      instance,
      networkBindings: [
        { containerPort: 80, hostPort: 49153 },
        { containerPort: 80, hostPort: 49154 },
      ],
      definition: {
        containerDefinitions: [
          { name: 'proxy', portMappings: [{ containerPort: 80 }] },
          { name: 'app', portMappings: [{ containerPort: 80 }] },
        ],
      },
    });
    expect(addressOf(both, entry, 'instance')?.port).toBe(49154);
    expect(addressOf(both, { ...entry, containerName: 'proxy' }, 'instance')?.port).toBe(49153);
  });

  it('is on the container port in host mode', () => {
    expect(addressOf(task('host', { instance }), entry, 'instance')).toEqual({ id: 'i-1', port: 80 });
  });

  it('is none on an external instance or for a port that is not mapped', () => {
    expect(addressOf(task('host', { instance: ec2Instance(undefined) }), entry, 'instance')).toBeUndefined();
    expect(addressOf(task('bridge', { instance }), entry, 'instance')).toBeUndefined();
  });
});
