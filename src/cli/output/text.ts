/** Words and numbers of reports, and the table writer. */
import type { Style } from './style.ts';

export function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** `1 task`, `1,200 tasks`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${number(value)} ${value === 1 ? one : many}`;
}

/** `a, b and 3 more`. */
export function some(values: readonly string[], most: number): string {
  if (values.length <= most) return values.join(', ');
  return `${values.slice(0, most).join(', ')} and ${number(values.length - most)} more`;
}

/** `part` of `whole` as a bar of full blocks, `width` characters at most; anything at all shows. */
export function bar(part: number, whole: number, width: number): string {
  return part === 0 ? '' : '█'.repeat(Math.max(1, Math.round((part / whole) * width)));
}

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  /** Numbers stand right. */
  readonly right?: boolean;
  readonly paint?: (cell: string, row: Row) => string;
}

/** Titles and rows in columns two spaces apart; a column that is empty in every row is left out. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], style: Style): string {
  const filled = columns.filter(({ cell }) => rows.some((row) => cell(row) !== ''));
  const widths = filled.map(({ title, cell }) => {
    return rows.reduce((widest, row) => Math.max(widest, cell(row).length), title.length);
  });
  const pad = (text: string, k: number): string => {
    return filled[k]?.right ? text.padStart(widths[k] ?? 0) : text.padEnd(widths[k] ?? 0);
  };
  const head = filled
    .map(({ title }, k) => pad(title, k))
    .join('  ')
    .trimEnd();
  const lines = rows.map((row) => {
    const cells = filled.map(({ cell, paint }, k) => {
      const text = pad(cell(row), k);
      return paint === undefined ? text : paint(text, row);
    });
    return cells.join('  ').trimEnd();
  });
  return [style.dim(head), ...lines].map((line) => `${line}\n`).join('');
}
