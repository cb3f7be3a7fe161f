/** Words of a `--require` condition with their columns. Called by condition. */
import { parseDuration } from '../../model/duration.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly unit: string; readonly column: number }
  | { readonly kind: 'name'; readonly text: string; readonly path: readonly string[]; readonly column: number }
  | { readonly kind: 'sign'; readonly text: string; readonly column: number };

const NUMBER = /\$?(\d[\d_]*(?:\.\d+)?|\.\d+)([A-Za-z]*)/y;
/** Names after dots, elements in brackets: `services[web].failed`. */
const NAME = /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*|\[[^\]]+\])*/y;
/** `PT3M` */
const DURATION = /P(?=T?\d)[\dTWDHMS.]+(?![A-Za-z])/y;
const SIGN = /<=|>=|==|!=|[<>=()+\-*/]/y;

function at(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}

function pathOf(name: string): string[] {
  return [...name.matchAll(/\[([^\]]+)\]|[^.[\]]+/g)].map(([whole, element]) => element ?? whole);
}

/** @param refuse told the column of what is no word. */
export function tokensOf(text: string, refuse: (column: number, why: string) => never): Token[] {
  const tokens: Token[] = [];
  let index = 0;
  while (index < text.length) {
    const column = index + 1;
    const space = at(/\s+/y, text, index);
    const duration = at(DURATION, text, index);
    const number = at(NUMBER, text, index);
    const name = at(NAME, text, index);
    const sign = at(SIGN, text, index);
    const found = space ?? duration ?? number ?? name ?? sign;
    if (found === null) return refuse(column, `${JSON.stringify(text[index])} means nothing here.`);
    if (duration !== null)
      tokens.push({ kind: 'number', value: parseDuration(duration[0], '--require'), unit: 'ms', column });
    else if (number !== null)
      tokens.push({ kind: 'number', value: Number(number[1]?.replaceAll('_', '')), unit: number[2] ?? '', column });
    else if (name !== null) tokens.push({ kind: 'name', text: name[0], path: pathOf(name[0]), column });
    else if (sign !== null) tokens.push({ kind: 'sign', text: sign[0] === '=' ? '==' : sign[0], column });
    index += found[0].length;
  }
  return tokens;
}
