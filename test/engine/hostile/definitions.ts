/** Task definitions as they must not be. */
import type { HostileCall } from './call.ts';

const define = (name: string, input: unknown, rest: Partial<HostileCall> = {}): HostileCall => ({
  name: `a definition with ${name}`,
  call: (engine) => engine.registerTaskDefinition(input as object),
  ...rest,
});
const container = (more: object = {}): object => ({ name: 'c', image: 'busybox', memory: 10, ...more });

export const DEFINITIONS: readonly HostileCall[] = [
  define('nothing in it', {}, { says: ['family'] }),
  define('text in its place', 'web', {}),
  define('a family with a space', { family: 'my web', containerDefinitions: [container()] }, { says: ['my web'] }),
  define('no container', { family: 'x', containerDefinitions: [] }, { path: 'containerDefinitions' }),
  define(
    'eleven containers',
    { family: 'x', containerDefinitions: Array.from({ length: 11 }, (_, k) => container({ name: `c${k}` })) },
    { path: 'containerDefinitions', says: ['11'] },
  ),
  define(
    'two containers of one name',
    { family: 'x', containerDefinitions: [container(), container()] },
    { says: ['"c"'] },
  ),
  define(
    'no essential container',
    { family: 'x', containerDefinitions: [container({ essential: false })] },
    { says: ['essential'] },
  ),
  define(
    'a container without memory',
    { family: 'x', containerDefinitions: [{ name: 'c', image: 'busybox' }] },
    { says: ["Invalid setting for container 'c'. At least one of 'memory' or 'memoryReservation' must be specified."] },
  ),
  define(
    'a reservation above the limit',
    { family: 'x', containerDefinitions: [container({ memoryReservation: 20 })] },
    {},
  ),
  define(
    'a container larger than the task',
    { family: 'x', memory: '8', containerDefinitions: [container()] },
    { says: ["The 'memory' setting for container is greater than for the task"] },
  ),
  define(
    'cpu that is no amount',
    { family: 'x', cpu: 'much', containerDefinitions: [container()] },
    { path: 'cpu', says: ['much'] },
  ),
  define(
    'cpu below the least',
    { family: 'x', cpu: '64', containerDefinitions: [container()] },
    { says: ["Invalid 'cpu' setting for task."] },
  ),
  define(
    'a network mode that is none',
    { family: 'x', networkMode: 'mesh', containerDefinitions: [container()] },
    { path: 'networkMode', says: ['mesh'] },
  ),
  define(
    'another host port in host mode',
    {
      family: 'x',
      networkMode: 'host',
      containerDefinitions: [container({ portMappings: [{ containerPort: 80, hostPort: 81 }] })],
    },
    { says: ['81'] },
  ),
  define(
    'ports without a network',
    { family: 'x', networkMode: 'none', containerDefinitions: [container({ portMappings: [{ containerPort: 80 }] })] },
    { says: ['portMappings'] },
  ),
  define(
    'a port beyond the last',
    { family: 'x', containerDefinitions: [container({ portMappings: [{ containerPort: 80, hostPort: 65536 }] })] },
    { says: ['hostPort', '65536'] },
  ),
  define(
    'distinctInstance in it',
    { family: 'x', placementConstraints: [{ type: 'distinctInstance' }], containerDefinitions: [container()] },
    { says: ["constraint.type 'distinctInstance' is not supported."] },
  ),
  define(
    'half a GPU',
    { family: 'x', containerDefinitions: [container({ resourceRequirements: [{ type: 'GPU', value: '0.5' }] })] },
    { says: ['0.5'] },
  ),
  define(
    'no Fargate size',
    {
      family: 'x',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '8192',
      containerDefinitions: [container()],
    },
    { says: ['No Fargate configuration exists for given values.'] },
  ),
];
