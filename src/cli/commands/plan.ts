/** `bayplan plan`: says before a deployment whether it finishes, and what would help where it does not. */
import { instanceTypes } from '../../instance-types/index.ts';
import { parseTaskDefinition } from '../../model/task-definition.ts';
import { plan } from '../../plan/plan.ts';
import { parseScenario } from '../../simulate/scenario.ts';
import { Inputs, inFile } from '../input/json.ts';
import { displayName } from '../input/read-file.ts';
import type { Io } from '../io.ts';
import { writeJson } from '../output/json.ts';
import { renderPlan } from '../output/plan-report.ts';
import { isTable } from './options.ts';
import type { PlanCommandOptions } from './plan-options.ts';

/** @returns the exit code: 1 when some order sticks, or the deployment fails. */
export async function planCommand(options: PlanCommandOptions, io: Io): Promise<number> {
  const { scenario: file, service, taskDefinition: definitionFile, desiredCount, seed } = options;
  const inputs = new Inputs(io);
  const scenario = parseScenario(await inputs.json(file), displayName(file));
  const definition = definitionFile === undefined ? undefined : await inputs.json(definitionFile);
  if (definitionFile !== undefined) inFile(definitionFile, () => parseTaskDefinition(definition));
  const request = {
    service,
    ...(definition === undefined ? {} : { taskDefinition: definition }),
    ...(desiredCount === undefined ? {} : { desiredCount }),
  };
  const result = await plan(seed === undefined ? scenario : { ...scenario, seed }, request, { instanceTypes });
  if (isTable(options.output, io)) await io.out(renderPlan(result, io));
  else await writeJson(result, io);
  return result.finishes ? 0 : 1;
}
