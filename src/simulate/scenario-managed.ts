/** Services of ECS Managed Instances, checked before time 0 so that a typo ends the run. Called by parseScenario. */
import { checkManaged, checkMix } from '../cluster/apply/managed-rules.ts';
import { withDefaultStrategy } from '../model/capacity-strategy.ts';
import type { Fields } from '../model/read.ts';
import { parseCreateService } from '../model/service.ts';
import type { TaskDefinitionRegistry } from '../model/task-definition-registry.ts';
import type { ScenarioCluster, ScenarioService } from './scenario.ts';
import type { ScenarioCapacity } from './scenario-capacity.ts';

/** @throws InvalidParameterException as CreateService does, naming the member. */
export function checkManagedServices(
  services: readonly ScenarioService[],
  { managed }: ScenarioCapacity,
  clusters: readonly ScenarioCluster[],
  registry: TaskDefinitionRegistry,
): void {
  if (managed.length === 0) return;
  const names = new Set(managed.map(({ settings }) => settings.name));
  const isManaged = (provider: string): boolean => names.has(provider);
  clusters.forEach(({ defaultStrategy }, k) => {
    checkMix(defaultStrategy, isManaged, `clusters[${k}].defaultCapacityProviderStrategy`);
  });
  for (const { cluster, input, path } of services) {
    const { defaultStrategy = [] } = clusters.find((one) => one.name === cluster) ?? {};
    const settings = parseCreateService(withDefaultStrategy(input as Fields, defaultStrategy), path);
    const { capacityProviderStrategy: strategy, placementStrategy, placementConstraints, taskDefinition } = settings;
    const definition = registry.resolve(taskDefinition, `${path}.taskDefinition`);
    checkManaged({ strategy, placementStrategy, placementConstraints, definition }, isManaged, path);
  }
}
