// `npm run bench -- [options]`, see --help, or `npm run bench -- scaling [--smoke] [--json] [--seed N] [--rounds N]`: builds the package, then runs the benchmarks in bench/ against what was built.
// With --apart it is one row's own process, started by the first, which has built already.
import { spawnSync } from 'node:child_process';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const args = process.argv.slice(2);
if (args[0] !== '--apart') {
  const options = { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] };
  const build = spawnSync(process.execPath, ['scripts/build.mjs'], options);
  if (build.status !== 0) process.exit(build.status ?? 1);
}
register('./typescript-loader.mjs', import.meta.url);
// `scaling` is a benchmark of its own: see bench/scaling.ts.
const isScaling = args[0] === 'scaling';
const { main } = await import(isScaling ? '../bench/scaling.ts' : '../bench/run.ts');
process.exitCode = await main(isScaling ? args.slice(1) : args);
