// `npm run bench:rollouts -- [--smoke] [--json] [--seed N] [--rounds N]`: builds the package, then runs bench/rollouts
// against what was built.
import { spawnSync } from 'node:child_process';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (build.status !== 0) process.exit(build.status ?? 1);
register('./typescript-loader.mjs', import.meta.url);
const { main } = await import('../bench/rollouts.ts');
process.exitCode = await main(process.argv.slice(2));
