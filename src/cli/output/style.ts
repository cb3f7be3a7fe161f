/** Colours for people: only on a terminal, and never with NO_COLOR (no-color.org). */
import { styleText } from 'node:util';
import type { Io } from '../io.ts';

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
}

export function styleFor({ isTerminal, env }: Pick<Io, 'isTerminal' | 'env'>): Style {
  const isColored = isTerminal && !env.NO_COLOR && env.TERM !== 'dumb';
  // Whether there are colours is decided here, from what the command was given.
  const paint = (format: 'bold' | 'dim' | 'red' | 'green' | 'yellow'): Paint => {
    return isColored ? (text) => styleText(format, text, { validateStream: false }) : (text) => text;
  };
  return { bold: paint('bold'), dim: paint('dim'), red: paint('red'), green: paint('green'), yellow: paint('yellow') };
}
