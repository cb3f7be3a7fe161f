/**
 * A week of auto scaling: services with one target tracking policy each and a daily wave, on one cluster, minute by minute.
 * Run by `npm run bench -- scaling`. A second table times one evaluation of very many services in the core alone; the
 * reference stands beside both.
 */
import { createHash } from 'node:crypto';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { decisionsOf, parseScenario, type Scenario, Simulation } from 'bayplan/simulate';
import { percentile } from './statistics.ts';

export interface Size {
  readonly instances: number;
  readonly services: number;
  /** Around which the wave makes a service swing. */
  readonly tasks: number;
  readonly days: number;
  /** Share of the services whose load moves, 0 to 1. */
  readonly moving: number;
}

export interface Timed {
  readonly engine: 'wasm' | 'reference';
  readonly size: Size;
  readonly elapsedMs: number;
  readonly slowestMs: number;
  /** Of `elapsedMs`, until every service has its tasks and has settled: what a run costs in which nothing changes. */
  readonly beginningMs: number;
  /** Of the process and its collector's threads: of a machine that others use too it tells more than the clock does. */
  readonly cpuMs: number;
  /** Milliseconds in which anything happened. */
  readonly steps: number;
  readonly scalings: number;
  readonly hash: string;
}

const ARN = 'arn:aws:ecs:us-east-1:123456789012:container-instance/waves';
const ZONES = 'abc';
const DAY_SECONDS = 86_400;
const MINUTES_A_DAY = 1440;

function instance(n: number): object {
  return {
    containerInstanceArn: `${ARN}/${n.toString(16).padStart(32, '0')}`,
    ec2InstanceId: `i-${n.toString(16).padStart(17, '0')}`,
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 4096 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 7800 },
    ],
    attributes: [
      { name: 'ecs.availability-zone', value: `us-east-1${ZONES[n % ZONES.length]}` },
      { name: 'ecs.instance-type', value: 'c5.xlarge' },
      { name: 'ecs.os-type', value: 'linux' },
    ],
  };
}

function resource(service: string): object {
  return {
    ServiceNamespace: 'ecs',
    ResourceId: `service/waves/${service}`,
    ScalableDimension: 'ecs:service:DesiredCount',
  };
}

/** Half a vCPU a task at a target of 60 %: the load of so many tasks in the middle of the wave, a third more and less around it. */
export function waves({ instances, services, tasks, days, moving }: Size, seed: number): Scenario {
  const names = Array.from({ length: services }, (_, k) => `service-${k}`);
  const base = tasks * 0.5 * 0.6;
  return parseScenario({
    seed,
    duration: `PT${24 * days}H`,
    clusters: [{ clusterName: 'waves' }],
    containerInstances: Array.from({ length: instances }, (_, k) => instance(k + 1)),
    taskDefinitions: names.map((family) => ({
      family,
      containerDefinitions: [{ name: 'main', image: family, cpu: 512, memory: 512 }],
    })),
    services: names.map((serviceName) => ({ serviceName, taskDefinition: `${serviceName}:1`, desiredCount: tasks })),
    scalableTargets: names.map((name) => ({ ...resource(name), MinCapacity: 2, MaxCapacity: 10 * tasks })),
    scalingPolicies: names.map((name) => ({
      ...resource(name),
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      },
    })),
    load: names.map((service, k) => ({
      service,
      signal: 'cpuSeconds',
      wave: {
        base,
        amplitude: k < moving * services ? base / 3 : 0,
        periodSeconds: DAY_SECONDS,
        stepSeconds: 60,
        phaseSeconds: ((k * 7919) % MINUTES_A_DAY) * 60,
      },
    })),
  });
}

type Run = Pick<Timed, 'elapsedMs' | 'beginningMs' | 'cpuMs' | 'steps' | 'scalings' | 'hash'>;

/** Alarms of a load that does not change sleep from then on. */
const BEGINNING_MS = 30 * 60_000;

function play(simulation: Simulation, untilMs: number): number {
  let steps = 0;
  for (; simulation.nextMs <= untilMs; steps++) simulation.step();
  return steps;
}

/** From the first service's creation to the end; registering instances and definitions comes before. */
async function run(scenario: Scenario, engine: Timed['engine']): Promise<Run> {
  const simulation = await Simulation.create(scenario, { engine, record: false });
  const before = process.cpuUsage();
  const start = performance.now();
  const first = play(simulation, BEGINNING_MS);
  const beginningMs = performance.now() - start;
  const steps = first + play(simulation, scenario.durationMs);
  const elapsedMs = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  const { services } = simulation.result(scenario.durationMs);
  const scalings = simulation.states.reduce((sum, { counters }) => sum + counters.activities, 0);
  simulation.dispose();
  return {
    elapsedMs,
    beginningMs,
    cpuMs: (user + system) / 1000,
    steps,
    scalings,
    hash: createHash('sha256').update(JSON.stringify(services)).digest('hex').slice(0, 16),
  };
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export async function time(size: Size, engine: Timed['engine'], seed: number, rounds: number): Promise<Timed> {
  const scenario = waves(size, seed);
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await run(scenario, engine));
  const times = runs.map(({ elapsedMs }) => elapsedMs);
  const [first] = runs as [Run];
  return {
    engine,
    size,
    elapsedMs: median(times),
    slowestMs: Math.max(...times),
    beginningMs: median(runs.map((one) => one.beginningMs)),
    cpuMs: median(runs.map((one) => one.cpuMs)),
    steps: first.steps,
    scalings: first.scalings,
    hash: first.hash,
  };
}

