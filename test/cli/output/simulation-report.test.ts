/** The table of simulate, from a made-up result. */
import { describe, expect, it } from 'vitest';
import type { Io } from '../../../src/cli/io.ts';
import { renderSimulation } from '../../../src/cli/output/simulation-report.ts';
import type { RecordedEvent, ServiceSummary, SimulationResult } from '../../../src/simulate/result.ts';
import { NO_FIGURES } from '../../support/report/figures.ts';

const TASK = '0123456789abcdef0123456789abcdef';

function event(atMs: number, members: Partial<RecordedEvent>): RecordedEvent {
  return { seq: 1, atMs, time: '', type: 'ServiceEvent', cluster: 'dock', service: 'web', ...members };
}

function summaryOf(members: Partial<ServiceSummary> = {}): ServiceSummary {
  return {
    cluster: 'dock',
    service: 'web',
    desiredCount: 2,
    runningCount: 2,
    healthyCount: 1,
    steady: true,
    rolloutState: 'COMPLETED',
    started: 4,
    failed: 1,
    belowMinimumMs: 90_000,
    underTargetMs: 0,
    reactionMs: 0,
    deployments: [{ id: 'ecs-svc/1', rolloutState: 'COMPLETED', atMs: 0, elapsedMs: 45_000 }],
    ...members,
  };
}

function resultOf(
  events: readonly RecordedEvent[],
  services: readonly ServiceSummary[],
  refused = 0,
): SimulationResult {
  const summary = {
    ...NO_FIGURES,
    endedAtMs: 1_800_000,
    events: events.length,
    tasksStarted: 4,
    tasksStopped: 2,
    placementFailures: 3,
    failedRequests: 0,
    refused,
    steady: refused === 0 && services.every(({ steady }) => steady),
    services,
  };
  return { seed: 7, scenario: {}, summary, series: [], services: [], events };
}

function render(result: SimulationResult, terminal: Partial<Io> = {}): string {
  const io = { isTerminal: false, columns: 100, env: {}, ...terminal } as Io;
  return renderSimulation({ name: 'a.json', result }, io);
}

const EVENTS = [
  event(0, { message: `(service web) has started 1 tasks: (task ${TASK}).` }),
  event(600_000, { type: 'Call', service: undefined, call: 'UpdateService', input: { service: 'web' } }),
  event(700_000, {
    type: 'Refusal',
    service: undefined,
    call: 'StopTask',
    path: 'events[1].input',
    error: { name: 'X', message: 'no.' },
  }),
  event(700_500, { type: 'TaskStateChange' }),
  event(800_000, { type: 'TrafficShift', traffic: { deploymentId: 'ecs-svc/1', percent: 12.5 } }),
  event(900_000, {
    type: 'DeploymentStateChange',
    event: { detail: { eventName: 'SERVICE_DEPLOYMENT_FAILED', reason: 'tasks failed.' } },
  }),
];

describe('the table of a simulation', () => {
  it('tells what happened, how services stand and how long deployments took', () => {
    expect(render(resultOf(EVENTS, [summaryOf()], 1))).toBe(`a.json  seed 7

00:00:00  web  has started 1 tasks: (task 01234567).
00:10:00       > UpdateService {"service":"web"}
00:11:40       StopTask refused: events[1].input: no. (X)
00:13:20  web  12.5 % of traffic on ecs-svc/1
00:15:00  web  deployment failed: tasks failed.

SERVICE  STATE   ROLLOUT    DESIRED  RUNNING  HEALTHY  STARTED  FAILED  BELOW MINIMUM
web      steady  COMPLETED        2        2        1        4       1     1 min 30 s

DEPLOYMENT  SERVICE  STATE      BEGAN     TOOK
ecs-svc/1   web      COMPLETED  00:00:00  45 s

After 30 min: 1 call or fault refused.
4 tasks started, 2 stopped, 3 placement failures, 6 events.
`);
  });

  it('says in one line that all is well, or what is not', () => {
    const stuck = summaryOf({
      steady: false,
      deployments: [{ id: 'd', rolloutState: 'FAILED', atMs: 0, elapsedMs: null }],
    });
    expect(render(resultOf([], [summaryOf()]))).toContain('\nAfter 30 min every service is steady.\n');
    expect(render(resultOf([], [stuck]))).toContain('\nAfter 30 min: not steady: web; 1 failed deployment.\n');
  });

  it('names clusters where there are several', () => {
    const text = render(resultOf([event(0, { message: 'x' })], [summaryOf(), summaryOf({ cluster: 'quay' })]));
    expect(text).toContain('00:00:00  dock/web  x\n');
    expect(text).toContain('\nquay/web  steady');
  });

  it('tells the Capacity Reservation of a managed instance', () => {
    const managedInstance = {
      capacityProviderName: 'managed',
      instanceId: 'i-1',
      instanceState: 'pending',
      availabilityZone: 'us-east-1a',
      instanceType: 'm5.large',
      lifecycle: 'on-demand' as const,
      reason: '1 task waits for capacity',
    };
    const type = 'ManagedInstanceStateChange';
    const reserved = { ...managedInstance, capacityReservationId: 'cr-1' };
    const text = render(
      resultOf([event(0, { type, managedInstance }), event(0, { type, managedInstance: reserved })], []),
    );
    expect(text).toContain('Launching managed instance i-1 m5.large in us-east-1a (1 task waits for capacity)\n');
    expect(text).toContain('Launching managed instance i-1 m5.large in us-east-1a into cr-1 (1 task waits');
  });

  it('keeps the first and the last of many lines', () => {
    const many = Array.from({ length: 130 }, (_, k) => event(k * 1000, { message: `message ${k}` }));
    const text = render(resultOf(many, []));
    expect(text.match(/message \d+/g)).toHaveLength(100);
    expect(text).toContain('message 49\n... 30 more lines: --events FILE has all events\n00:01:20  web  message 80\n');
  });

  it('is wrapped and coloured for terminals', () => {
    const message = 'was unable to place a task because no container instance met all of its requirements.';
    const text = render(resultOf([event(0, { message })], [summaryOf()]), { isTerminal: true, columns: 60 });
    const lines = text.split('\n');
    const from = lines.findIndex((line) => line.includes('unable'));
    expect(lines.slice(from, from + 3)).toEqual([
      '00:00:00  web  \u001b[31mwas unable to place a task because no\u001b[39m',
      `${' '.repeat(15)}\u001b[31mcontainer instance met all of its\u001b[39m`,
      `${' '.repeat(15)}\u001b[31mrequirements.\u001b[39m`,
    ]);
  });
});
