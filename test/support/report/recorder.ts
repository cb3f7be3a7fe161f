/**
 * Writes down a made-up simulation in the shapes of a real one: the events of tasks and instances as EventBridge has them,
 * and the series that follow from them. The stories in stories.ts say what happens; nothing here decides.
 */

import type { RecordedEvent, Series, ServiceSummary, SimulationResult } from '../../../src/simulate/result.ts';
import { NO_FIGURES } from './figures.ts';

const ACCOUNT = 'us-east-1:123456789012';
const START = Date.parse('2026-01-05T00:00:00Z');

export interface MadeInstance {
  readonly containerInstanceArn: string;
  readonly ec2InstanceId: string;
  readonly zone: string;
  status: string;
  agentConnected: boolean;
  readonly cpu: number;
  readonly memoryMiB: number;
}

export interface MadeTask {
  readonly arn: string;
  readonly service: string;
  readonly definition: string;
  readonly cpu: number;
  readonly memoryMiB: number;
  instance?: MadeInstance | undefined;
  zone?: string | undefined;
  lastStatus: string;
  desiredStatus: string;
  healthStatus: string;
  stopCode?: string;
  stoppedReason?: string;
  version: number;
}

/** Some letters and digits that differ from number to number. */
export function idOf(number: number): string {
  const spread = (number * 2654435761) >>> 0;
  return spread.toString(16).padStart(8, '0') + number.toString(16).padStart(24, '0');
}

export class Recorder {
  readonly cluster = 'harbour';
  readonly events: RecordedEvent[] = [];
  readonly instances: MadeInstance[] = [];
  readonly tasks: MadeTask[] = [];
  readonly #series = new Map<string, Omit<Series, 'points'> & { points: [number, number][] }>();
  now = 0;

  add(event: Omit<RecordedEvent, 'seq' | 'atMs' | 'time'>): void {
    this.events.push({
      seq: this.events.length + 1,
      atMs: this.now,
      time: new Date(START + this.now).toISOString(),
      cluster: this.cluster,
      ...event,
    });
  }

  instance(zone: string, cpu = 2048, memoryMiB = 7680): MadeInstance {
    const id = idOf(this.instances.length + 1);
    const made = {
      containerInstanceArn: `arn:aws:ecs:${ACCOUNT}:container-instance/${this.cluster}/${id}`,
      ec2InstanceId: `i-0${id.slice(0, 8)}${id.slice(-8)}`.slice(0, 12) + id.slice(-5),
      zone,
      status: 'ACTIVE',
      agentConnected: true,
      cpu,
      memoryMiB,
    };
    this.instances.push(made);
    return made;
  }

  instanceChange(instance: MadeInstance): void {
    this.add({
      type: 'ContainerInstanceStateChange',
      event: this.#envelope('ECS Container Instance State Change', describeInstance(instance, this.cluster)),
    });
    this.count('registeredInstances', {}, this.instances.filter(({ status }) => status !== 'INACTIVE').length);
  }

