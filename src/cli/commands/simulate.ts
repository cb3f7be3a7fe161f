/** `bayplan simulate`: runs scenarios on a virtual clock and tells what happened, as a timeline, as JSON or as a report. */
import { BayplanError } from '../../errors.ts';
import { instanceTypes } from '../../instance-types/index.ts';
import { parseDuration } from '../../model/duration.ts';
import { renderReport } from '../../report/render.ts';
import type { RecordedEvent, SimulationResult } from '../../simulate/result.ts';
import { simulate } from '../../simulate/run.ts';
import { parseScenario, type Scenario } from '../../simulate/scenario.ts';
import { setPath } from '../../simulate/set.ts';
import { Inputs, inFile } from '../input/json.ts';
import { displayName } from '../input/read-file.ts';
import type { Io } from '../io.ts';
import { LineFile, writeFile } from '../output/file.ts';
import { JsonStream, writeJson } from '../output/json.ts';
import { Progress } from '../output/progress.ts';
import { renderSimulation } from '../output/simulation-report.ts';
import { counted } from '../output/text.ts';
import { isTable } from './options.ts';
import type { SimulateOptions } from './simulate-options.ts';

const STDOUT = '-';

interface Given {
  readonly name: string;
  readonly scenario: Scenario;
}

function refuseOption(message: string): never {
  throw new BayplanError('BayplanException', 'OPTION', message);
}

function checkOptions(files: readonly string[], options: SimulateOptions): void {
  for (const option of ['report', 'events'] as const) {
    if (files.length > 1 && options[option] !== undefined)
      refuseOption(`--${option} takes one scenario at a time, but there are ${files.length}.`);
  }
  if (options.report === STDOUT) refuseOption('--report needs a file to write.');
}

/** The scenario with everything that the options change, as if its file said so. */
function withOptions(json: unknown, options: SimulateOptions): unknown {
  const seed = options.seed === undefined ? [] : [`seed=${options.seed}`];
  return [...(options.set ?? []), ...seed].reduce(setPath, json);
}

async function readScenario(file: string, options: SimulateOptions, inputs: Inputs): Promise<Given> {
  const json = await inputs.json(file);
  const name = displayName(file);
  const scenario = parseScenario(
    inFile(file, () => withOptions(json, options)),
    name,
  );
  const durationMs = options.until === undefined ? scenario.durationMs : parseDuration(options.until, '--until');
  return { name, scenario: { ...scenario, durationMs } };
}

function noteLateEvents({ name, scenario }: Given, io: Io): void {
  const late = scenario.events.filter(({ atMs }) => atMs > scenario.durationMs).length;
  if (late > 0) io.err(`note: ${name}: ${counted(late, 'event')} after the end, which will not happen\n`);
}

type OnEvent = (event: RecordedEvent) => void;

async function runOne(
  { scenario }: Given,
  options: SimulateOptions,
  io: Io,
  onEvent?: OnEvent,
): Promise<SimulationResult> {
  const progress = new Progress(io, scenario.durationMs);
  try {
    return await simulate(scenario, {
      engine: options.engine ?? 'wasm',
      instanceTypes,
      onProgress: (atMs) => progress.show(atMs),
      ...(onEvent === undefined ? {} : { onEvent }),
    });
  } finally {
    progress.end();
  }
}

/** Runs while events go to their file line by line. */
async function runInto(file: string, given: Given, options: SimulateOptions, io: Io): Promise<SimulationResult> {
  const lines = new LineFile(file);
  try {
    return await runOne(given, options, io, (event) => lines.add(JSON.stringify(event)));
  } finally {
    lines.close();
  }
}

/** Standard output is written when its reader has time: after the run, which does not wait. */
async function writeEvents(events: readonly RecordedEvent[], io: Io): Promise<void> {
  const PART = 1000;
  for (let from = 0; from < events.length; from += PART) {
    await io.out(
      events
        .slice(from, from + PART)
        .map((event) => `${JSON.stringify(event)}\n`)
        .join(''),
    );
  }
}

/** Steady services, no failed deployment, nothing refused. */
function isGood({ summary }: SimulationResult): boolean {
  const hasFailed = summary.services.some(({ deployments, rolloutState }) => {
    return rolloutState === 'FAILED' || deployments.some((one) => one.rolloutState === 'FAILED');
  });
  return summary.steady && summary.refused === 0 && !hasFailed;
}

/** One answer as it is; several in a list, each with the file it came from. */
class Answers {
  readonly #io: Io;
  readonly #asTable: boolean;
  readonly #list: JsonStream | undefined;

  constructor(count: number, options: SimulateOptions, io: Io) {
    this.#io = io;
    this.#asTable = isTable(options.output, io);
    this.#list = count > 1 && !this.#asTable ? new JsonStream(io) : undefined;
  }

  async add(name: string, result: SimulationResult): Promise<void> {
    if (this.#asTable) await this.#io.out(`${renderSimulation({ name, result }, this.#io)}\n`);
    else if (this.#list !== undefined) await this.#list.items('simulations', [{ file: name, ...result }]);
    else await writeJson(result, this.#io);
  }

  async end(): Promise<void> {
    await this.#list?.end();
  }
}

async function answer(given: Given, options: SimulateOptions, io: Io, answers: Answers): Promise<boolean> {
  const { events, report } = options;
  noteLateEvents(given, io);
  const intoFile = events !== undefined && events !== STDOUT;
  const result = intoFile ? await runInto(events, given, options, io) : await runOne(given, options, io);
  if (report !== undefined) {
    writeFile(report, renderReport(result));
    io.err(`wrote ${report}\n`);
  }
  if (events === STDOUT) await writeEvents(result.events, io);
  else await answers.add(given.name, result);
  return isGood(result);
}

/** @returns the exit code: 1 when a scenario ended badly. All scenarios are read before the first one runs. */
export async function simulateCommand(files: readonly string[], options: SimulateOptions, io: Io): Promise<number> {
  checkOptions(files, options);
  const inputs = new Inputs(io);
  const given: Given[] = [];
  for (const file of files) given.push(await readScenario(file, options, inputs));
  const answers = new Answers(files.length, options, io);
  let isAllGood = true;
  for (const one of given) isAllGood = (await answer(one, options, io, answers)) && isAllGood;
  await answers.end();
  return isAllGood ? 0 : 1;
}
