/** The report's picture of real simulations agrees with the simulator's own counts at every moment. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { instanceTypes } from '../../src/instance-types/index.ts';
import { valueAt } from '../../src/report/page/steps.ts';
import { renderReport } from '../../src/report/render.ts';
import { parseScenario, simulate } from '../../src/simulate/index.ts';
import { ROOT } from '../support/source-files.ts';
import { sceneOf } from './page/scene.ts';

const examples = readdirSync(`${ROOT}/examples`).filter((name) => existsSync(`${ROOT}/examples/${name}/scenario.json`));

const run = (name: string) =>
  simulate(parseScenario(JSON.parse(readFileSync(`${ROOT}/examples/${name}/scenario.json`, 'utf8'))), {
    instanceTypes,
  });

describe('the picture of an example', () => {
  it('has examples to look at', () => {
    expect(examples.length).toBeGreaterThan(3);
  });

  it.each(examples)('%s counts tasks as the simulator does', async (name) => {
    const result = await run(name);
    const { data, timeline, conditions } = sceneOf(result);
    const counted = (phase: string, service: string, cluster: string): number =>
      data.tasks.filter(({ group }, task) => {
        const own = data.groups[group];
        return (
          own?.name === service &&
          own.cluster === cluster &&
          conditions.phase(timeline.taskRow[task] as number) === phase
        );
      }).length;
    for (const atMs of [...new Set(result.events.map((event) => event.atMs))]) {
      timeline.seek(timeline.indexAt(atMs));
      for (const [series, phase] of [
        ['runningCount', 'running'],
        ['pendingCount', 'starting'],
      ] as const)
        for (const one of result.series.filter(({ name: own }) => own === series)) {
          const { ClusterName = '', ServiceName = '' } = one.dimensions;
          expect([atMs, series, counted(phase, ServiceName, ClusterName)]).toEqual([
            atMs,
            series,
            valueAt(one, atMs) ?? 0,
          ]);
        }
    }
  });

  it('is the same document for the same scenario', async () => {
    const [name = ''] = examples;
    expect(renderReport(await run(name))).toBe(renderReport(await run(name)));
  });
});
