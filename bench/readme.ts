/** The part of the README that a run writes: head and table between two marks. Everything around it is written by hand. */
import type { ContenderName } from './contender.ts';
import { adversarialSummary, type Report, rate, ratioOf, ratioText } from './report.ts';
import type { Row } from './row.ts';

const BEGIN = '<!-- bench: begin -->';
const END = '<!-- bench: end -->';
/** Size at which a row is shown where it has several; the drawn row's others are in the chart. */
const SHOWN_INSTANCES = 10_000;
const SHOWN: readonly ContenderName[] = ['scan', 'typed', 'objects', 'reference'];

/** One line a row: at the shown size, else at its largest. */
function shownRows(rows: readonly Row[]): Row[] {
  const names = [...new Set(rows.filter(({ family }) => family !== 'adversarial').map(({ workload }) => workload))];
  return names.flatMap((name) => {
    const sizes = rows.filter(({ workload }) => workload === name).sort((a, b) => a.instances - b.instances);
    return sizes.find(({ instances }) => instances === SHOWN_INSTANCES) ?? sizes.at(-1) ?? [];
  });
}

function line(row: Row): string {
  const cells = [
    `\`${row.workload}\` ${row.about}`,
    row.instances.toLocaleString('en'),
    `${rate(row.engine.medianNs)}`,
    row.engine.medianNs.toFixed(0),
    `${rate(row.batch.medianNs)}`,
    ...SHOWN.map((name) => ratioText(ratioOf(row, name))),
    `${row.used.toLocaleString('en')} / ${row.lowerBound.toLocaleString('en')}`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function largest(rows: readonly Row[]): string[] {
  const most = Math.max(...rows.map(({ instances }) => instances));
  if (most <= SHOWN_INSTANCES) return [];
  const parts = rows
    .filter(({ instances }) => instances === most)
    .map((row) => `\`${row.workload}\` ${rate(row.engine.medianNs)}/s (${row.engine.medianNs.toFixed(0)} ns)`);
  return ['', `On ${most.toLocaleString('en')} instances: ${parts.join(', ')}.`];
}

export function markdownOf({ rows, ...head }: Report): string {
  const summary = adversarialSummary(rows);
  return [
    `Measured on ${head.machine}, Node ${head.node}, seed ${head.seed}, one thread, load ${head.load} when it began, with`,
    `\`${head.command}\`; figures are medians, ratios are the time of the baseline by the time of the engine in the same run:`,
    '',
    '| row | instances | placements/s | ns | batch/s | SIMD scan | typed arrays | objects | reference | used / bound |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...shownRows(rows).map(line),
    ...largest(rows),
    ...(summary === undefined ? [] : ['', summary]),
  ].join('\n');
}

/** @throws when the text has no such part. */
export function withTable(readme: string, report: Report): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`README.md has no part between ${BEGIN} and ${END}.`);
  return `${readme.slice(0, begin + BEGIN.length)}\n${markdownOf(report)}\n${readme.slice(end)}`;
}