  taskChange(task: MadeTask, change: Partial<MadeTask>): void {
    Object.assign(task, change, { version: task.version + 1 });
    const { instance, service, definition } = task;
    this.add({
      type: 'TaskStateChange',
      service,
      event: this.#envelope('ECS Task State Change', {
        taskArn: task.arn,
        clusterArn: `arn:aws:ecs:${ACCOUNT}:cluster/${this.cluster}`,
        taskDefinitionArn: `arn:aws:ecs:${ACCOUNT}:task-definition/${definition}`,
        group: `service:${service}`,
        launchType: instance || !task.zone ? 'EC2' : 'FARGATE',
        ...(instance ? { containerInstanceArn: instance.containerInstanceArn } : {}),
        ...(task.zone ? { availabilityZone: task.zone } : {}),
        cpu: String(task.cpu),
        memory: String(task.memoryMiB),
        lastStatus: task.lastStatus,
        desiredStatus: task.desiredStatus,
        healthStatus: task.healthStatus,
        ...(task.stopCode ? { stopCode: task.stopCode, stoppedReason: task.stoppedReason } : {}),
        containers: [],
        version: task.version,
      }),
    });
    this.#recount(service);
  }

  task(service: string, definition: string, cpu: number, memoryMiB: number): MadeTask {
    const made: MadeTask = {
      arn: `arn:aws:ecs:${ACCOUNT}:task/${this.cluster}/${idOf(this.tasks.length + 1001)}`,
      ...{ service, definition, cpu, memoryMiB },
      ...{ lastStatus: 'PROVISIONING', desiredStatus: 'RUNNING', healthStatus: 'UNKNOWN', version: 0 },
    };
    this.tasks.push(made);
    return made;
  }

  count(name: string, dimensions: Record<string, string>, value: number, unit: Series['unit'] = 'Count'): void {
    const key = JSON.stringify([name, dimensions]);
    const all = { ClusterName: this.cluster, ...dimensions };
    const series = this.#series.get(key) ?? { name, unit, dimensions: all, points: [] as [number, number][] };
    const last = series.points.at(-1);
    if (last?.[0] === this.now) last[1] = value;
    else if (last?.[1] !== value) series.points.push([this.now, value]);
    this.#series.set(key, series);
  }

  live(service?: string): MadeTask[] {
    return this.tasks.filter(
      (one) => one.lastStatus !== 'STOPPED' && (service === undefined || one.service === service),
    );
  }

  result(scenario: Record<string, unknown>, services: readonly ServiceSummary[], endedAtMs: number): SimulationResult {
    return {
      seed: 7,
      scenario: { start: new Date(START).toISOString(), ...scenario },
      summary: {
        ...NO_FIGURES,
        endedAtMs,
        events: this.events.length,
        tasksStarted: this.tasks.length,
        tasksStopped: this.tasks.length - this.live().length,
        failedRequests: 0,
        placementFailures: this.events.filter(({ message }) => message?.includes('unable to place')).length,
        refused: this.events.filter(({ error }) => error !== undefined).length,
        steady: services.every(({ steady }) => steady),
        services,
      },
      series: [...this.#series.values()],
      services: [],
      events: this.events,
    };
  }

  #recount(service: string): void {
    const own = this.live(service).filter(({ desiredStatus }) => desiredStatus === 'RUNNING');
    const running = own.filter(({ lastStatus }) => lastStatus === 'RUNNING');
    const dimensions = { ServiceName: service };
    this.count('runningCount', dimensions, running.length);
    this.count('healthyCount', dimensions, running.filter(({ healthStatus }) => healthStatus === 'HEALTHY').length);
    this.count('pendingCount', dimensions, own.length - running.length);
    const all = this.live();
    for (const zone of ['us-east-1a', 'us-east-1b', 'us-east-1c'])
      this.count('tasks', { AvailabilityZone: zone }, all.filter((one) => one.zone === zone).length);
    const placed = all.filter(({ instance }) => instance);
    const hosts = this.instances.filter(({ status }) => status !== 'INACTIVE');
    const share = (used: number, of: number): number => (of === 0 ? 0 : Math.round((1000 * used) / of) / 10);
    const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
    const cpu = share(sum(placed.map((one) => one.cpu)), sum(hosts.map((one) => one.cpu)));
    const memory = share(sum(placed.map((one) => one.memoryMiB)), sum(hosts.map((one) => one.memoryMiB)));
    this.count('reservedCpu', {}, cpu, 'Percent');
    this.count('reservedMemory', {}, memory, 'Percent');
  }

  #envelope(detailType: string, detail: Record<string, unknown>): Record<string, unknown> {
    return { version: '0', id: idOf(this.events.length), 'detail-type': detailType, source: 'aws.ecs', detail };
  }
}

/** As DescribeContainerInstances has it. */
export function describeInstance(made: MadeInstance, cluster: string): Record<string, unknown> {
  const integer = (name: string, integerValue: number) => ({ name, type: 'INTEGER', integerValue });
  return {
    containerInstanceArn: made.containerInstanceArn,
    ec2InstanceId: made.ec2InstanceId,
    clusterArn: `arn:aws:ecs:${ACCOUNT}:cluster/${cluster}`,
    status: made.status,
    agentConnected: made.agentConnected,
    attributes: [
      { name: 'ecs.availability-zone', value: made.zone },
      { name: 'ecs.instance-type', value: 'm5.large' },
    ],
    registeredResources: [integer('CPU', made.cpu), integer('MEMORY', made.memoryMiB)],
  };
}
