/** The cluster a command works on: an engine with the instances, tasks and subnets of the given files. */
import type { Engine, EngineOptions } from '../../contract.ts';
import { createEngine } from '../../create-engine.ts';
import { instanceTypes } from '../../instance-types/index.ts';
import type { ContainerInstance } from '../../model/container-instance.ts';
import { type InstanceTypes, parseInstanceTypes } from '../../model/instance-type.ts';
import { list } from '../../model/read.ts';
import { parseSubnets } from '../../model/subnet.ts';
import type { Failure, Task } from '../../model/task.ts';
import type { Io } from '../io.ts';
import { counted } from '../output/text.ts';
import { type Inputs, inFile, listIn } from './json.ts';

export interface ClusterOptions {
  readonly containerInstances: readonly string[];
  readonly tasks?: readonly string[];
  readonly subnets?: readonly string[];
  readonly instanceTypes?: string;
  readonly seed?: number;
}

interface InputFile<T> {
  readonly file: string;
  readonly entries: readonly T[];
  readonly failures: readonly Failure[];
}

/** The list under `key`, and the failures AWS answered beside it. Entries are validated where they are used. */
async function readList<T>(file: string, key: string, inputs: Inputs): Promise<InputFile<T>> {
  const value = await inputs.json(file);
  const entries = inFile(file, () => list(listIn(value, key), key)) as readonly T[];
  const failures = listIn(value, 'failures');
  return { file, entries, failures: Array.isArray(value) || !Array.isArray(failures) ? [] : failures };
}

async function readAll<T>(files: readonly string[], key: string, inputs: Inputs): Promise<InputFile<T>[]> {
  const read: InputFile<T>[] = [];
  for (const file of files) read.push(await readList<T>(file, key, inputs));
  return read;
}

/** Facts of the user's own file complete and replace the built-in ones, type by type. */
async function readInstanceTypes(file: string | undefined, inputs: Inputs): Promise<InstanceTypes> {
  if (file === undefined) return instanceTypes;
  const value = await inputs.json(file);
  const own = inFile(file, () => parseInstanceTypes(value));
  const merged = Object.entries(own).map(([type, facts]) => [type, { ...instanceTypes[type], ...facts }] as const);
  return { ...instanceTypes, ...Object.fromEntries(merged) };
}

const INSTANCE_ARN = /^arn:[^:]+:ecs:([a-z0-9-]+):(\d{12}):container-instance\/(?:([A-Za-z0-9_-]{1,255})\/)?[^/]+$/;

/** Task ARNs come out in the region, account and cluster that the instances are in. */
function contextOf(instance: ContainerInstance | undefined): EngineOptions {
  const found = INSTANCE_ARN.exec(String(instance?.containerInstanceArn));
  if (found === null) return {};
  const [, region, account, cluster] = found;
  return { region, account, ...(cluster === undefined ? {} : { cluster }) };
}

function noteFailures(instances: readonly InputFile<ContainerInstance>[], io: Io): void {
  for (const { file, failures } of instances) {
    if (failures.length === 0) continue;
    const which = failures.map(({ arn, reason }) => `${arn} (${reason})`).join(', ');
    io.err(`note: ${file} has ${counted(failures.length, 'failure')}, not in the cluster: ${which}\n`);
  }
}

function importTasks(engine: Engine, { file, entries }: InputFile<Task>, io: Io): void {
  const { failures } = inFile(file, () => engine.importTasks(entries));
  if (failures.length === 0) return;
  io.err(`note: ${file}: ${counted(failures.length, 'task')} on instances that are not in the cluster, not counted\n`);
}

/** @throws BayplanError with the file that a wrong value stands in. */
export async function loadCluster(options: ClusterOptions, inputs: Inputs, io: Io): Promise<Engine> {
  const instances = await readAll<ContainerInstance>(options.containerInstances, 'containerInstances', inputs);
  const types = await readInstanceTypes(options.instanceTypes, inputs);
  const context = contextOf(instances.find(({ entries }) => entries.length > 0)?.entries[0]);
  const engine = await createEngine({ ...context, seed: options.seed ?? 0, instanceTypes: types });
  for (const { file, entries } of instances) inFile(file, () => engine.registerContainerInstances(entries));
  noteFailures(instances, io);
  for (const tasks of await readAll<Task>(options.tasks ?? [], 'tasks', inputs)) importTasks(engine, tasks, io);
  for (const file of options.subnets ?? []) {
    const value = await inputs.json(file);
    inFile(file, () => engine.registerSubnets(parseSubnets(subnetsIn(value))));
  }
  return engine;
}

/** `aws ec2 describe-subnets` writes capital letters. */
function subnetsIn(value: unknown): unknown {
  return listIn(value, 'subnets') ?? listIn(value, 'Subnets');
}
