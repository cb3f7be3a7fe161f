/** What became of `--require` conditions, as lines. Called by simulate for standard error and for the table. */
import { MICRO_CENTS_PER_USD } from '../../model/pricing.ts';
import type { Finding, Requirement } from '../../report/comparison-data.ts';
import { usd } from './money-text.ts';
import type { Style } from './style.ts';
import { number } from './text.ts';
import { lengthText } from './time-text.ts';

/** In the unit that its name ends with. */
function figureText(name: string, value: number): string {
  if (name.endsWith('Ms')) return lengthText(value);
  if (/icroCents$/.test(name)) return `${number(value)} micro-cents (${usd(value)})`;
  return /(^|\.)cost$/.test(name) ? usd(value * MICRO_CENTS_PER_USD) : number(value);
}

/** `cost is $7.12, baseline.cost is $5.00` */
export function valuesText({ values }: Finding): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} is ${figureText(name, value)}`)
    .join(', ');
}

/** One line for each run that a condition does not hold for. */
export function failureLines(requirements: readonly Requirement[]): string[] {
  return requirements.flatMap(({ condition, findings }) =>
    findings
      .filter(({ holds }) => !holds)
      .map((finding) => `required: ${finding.variant}: ${condition} does not hold: ${valuesText(finding)}`),
  );
}

/** All conditions, those that fail with their figures. */
export function renderRequirements(requirements: readonly Requirement[], style: Style): string {
  return requirements
    .map(({ condition, holds, findings }) => {
      const mark = holds ? style.green('holds') : style.red('fails');
      const failed = findings.filter((one) => !one.holds);
      const lines = failed.map((one) => `       ${one.variant}: ${valuesText(one)}\n`);
      return `${mark}  ${condition}\n${lines.join('')}`;
    })
    .join('');
}
