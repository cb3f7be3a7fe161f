/** What a comparison of variants is: the page, the table and the JSON are made from it. Shapes only. */
import type { Figures } from '../simulate/figures.ts';
import type { Series, Summary } from '../simulate/result.ts';

/** How one variant stands against one condition. */
export interface Finding {
  readonly variant: string;
  readonly holds: boolean;
  /** The sides of the comparison. */
  readonly left: number;
  readonly right: number;
  /** Each figure that the condition names. */
  readonly values: Readonly<Record<string, number>>;
}

/** A condition of `--require` and what it found. */
export interface Requirement {
  readonly condition: string;
  /** For every variant. */
  readonly holds: boolean;
  readonly findings: readonly Finding[];
}

export interface ComparedVariant {
  readonly name: string;
  readonly file: string;
  /** PATH=VALUE. */
  readonly set: readonly string[];
  readonly seed: number;
  readonly figures: Figures;
  readonly summary: Summary;
  readonly series: readonly Series[];
}

/** By which target a metric of a service is measured in all variants. */
export interface UsedYardstick {
  readonly cluster: string;
  readonly service: string;
  /** Its name; of metric math the expression. */
  readonly metric: string;
  /** From the end of its policy none holds. */
  readonly targets: readonly { readonly atMs: number; readonly targetValue: number | null }[];
  /** Where the target is from. */
  readonly policyName: string;
  readonly variant: string;
}

export interface Comparison {
  /** The first one is what the others are measured by. */
  readonly variants: readonly ComparedVariant[];
  readonly requirements: readonly Requirement[];
  readonly yardsticks: readonly UsedYardstick[];
}
