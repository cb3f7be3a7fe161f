/** The table of `simulate --compare`: a line for each variant with the cost as a bar, then the conditions. */
import type { ComparedVariant, Comparison, UsedYardstick } from '../../report/comparison-data.ts';
import type { Io } from '../io.ts';
import { usd } from './money-text.ts';
import { renderRequirements } from './requirement-text.ts';
import { styleFor } from './style.ts';
import { bar, type Column, counted, number, table } from './text.ts';
import { lengthText } from './time-text.ts';

const BAR = 16;

/** `+12 %` of the first variant's; nothing for that one itself, and where there is nothing to compare with. */
function change(value: number, first: number): string {
  if (first === 0) return '';
  const percent = Math.round(((value - first) / first) * 100);
  return `${percent > 0 ? '+' : ''}${percent} %`;
}

function stateOf({ summary }: ComparedVariant): string {
  return summary.steady ? 'steady' : summary.refused > 0 ? 'refusals' : 'not steady';
}

function unpriced(variants: readonly ComparedVariant[]): string {
  const types = new Set(variants.flatMap(({ summary }) => summary.cost.unpricedInstanceTypes));
  return types.size === 0 ? '' : `No price is known for instance type ${[...types].join(', ')}: they count as free.\n`;
}

/** More would be longer than the table. */
const MOST_YARDSTICKS = 4;

function yardstickLine({ cluster, service, metric, targets, policyName, variant }: UsedYardstick): string {
  const values = targets.map(({ targetValue }) => (targetValue === null ? 'none' : number(targetValue)));
  return `  ${cluster}/${service}: ${metric} above ${values.join(', then ')} (${policyName} of ${variant})\n`;
}

/** The same for all variants, whatever policies they have. */
function yardstickText(yardsticks: readonly UsedYardstick[]): string {
  const tasks = 'UNDER TARGET, in every variant: fewer tasks running than desired';
  if (yardsticks.length === 0) return `${tasks}.\n`;
  const left = yardsticks.length - MOST_YARDSTICKS;
  const lines = yardsticks.slice(0, MOST_YARDSTICKS).map(yardstickLine);
  return `${tasks}, or\n${lines.join('')}${left > 0 ? `  and ${counted(left, 'more metric')}\n` : ''}`;
}

/** Costs and counts of unlike lengths are not alike. */
function lengthsText(variants: readonly ComparedVariant[]): string {
  const lengths = new Set(variants.map(({ summary }) => summary.endedAtMs));
  if (lengths.size < 2) return '';
  const told = variants.map(({ name, summary }) => `${name} ${lengthText(summary.endedAtMs)}`);
  return `The variants do not simulate the same time: ${told.join(', ')}.\n`;
}

export function renderComparison(
  { variants, requirements, yardsticks }: Comparison,
  io: Pick<Io, 'isTerminal' | 'env'>,
): string {
  const style = styleFor(io);
  const [first] = variants;
  const least = (of: (one: ComparedVariant) => number): number => Math.min(...variants.map(of));
  /** The best is green, where there is a difference. */
  const figure = (title: string, of: (one: ComparedVariant) => number, tell: (value: number) => string) => {
    const best = least(of);
    const differs = variants.some((one) => of(one) !== best);
    const column: Column<ComparedVariant> = {
      title,
      right: true,
      cell: (one) => tell(of(one)),
      paint: (cell, one) => (differs && of(one) === best ? style.green(cell) : cell),
    };
    return column;
  };
  const cost = ({ figures }: ComparedVariant): number => figures.costMicroCents;
  const most = Math.max(...variants.map(cost));
  const columns: Column<ComparedVariant>[] = [
    { title: 'VARIANT', cell: ({ name }) => name },
    figure('COST', cost, usd),
    { title: '', cell: (one) => (most === 0 ? '' : bar(cost(one), most, BAR)) },
    { title: 'CHANGE', right: true, cell: (one) => (one === first ? '' : change(cost(one), first ? cost(first) : 0)) },
    figure('UNDER TARGET', ({ figures }) => figures.underTargetMs, lengthText),
    figure('REACTION', ({ figures }) => figures.reactionMs, lengthText),
    figure('TASKS', ({ figures }) => figures.taskChurn, number),
    figure('INSTANCES', ({ figures }) => figures.instanceChurn, number),
    figure('FAILURES', ({ figures }) => figures.failures, number),
    {
      title: 'STATE',
      cell: stateOf,
      paint: (cell, { summary }) => (summary.steady ? style.green : style.red)(cell),
    },
  ];
  const key =
    style.dim('TASKS and INSTANCES: started or joined, and stopped or left.\n') + style.dim(yardstickText(yardsticks));
  const parts = [
    table(columns, variants, style),
    key,
    lengthsText(variants),
    unpriced(variants),
    renderRequirements(requirements, style),
  ];
  return parts.filter((part) => part !== '').join('\n');
}
