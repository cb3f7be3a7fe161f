/** What is drawn where: stacks that add up, states that are counted, points that find what lies under them. */
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../src/report/page/layout.ts';
import { hit, largestCapacity, type Picture, pictureOf, type Resource } from '../../../src/report/page/picture.ts';
import { fargate, rollout } from '../../support/report/stories.ts';
import { sceneOf } from './scene.ts';

describe('the picture of a rollout', () => {
  const scene = sceneOf(rollout());
  const layout = layOut(scene.berths.quays, 930, 420);
  const at = (seconds: number, resource: Resource = 'memory'): Picture => {
    scene.timeline.seek(scene.timeline.indexAt(seconds * 1000));
    return pictureOf(scene, layout, resource, largestCapacity(scene.data, resource));
  };

  it('counts tasks by state', () => {
    expect(at(-1)).toMatchObject({ running: 0, starting: 0, stopping: 0, unhealthy: 0 });
    expect(at(5)).toMatchObject({ running: 0, starting: 18, stopping: 0 });
    expect(at(60)).toMatchObject({ running: 18, starting: 0, stopping: 0 });
    expect(at(458)).toMatchObject({ running: 18, starting: 0, stopping: 2, unhealthy: 1 });
  });

  it('shows every live task once, inside the bay of its instance', () => {
    for (const seconds of [5, 60, 305, 424, 731, 1200]) {
      const { bays, containers, running, starting, stopping } = at(seconds);
      expect(containers.length).toBe(running + starting + stopping);
      for (const { row, x, y, width, height } of containers) {
        const bay = bays.find(({ instance }) => instance === scene.data.taskRows.instance[row]);
        expect(bay).toBeDefined();
        expect([x, width]).toEqual([bay?.x, bay?.width]);
        expect(y).toBeGreaterThanOrEqual(bay?.y ?? Number.NaN);
        expect(y + height).toBeLessThanOrEqual((bay?.y ?? 0) + (bay?.height ?? 0) + 0.01);
      }
    }
  });

  it('makes a block as high as its share of the instance', () => {
    for (const [resource, share] of [
      ['memory', 1024 / 7680],
      ['cpu', 256 / 2048],
    ] as const) {
      const { bays, containers } = at(60, resource);
      const web = containers.find(({ task }) => scene.data.tasks[task]?.memoryMiB === 1024);
      expect(web?.height).toBeCloseTo((bays[0]?.height ?? 0) * share, 5);
    }
  });

  it('loses the bay of a lost instance and gains that of a new one', () => {
    expect([at(690), at(740), at(1200)].map(({ bays }) => bays.length)).toEqual([6, 5, 6]);
  });

  it('finds the task, else the instance, under a point', () => {
    const picture = at(60);
    for (const { task, x, y, width, height } of picture.containers)
      expect(hit(picture, x + width / 2, y + height / 2)).toEqual({ task, instance: -1 });
    const [bay] = picture.bays;
    expect(hit(picture, (bay?.x ?? 0) + 1, (bay?.y ?? 0) + 1)).toEqual({ task: -1, instance: bay?.instance });
    expect(hit(picture, -5, -5)).toEqual({ task: -1, instance: -1 });
  });
});

describe('the picture of Fargate', () => {
  it('has tasks in the rows of their zones and no bay', () => {
    const scene = sceneOf(fargate());
    scene.timeline.seek(scene.timeline.length - 1);
    const layout = layOut(scene.berths.quays, 930, 420);
    const picture = pictureOf(scene, layout, 'memory', largestCapacity(scene.data, 'memory'));
    expect(picture).toMatchObject({ running: 12, starting: 2, bays: [] });
    expect([...picture.quayTasks]).toEqual([5, 5, 4]);
  });
});
