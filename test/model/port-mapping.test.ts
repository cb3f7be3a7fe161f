/** Port mappings in each network mode (ECS API, PortMapping). */
import { describe, expect, it } from 'vitest';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { definitionWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const parse = (networkMode: string | undefined, ...portMappings: object[]) =>
  parseTaskDefinition(definitionWith({ ...(networkMode === undefined ? {} : { networkMode }) }, { portMappings }))
    .containerDefinitions?.[0]?.portMappings;

describe('a port mapping', () => {
  it.each([
    [undefined, { containerPort: 80 }],
    ['bridge', { containerPort: 80, hostPort: 8080, protocol: 'udp' }],
    ['bridge', { containerPort: 65535, hostPort: 0 }],
    ['bridge', { containerPortRange: '1-65535' }],
    ['awsvpc', { containerPort: 80, hostPort: 80 }],
    ['awsvpc', { containerPortRange: '8000-8000', protocol: 'tcp' }],
    ['host', { containerPort: 80 }],
    ['host', { containerPort: 80, hostPort: 80 }],
  ])('in mode %s may be %j', (mode, mapping) => {
    expect(parse(mode, mapping)).toEqual([mapping]);
  });

  it.each([
    ['awsvpc', { containerPort: 80, hostPort: 81 }],
    ['host', { containerPort: 80, hostPort: 81 }],
    ['host', { containerPortRange: '80-90' }],
    ['none', { containerPort: 80 }],
    ['bridge', {}],
    ['bridge', { hostPort: 80 }],
    ['bridge', { containerPort: 0 }],
    ['bridge', { containerPort: 65536 }],
    ['bridge', { containerPort: 80, hostPort: -1 }],
    ['bridge', { containerPort: '80' }],
    ['bridge', { containerPort: 80.5 }],
    ['bridge', { containerPort: 80, containerPortRange: '80-90' }],
    ['bridge', { hostPort: 80, containerPortRange: '80-90' }],
    ['bridge', { containerPortRange: '90-80' }],
    ['bridge', { containerPortRange: '0-80' }],
    ['bridge', { containerPortRange: '80-65536' }],
    ['bridge', { containerPortRange: '80' }],
    ['bridge', { containerPortRange: '80-90-100' }],
    ['bridge', { containerPortRange: '' }],
  ])('in mode %s may not be %j', (mode, mapping) => {
    expect(refusal(() => parse(mode, mapping))?.path).toMatch(/^containerDefinitions\[0\]\.portMappings\[0\]/);
  });

  it('of a protocol that is neither is tcp', () => {
    expect(parse('bridge', { containerPort: 80, protocol: 'sctp' })).toEqual([{ containerPort: 80, protocol: 'tcp' }]);
  });

  it('may not expose one container port for both protocols', () => {
    expect(refusal(() => parse('bridge', { containerPort: 53 }, { containerPort: 53, protocol: 'udp' }))?.path).toBe(
      'containerDefinitions[0].portMappings[1].containerPort',
    );
    expect(parse('bridge', { containerPort: 53, hostPort: 1 }, { containerPort: 53, hostPort: 2 })).toHaveLength(2);
  });

  it('may be a range a hundred times, not more', () => {
    const ranges = Array.from({ length: 101 }, (_, k) => ({ containerPortRange: `${k + 1}-${k + 1}` }));
    expect(parse('bridge', ...ranges.slice(1))).toHaveLength(100);
    expect(refusal(() => parse('bridge', ...ranges))?.code).toBe('PORT_RANGE');
  });
});
