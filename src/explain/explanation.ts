/** What an explanation tells: the JSON of `bayplan why`. */
import type { ClauseTrace, Gate, GateTrace } from './trace.ts';

export interface Fix {
  containerInstanceArn?: string;
  /** A sentence, such as `free 212 MiB of memory`. */
  change: string;
  gate: Gate;
  amount?: number;
}

export interface Closest {
  containerInstanceArn: string;
  reason: Gate;
  /** ECS's own event sentence, from `service NAME was unable to place a task ...`. */
  message: string;
}

export interface Explanation {
  placeable: boolean;
  /** Instances that pass every gate. */
  candidates: number;
  /** First failing gate -> instances. */
  reasons: Partial<Record<Gate, number>>;
  /** Absent when placeable, or when no instance is ACTIVE. */
  closest?: Closest;
  instances: { containerInstanceArn: string; gates: GateTrace[]; clauses?: ClauseTrace[] }[];
  fixes: Fix[];
}
