// Builds all that package.json points to: the core (debug, release, and release with the exports for tests) with asc in process, the generated module with
// its bytes, then dist/ with tsc. `--core` stops before tsc. Steps whose outputs are newer than their inputs are skipped.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = (...parts) => join(root, ...parts);
process.chdir(root); // asc finds asconfig.json in the working directory
const INSPECTED = ['assembly/index.ts', 'assembly/inspect.ts'];
const ENTRIES = {
  debug: INSPECTED,
  release: ['assembly/index.ts'],
  scan: ['assembly/index.ts'],
  inspect: INSPECTED,
};

function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(file) : statSync(file).mtimeMs);
  }
  return time;
}

function isFresh(output, inputTime) {
  return existsSync(output) && statSync(output).mtimeMs >= inputTime;
}

async function compileCore(target) {
  const { default: asc } = await import('assemblyscript/asc');
  const { error, stderr } = await asc.main([...ENTRIES[target], '--target', target], {});
  if (error) {
    console.error(stderr.toString());
    process.exit(1);
  }
}

/** Whether anything was made anew. */
async function buildCore() {
  const inputs = Math.max(
    newest(path('assembly')),
    statSync(path('asconfig.json')).mtimeMs,
    statSync(fileURLToPath(import.meta.url)).mtimeMs,
  );
  for (const target of Object.keys(ENTRIES)) {
    if (!isFresh(path('build', `${target}.wasm`), inputs)) await compileCore(target);
  }
  const generated = path('src/wasm/generated/core.ts');
  if (isFresh(generated, statSync(path('build/release.wasm')).mtimeMs)) return;
  mkdirSync(path('src/wasm/generated'), { recursive: true });
  const base64 = readFileSync(path('build/release.wasm')).toString('base64');
  writeFileSync(
    generated,
    `/** Made by scripts/build.mjs from assembly/: the release core, in base64. */\nexport const coreBase64: string =\n  '${base64}';\n`,
  );
}

function buildPackage() {
  const inputs = Math.max(
    newest(path('src')),
    statSync(path('assembly/abi.ts')).mtimeMs,
    statSync(path('tsconfig.build.json')).mtimeMs,
  );
  const main = path('dist/src/cli/main.js');
  if (isFresh(main, inputs) && isFresh(path('dist/bayplan.wasm'), statSync(path('build/release.wasm')).mtimeMs)) return;
  rmSync(path('dist'), { recursive: true, force: true });
  const tsc = spawnSync(process.execPath, [path('node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: root,
    stdio: 'inherit',
  });
  if (tsc.status !== 0) process.exit(tsc.status ?? 1);
  cpSync(path('build/release.wasm'), path('dist/bayplan.wasm'));
  if (existsSync(main)) chmodSync(main, 0o755);
}

await buildCore();
if (!process.argv.includes('--core')) buildPackage();
