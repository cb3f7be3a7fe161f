/** Files that commands write. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { LineFile, writeFile } from '../../../src/cli/output/file.ts';
import { BayplanError } from '../../../src/errors.ts';
import { Files } from '../run-cli.ts';

const files = new Files();
afterAll(() => files.remove());
const path = (name: string): string => join(files.folder, name);

function failure(write: () => unknown): [code: string, file: string | undefined, message: string] {
  try {
    write();
  } catch (error) {
    if (error instanceof BayplanError) return [error.code, error.facts.file, error.message];
    throw error;
  }
  return expect.fail('written');
}

describe('a file', () => {
  it('is written whole', () => {
    writeFile(path('a.html'), 'é');
    expect(readFileSync(path('a.html'), 'utf8')).toBe('é');
  });

  it('takes lines, many of them, and every character', () => {
    const lines = Array.from({ length: 20_000 }, (_, k) => `line ${k} é`);
    const file = new LineFile(path('a.ndjson'));
    for (const line of lines) file.add(line);
    file.close();
    expect(readFileSync(path('a.ndjson'), 'utf8')).toBe(`${lines.join('\n')}\n`);
  });

  it('that cannot be written is told by name', () => {
    const lost = path('none/a');
    expect(failure(() => writeFile(lost, ''))).toEqual(['FILE_UNWRITABLE', lost, 'no such folder']);
    expect(failure(() => new LineFile(lost))).toEqual(['FILE_UNWRITABLE', lost, 'no such folder']);
    expect(failure(() => writeFile(files.folder, ''))).toEqual([
      'FILE_UNWRITABLE',
      files.folder,
      'this is a folder, not a file',
    ]);
  });
});
