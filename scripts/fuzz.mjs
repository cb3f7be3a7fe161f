/**
 * `npm run fuzz -- --runs N --seed S [--commands M] [--path P]`: long model-based runs over every engine that is built.
 * Runs in one process per core, in batches; batch b has seed S + b, so that a failure replays from its own seed alone.
 */
import { spawn, spawnSync } from 'node:child_process';
import { register } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const HERE = fileURLToPath(import.meta.url);
const BATCH_RUNS = 100;

function options() {
  const { values } = parseArgs({
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
  return {
    runs: whole('runs', 1),
    seed: whole('seed', 0),
    commands: whole('commands', 1),
    jobs: whole('jobs', 1),
    path: values.path,
    child: values.child,
  };
}

/** TypeScript sources as they are: no build between a change and a run. */
async function sources() {
  register('./typescript-loader.mjs', import.meta.url);
  const { createAll, engineKinds } = await import('../test/support/engines.ts');
  const { checkSequences } = await import('../test/support/model/check.ts');
  return { checkSequences, rivals: { names: engineKinds.map((kind) => kind.name), create: createAll } };
}

/** Batches of one process. Progress goes up as lines of JSON; a failure as one too. */
async function child({ runs, seed, commands, jobs, path }, remainder) {
  const { checkSequences, rivals } = await sources();
  const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
  say({ engines: rivals.names });
  const batches = Math.ceil(runs / BATCH_RUNS);
  for (let batch = remainder; batch < batches; batch += jobs) {
    const batchRuns = Math.min(BATCH_RUNS, runs - batch * BATCH_RUNS);
    const campaign = { runs: batchRuns, seed: (seed + batch) % 0x7fffffff, maxCommands: commands, path };
    say(await checkSequences(campaign, rivals));
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

function note({ engines, runs = 0, commands = 0 }, tally) {
  if (engines) tally.engines = engines;
  tally.runs += runs;
  tally.commands += commands;
  if (runs > 0 && tally.runs - tally.said >= 1000) {
    tally.said = tally.runs;
    console.log(`${tally.runs} runs, ${tally.commands} commands agree after ${seconds(tally)} s`);
  }
}

const seconds = ({ started }) => Math.round((performance.now() - started) / 1000);

async function parent({ runs, seed, commands, jobs, path }) {
  spawnSync(process.execPath, ['scripts/build.mjs', '--core'], { stdio: 'inherit' });
  console.log(`seed ${seed}: ${runs} runs of up to ${commands} commands`);
  const tally = { engines: [], runs: 0, commands: 0, said: 0, started: performance.now() };
  const children = [];
  const needed = path === undefined ? Math.min(jobs, Math.ceil(runs / BATCH_RUNS)) : 1;
  const ends = Array.from({ length: needed }, async (_, k) => {
    const code = await follow(k, tally, children);
    // One failure is enough: the others would only take the machine from whoever reads it.
    if (code !== 0) for (const other of children) other.kill();
    return code;
  });
  const failed = (await Promise.all(ends)).some((code) => code !== 0);
  const summary = `${tally.runs} runs, ${tally.commands} commands, in ${seconds(tally)} s: ${tally.engines.join(', ')}`;
  console.log(failed ? `FAILED after ${summary}` : `all agree: ${summary} (seed ${seed})`);
  process.exitCode = failed ? 1 : 0;
}

const given = options();
if (given.child === undefined) await parent(given);
else
  await child(given, Number(given.child)).catch((error) => {
    process.stderr.write(`\n${error.message}\n`);
    process.exitCode = 1;
  });
