/** What `place` and `why` share: the options that say which task, and where it may and should go. */
import type { Command } from 'commander';
import type { Engine, PlacementInput } from '../../contract.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';
import { type ClusterOptions, loadCluster } from '../input/cluster.ts';
import { Inputs, inFile } from '../input/json.ts';
import { collect, parseItems, parseStructure, refuseMissing, wholeNumber } from '../input/values.ts';
import type { Io } from '../io.ts';
import { addClusterOptions, addOutputOption } from './options.ts';

const MOST_SEED = 0xffffffff;

export interface PlacementOptions extends ClusterOptions {
  readonly taskDefinition: string;
  readonly count?: number;
  readonly group?: string;
  readonly launchType?: string;
  readonly capacityProvider?: string;
  readonly networkConfiguration?: string;
  readonly placementStrategy?: readonly string[];
  readonly placementConstraints?: readonly string[];
  readonly output?: 'json' | 'table';
}

/** What a command works with once all inputs are read. */
export interface Prepared {
  readonly engine: Engine;
  readonly definition: TaskDefinition;
  readonly input: PlacementInput;
}

export function addPlacementOptions(command: Command): Command {
  addClusterOptions(command)
    .requiredOption('--task-definition <file>', 'describe-task-definition output or register-task-definition input')
    .option('--count <n>', 'how many tasks (default: 1)', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .option('--group <name>', 'task group; service:NAME places as a service does (default: family:FAMILY)')
    .option('--launch-type <type>', 'EC2 or EXTERNAL (default: EC2)')
    .option('--capacity-provider <name>', 'only instances of this capacity provider')
    .option('--network-configuration <value>', 'for awsvpc: JSON or awsvpcConfiguration={subnets=[ID,ID]}')
    .option('--subnets <file>', 'describe-subnets output, for --network-configuration; may repeat', collect)
    .option('--placement-strategy <value...>', 'JSON or type=spread,field=attribute:NAME type=binpack,field=memory')
    .option('--placement-constraints <value...>', "JSON or type=distinctInstance 'type=memberOf,expression=EXPRESSION'")
    .option('--instance-types <file>', 'describe-instance-types output, for ENI limits (default: a built-in table)')
    .option('--seed <n>', 'decides the random strategy and the task ids (default: 0)', wholeNumber(0, MOST_SEED));
  return addOutputOption(command);
}

async function readInput(
  options: PlacementOptions,
  definition: TaskDefinition,
  inputs: Inputs,
): Promise<PlacementInput> {
  const { group, launchType, capacityProvider } = options;
  const strategy = await parseItems(options.placementStrategy, '--placement-strategy', inputs);
  const constraints = await parseItems(options.placementConstraints, '--placement-constraints', inputs);
  const network = await parseStructure(options.networkConfiguration, '--network-configuration', inputs);
  // The engine checks the types, as for every caller.
  return {
    taskDefinition: `${definition.family}:${definition.revision}`,
    group,
    launchType,
    capacityProvider,
    placementStrategy: strategy as PlacementInput['placementStrategy'],
    placementConstraints: constraints as PlacementInput['placementConstraints'],
    networkConfiguration: network as PlacementInput['networkConfiguration'],
  };
}

function noteNetwork(options: PlacementOptions, definition: TaskDefinition, io: Io): void {
  if (definition.networkMode !== 'awsvpc' || options.networkConfiguration !== undefined) return;
  io.err('note: awsvpc without --network-configuration: VPC and Availability Zone are not checked\n');
}

/** Reads every input and makes the engine; nothing is placed yet. */
export async function prepare(options: PlacementOptions, io: Io): Promise<Prepared> {
  if (options.networkConfiguration !== undefined && options.subnets === undefined) {
    refuseMissing('--network-configuration needs --subnets FILE, which tells the VPC and zone of its subnets.');
  }
  const inputs = new Inputs(io);
  const engine = await loadCluster(options, inputs, io);
  const content = await inputs.json(options.taskDefinition);
  const definition = inFile(options.taskDefinition, () => engine.registerTaskDefinition(content as object));
  const input = await readInput(options, definition, inputs);
  noteNetwork(options, definition, io);
  return { engine, definition, input };
}
