// `node scripts/bench-bulk.mjs [--smoke] [--json] [--seed N] [--rounds N]`: builds the package, then runs bench/bulk
// against what was built.
import { spawnSync } from 'node:child_process';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (build.status !== 0) process.exit(build.status ?? 1);
setFlagsFromString('--expose-gc'); // heap is measured after a collection
globalThis.gc = runInNewContext('gc');
register('./typescript-loader.mjs', import.meta.url);
const { main } = await import('../bench/bulk.ts');
process.exitCode = await main(process.argv.slice(2));