function line(timed: Timed): string {
  const { engine, size, elapsedMs, slowestMs, beginningMs, cpuMs, steps, scalings, hash } = timed;
  const { instances, services, days, moving } = size;
  const minuteUs = ((elapsedMs - beginningMs) * 1000) / (days * MINUTES_A_DAY);
  return (
    `${engine.padEnd(9)} ${days} days, ${services} services (${(moving * 100).toFixed(0)} % moving), ${instances} instances: ` +
    `${elapsedMs.toFixed(0)} ms (slowest ${slowestMs.toFixed(0)}, cpu ${cpuMs.toFixed(0)}); its beginning ${beginningMs.toFixed(0)} ms, ` +
    `then ${minuteUs.toFixed(1)} us a minute; ${steps} steps, ${scalings} activities, hash ${hash}`
  );
}

interface Evaluation {
  readonly engine: 'wasm' | 'reference';
  readonly services: number;
  readonly medianMs: number;
  readonly slowestMs: number;
  readonly acting: number;
}

const TARGET = 60;

/**
 * One minute of so many services: two alarms each, of 3 and of 15 datapoints, and what their policies ask for. The values
 * are written before: that is the metrics' part.
 */
export async function evaluation(engine: Evaluation['engine'], services: number, ticks: number): Promise<Evaluation> {
  const fleet = (await decisionsOf(engine)).createFleet();
  const common = { treatMissingData: 'missing', previousState: 'INSUFFICIENT_DATA' } as const;
  const rows: number[] = [];
  for (let k = 0; k < services; k++) {
    const high = {
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: TARGET,
    } as const;
    const low = {
      evaluationPeriods: 15,
      datapointsToAlarm: 15,
      comparisonOperator: 'LessThanThreshold',
      threshold: 0.9 * TARGET,
    } as const;
    rows.push(fleet.add({ ...common, ...high }, { isHigh: true, targetValue: TARGET }));
    rows.push(fleet.add({ ...common, ...low }, { isHigh: false, targetValue: TARGET }));
  }
  const capacity = { runningCount: 10, desiredCount: 10, minCapacity: 2, maxCapacity: 100 };
  for (const row of rows) fleet.setCapacity(row, capacity);
  const times: number[] = [];
  let acting = 0;
  for (let tick = 0; tick < ticks; tick++) {
    fleet.reserve(rows.length);
    fleet.rows.set(rows);
    for (let k = 0; k < rows.length; k++) fleet.values[k] = TARGET + 25 * Math.sin((tick + (k >> 1)) / 40);
    const start = performance.now();
    fleet.evaluate(rows.length, rows.length);
    times.push(performance.now() - start);
    acting += fleet.actingCount;
  }
  return { engine, services, medianMs: percentile(times, 0.5), slowestMs: Math.max(...times), acting };
}

function evaluationLine({ engine, services, medianMs, slowestMs, acting }: Evaluation): string {
  const figures = `${medianMs.toFixed(2)} ms a tick (slowest ${slowestMs.toFixed(2)})`;
  return `${engine.padEnd(9)} alarms and policies of ${services} services: ${figures}, ${acting} asked`;
}

const WEEK: Size = { instances: 5000, services: 1000, tasks: 10, days: 7, moving: 1 };
const SMOKE: Size = { instances: 50, services: 10, tasks: 5, days: 1, moving: 1 };

/** @returns the exit code: 1 when the engines do not agree. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '7' },
      rounds: { type: 'string', default: '3' },
      smoke: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  const rounds = values.smoke ? 1 : Number(values.rounds);
  const whole = values.smoke ? SMOKE : WEEK;
  const tenth = { ...whole, instances: whole.instances / 10, services: whole.services / 10 };
  const rows = [
    await time(whole, 'wasm', seed, rounds),
    await time({ ...whole, moving: 0.1 }, 'wasm', seed, 1),
    await time({ ...whole, moving: 0 }, 'wasm', seed, 1),
    await time(tenth, 'wasm', seed, 1),
    await time(tenth, 'reference', seed, 1),
  ];
  const many = values.smoke ? 100 : 100_000;
  const evaluations = [await evaluation('wasm', many, 100), await evaluation('reference', many / 10, 20)];
  const [cpu] = os.cpus();
  const head = { seed, machine: `${os.cpus().length} x ${cpu?.model.trim()}`, node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ ...head, rows, evaluations }, null, 2)}\n`);
  else
    process.stdout.write(
      `${JSON.stringify(head)}\n${[...rows.map(line), ...evaluations.map(evaluationLine)].join('\n')}\n`,
    );
  return rows[3]?.hash === rows[4]?.hash ? 0 : 1;
}
