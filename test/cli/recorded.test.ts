/**
 * Real answers of AWS, recorded by others, when they are there: every instance with every task definition is placed, or
 * the answer names what lacks.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../support/source-files.ts';
import { cli } from './run-cli.ts';

const FOLDER = `${ROOT}/../shared/samples/placement/plain`;
const isThere = existsSync(FOLDER);

function recorded(member: string): string[] {
  if (!isThere) return [];
  return readdirSync(FOLDER)
    .map((name) => `${FOLDER}/${name}`)
    .filter((path) => member in JSON.parse(readFileSync(path, 'utf8')));
}

/** Names without a detail would not say what to do. */
function namesWhatLacks({ reason, detail = '' }: { reason: string; detail?: string }): boolean {
  if (reason === 'ATTRIBUTE') return /^lacks \S+/.test(detail);
  if (reason === 'RESOURCE:CPU' || reason === 'RESOURCE:MEMORY') return /^needs [\d,]+ .*, has [\d,]+$/.test(detail);
  return reason === 'RESOURCE:PORTS' && /\d+\/(tcp|udp)/.test(detail);
}

const instances = recorded('containerInstances');
const definitions = recorded('taskDefinition');
const pairs = instances.flatMap((cluster) => definitions.map((definition) => [cluster, definition] as const));

describe('recorded answers', () => {
  it.skipIf(!isThere)('are there in number (needs the samples)', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(25);
  });

  it.skipIf(!isThere)(
    'are placed, or the answer names the attribute or resource that lacks (needs the samples)',
    async () => {
      const outcomes = { placed: 0, refused: 0, draining: 0 };
      for (const [cluster, definition] of pairs) {
        const { code, out, err } = await cli([
          'place',
          '--container-instances',
          cluster,
          '--task-definition',
          definition,
        ]);
        if (code === 2) {
          expect(err).toMatch(
            /error: No Container Instances were found in your cluster\. Of those given: \d DRAINING\./,
          );
          outcomes.draining++;
          continue;
        }
        const { tasks, failures } = JSON.parse(out);
        expect(tasks.length).toBe(code === 0 ? 1 : 0);
        expect(failures.filter((failure: { reason: string }) => !namesWhatLacks(failure))).toEqual([]);
        expect(failures.length > 0).toBe(code === 1);
        outcomes[code === 0 ? 'placed' : 'refused']++;
      }
      expect(outcomes.placed).toBeGreaterThan(0);
      expect(outcomes.refused).toBeGreaterThan(0);
    },
  );

  it.skipIf(!isThere)('are explained, instance by instance (needs the samples)', async () => {
    for (const [cluster, definition] of pairs) {
      const { code, out } = await cli(['why', '--container-instances', cluster, '--task-definition', definition]);
      const { placeable, instances: told } = JSON.parse(out);
      expect(code).toBe(placeable ? 0 : 1);
      expect(told.length).toBeGreaterThan(0);
    }
  });
});
