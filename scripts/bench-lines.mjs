// `npm run bench:lines -- [--smoke]`: builds the package, then counts with bench/lines what its core touches.
import { spawnSync } from 'node:child_process';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const build = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
if (build.status !== 0) process.exit(build.status ?? 1);
register('./typescript-loader.mjs', import.meta.url);
const { main } = await import('../bench/lines.ts');
process.exitCode = await main(process.argv.slice(2));
