/** Errors on standard error: one line each, with the file and position, and a caret under a broken expression. */
import { caret } from '../../cql/error.ts';
import { BayplanError, type ErrorFacts } from '../../errors.ts';

function place({ file, line, column }: ErrorFacts): string {
  if (file === undefined) return '';
  return line === undefined ? `${file}: ` : `${file}:${line}:${column}: `;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ');
}

function renderOwn(error: BayplanError): string {
  const exception = error.name === 'BayplanException' ? '' : ` (${error.name})`;
  const picture = caret(error);
  const indented = picture === '' ? '' : picture.replaceAll(/^/gm, '  ').concat('\n');
  return `error: ${place(error.facts)}${oneLine(error.message)}${exception}\n${indented}`;
}

/** Anything else is a fault of ours, or of the machine; a stack trace would help neither. */
export function renderError(error: unknown): string {
  if (error instanceof BayplanError) return renderOwn(error);
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  return `error: unexpected ${name}: ${oneLine(message)}. Please report it with the command that led here.\n`;
}
