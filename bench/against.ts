/** Before and after: reads an earlier --json report and tells per row how many times faster the engine is now. */
import { UsageError } from './options.ts';
import { alignedTable, ratioText } from './report.ts';
import type { Row } from './row.ts';

/** What is needed of an earlier row; reports may gain members. */
export interface EarlierRow {
  readonly workload: string;
  readonly instances: number;
  readonly hash: string;
  readonly engine: { readonly medianNs: number };
  readonly batch: { readonly medianNs: number };
}

function isTiming(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Number.isFinite((value as { medianNs?: unknown }).medianNs);
}

function isRow(value: unknown): value is EarlierRow {
  if (typeof value !== 'object' || value === null) return false;
  const row = value as Partial<EarlierRow>;
  const isNamed = typeof row.workload === 'string' && typeof row.instances === 'number' && typeof row.hash === 'string';
  return isNamed && isTiming(row.engine) && isTiming(row.batch);
}

/** @throws UsageError when the text is no report of this benchmark. */
export function parseEarlier(text: string, file: string): EarlierRow[] {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--against ${file}: not JSON (${(error as Error).message}).`);
  }
  const rows = (report as { rows?: unknown } | null)?.rows;
  if (!Array.isArray(rows) || !rows.every(isRow)) {
    throw new UsageError(`--against ${file}: no report of npm run bench -- --json.`);
  }
  return rows;
}

/** Rows that both reports have; a ratio above 1 is faster now. */
export function compare(earlier: readonly EarlierRow[], rows: readonly Row[]): string[] {
  const lines = rows.map((row) => {
    const before = earlier.find(({ workload, instances }) => workload === row.workload && instances === row.instances);
    if (before === undefined) return [row.workload, row.instances.toLocaleString('en'), '-', '-', '-', '-', '-'];
    return [
      row.workload,
      row.instances.toLocaleString('en'),
      before.engine.medianNs.toFixed(0),
      row.engine.medianNs.toFixed(0),
      ratioText(before.engine.medianNs / row.engine.medianNs),
      ratioText(before.batch.medianNs / row.batch.medianNs),
      before.hash === row.hash ? 'same' : 'other',
    ];
  });
  return alignedTable(['row', 'instances', 'ns before', 'ns now', 'faster', 'batch faster', 'choices'], lines);
}
