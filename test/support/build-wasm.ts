/** Vitest's global setup: both wasm builds, made again when a source of the core is newer than they are. */
import { execFileSync } from 'node:child_process';
import { ROOT } from './source-files.ts';

export default function setup(): void {
  execFileSync(process.execPath, ['scripts/build.mjs', '--core'], { cwd: ROOT, stdio: 'inherit' });
}
