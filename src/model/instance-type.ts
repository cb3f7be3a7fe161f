/** What an engine needs to know of an EC2 instance type; the full table lives in `bayplan/instance-types`. */
import type { NamedAttribute } from './attribute.ts';
import { fields, list, nonEmptyText, optionalWhole } from './read.ts';

export interface InstanceTypeFacts {
  /** awsvpc tasks that fit without trunking: the type's network interfaces minus the primary one. */
  readonly awsvpcTasks?: number;
  /** awsvpc tasks that fit with trunking, where the type supports it. */
  readonly awsvpcTasksTrunked?: number;
  /** For instances that an Auto Scaling group launches. Memory is nominal. */
  readonly vcpus?: number;
  readonly memoryMiB?: number;
  readonly gpus?: number;
  readonly cpuArchitecture?: string;
  /** On-demand Linux price in us-east-1, millionths of a US dollar an hour. */
  readonly microUsdPerHour?: number;
}

export type InstanceTypes = Readonly<Record<string, InstanceTypeFacts>>;

/** awsvpc tasks an instance can hold, by its type and whether it has a trunk; undefined when the type is unknown. */
export function awsvpcTaskLimit(
  types: InstanceTypes | undefined,
  attributes: readonly NamedAttribute[],
): number | undefined {
  const type = attributes.find(({ name }) => name === 'ecs.instance-type')?.value;
  const facts = type === undefined || types === undefined || !Object.hasOwn(types, type) ? undefined : types[type];
  const trunked = attributes.some(({ name }) => name === 'ecs.awsvpc-trunk-id');
  return (trunked ? facts?.awsvpcTasksTrunked : undefined) ?? facts?.awsvpcTasks;
}

/** Facts from the user's own `aws ec2 describe-instance-types` output: every interface but the primary one takes a task. */
export function parseInstanceTypes(input: unknown): InstanceTypes {
  const types: Record<string, InstanceTypeFacts> = {};
  list(fields(input, '').InstanceTypes, 'InstanceTypes').forEach((entry, k) => {
    const path = `InstanceTypes[${k}]`;
    const given = fields(entry, path);
    const network = given.NetworkInfo === undefined ? {} : fields(given.NetworkInfo, `${path}.NetworkInfo`);
    const most = optionalWhole(network.MaximumNetworkInterfaces, `${path}.NetworkInfo.MaximumNetworkInterfaces`, 1);
    types[nonEmptyText(given.InstanceType, `${path}.InstanceType`)] =
      most === undefined ? {} : { awsvpcTasks: most - 1 };
  });
  return types;
}
