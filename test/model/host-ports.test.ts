/** Host ports of one task: fixed ones as given, dynamic ones lowest free first, blocks in a row. */
import { describe, expect, it } from 'vitest';
import { assignPorts, bindPorts, portKey } from '../../src/model/host-ports.ts';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { containerWith, definitionWith, type Members } from './definitions.ts';

const tcp = (...ports: number[]) => ports.map((port) => portKey(port, 'tcp'));
const ports = (portMappings: Members[], used: readonly number[] = [], networkMode?: string) =>
  assignPorts(parseTaskDefinition(definitionWith({ networkMode }, { portMappings })), new Set(used), {
    first: 100,
    last: 104,
  }).map(({ hostPort, hostPortRange }) => hostPort ?? hostPortRange);

describe('host ports', () => {
  it('are the lowest free ones, in the order of the mappings', () => {
    expect(ports([{ containerPort: 80 }, { containerPort: 81, hostPort: 0 }])).toEqual([100, 101]);
    expect(ports([{ containerPort: 80 }, { containerPort: 81 }], tcp(100, 102))).toEqual([101, 103]);
  });

  it('are as given where they are given, taken or not', () => {
    expect(ports([{ containerPort: 80, hostPort: 8080 }], tcp(8080))).toEqual([8080]);
    expect(ports([{ containerPort: 80 }], [], 'host')).toEqual([80]);
  });

  it('of TCP and UDP do not collide', () => {
    const both = [{ containerPort: 80 }, { containerPort: 53, protocol: 'udp' }];
    expect(ports(both)).toEqual([100, 100]);
    expect(ports(both, [portKey(100, 'udp')])).toEqual([100, 101]);
  });

  it('of a range are in a row', () => {
    expect(ports([{ containerPortRange: '80-82' }, { containerPort: 90 }], tcp(101))).toEqual(['102-104', 100]);
  });

  it('are missing where no gap is left', () => {
    expect(ports([{ containerPortRange: '80-82' }, { containerPort: 90 }], tcp(102))).toEqual([100]);
    expect(ports([{ containerPort: 80 }], tcp(100, 101, 102, 103, 104))).toEqual([]);
  });

  it('are none on awsvpc', () => {
    expect(ports([{ containerPort: 80 }], [], 'awsvpc')).toEqual([]);
  });

  it('begin at 49153 where no range is given, and are told by container', () => {
    const definition = parseTaskDefinition({
      family: 'web',
      containerDefinitions: [
        containerWith({ name: 'a' }),
        containerWith({ name: 'b', portMappings: [{ containerPort: 80 }] }),
      ],
    });
    expect(bindPorts(definition, () => false)).toEqual({
      networkBindings: [['b', [{ bindIP: '0.0.0.0', containerPort: 80, hostPort: 49153, protocol: 'tcp' }]]],
      dynamicPorts: tcp(49153),
    });
  });
});
