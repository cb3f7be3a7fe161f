/** Options and help of `simulate`, apart from the command itself, which is loaded only when it runs. */
import { type Command, Option } from 'commander';
import { collect, wholeNumber } from '../input/values.ts';
import { addOutputOption } from './options.ts';
import type { Assignment } from './simulate-variants.ts';

const MOST_SEED = 0xffffffff;

export interface SimulateOptions {
  readonly set?: readonly Assignment[];
  readonly variant?: readonly string[];
  readonly compare?: boolean;
  readonly require?: readonly string[];
  readonly until?: string;
  readonly report?: string;
  readonly events?: string;
  readonly output?: 'json' | 'table';
  readonly seed?: number;
  readonly engine?: 'wasm' | 'reference';
}

export function addSimulateOptions(command: Command): Command {
  // Options are parsed in the order in which they stand: --set belongs to the --variant before it.
  let variant: string | undefined;
  const collectVariant = (name: string, before: readonly string[] | undefined): string[] => {
    variant = name;
    return collect(name, before);
  };
  const collectSet = (text: string, before: readonly Assignment[] | undefined): Assignment[] => {
    return [...(before ?? []), { text, variant }];
  };
  command
    .argument(
      '<scenario...>',
      'JSON files: clusters, what runs on them and what happens (bayplan/scenario.schema.json)',
    )
    .option('--set <path=value>', 'change a value first, such as services[web].desiredCount=4; may repeat', collectSet)
    .option(
      '--compare',
      'put variants side by side: files, --variant groups, and every value of a path set several times',
    )
    .option(
      '--variant <name>',
      'with --compare: what is --set after it belongs to this variant only; may repeat',
      collectVariant,
    )
    .option(
      '--require <condition>',
      'exit with 1 unless it holds, such as "cost <= $5" or "reactionMs <= 3min"; may repeat',
      collect,
    )
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


--compare: cost, time under target (fewer tasks running than desired, or a tracked metric above its target), reaction (the
longest such time), tasks and instances that came and went, failures. It exits with 1 only when a --require fails.
--require: figures of the JSON summary (cost is in dollars, services[web].failed), numbers ($5, 90s, PT3M), + - * / and a
comparison; baseline.cost is the first variant's.

Examples:
  bayplan simulate rollout.json
  bayplan simulate rollout.json --set services[web].deploymentConfiguration.maximumPercent=150 --report rollout.html
  bayplan simulate rollout.json --events - | grep '"ServiceEvent"'
  bayplan simulate a.json b.json --compare --report compare.html --require 'cost <= 1.1 * baseline.cost'
  bayplan simulate rollout.json --compare --set services[web].desiredCount=4 --set services[web].desiredCount=8`;
