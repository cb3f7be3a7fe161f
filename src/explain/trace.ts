/**
 * What an engine tells of a request: every gate of every instance with need and have. Made by engines, read by explain.
 */

/**
 * Gates in the order they are checked (architecture, decision 5). The first three are Bayplan's own: an instance that
 * fails one of them is skipped, never reported in `failures`. The others are AWS's exact reason strings.
 */
export const GATES = [
  'STATUS',
  'LAUNCH_TYPE',
  'CAPACITY_PROVIDER',
  'AGENT',
  'ATTRIBUTE',
  'LOCATION',
  'RESOURCE:CPU',
  'RESOURCE:MEMORY',
  'RESOURCE:PORTS',
  'RESOURCE:ENI',
  'RESOURCE:GPU',
  'DistinctInstance placement constraint unsatisfied.',
  'MemberOf placement constraint unsatisfied.',
] as const;
export type Gate = (typeof GATES)[number];

/** Gates before this index skip an instance silently. */
export const FIRST_REPORTED_GATE = GATES.indexOf('AGENT');

export interface GateTrace {
  readonly gate: Gate;
  readonly passed: boolean;
  /** CPU units, MiB, ENIs or GPUs; attribute names (`name` or `name=value`); ports (`80/tcp`); zones; the expression. */
  readonly need?: number | string | readonly string[];
  /** The same measure on the instance. For ATTRIBUTE and PORTS: only what is missing or taken. */
  readonly have?: number | string | readonly string[];
}

/** One memberOf clause (top-level `and` part) on one instance. */
export interface ClauseTrace {
  /** Index into PlacementRequest.constraints. */
  readonly constraint: number;
  /** 1-based clause number within that expression, as users count. */
  readonly clause: number;
  readonly expression: string;
  readonly passed: boolean;
}

export interface InstanceTrace {
  readonly containerInstanceArn: string;
  /** One entry for each of GATES that applies to the request, in order; STATUS, AGENT, ATTRIBUTE, CPU, MEMORY always. */
  readonly gates: readonly GateTrace[];
  /** Every memberOf clause; empty without memberOf. */
  readonly clauses: readonly ClauseTrace[];
  /** What the whole instance has: more than that cannot be freed. Unknown when absent. */
  readonly registered?: { readonly cpu: number; readonly memoryMiB: number; readonly gpus: number };
}

/** In registration (slot) order. */
export type Trace = readonly InstanceTrace[];
