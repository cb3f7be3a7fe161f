/** A run in which all of scaling happens: load rises, a policy scales out, instances of a group come, and it goes back. */
import { instanceTypes } from '../../../src/instance-types/index.ts';
import type { SimulationResult } from '../../../src/simulate/result.ts';
import { simulate } from '../../../src/simulate/run.ts';
import { parseScenario } from '../../../src/simulate/scenario.ts';

const TARGET = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/dock/web',
  ScalableDimension: 'ecs:service:DesiredCount',
};

export const SCALED = {
  seed: 7,
  start: '2026-01-05T00:00:00Z',
  duration: 'PT1H',
  clusters: [{ clusterName: 'dock', defaultCapacityProviderStrategy: [{ capacityProvider: 'cp', weight: 1 }] }],
  subnets: [{ subnetId: 'subnet-1', availabilityZone: 'us-east-1a', vpcId: 'vpc-1' }],
  autoScalingGroups: [
    { AutoScalingGroupName: 'asg', MinSize: 0, MaxSize: 5, instanceType: 'm5.large', VPCZoneIdentifier: 'subnet-1' },
  ],
  capacityProviders: [
    { name: 'cp', autoScalingGroupProvider: { autoScalingGroupArn: 'asg', managedScaling: { status: 'ENABLED' } } },
  ],
  taskDefinitions: [{ family: 'web', containerDefinitions: [{ name: 'app', image: 'app', cpu: 512, memory: 1024 }] }],
  services: [{ serviceName: 'web', taskDefinition: 'web:1', desiredCount: 6 }],
  load: [
    {
      service: 'web',
      signal: 'cpuSeconds',
      points: [
        [0, 1],
        [600, 4],
        [1800, 1.2],
      ],
    },
  ],
  scalableTargets: [{ ...TARGET, MinCapacity: 2, MaxCapacity: 16 }],
  scalingPolicies: [
    {
      ...TARGET,
      PolicyName: 'cpu',
      PolicyType: 'TargetTrackingScaling',
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 60,
        PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        ScaleInCooldown: 60,
        ScaleOutCooldown: 60,
      },
    },
  ],
};

/** With other members than those of SCALED, where given. */
export function scaled(members: object = {}): Promise<SimulationResult> {
  return simulate(parseScenario({ ...SCALED, ...members }), { instanceTypes });
}
