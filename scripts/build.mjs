// Builds all that package.json points to: the core (debug, release, and release with the exports for tests) with asc in process, the generated module with
// its bytes, the report's page (bundled with its style into one more generated module), then dist/ with tsc. `--core` stops before tsc. Steps whose outputs are newer than their inputs are skipped.
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

/** The page of `simulate --report` as two strings, with the notices that its licenses ask for. */
async function buildReportPage() {
  const generated = path('src/report/generated/page.ts');
  const plot = path('node_modules/uplot');
  const inputs = [
    path('src/report/data.ts'),
    path('src/report/comparison-data.ts'),
    join(plot, 'package.json'),
    fileURLToPath(import.meta.url),
  ];
  if (isFresh(generated, Math.max(newest(path('src/report/page')), ...inputs.map((file) => statSync(file).mtimeMs))))
    return;
  const { build } = await import('vite');
  const [{ output }] = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      lib: { entry: path('src/report/page/main.ts'), formats: ['iife'], name: 'bayplanReport', cssFileName: 'page' },
      target: 'es2022',
      write: false,
    },
  });
  const code = output.find(({ type }) => type === 'chunk').code.trim();
  const style = String(output.find(({ fileName }) => fileName.endsWith('.css')).source).trim();
  const { version } = JSON.parse(readFileSync(join(plot, 'package.json'), 'utf8'));
  const notices = `uPlot ${version}, inlined below:\n${readFileSync(join(plot, 'LICENSE'), 'utf8').trim()}`;
  const lines = Object.entries({
    pageScript: code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--'),
    pageStyle: style.replaceAll('</style', '<\\/style'),
    pageNotices: notices.replaceAll('--', '- -'),
  }).map(([name, text]) => `export const ${name}: string =\n  ${JSON.stringify(text)};\n`);
  mkdirSync(path('src/report/generated'), { recursive: true });
  writeFileSync(generated, `/** Made by scripts/build.mjs from src/report/page/. */\n${lines.join('')}`);
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
await buildReportPage();
if (!process.argv.includes('--core')) buildPackage();
