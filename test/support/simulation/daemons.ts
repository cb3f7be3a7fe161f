/** Arbitraries of ECS Managed Daemons on Managed Instances, and what happens to them. Used by scenario. */
import fc from 'fast-check';
import { among, chance, sometimes } from '../arbitraries/names.ts';
import { ALARMS } from './harbour.ts';
import { MANAGED } from './managed.ts';

type Json = Record<string, unknown>;

const NAMES = ['d0', 'd1'];
const FAMILY = 'watch';

const healthCheck = { command: ['CMD', 'true'], interval: 10, retries: 1 };

const containers = fc.record({ cpu: among([0, 64, 600]), memory: among([64, 500]), isChecked: fc.boolean() }).map(
  ({ isChecked, ...amounts }): Json => ({
    family: FAMILY,
    containerDefinitions: [{ name: 'watch', image: 'watch', ...amounts, ...(isChecked ? { healthCheck } : {}) }],
  }),
);

const configuration = fc
  .record({
    drainPercent: sometimes(4, among([0, 30, 50, 100])),
    bakeTimeInMinutes: sometimes(2, among([0, 1, 4])),
    alarms: sometimes(2, fc.constant({ alarmNames: [...ALARMS], enable: true })),
  })
  .map((json) => Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined)));

const settings = fc
  .record({ revision: among(['', ':1', ':2']), deploymentConfiguration: configuration, isCritical: chance(4) })
  .map(({ revision, deploymentConfiguration, isCritical }) => ({
    daemonTaskDefinitionArn: `${FAMILY}${revision}`,
    capacityProviderArns: [MANAGED],
    deploymentConfiguration,
    ...(isCritical ? {} : { critical: false }),
  }));

const life = among<Json>([
  {},
  {},
  { startSeconds: 0 },
  { startSeconds: 20, stopSeconds: 0 },
  { failRate: 0.3 },
  { failRate: 1 },
  { failRate: 1, startSeconds: 0, stopSeconds: 0 },
  { runSeconds: 150 },
  { runSeconds: 0, startSeconds: 0, stopSeconds: 0 },
  { unhealthyAfterSeconds: 100 },
]);

export interface Daemons {
  readonly daemonTaskDefinitions: readonly Json[];
  readonly daemons: readonly Json[];
  readonly behaviour: Json;
}

export const daemons: fc.Arbitrary<Daemons> = fc
  .record({
    daemonTaskDefinitions: fc.array(containers, { minLength: 2, maxLength: 2 }),
    own: fc.array(settings, { maxLength: NAMES.length }),
    first: life,
    second: life,
  })
  .map(({ daemonTaskDefinitions, own, first, second }) => ({
    daemonTaskDefinitions,
    daemons: own.map((one, k) => ({ daemonName: NAMES[k], ...one })),
    behaviour: { [`${FAMILY}:1`]: first, [`${FAMILY}:2`]: second },
  }));

/** With their weights beside the other events of a scenario. */
export const DAEMON_EVENTS: readonly (readonly [weight: number, event: fc.Arbitrary<Json>])[] = [
  [
    1,
    fc
      .tuple(among(NAMES), settings)
      .map(([daemonName, one]): Json => ({ call: 'CreateDaemon', input: { daemonName, ...one } })),
  ],
  [
    3,
    fc
      .tuple(among(NAMES), settings)
      .map(([daemonArn, one]): Json => ({ call: 'UpdateDaemon', input: { daemonArn, ...one } })),
  ],
  [1, among(NAMES).map((daemonArn): Json => ({ call: 'DeleteDaemon', input: { daemonArn } }))],
  [2, fc.tuple(among(NAMES), fc.nat(2)).map(([name, k]): Json => ({ fault: 'killTask', task: `${name}[${k}]` }))],
];
