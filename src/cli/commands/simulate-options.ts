/** Options and help of `simulate`, apart from the command itself, which is loaded only when it runs. */
import { type Command, Option } from 'commander';
import { collect, wholeNumber } from '../input/values.ts';
import { addOutputOption } from './options.ts';

const MOST_SEED = 0xffffffff;

export interface SimulateOptions {
  readonly set?: readonly string[];
  readonly until?: string;
  readonly report?: string;
  readonly events?: string;
  readonly output?: 'json' | 'table';
  readonly seed?: number;
  readonly engine?: 'wasm' | 'reference';
}

export function addSimulateOptions(command: Command): Command {
  command
    .argument(
      '<scenario...>',
      'JSON files: clusters, what runs on them and what happens (bayplan/scenario.schema.json)',
    )
    .option('--set <path=value>', 'change a value first, such as services[web].desiredCount=4; may repeat', collect)
    .option('--until <duration>', 'end there, an ISO 8601 duration such as PT90M (default: as the scenario says)')
    .option('--report <file>', 'write a report to open in a browser: one HTML file')
    .option('--events <file>', 'write every event as one line of JSON; - for standard output in place of the answer')
    .option(
      '--seed <n>',
      'decides ids and everything random (default: as the scenario says)',
      wholeNumber(0, MOST_SEED),
    )
    .addOption(
      new Option('--engine <name>', 'default: wasm; the reference answers alike, slowly').choices([
        'wasm',
        'reference',
      ]),
    );
  return addOutputOption(command);
}

export const SIMULATE_HELP = `
Exit codes: 0 done, 1 negative answer, 2 bad input.
SCENARIO may be - for standard input. The answer is negative when a service is not steady at the end, when a deployment
has failed, or when a call or fault of the scenario was refused.

Examples:
  bayplan simulate rollout.json
  bayplan simulate rollout.json --set services[web].deploymentConfiguration.maximumPercent=150 --report rollout.html
  bayplan simulate rollout.json --events - | grep '"ServiceEvent"'`;
