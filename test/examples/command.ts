/** The command that an example's README shows, as arguments. Used by the tests of the examples. */
import { readFileSync } from 'node:fs';
import { ROOT } from '../support/source-files.ts';

/** Words of a shell command: quotes and line continuations, nothing else. */
function words(command: string): string[] {
  const joined = command.replaceAll(/\\\n/g, ' ');
  return [...joined.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

/** The arguments after `npx bayplan`, with paths from the root of the repository. */
export function commandOf(example: string): string[] {
  const readme = readFileSync(`${ROOT}/examples/${example}/README.md`, 'utf8');
  const command = /^npx bayplan ([\s\S]*?)\n```/m.exec(readme)?.[1] ?? '';
  return words(command).map((word) => (word.startsWith('examples/') ? `${ROOT}/${word}` : word));
}
