/** `bayplan query`: the instances that a Cluster Query Language expression selects. */
import { type ClusterOptions, loadCluster } from '../input/cluster.ts';
import { Inputs } from '../input/json.ts';
import type { Io } from '../io.ts';
import { describeAll } from '../output/instances.ts';
import { writeJson } from '../output/json.ts';
import { renderQuery } from '../output/query-report.ts';
import { isTable } from './options.ts';

export interface QueryOptions extends ClusterOptions {
  readonly output?: 'json' | 'table';
}

/** @returns the exit code: 1 when no instance matches. */
export async function query(filter: string, options: QueryOptions, io: Io): Promise<number> {
  const engine = await loadCluster(options, new Inputs(io), io);
  const answer = engine.listContainerInstances({ filter });
  if (isTable(options.output, io)) {
    const matching = new Set(answer.containerInstanceArns);
    await io.out(renderQuery(describeAll(engine), matching, io));
  } else await writeJson(answer, io);
  return answer.containerInstanceArns.length === 0 ? 1 : 0;
}
