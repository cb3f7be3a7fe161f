/** Made-up simulations for the report: a rollout with mishaps, Fargate only, nothing at all, a big one, one with hostile names. */
import type { ServiceSummary, SimulationResult } from '../../../src/simulate/result.ts';
import { describeInstance, type MadeInstance, type MadeTask, Recorder } from './recorder.ts';

const ZONES = ['us-east-1a', 'us-east-1b', 'us-east-1c'];
const SECOND = 1000;

/** Things to do at a time, done in order of time, then of asking. */
class Agenda {
  readonly #items: { at: number; what: () => void }[] = [];

  at(seconds: number, what: () => void): void {
    this.#items.push({ at: seconds * SECOND, what });
  }

  run(recorder: Recorder): void {
    for (;;) {
      const next = this.#items.reduce<number>(
        (best, item, k) => (best < 0 || item.at < (this.#items[best]?.at ?? 0) ? k : best),
        -1,
      );
      const [item] = next < 0 ? [] : this.#items.splice(next, 1);
      if (!item) return;
      recorder.now = item.at;
      item.what();
    }
  }
}

class Harbour {
  readonly recorder = new Recorder();
  readonly agenda = new Agenda();

  /** The active instance with the fewest tasks, the first of several. */
  #roomiest(): MadeInstance | undefined {
    const load = (one: MadeInstance): number => this.recorder.live().filter(({ instance }) => instance === one).length;
    const active = this.recorder.instances.filter(({ status }) => status === 'ACTIVE');
    return active.sort((a, b) => load(a) - load(b))[0];
  }

