/** A made-up simulation as the page's parts see it, for their tests. */
import { condense } from '../../../src/report/condense.ts';
import { assignBerths } from '../../../src/report/page/berths.ts';
import { Conditions } from '../../../src/report/page/condition.ts';
import { Descriptions } from '../../../src/report/page/describe.ts';
import type { Scene } from '../../../src/report/page/picture.ts';
import { Timeline } from '../../../src/report/page/timeline.ts';
import type { SimulationResult } from '../../../src/simulate/result.ts';

export function sceneOf(result: SimulationResult): Scene & { descriptions: Descriptions } {
  const data = condense(result);
  const timeline = new Timeline(data);
  const conditions = new Conditions(data);
  const berths = assignBerths(data, timeline, conditions);
  return { data, timeline, conditions, berths, descriptions: new Descriptions(data, timeline) };
}
