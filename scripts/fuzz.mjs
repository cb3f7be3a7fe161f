/**
 * `npm run fuzz -- [engine|simulate|scaling] --runs N --seed S [--commands M] [--path P]`: long runs of random commands over
 * every engine that is built, of random scenarios, or of random inputs of each scaling decision. One process per core, in
 * batches; batch b has seed S + b, so that a failure replays from its own seed alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { register } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(import.meta.url);
const BATCH_RUNS = 100;
const SUBJECTS = ['engine', 'simulate', 'scaling'];

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: { type: 'string', default: '1000' },
      seed: { type: 'string', default: String(Date.now() >>> 0) },
      commands: { type: 'string', default: '40' },
      path: { type: 'string' },
      jobs: { type: 'string', default: String(os.availableParallelism()) },
      // Of a child process: it takes the batches whose number leaves this remainder.
      child: { type: 'string' },
    },
  });
  const whole = (name, least) => {
    const number = Number(values[name]);
    if (!Number.isInteger(number) || number < least)
      throw new Error(`--${name} must be a whole number from ${least}, but was ${values[name]}`);
    return number;
  };
  const [subject = 'engine', ...more] = positionals;
  if (!SUBJECTS.includes(subject) || more.length > 0)
    throw new Error(`what to fuzz must be ${SUBJECTS.join(', ')}, but was ${positionals.join(' ')}`);
  return {
    subject,
    runs: whole('runs', 1),
    seed: whole('seed', 0),
    commands: whole('commands', 1),
    jobs: whole('jobs', 1),
    path: values.path,
    child: values.child,
  };
}

/** What checks one batch. TypeScript sources as they are: no build between a change and a run. */
async function checkerOf({ subject, commands }) {
  register('./typescript-loader.mjs', import.meta.url);
  if (subject === 'simulate') {
    const { checkScenarios } = await import('../test/support/simulation/check.ts');
    return { names: ['wasm', 'reference'], check: checkScenarios };
  }
  if (subject === 'scaling') {
    const { checkDecisions } = await import('../test/support/decisions.ts');
    return { names: ['wasm-debug', 'wasm-release', 'reference'], check: checkDecisions };
  }
  const { createAll, engineKinds } = await import('../test/support/engines.ts');
  const { checkSequences } = await import('../test/support/model/check.ts');
  const names = engineKinds.map((kind) => kind.name);
  const rivals = { names, create: createAll };
  return { names, check: (campaign) => checkSequences({ ...campaign, maxCommands: commands }, rivals) };
}

/** Batches of one process. Progress goes up as lines of JSON; a failure as one too. */
async function child(given, remainder) {
  const { runs, seed, jobs, path } = given;
  const { names, check } = await checkerOf(given);
  const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ engines: names });
  const batches = Math.ceil(runs / BATCH_RUNS);
  for (let batch = remainder; batch < batches; batch += jobs) {
    const batchRuns = Math.min(BATCH_RUNS, runs - batch * BATCH_RUNS);
    say(await check({ runs: batchRuns, seed: (seed + batch) % 0x7fffffff, path }));
  }
}

/** Starts one child and adds what it says to the tally. */
function follow(remainder, tally, children) {
  const process_ = spawn(process.execPath, [HERE, ...process.argv.slice(2), '--child', String(remainder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(process_);
  let rest = '';
  process_.stdout.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) note(JSON.parse(line), tally);
  });
  return new Promise((resolve) => {
    process_.on('close', (code) => resolve(code ?? 1));
  });
}

function note({ engines, ...counts }, tally) {
  if (engines) tally.engines = engines;
  for (const [what, count] of Object.entries(counts)) tally.counts[what] = (tally.counts[what] ?? 0) + count;
  const { runs = 0 } = tally.counts;
  if (runs - tally.said < tally.every) return;
  tally.said = runs;
  console.log(`${countsOf(tally)} agree after ${seconds(tally)} s`);
}

/** Runs first, then what else the batches have counted. */
function countsOf({ counts }) {
  return Object.entries({ runs: 0, ...counts })
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');
}

const seconds = ({ started }) => Math.round((performance.now() - started) / 1000);

async function parent({ subject, runs, seed, commands, jobs, path }) {
  spawnSync(process.execPath, ['scripts/build.mjs', '--core'], { stdio: 'inherit' });
  const of =
    { simulate: 'a random scenario', scaling: 'an input of each decision' }[subject] ?? `up to ${commands} commands`;
  console.log(`seed ${seed}: ${runs} runs of ${of}`);
  const tally = {
    engines: [],
    counts: {},
    said: 0,
    every: Math.max(1000, Math.ceil(runs / 20)),
    started: performance.now(),
  };
  const children = [];
  const needed = path === undefined ? Math.min(jobs, Math.ceil(runs / BATCH_RUNS)) : 1;
  const ends = Array.from({ length: needed }, async (_, k) => {
    const code = await follow(k, tally, children);
    // One failure is enough: the others would only take the machine from whoever reads it.
    if (code !== 0) for (const other of children) other.kill();
    return code;
  });
  const failed = (await Promise.all(ends)).some((code) => code !== 0);
  const summary = `${countsOf(tally)}, in ${seconds(tally)} s: ${tally.engines.join(', ')}`;
  console.log(failed ? `FAILED after ${summary}` : `all agree: ${summary} (seed ${seed})`);
  process.exitCode = failed ? 1 : 0;
}

function fail(error) {
  process.stderr.write(`\n${error.message}\n`);
  process.exit(1);
}

let given;
try {
  given = options();
} catch (error) {
  fail(error);
}
if (given.child === undefined) await parent(given);
else await child(given, Number(given.child)).catch(fail);
