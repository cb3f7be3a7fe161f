/**
 * What would lift one failed gate on one instance, in words. A gate may have several remedies; each one alone is enough
 * for that gate, and the first is the one a combined fix takes.
 */
import { lastSegment } from '../base/arn.ts';
import type { ClauseTrace, Gate, GateTrace, InstanceTrace } from './trace.ts';

export interface Change {
  readonly gate: Gate;
  /** A sentence without subject, such as `free 212 MiB of memory on X`. */
  readonly text: string;
  readonly amount?: number;
  /** Elementary changes it takes: three missing attributes are three. */
  readonly steps: number;
  /** Changes the request instead of the instance, so the same change may help many instances. */
  readonly ofRequest: boolean;
}

const VPC_NEED = 'ecs.vpc-id=';

function isVpc(attribute: string): boolean {
  return attribute.startsWith(VPC_NEED);
}

function plural(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

function enumerate(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

function texts(value: GateTrace['have']): readonly string[] {
  return typeof value === 'object' ? value : value === undefined ? [] : [String(value)];
}

function amountLacking({ need, have }: GateTrace): number {
  return Number(need) - Number(have);
}

/** DRAINING can be undone and REGISTERING passes; the other statuses lead nowhere. */
function statusChanges({ gate, have }: GateTrace, id: string): Change[] {
  if (have === 'DRAINING') return [{ gate, text: `set ${id} to ACTIVE`, steps: 1, ofRequest: false }];
  if (have === 'REGISTERING') return [{ gate, text: `wait until ${id} is ACTIVE`, steps: 1, ofRequest: false }];
  return [];
}

function attributeChanges({ gate, have }: GateTrace, id: string): Change[] {
  const missing = texts(have);
  const names = missing.filter((name) => !isVpc(name));
  const parts = [
    ...(names.length === 0
      ? []
      : [`add ${names.length === 1 ? 'attribute' : 'attributes'} ${enumerate(names)} to ${id}`]),
    ...(names.length === missing.length ? [] : [subnetText(id)]),
  ];
  return [{ gate, text: parts.join(' and '), steps: missing.length, ofRequest: false }];
}

function subnetText(id: string): string {
  return `add a subnet in the VPC and zone of ${id} to the network configuration`;
}

function locationChanges({ gate, have }: GateTrace, id: string): Change[] {
  if (have === undefined)
    return [{ gate, text: `add attribute ecs.availability-zone to ${id}`, steps: 1, ofRequest: false }];
  return [{ gate, text: `add a subnet in ${have} to the network configuration`, steps: 1, ofRequest: true }];
}

/** Held by SSH, Docker and the ECS agent on every instance (ECS API, PortMapping.hostPort): nothing frees them. */
const NEVER_FREE = ['22/tcp', '2375/tcp', '2376/tcp', '51678/tcp', '51679/tcp', '51680/tcp'];

function takenPortChanges(gate: Gate, taken: readonly string[], id: string): Change[] {
  const held = taken.filter((port) => NEVER_FREE.includes(port));
  const others = taken.filter((port) => !NEVER_FREE.includes(port));
  const parts = [
    ...(others.length === 0 ? [] : [`free ${others.length === 1 ? 'port' : 'ports'} ${enumerate(others)} on ${id}`]),
    ...(held.length === 0 ? [] : [`use other host ports than ${enumerate(held)}`]),
  ];
  const amount = taken.length;
  return [{ gate, text: parts.join(' and '), amount, steps: amount, ofRequest: others.length === 0 }];
}

function portChanges({ gate, need, have }: GateTrace, id: string): Change[] {
  if (typeof have !== 'string') return takenPortChanges(gate, texts(have), id);
  const [reserved = 0, most = 0] = (have.match(/\d+/g) ?? []).map(Number);
  const needed = texts(need).length;
  const amount = reserved + needed - most;
  const ports = plural(amount, 'port', 'ports');
  if (needed > most) return [{ gate, text: `ask for ${ports} less`, amount, steps: 1, ofRequest: true }];
  return [{ gate, text: `free ${ports} on ${id}, which has ${have}`, amount, steps: 1, ofRequest: false }];
}

function gpuChanges(trace: GateTrace, id: string, all: number | undefined): Change[] {
  const { gate, need } = trace;
  if (need !== 'ALL') {
    return amountChanges(trace, id, all, (amount) => plural(amount, 'GPU', 'GPUs'));
  }
  return all === 0 ? [] : [{ gate, text: `free every GPU on ${id}`, steps: 1, ofRequest: false }];
}

/** An instance that is too small as a whole can free nothing that would help: the task has to ask for less. */
function amountChanges(
  trace: GateTrace,
  id: string,
  all: number | undefined,
  say: (amount: number) => string,
): Change[] {
  const amount = amountLacking(trace);
  const isTooSmall = all !== undefined && Number(trace.need) > all;
  const text = isTooSmall ? `ask for ${say(amount)} less` : `free ${say(amount)} on ${id}`;
  return [{ gate: trace.gate, text, amount, steps: 1, ofRequest: isTooSmall }];
}

function distinctChanges({ gate, need, have }: GateTrace, id: string): Change[] {
  const amount = Number(have);
  const stop = `stop the ${amount === 1 ? 'task' : plural(amount, 'task', 'tasks')} of ${need} on ${id}`;
  return [
    { gate, text: stop, amount, steps: 1, ofRequest: false },
    { gate, text: 'drop distinctInstance', steps: 1, ofRequest: true },
  ];
}

/** Every failing clause has to go. Expressions are named by their place only when there are several. */
function memberOfChanges(gate: Gate, clauses: readonly ClauseTrace[]): Change[] {
  const failing = clauses.filter(({ passed }) => !passed);
  const hasSeveral = new Set(clauses.map(({ constraint }) => constraint)).size > 1;
  const parts = failing.map(({ constraint, clause, expression }) => {
    const where = hasSeveral ? `placement constraint ${constraint + 1}` : 'the memberOf expression';
    return `clause ${clause} of ${where} (${expression})`;
  });
  return [{ gate, text: `drop ${enumerate(parts)}`, steps: failing.length, ofRequest: true }];
}

/**
 * The failed gates that need a remedy of their own: a subnet in the VPC of an instance is taken in its zone as well.
 */
export function gatesToLift({ gates }: InstanceTrace): GateTrace[] {
  const failed = gates.filter(({ passed }) => !passed);
  const lacksVpc = failed.some(({ gate, have }) => gate === 'ATTRIBUTE' && texts(have).some(isVpc));
  return lacksVpc ? failed.filter(({ gate }) => gate !== 'LOCATION') : failed;
}

/** The remedies of one failed gate; none when nothing an operator does would help. */
export function changesFor(trace: GateTrace, { containerInstanceArn, clauses, registered }: InstanceTrace): Change[] {
  const { gate } = trace;
  const id = lastSegment(containerInstanceArn);
  const one = (text: string, amount?: number, ofRequest = false): Change[] => [
    { gate, text, amount, steps: 1, ofRequest },
  ];
  switch (gate) {
    case 'STATUS':
      return statusChanges(trace, id);
    case 'LAUNCH_TYPE':
      return one(`launch with launch type ${trace.have}`, undefined, true);
    case 'CAPACITY_PROVIDER':
      return one(`drop capacity provider ${trace.need}`, undefined, true);
    case 'AGENT':
      return one(`reconnect the agent of ${id}`);
    case 'ATTRIBUTE':
      return attributeChanges(trace, id);
    case 'LOCATION':
      return locationChanges(trace, id);
    case 'RESOURCE:CPU':
      return amountChanges(trace, id, registered?.cpu, (amount) => plural(amount, 'CPU unit', 'CPU units'));
    case 'RESOURCE:MEMORY':
      return amountChanges(
        trace,
        id,
        registered?.memoryMiB,
        (amount) => `${amount.toLocaleString('en-US')} MiB of memory`,
      );
    case 'RESOURCE:PORTS':
      return portChanges(trace, id);
    case 'RESOURCE:ENI':
      return one(`free a network interface on ${id} (stop an awsvpc task there) or use ENI trunking`, 1);
    case 'RESOURCE:GPU':
      return gpuChanges(trace, id, registered?.gpus);
    case 'DistinctInstance placement constraint unsatisfied.':
      return distinctChanges(trace, id);
    case 'MemberOf placement constraint unsatisfied.':
      return memberOfChanges(gate, clauses);
  }
}
