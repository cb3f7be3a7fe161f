/**
 * A whole cluster renewed: every service of 5,000 instances gets a new revision, and the simulator runs until all are
 * steady. Run by scripts/bench-rollouts.mjs. One run is timed whole; a second one times the calls of the engine; the
 * reference engine runs a tenth of the size.
 */
import { createHash } from 'node:crypto';
import os from 'node:os';
import { parseArgs } from 'node:util';
import { parseScenario, type Scenario, Simulation, type SimulationResult } from 'bayplan/simulate';
import { percentile } from './statistics.ts';

export interface Size {
  readonly instances: number;
  readonly services: number;
  readonly tasksPerService: number;
}

export interface Timed {
  readonly engine: 'wasm' | 'reference';
  readonly size: Size;
  readonly elapsedMs: number;
  readonly slowestMs: number;
  /** Share of the engine's calls in a run of its own, 0 to 1. */
  readonly engineShare: number;
  readonly engineCalls: number;
  /** Services that are steady at the end. */
  readonly steady: number;
  readonly hash: string;
}

const ARN = 'arn:aws:ecs:us-east-1:123456789012:container-instance/renewed';
const UPDATE_SECONDS = 300;
const ZONES = 'abc';

function instance(n: number): object {
  return {
    containerInstanceArn: `${ARN}/${n.toString(16).padStart(32, '0')}`,
    ec2InstanceId: `i-${n.toString(16).padStart(17, '0')}`,
    registeredResources: [
      { name: 'CPU', type: 'INTEGER', integerValue: 16_384 },
      { name: 'MEMORY', type: 'INTEGER', integerValue: 31_000 },
    ],
    attributes: [
      { name: 'ecs.availability-zone', value: `us-east-1${ZONES[n % ZONES.length]}` },
      { name: 'ecs.instance-type', value: 'c5.4xlarge' },
      { name: 'ecs.os-type', value: 'linux' },
    ],
  };
}

function definition(family: string, version: number): object {
  return { family, containerDefinitions: [{ name: 'main', image: `${family}:${version}`, cpu: 256, memory: 512 }] };
}

export function renewal({ instances, services, tasksPerService }: Size, seed: number): Scenario {
  const names = Array.from({ length: services }, (_, k) => `service-${k}`);
  return parseScenario({
    seed,
    duration: 'PT30M',
    clusters: [{ clusterName: 'renewed' }],
    containerInstances: Array.from({ length: instances }, (_, k) => instance(k + 1)),
    taskDefinitions: names.flatMap((name) => [definition(name, 1), definition(name, 2)]),
    services: names.map((serviceName) => ({
      serviceName,
      taskDefinition: `${serviceName}:1`,
      desiredCount: tasksPerService,
    })),
    events: names.map((service) => ({
      at: UPDATE_SECONDS,
      call: 'UpdateService',
      input: { service, taskDefinition: `${service}:2` },
    })),
  });
}

/** Counts and times every call of an object's methods; what they return is watched by the caller. */
function watch(target: object, names: readonly string[], clock: { ms: number; calls: number }): void {
  const methods = target as Record<string, (...given: unknown[]) => unknown>;
  for (const name of names) {
    const method = methods[name]?.bind(target);
    if (method === undefined) continue;
    methods[name] = (...given) => {
      const start = performance.now();
      const answer = method(...given);
      clock.ms += performance.now() - start;
      clock.calls += 1;
      if (name === 'prepare') watch(answer as object, PLACER_CALLS, clock);
      return answer;
    };
  }
}

const PLACER_CALLS = ['place', 'placeAt', 'stop', 'free', 'release', 'victims'];
const ENGINE_CALLS = ['prepare', 'explain', 'describeTaskDefinition', 'rolloutBounds', 'rolloutStep'];

interface Run {
  readonly elapsedMs: number;
  readonly clock: { readonly ms: number; readonly calls: number };
  readonly result: SimulationResult;
}

/** From the first service's creation to the end; registering instances and definitions comes before. */
async function run(scenario: Scenario, engine: Timed['engine'], isWatched: boolean): Promise<Run> {
  const simulation = await Simulation.create(scenario, { engine, record: false });
  const clock = { ms: 0, calls: 0 };
  if (isWatched) for (const state of simulation.states) watch(state.engine, ENGINE_CALLS, clock);
  const start = performance.now();
  while (simulation.nextMs <= scenario.durationMs) simulation.step();
  const elapsedMs = performance.now() - start;
  const result = simulation.result(scenario.durationMs);
  simulation.dispose();
  return { elapsedMs, clock, result };
}

export async function time(size: Size, engine: Timed['engine'], seed: number, rounds: number): Promise<Timed> {
  const scenario = renewal(size, seed);
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++) runs.push(await run(scenario, engine, false));
  const watched = await run(scenario, engine, true);
  const { services } = watched.result;
  return {
    engine,
    size,
    elapsedMs: percentile(
      runs.map(({ elapsedMs }) => elapsedMs),
      0.5,
    ),
    slowestMs: Math.max(...runs.map(({ elapsedMs }) => elapsedMs)),
    engineShare: watched.clock.ms / watched.elapsedMs,
    engineCalls: watched.clock.calls,
    steady: watched.result.summary.services.filter(({ steady }) => steady).length,
    hash: createHash('sha256').update(JSON.stringify(services)).digest('hex').slice(0, 16),
  };
}

function line({ engine, size, elapsedMs, slowestMs, engineShare, engineCalls, steady, hash }: Timed): string {
  const { instances, services, tasksPerService } = size;
  return (
    `${engine.padEnd(9)} ${instances} instances, ${services} services of ${tasksPerService} tasks: ` +
    `${elapsedMs.toFixed(0)} ms (slowest ${slowestMs.toFixed(0)}), engine ${(engineShare * 100).toFixed(0)} % in ` +
    `${engineCalls} calls, ${steady} services steady, hash ${hash}`
  );
}

const WHOLE: Size = { instances: 5000, services: 1000, tasksPerService: 50 };
const SMOKE: Size = { instances: 50, services: 10, tasksPerService: 5 };

function tenth({ instances, services, tasksPerService }: Size): Size {
  return { instances: instances / 10, services: services / 10, tasksPerService };
}

/** @returns the exit code: 1 when a service is not steady at the end, or the engines do not agree. */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string', default: '7' },
      rounds: { type: 'string', default: '5' },
      smoke: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const seed = Number(values.seed);
  const rounds = values.smoke ? 1 : Number(values.rounds);
  const size = values.smoke ? SMOKE : WHOLE;
  const whole = await time(size, 'wasm', seed, rounds);
  const small = await time(tenth(size), 'wasm', seed, 1);
  const reference = await time(tenth(size), 'reference', seed, 1);
  const rows = [whole, small, reference];
  const [cpu] = os.cpus();
  const head = { seed, machine: `${os.cpus().length} x ${cpu?.model.trim()}`, node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ ...head, rows }, null, 2)}\n`);
  else process.stdout.write(`${JSON.stringify(head)}\n${rows.map(line).join('\n')}\n`);
  const isSteady = rows.every((row) => row.steady === row.size.services);
  return isSteady && small.hash === reference.hash ? 0 : 1;
}
