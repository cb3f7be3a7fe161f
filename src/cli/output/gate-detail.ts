/** What one failed gate says about one instance, in a few words: the `detail` of failures and the words of tables. */
import type { GateTrace } from '../../explain.ts';
import { counted, number } from './text.ts';

function joined(value: GateTrace['need']): string {
  return typeof value === 'object' ? value.join(', ') : String(value);
}

function amounts({ need, have }: GateTrace, unit: string): string {
  return `needs ${number(Number(need))} ${unit}, has ${number(Number(have))}`;
}

function portDetail({ have }: GateTrace): string {
  if (typeof have === 'string') return `${have} ports`;
  return `${joined(have)} ${typeof have === 'object' && have.length > 1 ? 'are' : 'is'} taken`;
}

/** @param trace of a gate that is not passed. */
export function gateDetail(trace: GateTrace): string {
  const { gate, need, have } = trace;
  switch (gate) {
    case 'STATUS':
      return `is ${have}`;
    case 'LAUNCH_TYPE':
      return `is for launch type ${have}, not ${need}`;
    case 'CAPACITY_PROVIDER':
      return have === undefined ? 'has no capacity provider' : `is of capacity provider ${have}`;
    case 'AGENT':
      return 'agent is disconnected';
    case 'ATTRIBUTE':
      return `lacks ${joined(have)}`;
    case 'LOCATION':
      return have === undefined ? 'has no Availability Zone' : `is in ${have}, not in ${joined(need)}`;
    case 'RESOURCE:CPU':
      return amounts(trace, 'CPU units');
    case 'RESOURCE:MEMORY':
      return amounts(trace, 'MiB');
    case 'RESOURCE:PORTS':
      return portDetail(trace);
    case 'RESOURCE:ENI':
      return 'has no network interface left';
    case 'RESOURCE:GPU':
      return `needs ${need} GPU, has ${have}`;
    case 'DistinctInstance placement constraint unsatisfied.':
      return `has ${counted(Number(have), 'task')} of group ${need}`;
    case 'MemberOf placement constraint unsatisfied.':
      return `false: ${joined(have)}`;
  }
}
