/** Options of every command. */
import { type Command, Option } from 'commander';
import { collect } from '../input/values.ts';
import type { Io } from '../io.ts';

export function addClusterOptions(command: Command): Command {
  return command
    .requiredOption('--container-instances <file>', 'describe-container-instances output; may repeat', collect)
    .option('--tasks <file>', 'describe-tasks output: tasks that run already; may repeat', collect);
}

export function addOutputOption(command: Command): Command {
  return command.addOption(
    new Option('--output <format>', 'default: table on a terminal, json when piped').choices(['json', 'table']),
  );
}

export function isTable(output: 'json' | 'table' | undefined, io: Io): boolean {
  return output === undefined ? io.isTerminal : output === 'table';
}