  start(service: string, definition: string, at: number, cpu = 256, memoryMiB = 1024): void {
    const { recorder, agenda } = this;
    agenda.at(at, () => {
      const task = recorder.task(service, definition, cpu, memoryMiB);
      const instance = this.#roomiest();
      recorder.taskChange(task, instance ? { lastStatus: 'PENDING', instance, zone: instance.zone } : {});
      agenda.at(at + 6, () => this.#ifLive(task, { lastStatus: 'RUNNING' }));
      agenda.at(at + 18, () => this.#ifLive(task, { healthStatus: 'HEALTHY' }));
    });
  }

  stop(task: MadeTask, at: number, stopCode: string, stoppedReason: string): void {
    const { recorder, agenda } = this;
    agenda.at(at, () => this.#ifLive(task, { desiredStatus: 'STOPPED', stopCode, stoppedReason }));
    agenda.at(at + 3, () => this.#ifLive(task, { lastStatus: 'DEACTIVATING' }));
    agenda.at(at + 14, () => this.#ifLive(task, { lastStatus: 'STOPPED' }));
    agenda.at(at + 14, () =>
      recorder.count('runningCount', { ServiceName: task.service }, this.#running(task.service)),
    );
  }

  #running(service: string): number {
    return this.recorder.live(service).filter((one) => one.lastStatus === 'RUNNING' && one.desiredStatus === 'RUNNING')
      .length;
  }

  #ifLive(task: MadeTask, change: Partial<MadeTask>): void {
    if (task.lastStatus !== 'STOPPED') this.recorder.taskChange(task, change);
  }
}

function summaryOf(service: string, desiredCount: number, over: Partial<ServiceSummary> = {}): ServiceSummary {
  return {
    ...{ cluster: 'harbour', service, desiredCount, runningCount: desiredCount, healthyCount: desiredCount },
    ...{
      steady: true,
      rolloutState: 'COMPLETED',
      started: desiredCount,
      failed: 0,
      belowMinimumMs: 0,
      underTargetMs: 0,
      reactionMs: 0,
    },
    deployments: [{ id: 'ecs-svc/1', rolloutState: 'COMPLETED', atMs: 0, elapsedMs: 40 * SECOND }],
    ...over,
  };
}

/** 20 minutes: three services on six instances in three zones, a rolling update, a lost instance, a refused call. */
export function rollout(names: readonly [string, string, string] = ['web', 'api', 'worker']): SimulationResult {
  const harbour = new Harbour();
  const { recorder, agenda } = harbour;
  const [web, api, worker] = names;
  for (let k = 0; k < 6; k++) recorder.instance(ZONES[k % 3] as string);
  const containerInstances = recorder.instances.map((one) => describeInstance(one, recorder.cluster));
  agenda.at(0, () => recorder.count('registeredInstances', {}, 6));
  [web, api, worker].forEach((service, k) => {
    agenda.at(0, () => recorder.count('desiredCount', { ServiceName: service }, [9, 6, 3][k] as number));
  });
  for (let k = 0; k < 9; k++) harbour.start(web, 'web:1', 1 + (k >> 2));
  for (let k = 0; k < 6; k++) harbour.start(api, 'api:4', 2 + (k >> 2), 384, 1536);
  for (let k = 0; k < 3; k++) harbour.start(worker, 'worker:12', 3, 128, 512);
  agenda.at(60, () => say(recorder, web, `(service ${web}) has reached a steady state.`));
  rollingUpdate(harbour, web);
  loseInstance(harbour, [web, api, worker]);
  agenda.run(recorder);
  const deployments = [
    { id: 'ecs-svc/1', rolloutState: 'COMPLETED', atMs: 0, elapsedMs: 40 * SECOND },
    { id: 'ecs-svc/2', rolloutState: 'COMPLETED', atMs: 300 * SECOND, elapsedMs: 187 * SECOND },
  ];
  const services = [
    summaryOf(web, 9, { deployments, started: 20, failed: 1 }),
    summaryOf(api, 6, { started: 7, belowMinimumMs: 21 * SECOND }),
    summaryOf(worker, 3),
  ];
  return recorder.result(
    { name: `Rolling update of ${web} through a lost instance`, containerInstances },
    services,
    1200 * SECOND,
  );
}

function say(recorder: Recorder, service: string, message: string): void {
  recorder.add({ type: 'ServiceEvent', service, message });
}

function rollingUpdate(harbour: Harbour, web: string): void {
  const { recorder, agenda } = harbour;
  const arn = 'arn:aws:ecs:us-east-1:123456789012:service/harbour/web';
  const state = (eventName: string): Record<string, unknown> => ({
    'detail-type': 'ECS Deployment State Change',
    resources: [arn],
    detail: {
      eventType: 'INFO',
      eventName,
      deploymentId: 'ecs-svc/2',
      reason: `ECS deployment ecs-svc/2 ${eventName}.`,
    },
  });
  agenda.at(300, () => {
    recorder.add({
      type: 'Call',
      call: 'UpdateService',
      service: web,
      input: { service: web, taskDefinition: 'web:2' },
    });
    recorder.add({ type: 'DeploymentStateChange', service: web, event: state('SERVICE_DEPLOYMENT_IN_PROGRESS') });
    const old = recorder.live(web);
    for (let k = 0; k < 9; k++) {
      harbour.start(web, 'web:2', 301 + 18 * k);
      const reason = 'Scaling activity initiated by (deployment ecs-svc/2)';
      harbour.stop(old[k] as MadeTask, 320 + 18 * k, 'ServiceSchedulerInitiated', reason);
    }
  });
  agenda.at(420, () => {
    const sick = recorder
      .live(web)
      .find(({ definition, lastStatus }) => definition === 'web:2' && lastStatus === 'RUNNING');
    if (!sick) return;
    recorder.taskChange(sick, { healthStatus: 'UNHEALTHY' });
    const target = {
      targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/front/1',
      id: '10.0.0.9',
      port: 80,
    };
    recorder.add({
      type: 'TargetHealthChange',
      service: web,
      target: { ...target, health: 'unhealthy', reason: 'Target.ResponseCodeMismatch', taskArn: sick.arn },
    });
    harbour.stop(sick, 455, 'ServiceSchedulerInitiated', 'Task failed ELB health checks in (target-group front)');
    harbour.start(web, 'web:2', 460);
  });
  agenda.at(487, () => {
    recorder.add({ type: 'DeploymentStateChange', service: web, event: state('SERVICE_DEPLOYMENT_COMPLETED') });
    say(recorder, web, `(service ${web}) has reached a steady state.`);
  });
}

function loseInstance(harbour: Harbour, [web, api, worker]: readonly [string, string, string]): void {
  const { recorder, agenda } = harbour;
  const sizes: Record<string, [string, number, number]> = {
    [web]: ['web:2', 256, 1024],
    [api]: ['api:4', 384, 1536],
    [worker]: ['worker:12', 128, 512],
  };
  agenda.at(700, () => {
    const lost = recorder.instances[2] as MadeInstance;
    recorder.add({
      type: 'Fault',
      fault: 'terminateInstance',
      input: { containerInstance: lost.containerInstanceArn },
    });
    lost.agentConnected = false;
    recorder.instanceChange(lost);
    agenda.at(730, () => {
      lost.status = 'INACTIVE';
      recorder.instanceChange(lost);
      for (const task of recorder.live().filter(({ instance }) => instance === lost)) {
        const stoppedReason = `Host EC2 (instance ${lost.ec2InstanceId}) terminated.`;
        recorder.taskChange(task, {
          lastStatus: 'STOPPED',
          desiredStatus: 'STOPPED',
          stopCode: 'InfrastructureHealth',
          stoppedReason,
        });
        const [definition, cpu, memoryMiB] = sizes[task.service] as [string, number, number];
        harbour.start(task.service, definition, 733, cpu, memoryMiB);
      }
    });
  });
  agenda.at(731, () =>
    say(
      recorder,
      api,
      `(service ${api}) was unable to place a task because no container instance met all of its requirements.`,
    ),
  );
  agenda.at(800, () => {
    const call = 'UpdateService';
    recorder.add({ type: 'Call', call, input: { service: worker, taskDefinition: 'worker:99' } });
    const error = { name: 'ClientException', message: 'Unable to describe task definition.' };
    recorder.add({ type: 'Refusal', call, path: 'events[1]', error });
  });
  agenda.at(900, () => {
    const draining = recorder.instances[4] as MadeInstance;
    recorder.add({ type: 'Call', call: 'UpdateContainerInstancesState', input: { status: 'DRAINING' } });
    draining.status = 'DRAINING';
    recorder.instanceChange(draining);
  });
  agenda.at(960, () => {
    const joined = recorder.instance('us-east-1c');
    recorder.instanceChange(joined);
  });
}

/** A service whose tasks run on Fargate in three zones; two wait in PROVISIONING at the end. */
export function fargate(): SimulationResult {
  const recorder = new Recorder();
  recorder.count('desiredCount', { ServiceName: 'shop' }, 14);
  for (let k = 0; k < 14; k++) {
    recorder.now = k * 2 * SECOND;
    const task = recorder.task('shop', 'shop:3', 512, 1024);
    const zone = ZONES[k % 3];
    recorder.taskChange(task, { zone });
    if (k >= 12) continue;
    recorder.now += 500;
    recorder.taskChange(task, { lastStatus: 'PENDING', zone });
    recorder.now += 700;
    recorder.taskChange(task, { lastStatus: 'RUNNING', healthStatus: 'HEALTHY' });
  }
  const steady = { steady: false, rolloutState: 'IN_PROGRESS', runningCount: 12, healthyCount: 12 };
  const deployments = [{ id: 'ecs-svc/1', rolloutState: 'IN_PROGRESS', atMs: 0, elapsedMs: null }];
  return recorder.result({}, [summaryOf('shop', 14, { ...steady, deployments })], 60 * SECOND);
}

export function empty(): SimulationResult {
  return new Recorder().result({}, [], 0);
}

export const HOSTILE_NAMES = [
  '</script><script>alert(1)</script>',
  `"quotes" & 'single' <b>`,
  'café-\u2028-港-🚢',
] as const;

/** Tasks start and stop by turns on `hosts` instances until there are so many events. */
export function busy(events: number, hosts: number): SimulationResult {
  const recorder = new Recorder();
  for (let k = 0; k < hosts; k++) recorder.instance(ZONES[k % 3] as string);
  const containerInstances = recorder.instances.map((one) => describeInstance(one, recorder.cluster));
  const running: MadeTask[] = [];
  const quiet = Object.assign(recorder, { live: () => [] as MadeTask[] });
  for (let k = 0; recorder.events.length < events; k++) {
    recorder.now = k * 250;
    const service = `svc-${k % 7}`;
    const instance = recorder.instances[(k * 7919) % hosts] as MadeInstance;
    const task = recorder.task(service, `${service}:${1 + (k % 3)}`, 128, 640);
    quiet.taskChange(task, { lastStatus: 'PENDING', instance, zone: instance.zone });
    quiet.taskChange(task, { lastStatus: 'RUNNING', healthStatus: 'HEALTHY' });
    running.push(task);
    recorder.count('runningCount', { ServiceName: service }, running.length);
    const old = running.length > hosts * 8 ? running.shift() : undefined;
    if (old) quiet.taskChange(old, { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' });
  }
  const services = Array.from({ length: 7 }, (_, k) => summaryOf(`svc-${k}`, hosts));
  return recorder.result({ name: 'A busy week', containerInstances }, services, recorder.now);
}
