/** The command line as a function: arguments and the world in, exit code out. Called by main.ts and by tests. */
import { existsSync, readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { addClusterOptions, addOutputOption } from './commands/options.ts';
import { place } from './commands/place.ts';
import { addPlacementOptions, type PlacementOptions } from './commands/placement-options.ts';
import { addPlanOptions, PLAN_HELP, type PlanCommandOptions } from './commands/plan-options.ts';
import { type QueryOptions, query } from './commands/query.ts';
import { addSimulateOptions, SIMULATE_HELP, type SimulateOptions } from './commands/simulate-options.ts';
import { addWhyOptions, type WhyOptions, why } from './commands/why.ts';
import { type Io, ReaderGone } from './io.ts';
import { renderError } from './output/error.ts';

const BAD_INPUT = 2;

const EXIT_CODES = `
Exit codes: 0 done, 1 negative answer, 2 bad input.
FILE may be - for standard input. Inputs are the JSON that the AWS CLI prints.`;

const PLACE_HELP = `${EXIT_CODES}
The answer is negative when fewer than --count tasks fit.

Example:
  bayplan place --container-instances instances.json --task-definition web.json --count 12 \\
    --placement-strategy type=spread,field=attribute:ecs.availability-zone type=binpack,field=memory`;

const WHY_HELP = `${EXIT_CODES}
The answer is negative when the task does not fit. With --count N the task explained is the last of N.

Example:
  bayplan why --container-instances instances.json --task-definition web.json --container-instance i-0abc`;

const QUERY_HELP = `${EXIT_CODES}
The answer is negative when no instance matches.

Example:
  bayplan query --container-instances instances.json 'attribute:ecs.instance-type =~ m5.* and runningTasksCount < 3'`;

/** From the package this file is in, built or not. */
function version(): string {
  for (const up of ['../../package.json', '../../../package.json']) {
    const url = new URL(up, import.meta.url);
    if (existsSync(url)) return String((JSON.parse(readFileSync(url, 'utf8')) as { version?: unknown }).version);
  }
  return 'unknown';
}

function build(io: Io, done: (code: number) => void): { program: Command; help: () => string } {
  let help = '';
  const program = new Command('bayplan')
    .description('Where Amazon ECS would place your tasks, why not elsewhere, and what happens over time.')
    .version(version())
    .addHelpText('after', EXIT_CODES);
  program
    .command('place')
    .description('place tasks on a cluster')
    .addHelpText('after', PLACE_HELP)
    .action(async (options: PlacementOptions) => done(await place(options, io)));
  program
    .command('why')
    .description('explain where a task fits, and what it lacks elsewhere')
    .addHelpText('after', WHY_HELP)
    .action(async (options: WhyOptions) => done(await why(options, io)));
  program
    .command('query')
    .description('list the instances that a Cluster Query Language expression selects')
    .argument('<filter>', 'expression, such as "attribute:ecs.instance-type == m5.large"')
    .addHelpText('after', QUERY_HELP)
    .action(async (filter: string, options: QueryOptions) => done(await query(filter, options, io)));
  program
    .command('simulate')
    .description('run a cluster on a virtual clock: services, deployments, failures')
    .addHelpText('after', SIMULATE_HELP)
    .action(async (files: string[], options: SimulateOptions) => {
      // What the other commands do without is loaded here.
      const { simulateCommand } = await import('./commands/simulate.ts');
      done(await simulateCommand(files, options, io));
    });
  program
    .command('plan')
    .description('tell before a deployment whether it finishes, and what would help')
    .addHelpText('after', PLAN_HELP)
    .action(async (options: PlanCommandOptions) => {
      const { planCommand } = await import('./commands/plan.ts');
      done(await planCommand(options, io));
    });
  const [placeCommand, whyCommand, queryCommand, simulateCommand, planned] = program.commands as [
    Command,
    Command,
    Command,
    Command,
    Command,
  ];
  addPlacementOptions(placeCommand);
  addWhyOptions(addPlacementOptions(whyCommand));
  addOutputOption(addClusterOptions(queryCommand));
  addSimulateOptions(simulateCommand);
  addPlanOptions(planned);
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showSuggestionAfterError()
      .configureOutput({
        writeOut: (text) => {
          help += text;
        },
        writeErr: io.err,
        getOutHelpWidth: () => io.columns,
      });
  }
  return { program, help: () => help };
}

async function parse(args: readonly string[], io: Io, done: (code: number) => void): Promise<void> {
  const { program, help } = build(io, done);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    done(error.exitCode === 0 ? 0 : BAD_INPUT);
  }
  if (help() !== '') await io.out(help());
}

/** @returns the exit code; never rejects. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let code = 0;
  try {
    await parse(args, io, (result) => {
      code = result;
    });
  } catch (error) {
    if (error instanceof ReaderGone) return code;
    io.err(renderError(error));
    return BAD_INPUT;
  }
  return code;
}
