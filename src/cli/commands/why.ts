/** `bayplan why`: explains, instance by instance and gate by gate, where a task can go or what it lacks. */
import type { Command } from 'commander';
import type { Engine } from '../../contract.ts';
import { BayplanError } from '../../errors.ts';
import { type Explanation, explain } from '../../explain.ts';
import type { Io } from '../io.ts';
import { renderExplanation } from '../output/explanation-report.ts';
import { writeJson } from '../output/json.ts';
import { isTable } from './options.ts';
import { type PlacementOptions, prepare } from './placement-options.ts';

export interface WhyOptions extends PlacementOptions {
  readonly containerInstance?: string;
}

export function addWhyOptions(command: Command): Command {
  return command.option(
    '--container-instance <id>',
    'explain this instance only: ARN, container instance ID or EC2 instance ID',
  );
}

/** EC2 instance ids are what people have at hand. */
function arnOf(name: string, explanation: Explanation, engine: Engine): string {
  const byArn = explanation.instances.find(({ containerInstanceArn }) => {
    return containerInstanceArn === name || containerInstanceArn.endsWith(`/${name}`);
  });
  if (byArn !== undefined) return byArn.containerInstanceArn;
  const [byEc2Id] = /^i-[0-9a-z]+$/.test(name)
    ? engine.listContainerInstances({ filter: `ec2InstanceId == ${name}` }).containerInstanceArns
    : [];
  if (byEc2Id !== undefined) return byEc2Id;
  throw new BayplanError(
    'InvalidParameterException',
    'UNKNOWN_CONTAINER_INSTANCE',
    `--container-instance ${name}: no instance of the cluster has this ARN or ID.`,
    { value: name },
  );
}

/** The same explanation for one instance, as if the others were not there. */
function narrow(explanation: Explanation, arn: string, group: string): Explanation {
  const instances = explanation.instances.filter(({ containerInstanceArn }) => containerInstanceArn === arn);
  return explain(
    instances.map((instance) => ({ clauses: [], ...instance })),
    { group },
  );
}

/** @returns the exit code: 1 when the task fits nowhere (or not on the instance asked about). */
export async function why(options: WhyOptions, io: Io): Promise<number> {
  const { engine, definition, input } = await prepare(options, io);
  const before = (options.count ?? 1) - 1;
  // The task asked about is the last of `count`: those before it take their places first.
  const placed = before === 0 ? 0 : placeAnonymously(engine, input, before);
  const whole = engine.explain(input);
  const name = `${definition.family}:${definition.revision}`;
  const group = options.group ?? `family:${definition.family}`;
  const { containerInstance } = options;
  const explanation =
    containerInstance === undefined ? whole : narrow(whole, arnOf(containerInstance, whole, engine), group);
  if (isTable(options.output, io)) {
    await io.out(renderExplanation({ name, explanation, placed, isOne: containerInstance !== undefined }, io));
  } else await writeJson(explanation, io);
  return explanation.placeable ? 0 : 1;
}

/** Without records: only their weight counts here. */
function placeAnonymously(engine: Engine, input: Parameters<Engine['prepare']>[0], count: number): number {
  const BATCH = 65536;
  const placer = engine.prepare(input);
  const slots = new Int32Array(Math.min(BATCH, count));
  let placed = 0;
  while (placed < count) {
    const wanted = Math.min(slots.length, count - placed);
    const got = placer.place(wanted, slots);
    placed += got;
    if (got < wanted) break;
  }
  return placed;
}
