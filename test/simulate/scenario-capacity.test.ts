/** Capacity providers on the clock: from waiting tasks to metric, alarm, group, instances and placement, to the second. */
import { describe, expect, it } from 'vitest';
import { capacityScenario } from '../support/simulation/capacity.ts';
import { changes, play } from '../support/simulation/scaled.ts';
import vectors from './vectors/coupled-timelines.json' with { type: 'json' };

const given = vectors.cases.find(({ kind }) => kind === 'capacity-provider') as {
  readonly name: string;
  readonly autoScalingGroup: {
    readonly minSize: number;
    readonly maxSize: number;
    readonly desiredCapacity: number;
    readonly instance: { readonly cpu: number; readonly memoryMiB: number };
  };
  readonly managedScaling: { readonly targetCapacity: number };
  readonly service: { readonly desiredCount: number; readonly taskCpuUnits: number; readonly taskMemoryMiB: number };
};

describe('a capacity provider with managed scaling', () => {
  it(given.name, async () => {
    const { minSize, maxSize, desiredCapacity, instance } = given.autoScalingGroup;
    const { desiredCount, taskCpuUnits, taskMemoryMiB } = given.service;
    const result = await play(
      capacityScenario({
        group: { MinSize: minSize, MaxSize: maxSize, DesiredCapacity: desiredCapacity, instance },
        provider: { managedScaling: given.managedScaling },
        service: { desiredCount },
        container: { cpu: taskCpuUnits, memory: taskMemoryMiB },
        duration: 'PT10M',
      }),
    );
    expect(changes(result, 'groupDesiredCapacity')).toEqual([[60, 2]]);
    expect(changes(result, 'registeredInstances')).toEqual([[150, 2]]);
    expect(changes(result, 'provisioningTasks')).toEqual([[150, 0]]);
    expect(changes(result, 'CapacityProviderReservation')).toEqual([
      [60, 200],
      [180, 50],
    ]);
    expect(changes(result, 'runningCount')).toEqual([[155, 1]]);
  });
});
