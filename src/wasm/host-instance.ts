/** One container instance as the host knows it: what the core has no room for. Made and found by instances. */
import type { NamedAttribute } from '../model/attribute.ts';
import type { ContainerInstanceStatus, InstanceRecord, ShownRecord } from '../model/container-instance.ts';

/** Of a registration record, what is still asked for once the core has the rest. */
export interface HostRecord extends ShownRecord {
  readonly id: string;
  /** Value id of `ec2InstanceId`, VALUE_MISSING where it is absent. */
  readonly ec2Value: number;
  readonly capacityProviderName: string | undefined;
  /** GPUs free at registration. */
  readonly gpuIds: readonly string[];
}

/** What task records hold of it beyond amounts. */
export interface Held {
  readonly gpus: Set<string>;
  /** Dynamic host ports, as port keys. */
  readonly ports: Set<number>;
}

export interface HostInstance {
  readonly slot: number;
  /** Task records there were when it was registered: earlier ones in its slot are another instance's. */
  readonly since: number;
  readonly record: HostRecord;
  status: ContainerInstanceStatus;
  agentConnected: boolean;
  /** Shared with other instances: a change makes a new list. */
  attributes: readonly NamedAttribute[];
  /** Made when something is first held. */
  held: Held | undefined;
}

export function hostRecord(record: InstanceRecord, ec2Value: number): HostRecord {
  const { containerInstanceArn, id, ec2InstanceId, capacityProviderName, version, registeredAt } = record;
  return {
    containerInstanceArn,
    id,
    ec2InstanceId,
    ec2Value,
    capacityProviderName,
    version,
    registeredAt,
    registered: record.registered,
    gpuIds: record.remaining.gpuIds,
    given: record.given,
  };
}

export function heldOf(instance: HostInstance): Held {
  instance.held ??= { gpus: new Set(), ports: new Set() };
  return instance.held;
}
