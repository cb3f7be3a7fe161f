/**
 * `bayplan/instance-types`: facts of EC2 instance types, for ENI limits and plans. Apart from the main entry, so that
 * only those who ask for it carry the table.
 */
import type { InstanceTypeFacts } from '../model/instance-type.ts';
import { FAMILIES } from './families.ts';

export { type InstanceTypes, parseInstanceTypes } from '../model/instance-type.ts';

export interface InstanceType extends InstanceTypeFacts {
  readonly vcpus: number;
  /** Nominal; the ECS agent registers less. */
  readonly memoryMiB: number;
  readonly gpus: number;
  readonly cpuArchitecture: string;
}

function optional<K extends string>(key: K, text: string | undefined): { [key in K]?: number } {
  return (text === undefined || text === '-' ? {} : { [key]: Number(text) }) as { [key in K]?: number };
}

function parseType(cpuArchitecture: string, line: string): [size: string, facts: InstanceType] {
  const [size = '', vcpus, memoryMiB, tasks, trunked, gpus, price] = line.split(' ');
  return [
    size,
    {
      vcpus: Number(vcpus),
      memoryMiB: Number(memoryMiB),
      gpus: Number(gpus),
      cpuArchitecture,
      ...optional('awsvpcTasks', tasks),
      ...optional('awsvpcTasksTrunked', trunked),
      ...optional('microUsdPerHour', price),
    },
  ];
}

function parseFamilies(): Record<string, InstanceType> {
  const types: Record<string, InstanceType> = {};
  for (const line of FAMILIES) {
    const [head = '', ...sizes] = line.split('|');
    const [family = '', cpuArchitecture = ''] = head.split(' ');
    for (const text of sizes) {
      const [size, facts] = parseType(cpuArchitecture, text);
      types[`${family}.${size}`] = facts;
    }
  }
  return types;
}

/** By instance type, such as `m5.large`; pass it to createEngine as `instanceTypes`. */
export const instanceTypes: Readonly<Record<string, InstanceType>> = parseFamilies();
