/**
 * Types: answers of the AWS SDK go in as they are, and ours go where the SDK takes them. The compiler is the judge:
 * every call is an assignment, and `npm test` checks the types of this file.
 */
import type * as sdk from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import type { Engine, RunTaskInput, StartTaskInput } from '../../src/contract.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import type { PlacementConstraint } from '../../src/model/constraint.ts';
import type { ContainerInstance } from '../../src/model/container-instance.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { PlacementStrategy } from '../../src/model/strategy.ts';
import type { Failure, Task } from '../../src/model/task.ts';
import type { ContainerDefinition, TaskDefinition } from '../../src/model/task-definition.ts';

type Input<M extends keyof Engine> = Engine[M] extends (input: infer I) => unknown ? I : never;
/** With the members that a call cannot do without. */
type With<T, K extends keyof T> = T & { [key in K]-?: NonNullable<T[key]> };

const some = <T>(): T => ({}) as T;
/** Takes what can be assigned to T. */
const into = <T>(value: T): void => expect(value).toBeDefined();

describe('the SDK', () => {
  it('answers what engines take', () => {
    into<ContainerInstance>(some<sdk.ContainerInstance>());
    into<Resource>(some<sdk.Resource>());
    into<Task>(some<sdk.Task>());
    into<TaskDefinition>(some<sdk.TaskDefinition>());
    into<ContainerDefinition>(some<sdk.ContainerDefinition>());
    into<Attribute>(some<sdk.Attribute>());
    into<PlacementStrategy>(some<sdk.PlacementStrategy>());
    into<PlacementConstraint>(some<sdk.PlacementConstraint>());
    into<PlacementConstraint>(some<sdk.TaskDefinitionPlacementConstraint>());
    into<Failure>(some<sdk.Failure>());
  });

  it('has inputs that engines take as they are', () => {
    into<RunTaskInput>(some<With<sdk.RunTaskCommandInput, 'taskDefinition'>>());
    into<StartTaskInput>(some<With<sdk.StartTaskCommandInput, 'taskDefinition' | 'containerInstances'>>());
    into<Input<'registerTaskDefinition'>>(some<sdk.RegisterTaskDefinitionCommandInput>());
    into<Input<'putAttributes'>>(some<With<sdk.PutAttributesCommandInput, 'attributes'>>());
    into<Input<'deleteAttributes'>>(some<With<sdk.DeleteAttributesCommandInput, 'attributes'>>());
    into<Input<'stopTask'>>(some<With<sdk.StopTaskCommandInput, 'task'>>());
    into<Input<'describeTasks'>>(some<With<sdk.DescribeTasksCommandInput, 'tasks'>>());
    into<Input<'deregisterContainerInstance'>>(
      some<With<sdk.DeregisterContainerInstanceCommandInput, 'containerInstance'>>(),
    );
    into<Input<'updateContainerInstancesState'>>(
      some<With<sdk.UpdateContainerInstancesStateCommandInput, 'containerInstances' | 'status'>>(),
    );
    into<Input<'listContainerInstances'>>(some<sdk.ListContainerInstancesCommandInput>());
  });

  it('takes our strategies, constraints, attributes, resources and failures', () => {
    into<sdk.RunTaskCommandInput['placementStrategy']>(some<PlacementStrategy[]>());
    into<sdk.RunTaskCommandInput['placementConstraints']>(some<PlacementConstraint[]>());
    into<sdk.PutAttributesCommandInput['attributes']>(some<Attribute[]>());
    into<sdk.ContainerInstance['registeredResources']>(some<Resource[]>());
    into<sdk.Failure>(some<Failure>());
  });
});
