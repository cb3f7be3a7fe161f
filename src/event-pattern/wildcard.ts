/** `wildcard` of event patterns: `*` stands for any characters, `\*` and `\\` for themselves. Called by matchers. */
import { refusePattern } from './error.ts';

/** The literal pieces between the stars. @throws InvalidEventPatternException for `**` and for other escapes. */
function pieces(pattern: string, path: string): string[] {
  const found = [''];
  let wasStar = false;
  for (let k = 0; k < pattern.length; k++) {
    const char = pattern[k] as string;
    if (char === '*' && wasStar) refusePattern(path, 'Consecutive wildcard characters', pattern);
    wasStar = char === '*';
    if (wasStar) {
      found.push('');
      continue;
    }
    const next = pattern[k + 1];
    if (char === '\\' && next !== '*' && next !== '\\') refusePattern(path, 'Invalid escape character', pattern);
    found[found.length - 1] += char === '\\' ? (pattern[++k] as string) : char;
  }
  return found;
}

/** Whether a text matches. Takes each piece at its first place: linear in practice, and never more than text times pieces. */
export function parseWildcard(pattern: string, path: string): (text: string) => boolean {
  const [first = '', ...others] = pieces(pattern, path);
  const last = others.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const piece of others) {
      const found = text.indexOf(piece, at);
      if (found < 0 || found + piece.length > end) return false;
      at = found + piece.length;
    }
    return true;
  };
}
