/**
 * Arbitraries of what scales services: load, scalable targets, policies, alarms and scheduled actions. Used by scenario, which
 * gives each drawing a service.
 */
import fc from 'fast-check';
import { among, sometimes } from '../arbitraries/names.ts';

type Json = Record<string, unknown>;

const DIMENSION = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' };

const points = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), among([0, 0.02, 0.1, 0.3, 0.9, 2.5])), {
    minLength: 1,
    maxLength: 5,
  })
  .map((steps) => {
    let at = 0;
    return steps.map(([wait, value], k) => {
      if (k > 0) at += wait * 30;
      return [at, value];
    });
  });

const wave = fc.record({
  base: among([0.1, 0.5, 1]),
  amplitude: among([0, 0.1, 0.6]),
  periodSeconds: among([600, 1800]),
  stepSeconds: among([30, 60, 300]),
  shape: among(['sine', 'triangle', 'square']),
});

const load = fc
  .tuple(among(['cpuSeconds', 'cpuSeconds', 'memoryMiB']), fc.boolean(), points, wave)
  .map(([signal, isWave, own, swing]): Json => ({ signal, ...(isWave ? { wave: swing } : { points: own }) }));

const cooldown = among([undefined, 0, 0, 60, 120]);

const tracking = fc
  .record({
    PredefinedMetricType: among([
      'ECSServiceAverageCPUUtilization',
      'ECSServiceAverageCPUUtilization',
      'ECSServiceAverageMemoryUtilization',
      'ECSServiceAverageCPUUtilizationHighResolution',
    ]),
    TargetValue: among([5, 20, 50, 70]),
    ScaleOutCooldown: cooldown,
    ScaleInCooldown: cooldown,
    DisableScaleIn: among([undefined, undefined, true]),
  })
  .map(
    ({ PredefinedMetricType, ...rest }): Json => ({
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: { ...rest, PredefinedMetricSpecification: { PredefinedMetricType } },
    }),
  );

const target = fc.tuple(fc.nat(3), fc.nat(5)).map(([MinCapacity, more]) => ({
  MinCapacity,
  MaxCapacity: MinCapacity + more,
}));

const scheduled = fc.record({
  Schedule: among(['rate(7 minutes)', 'cron(0/10 * * * ? *)', 'at(2026-01-05T00:12:00)', 'at(2026-01-05T00:31:30)']),
  ScalableTargetAction: target,
});

/** What one service gets; `service` and `cluster` come later. */
export interface Scaling {
  readonly loads: readonly Json[];
  readonly target: Json | undefined;
  readonly policies: readonly Json[];
  readonly scheduled: readonly Json[];
}

export const scaling: fc.Arbitrary<Scaling> = fc.record({
  loads: fc.array(load, { minLength: 1, maxLength: 2 }),
  target: sometimes(7, target),
  policies: fc.array(tracking, { minLength: 1, maxLength: 2 }),
  scheduled: fc.array(scheduled, { maxLength: 2 }),
});

/** Members of a scenario for the services that the drawings go to, in turn. */
export function scalingOf(drawn: readonly Scaling[], services: readonly Json[], clusters: readonly string[]): Json {
  const [load, scalableTargets, scalingPolicies, scheduledActions]: [Json[], Json[], Json[], Json[]] = [[], [], [], []];
  drawn.slice(0, services.length).forEach((one, k) => {
    const { serviceName, cluster = clusters[0], schedulingStrategy } = services[k] as Json;
    load.push(...one.loads.map((own) => ({ ...own, service: serviceName, cluster })));
    if (one.target === undefined || schedulingStrategy === 'DAEMON') return;
    const resource = { ...DIMENSION, ResourceId: `service/${cluster}/${serviceName}` };
    scalableTargets.push({ ...resource, ...one.target });
    scalingPolicies.push(...one.policies.map((own, n) => ({ ...resource, PolicyName: `policy-${n}`, ...own })));
    const named = one.scheduled.map((own, n) => ({ ...resource, ScheduledActionName: `action-${n}`, ...own }));
    scheduledActions.push(...named);
  });
  return { load, scalableTargets, scalingPolicies, scheduledActions };
}
