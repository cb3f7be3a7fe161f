/**
 * What services and tasks of ECS Managed Instances may ask for (ECS developer guide, Managed Instances and task placement).
 * Called by CreateService, UpdateService and RunTask, and by scenarios before they begin.
 */
import { subjectText } from '../../cql/ast.ts';
import { parse } from '../../cql/parse.ts';
import { subjectsOf } from '../../cql/satisfies.ts';
import { refuse } from '../../model/read.ts';
import type { TaskDefinition } from '../../model/task-definition.ts';

/** All that their instances show to constraints. */
const ATTRIBUTES = ['ecs.subnet-id', 'ecs.availability-zone', 'ecs.instance-type', 'ecs.cpu-architecture'];
/** ECS API, ManagedInstancesNetworkConfiguration. */
const NETWORK_MODES = ['awsvpc', 'host', 'none'];

export interface ManagedWish {
  readonly strategy: readonly { readonly capacityProvider: string }[];
  readonly placementStrategy: readonly unknown[];
  readonly placementConstraints: readonly { readonly expression?: string | undefined }[];
  readonly definition: TaskDefinition;
}

/** Of one kind (ECS API, CreateService). */
export function checkMix(
  strategy: ManagedWish['strategy'],
  isManaged: (provider: string) => boolean,
  path: string,
): void {
  const [first] = strategy;
  if (first === undefined) return;
  const other = strategy.findIndex(
    ({ capacityProvider }) => isManaged(capacityProvider) !== isManaged(first.capacityProvider),
  );
  if (other < 0) return;
  const at = `${path}[${other}].capacityProvider`;
  refuse('CAPACITY_PROVIDER_MIX', `${at}: a strategy holds Managed Instances capacity providers or others, not both.`, {
    path: at,
    value: strategy[other]?.capacityProvider,
  });
}

/**
 * @param path of the service or the call.
 * @throws InvalidParameterException naming the member; nothing for strategies of other providers.
 */
export function checkManaged(wish: ManagedWish, isManaged: (provider: string) => boolean, path: string): void {
  const { strategy, placementStrategy, placementConstraints, definition } = wish;
  checkMix(strategy, isManaged, `${path}.capacityProviderStrategy`);
  if (strategy[0] === undefined || !isManaged(strategy[0].capacityProvider)) return;
  if (placementStrategy.length > 0) {
    const at = `${path}.placementStrategy`;
    refuse('MANAGED_STRATEGIES', `${at}: placement strategies are not supported with Managed Instances.`, {
      path: at,
      value: placementStrategy,
    });
  }
  checkExpressions(placementConstraints, `${path}.placementConstraints`);
  checkExpressions(definition.placementConstraints ?? [], `${path}.taskDefinition: placementConstraints`);
  const { networkMode = 'bridge' } = definition;
  if (NETWORK_MODES.includes(networkMode)) return;
  refuse(
    'MANAGED_NETWORK',
    `${path}.taskDefinition: network mode ${networkMode} is not supported with Managed Instances.`,
    { path: `${path}.taskDefinition`, value: networkMode, expected: NETWORK_MODES },
  );
}

function checkExpressions(constraints: ManagedWish['placementConstraints'], path: string): void {
  constraints.forEach(({ expression }, k) => {
    if (expression === undefined) return;
    const other = subjectsOf(parse(expression)).find(
      (subject) => subject.kind !== 'attribute' || !ATTRIBUTES.includes(subject.name),
    );
    if (other === undefined) return;
    const at = `${path}[${k}].expression`;
    refuse('MANAGED_ATTRIBUTE', `${at}: Managed Instances have no ${subjectText(other)} for constraints.`, {
      path: at,
      value: expression,
      expected: ATTRIBUTES,
    });
  });
}
