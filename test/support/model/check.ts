/**
 * Many sequences from one seed: stops at the first disagreement, shrinks it and says how to replay it. The long runs of
 * `npm run fuzz` and the short one of `npm test` are the same function.
 */
import fc from 'fast-check';
import { type Rivals, runSequence, sequence } from './sequence.ts';

export interface Campaign {
  readonly runs: number;
  readonly seed: number;
  readonly maxCommands: number;
  /** fast-check's path of an earlier failure: replays that one alone. */
  readonly path?: string | undefined;
  /** Milliseconds after which a failure is no longer made smaller. */
  readonly shrinkMs?: number | undefined;
  readonly onRun?: (commands: number) => void;
}

export interface Tally {
  readonly runs: number;
  readonly commands: number;
}

/** @throws Error with the shortest story found, the seed, the path and the command that replays it. */
export async function checkSequences(campaign: Campaign, rivals: Rivals): Promise<Tally> {
  const { runs, seed, maxCommands, path, shrinkMs = 60_000, onRun } = campaign;
  let commands = 0;
  let failedAt = 0;
  const property = fc.asyncProperty(sequence(maxCommands), async (drawn) => {
    if (failedAt > 0 && performance.now() - failedAt > shrinkMs) return;
    try {
      const applied = await runSequence(drawn, rivals);
      commands += applied;
      if (failedAt === 0) onRun?.(applied);
    } catch (error) {
      failedAt ||= performance.now();
      throw error;
    }
  });
  const details = await fc.check(property, {
    numRuns: runs,
    seed,
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  });
  if (details.failed) throw new Error(report(details, maxCommands));
  return { runs: details.numRuns, commands };
}

function report(
  {
    seed,
    counterexamplePath,
    errorInstance,
  }: Pick<fc.RunDetails<unknown>, 'seed' | 'counterexamplePath' | 'errorInstance'>,
  maxCommands: number,
): string {
  const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const replay = `npm run fuzz -- --runs 1 --seed ${seed} --path ${counterexamplePath} --commands ${maxCommands}`;
  return `${message}\nseed ${seed}, path ${counterexamplePath}. To replay:\n  ${replay}`;
}
