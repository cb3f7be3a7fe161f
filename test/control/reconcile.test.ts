/** A cluster that does not come to rest is a defect; the error says what repeats. */
import { expect, it } from 'vitest';
import { apply } from '../../src/cluster/apply.ts';
import type { Command } from '../../src/cluster/commands.ts';
import { createCluster } from '../../src/cluster/create.ts';
import type { ServiceState } from '../../src/cluster/state.ts';
import { reconcile } from '../../src/control/reconcile.ts';
import { createEngine } from '../../src/create-engine.ts';

const context = { region: 'us-east-1', account: '123456789012', cluster: 'default' };

it('says which command repeats', async () => {
  const engine = await createEngine({ ...context, seed: 1 });
  const state = createCluster({ engine, context, seed: 1, startEpochMs: 0 });
  engine.registerTaskDefinition({ family: 'web', containerDefinitions: [{ name: 'app', image: 'app', memory: 64 }] });
  const input = { serviceName: 'web', taskDefinition: 'web', desiredCount: 0 };
  apply(state, { type: 'Call', call: 'CreateService', input });
  const service = state.services.get('web') as ServiceState;
  const restless = { tick: (): Command[] => [{ type: 'WakeService', service }] };
  expect(() => reconcile(state, restless)).toThrow(
    expect.objectContaining({
      code: 'UNSETTLED',
      message: 'The cluster does not settle at 0 ms: WakeService of service web repeats for ever.',
    }),
  );
  engine.dispose();
});
