/** Runs a call on the regular expressions in a process of its own, so that one that hangs fails instead of stopping all. */
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../support/source-files.ts';

const MILLISECONDS = 8000;

/** @returns what was printed: 'true', 'false', an error code, or 'hangs'. */
export function inTime(pattern: string, value = ''): string {
  const root = pathToFileURL(`${ROOT}/`).href;
  const script = `
    import { register } from 'node:module';
    register(${JSON.stringify(`${root}scripts/typescript-loader.mjs`)});
    const { compileRegex } = await import(${JSON.stringify(`${root}src/cql/regex/compile.ts`)});
    try { console.log(compileRegex(${JSON.stringify(pattern)}).matches(${JSON.stringify(value)})); }
    catch (error) { console.log(error.code ?? error.message); }`;
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: MILLISECONDS,
    killSignal: 'SIGKILL',
  });
  return signal === null ? stdout.trim() : 'hangs';
}
