/** Options and help of `plan`, apart from the command itself, which is loaded only when it runs. */
import type { Command } from 'commander';
import { wholeNumber } from '../input/values.ts';
import { addOutputOption } from './options.ts';

const MOST_SEED = 0xffffffff;

export interface PlanCommandOptions {
  readonly scenario: string;
  readonly service: string;
  readonly taskDefinition?: string;
  readonly desiredCount?: number;
  readonly output?: 'json' | 'table';
  readonly seed?: number;
}

export function addPlanOptions(command: Command): Command {
  command
    .requiredOption('--scenario <file>', 'the cluster and its services (bayplan/scenario.schema.json)')
    .requiredOption('--service <name>', 'the service to update')
    .option('--task-definition <file>', 'describe-task-definition output or register-task-definition input')
    .option('--desired-count <n>', 'how many tasks it shall have', wholeNumber(0, Number.MAX_SAFE_INTEGER))
    .option(
      '--seed <n>',
      'decides the orders that are drawn when there are too many (default: as the scenario says)',
      wholeNumber(0, MOST_SEED),
    );
  return addOutputOption(command);
}

export const PLAN_HELP = `
Exit codes: 0 it finishes in every order, 1 some order sticks or the deployment fails, 2 bad input.
FILE may be - for standard input. The cluster is the scenario's just before its first update of the service, or at its end.
Without --task-definition and --desired-count the update is the scenario's own. Times count from the update.
Every order of starts and stops that ECS leaves open is looked at, up to 100,000 states; beyond, up to 1,000 are drawn.

Examples:
  bayplan plan --scenario production.json --service web --task-definition web-v2.json
  bayplan plan --scenario production.json --service web --desired-count 12 --output json`;
