/** Events in words. */
import { describe, expect, it } from 'vitest';
import { rollout } from '../../support/report/stories.ts';
import { sceneOf } from './scene.ts';

describe('descriptions', () => {
  const { data, descriptions } = sceneOf(rollout());
  const all = data.events.atMs.map((_, k) => descriptions.sentence(k));

  it.each([
    /^web:1 [0-9a-f]{8} PENDING on i-/,
    /^web:1 [0-9a-f]{8} PENDING \u2192 RUNNING on i-/,
    /^web:1 [0-9a-f]{8} is HEALTHY$/,
    /^web:1 [0-9a-f]{8} shall be STOPPED \(ServiceSchedulerInitiated: Scaling activity initiated by/,
    /^web:2 [0-9a-f]{8} is unhealthy at 10\.0\.0\.9:80 in front \(Target\.ResponseCodeMismatch\)$/,
    /^i-\u2026\w{5} agent disconnected$/,
    /^i-\u2026\w{5} ACTIVE \u2192 INACTIVE$/,
    /^i-\u2026\w{5} joined, ACTIVE$/,
    /^UpdateService refused: ClientException: Unable to describe task definition\. \(events\[1\]\)$/,
    /^SERVICE_DEPLOYMENT_COMPLETED ecs-svc\/2: ECS deployment/,
    /^\(service web\) has reached a steady state\.$/,
  ])('say %s', (sentence) => {
    expect(all.some((one) => sentence.test(one))).toBe(true);
  });

  it('leave no event without words', () => {
    expect(all.filter((one) => one.trim() === '')).toEqual([]);
  });

  it('do not depend on the moment shown', () => {
    const again = sceneOf(rollout());
    again.timeline.seek(70);
    expect(data.events.atMs.map((_, k) => again.descriptions.sentence(k))).toEqual(all);
  });
});
