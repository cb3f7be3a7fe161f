/**
 * The closest instance and ECS's event sentence about it. How ECS picks it is not documented; Bayplan takes the instance
 * that passes the most gates, then the smallest shortfall ratio, then the first registered (docs/fidelity.md).
 */
import { lastSegment } from '../base/arn.ts';
import type { Closest } from './explanation.ts';
import { compareShortfalls, shortfallOf } from './shortfall.ts';
import type { Gate, GateTrace, InstanceTrace, Trace } from './trace.ts';

/** Instances that fail one of these are no candidates to begin with: ECS never names them. */
const UNREPORTED: readonly Gate[] = ['STATUS', 'LAUNCH_TYPE', 'CAPACITY_PROVIDER'];

interface Rank {
  readonly instance: InstanceTrace;
  readonly failed: readonly GateTrace[];
}

/** Negative when `a` is closer. Every instance of one trace has the same gates, so fewest failed is most passed. */
function compareRanks(a: Rank, b: Rank): number {
  return (
    a.failed.length - b.failed.length ||
    compareShortfalls(shortfallOf(a.failed[0] as GateTrace), shortfallOf(b.failed[0] as GateTrace))
  );
}

/** Sentences of the ECS developer guide, service-event-messages; reasons without one have the generic form. */
const SENTENCES: Partial<Record<Gate, string>> = {
  'RESOURCE:CPU': 'has insufficient CPU units available.',
  'RESOURCE:MEMORY': 'has insufficient memory available.',
  'RESOURCE:PORTS': 'is already using a port required by your task.',
  ATTRIBUTE: 'is missing an attribute required by your task.',
  AGENT: "doesn't have the agent connected.",
};

/** `(service NAME)` as the API writes it; a task of any other group is named by the group. */
function subject(group: string): string {
  return group.startsWith('service:') ? `(service ${group.slice('service:'.length)})` : `(group ${group})`;
}

/** @param detail why, as a sentence: `Reason: ...` or `The closest matching ...`. */
export function eventMessage(group: string, detail: string): string {
  return (
    `${subject(group)} was unable to place a task because no container instance met all of its requirements. ${detail} ` +
    'For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.'
  );
}

/** The closest of the instances that are ACTIVE and of the right launch type and provider; undefined without any. */
export function findClosest(trace: Trace, group: string): Closest | undefined {
  let best: Rank | undefined;
  for (const instance of trace) {
    const failed = instance.gates.filter(({ passed }) => !passed);
    if (failed.length === 0 || failed.some(({ gate }) => UNREPORTED.includes(gate))) continue;
    if (best === undefined || compareRanks({ instance, failed }, best) < 0) best = { instance, failed };
  }
  if (best === undefined) return undefined;
  const { containerInstanceArn } = best.instance;
  const reason = (best.failed[0] as GateTrace).gate;
  const sentence = SENTENCES[reason] ?? `encountered error "${reason}".`;
  const detail = `The closest matching (container-instance ${lastSegment(containerInstanceArn)}) ${sentence}`;
  return { containerInstanceArn, reason, message: eventMessage(group, detail) };
}
