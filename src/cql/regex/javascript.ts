/**
 * Pattern -> source of an equal JavaScript regular expression (flag u), whole-value. Java-only spellings are gone from
 * it. The reference engine matches with it, so that the automaton has something to be compared with.
 */
import type { Ranges, Regex } from './ast.ts';
import { parseRegex } from './parse.ts';

function code(point: number): string {
  return `\\u{${point.toString(16)}}`;
}

function set(ranges: Ranges): string {
  return `[${ranges.map(([from, to]) => (from === to ? code(from) : `${code(from)}-${code(to)}`)).join('')}]`;
}

function source(regex: Regex): string {
  switch (regex.kind) {
    case 'empty':
      return '(?:)';
    case 'set':
      return set(regex.ranges);
    case 'start':
      return '^';
    case 'end':
      return '$';
    case 'sequence':
      return regex.parts.map((part) => `(?:${source(part)})`).join('');
    case 'choice':
      return regex.options.map(source).join('|');
    case 'repeat':
      return `(?:${source(regex.part)}){${regex.least},${Number.isFinite(regex.most) ? regex.most : ''}}`;
  }
}

export function toJavaScript(pattern: string): string {
  return `^(?:${source(parseRegex(pattern))})$`;
}
