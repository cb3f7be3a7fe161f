/** What Auto Scaling groups, Managed Instances and their daemons do, as lines of a timeline. Called by simulation-report. */
import type { RecordedEvent } from '../../simulate/result.ts';

interface Line {
  readonly text: string;
  readonly tone: 'plain' | 'bad';
}

/** Launches and ends; that EC2 runs it says little. */
export function managedText({ managedInstance }: RecordedEvent): Line | undefined {
  if (managedInstance === undefined || managedInstance.instanceState === 'running') return undefined;
  const {
    instanceId,
    instanceType,
    availabilityZone,
    instanceState,
    capacityReservationId,
    reason = '',
  } = managedInstance;
  const into = capacityReservationId === undefined ? '' : ` into ${capacityReservationId}`;
  const what = instanceState === 'pending' ? 'Launching' : 'Terminating';
  const where = instanceState === 'pending' ? ` ${instanceType} in ${availabilityZone}${into}` : '';
  return { text: `${what} managed instance ${instanceId}${where} (${reason})`, tone: 'plain' };
}

/** What its deployment comes to, and where its task could not stay; that it is about to begin says little. */
export function daemonText({ daemon }: RecordedEvent): Line | undefined {
  if (daemon === undefined || daemon.status === 'PENDING') return undefined;
  const { status, instanceId, reason } = daemon;
  const why = reason === undefined ? '' : ` (${reason})`;
  if (status === undefined) return { text: `failed on ${instanceId}${why}`, tone: 'bad' };
  const isBad = status === 'STOPPED' || status.startsWith('ROLLBACK');
  return { text: `deployment is ${status}${why}`, tone: isBad ? 'bad' : 'plain' };
}

/** The instance, and the last reason; `--events` has the whole cause. */
export function groupText({ groupActivity }: RecordedEvent): Line | undefined {
  if (groupActivity === undefined) return undefined;
  const { description, cause, statusCode } = groupActivity;
  return { text: `${description} (${shortCause(cause)})`, tone: statusCode === 'Successful' ? 'plain' : 'bad' };
}

/** The reason behind the difference between desired and actual capacity; alarms and policies without their UUIDs. */
function shortCause(cause: string): string {
  const parts = cause.split(/\s*At \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ /).filter((part) => part !== '');
  return (parts[0] ?? '').replaceAll(/-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '').replace(/\.$/, '');
}
