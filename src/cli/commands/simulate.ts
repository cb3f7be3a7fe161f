/** `bayplan simulate`: runs scenarios on a virtual clock and tells what happened, as a timeline, as JSON or as a report. */
import { BayplanError } from '../../errors.ts';
import type { Requirement } from '../../report/comparison-data.ts';
import { renderReport } from '../../report/render.ts';
import type { RecordedEvent, SimulationResult } from '../../simulate/result.ts';
import { type Condition, parseCondition } from '../input/condition.ts';
import { Inputs } from '../input/json.ts';
import type { Io } from '../io.ts';
import { LineFile, writeFile } from '../output/file.ts';
import { JsonStream, writeJson } from '../output/json.ts';
import { failureLines, renderRequirements } from '../output/requirement-text.ts';
import { renderSimulation } from '../output/simulation-report.ts';
import { styleFor } from '../output/style.ts';
import { isTable } from './options.ts';
import { compareCommand } from './simulate-compare.ts';
import type { SimulateOptions } from './simulate-options.ts';
import { checkRequirements, type Ran } from './simulate-require.ts';
import { type Given, noteLateEvents, runScenario, scenarioOf } from './simulate-run.ts';

const STDOUT = '-';

function refuseOption(message: string): never {
  throw new BayplanError('BayplanException', 'OPTION', message);
}

function checkOptions(files: readonly string[], options: SimulateOptions): void {
  const { compare: isCompared = false } = options;
  for (const option of ['report', 'events'] as const) {
    const isTooMany = files.length > 1 && !(isCompared && option === 'report');
    if (isTooMany && options[option] !== undefined)
      refuseOption(`--${option} takes one scenario at a time, but there are ${files.length}.`);
  }
  if (isCompared && options.events !== undefined) refuseOption('--events does not go with --compare.');
  if (!isCompared && options.variant !== undefined) refuseOption('--variant needs --compare.');
  if (options.report === STDOUT) refuseOption('--report needs a file to write.');
}

/** Runs while events go to their file line by line. */
async function runInto(file: string, given: Given, options: SimulateOptions, io: Io): Promise<SimulationResult> {
  const lines = new LineFile(file);
  try {
    return await runScenario(given, options, io, (event) => lines.add(JSON.stringify(event)));
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

  async add(name: string, result: SimulationResult, requirements: readonly Requirement[]): Promise<void> {
    // Only those who ask get an answer.
    const told = requirements.length === 0 ? result : { ...result, requirements };
    const lines = requirements.length === 0 ? '' : `\n${renderRequirements(requirements, styleFor(this.#io))}`;
    if (this.#asTable) await this.#io.out(`${renderSimulation({ name, result }, this.#io)}${lines}\n`);
    else if (this.#list !== undefined) await this.#list.items('simulations', [{ file: name, ...told }]);
    else await writeJson(told, this.#io);
  }

  async end(): Promise<void> {
    await this.#list?.end();
  }
}

async function answer(
  given: Given,
  options: SimulateOptions,
  conditions: readonly Condition[],
  io: Io,
  answers: Answers,
): Promise<boolean> {
  const { events, report } = options;
  noteLateEvents(given, io);
  const intoFile = events !== undefined && events !== STDOUT;
  const result = intoFile ? await runInto(events, given, options, io) : await runScenario(given, options, io);
  if (report !== undefined) {
    writeFile(report, renderReport(result));
    io.err(`wrote ${report}\n`);
  }
  const requirements = require(conditions, { name: given.name, summary: result.summary }, io);
  if (events === STDOUT) await writeEvents(result.events, io);
  else await answers.add(given.name, result, requirements);
  return isGood(result) && requirements.every(({ holds }) => holds);
}

/** What each run found of the conditions, told at once. */
function require(conditions: readonly Condition[], ran: Ran, io: Io): Requirement[] {
  const requirements = checkRequirements(conditions, [ran]);
  for (const line of failureLines(requirements)) io.err(`${line}\n`);
  return requirements;
}

/**
 * @returns the exit code: 1 when a scenario ended badly or a required condition fails. All scenarios are read before the
 * first one runs.
 */
export async function simulateCommand(files: readonly string[], options: SimulateOptions, io: Io): Promise<number> {
  checkOptions(files, options);
  const conditions = (options.require ?? []).map(parseCondition);
  if (options.compare === true) return compareCommand(files, options, conditions, io);
  const inputs = new Inputs(io);
  const set = (options.set ?? []).map(({ text }) => text);
  const given: Given[] = [];
  for (const file of files) given.push(scenarioOf(file, await inputs.json(file), set, options));
  const answers = new Answers(files.length, options, io);
  let isAllGood = true;
  for (const one of given) isAllGood = (await answer(one, options, conditions, io, answers)) && isAllGood;
  await answers.end();
  return isAllGood ? 0 : 1;
}
