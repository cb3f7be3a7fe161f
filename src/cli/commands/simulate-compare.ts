/** `simulate --compare`: runs variants one after the other and puts their figures side by side. Called by simulate. */

import { renderComparisonReport } from '../../report/comparison.ts';
import type { ComparedVariant, Comparison, UsedYardstick } from '../../report/comparison-data.ts';
import { figuresOf } from '../../simulate/figures.ts';
import { metricLabel, type SharedYardstick, sharedYardsticks, type Yardstick } from '../../simulate/yardstick.ts';
import type { Condition } from '../input/condition.ts';
import { Inputs } from '../input/json.ts';
import { displayName } from '../input/read-file.ts';
import type { Io } from '../io.ts';
import { renderComparison } from '../output/comparison-report.ts';
import { writeFile } from '../output/file.ts';
import { writeJson } from '../output/json.ts';
import { failureLines } from '../output/requirement-text.ts';
import { isTable } from './options.ts';
import type { SimulateOptions } from './simulate-options.ts';
import { checkRequirements } from './simulate-require.ts';
import { type Given, noteLateEvents, runScenario, scenarioOf } from './simulate-run.ts';
import { type Variant, variantsOf } from './simulate-variants.ts';

interface Prepared {
  readonly variant: Variant;
  readonly given: Given;
}

/** All are read and checked before the first one runs. */
async function prepare(variants: readonly Variant[], options: SimulateOptions, io: Io): Promise<Prepared[]> {
  const inputs = new Inputs(io);
  const contents = new Map<string, unknown>();
  for (const { file } of variants) if (!contents.has(file)) contents.set(file, await inputs.json(file));
  return variants.map((variant) => ({
    variant,
    given: scenarioOf(variant.file, contents.get(variant.file), variant.set, options),
  }));
}

/** Events are not kept: of many variants they would fill the memory. */
async function runVariant(
  { variant, given }: Prepared,
  yardsticks: readonly Yardstick[],
  options: SimulateOptions,
  io: Io,
): Promise<ComparedVariant> {
  noteLateEvents(given, io);
  const { seed, summary, series } = await runScenario(given, { engine: options.engine, yardsticks }, io);
  const { name, file, set } = variant;
  return { name, file: displayName(file), set, seed, figures: figuresOf(summary), summary, series };
}

function told({ variant, yardstick }: SharedYardstick): UsedYardstick {
  const { cluster, service, policyName, source } = yardstick;
  const targets = yardstick.targets.map(([atMs, value]) => ({
    atMs,
    targetValue: Number.isFinite(value) ? value : null,
  }));
  return { cluster, service, metric: metricLabel(source), targets, policyName, variant };
}

/** The JSON answer: series are in the report, and in each scenario's own answer. */
function answerOf({ variants, requirements, yardsticks }: Comparison): object {
  return { variants: variants.map(({ series: _, ...rest }) => rest), yardsticks, requirements };
}

/** @returns the exit code: 1 when a condition fails. A variant that ends badly is a finding, not a failure. */
export async function compareCommand(
  files: readonly string[],
  options: SimulateOptions,
  conditions: readonly Condition[],
  io: Io,
): Promise<number> {
  const prepared = await prepare(variantsOf(files, options.set ?? [], options.variant), options, io);
  const shared = sharedYardsticks(prepared.map(({ variant: { name }, given: { scenario } }) => ({ name, scenario })));
  const yardsticks = shared.map(({ yardstick }) => yardstick);
  const variants: ComparedVariant[] = [];
  for (const one of prepared) variants.push(await runVariant(one, yardsticks, options, io));
  const requirements = checkRequirements(conditions, variants);
  const comparison: Comparison = { variants, requirements, yardsticks: shared.map(told) };
  if (options.report !== undefined) {
    writeFile(options.report, renderComparisonReport(comparison));
    io.err(`wrote ${options.report}\n`);
  }
  for (const line of failureLines(comparison.requirements)) io.err(`${line}\n`);
  if (isTable(options.output, io)) await io.out(renderComparison(comparison, io));
  else await writeJson(answerOf(comparison), io);
  return comparison.requirements.every(({ holds }) => holds) ? 0 : 1;
}
