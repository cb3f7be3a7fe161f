/**
 * Types: answers of the AWS SDK go in as they are, and ours go where the SDK takes them. The compiler is the judge;
 * `npm test` runs it over this file.
 */
import type * as sdk from '@aws-sdk/client-ecs';
import { describe, expectTypeOf, it } from 'vitest';
import type { Engine, RunTaskInput, StartTaskInput } from '../../src/contract.ts';
import type { Attribute } from '../../src/model/attribute.ts';
import type { PlacementConstraint } from '../../src/model/constraint.ts';
import type { ContainerInstance } from '../../src/model/container-instance.ts';
import type { Resource } from '../../src/model/resource.ts';
import type { PlacementStrategy } from '../../src/model/strategy.ts';
import type { Failure, Task } from '../../src/model/task.ts';
import type { ContainerDefinition, TaskDefinition } from '../../src/model/task-definition.ts';

type Input<M extends keyof Engine> = Engine[M] extends (input: infer I) => unknown ? I : never;

describe('the SDK', () => {
  it('answers what engines take', () => {
    expectTypeOf<sdk.ContainerInstance>().toExtend<ContainerInstance>();
    expectTypeOf<sdk.Resource>().toExtend<Resource>();
    expectTypeOf<sdk.Task>().toExtend<Task>();
    expectTypeOf<sdk.TaskDefinition>().toExtend<TaskDefinition>();
    expectTypeOf<sdk.ContainerDefinition>().toExtend<ContainerDefinition>();
    expectTypeOf<sdk.Attribute>().toExtend<Attribute>();
    expectTypeOf<sdk.PlacementStrategy>().toExtend<PlacementStrategy>();
    expectTypeOf<sdk.PlacementConstraint>().toExtend<PlacementConstraint>();
    expectTypeOf<sdk.TaskDefinitionPlacementConstraint>().toExtend<PlacementConstraint | { type?: 'memberOf' }>();
    expectTypeOf<sdk.Failure>().toExtend<Failure>();
    expectTypeOf<NonNullable<sdk.DescribeContainerInstancesCommandOutput['containerInstances']>>().toExtend<
      Input<'registerContainerInstances'>
    >();
    expectTypeOf<NonNullable<sdk.DescribeTasksCommandOutput['tasks']>>().toExtend<Input<'importTasks'>>();
    expectTypeOf<sdk.DescribeTaskDefinitionCommandOutput>().toExtend<Input<'registerTaskDefinition'>>();
  });

  it('has inputs that engines take as they are, where their required members are there', () => {
    type Named<T, K extends keyof T> = T & { [key in K]-?: NonNullable<T[key]> };
    expectTypeOf<Named<sdk.RunTaskCommandInput, 'taskDefinition'>>().toExtend<RunTaskInput>();
    expectTypeOf<
      Named<sdk.StartTaskCommandInput, 'taskDefinition' | 'containerInstances'>
    >().toExtend<StartTaskInput>();
    expectTypeOf<sdk.RegisterTaskDefinitionCommandInput>().toExtend<Input<'registerTaskDefinition'>>();
    expectTypeOf<Named<sdk.PutAttributesCommandInput, 'attributes'>>().toExtend<Input<'putAttributes'>>();
    expectTypeOf<Named<sdk.DeleteAttributesCommandInput, 'attributes'>>().toExtend<Input<'deleteAttributes'>>();
    expectTypeOf<Named<sdk.StopTaskCommandInput, 'task'>>().toExtend<Input<'stopTask'>>();
    expectTypeOf<Named<sdk.UpdateContainerInstancesStateCommandInput, 'containerInstances' | 'status'>>().toExtend<
      Input<'updateContainerInstancesState'>
    >();
  });

  it('takes our strategies, constraints, attributes, resources and failures', () => {
    expectTypeOf<PlacementStrategy[]>().toExtend<NonNullable<sdk.RunTaskCommandInput['placementStrategy']>>();
    expectTypeOf<PlacementConstraint[]>().toExtend<NonNullable<sdk.RunTaskCommandInput['placementConstraints']>>();
    expectTypeOf<Resource[]>().toExtend<NonNullable<sdk.ContainerInstance['registeredResources']>>();
    expectTypeOf<Failure>().toExtend<sdk.Failure>();
    expectTypeOf<Attribute & { name: string }>().toExtend<sdk.Attribute>();
  });
});
