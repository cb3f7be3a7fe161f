/** Services in AWS's shape, as CreateService takes them, with AWS's defaults filled in. Read by the control plane. */
import type { PlacementConstraint } from './constraint.ts';
import type { PlacementStrategy } from './strategy.ts';

export type SchedulingStrategy = 'REPLICA' | 'DAEMON';
export type DeploymentStrategy = 'ROLLING' | 'BLUE_GREEN' | 'LINEAR' | 'CANARY';
export type LaunchType = 'EC2' | 'FARGATE' | 'EXTERNAL';

export interface AwsvpcConfiguration {
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly assignPublicIp: 'ENABLED' | 'DISABLED';
}

export interface ServiceLoadBalancer {
  /** Application and Network Load Balancers. */
  readonly targetGroupArn?: string;
  /** Classic Load Balancers. */
  readonly loadBalancerName?: string;
  readonly containerName: string;
  readonly containerPort: number;
  readonly advancedConfiguration?: { readonly alternateTargetGroupArn?: string };
}

export interface CapacityProviderStrategyItem {
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base: number;
}

export interface CircuitBreaker {
  readonly enable: boolean;
  readonly rollback: boolean;
  readonly resetOnHealthyTask: boolean;
  readonly threshold: { readonly type: 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT' | 'COUNT'; readonly value: number };
}

export type LifecycleStage =
  | 'RECONCILE_SERVICE'
  | 'PRE_SCALE_UP'
  | 'SCALE_UP'
  | 'POST_SCALE_UP'
  | 'TEST_TRAFFIC_SHIFT'
  | 'POST_TEST_TRAFFIC_SHIFT'
  | 'PRE_PRODUCTION_TRAFFIC_SHIFT'
  | 'PRODUCTION_TRAFFIC_SHIFT'
  | 'POST_PRODUCTION_TRAFFIC_SHIFT'
  | 'BAKE_TIME'
  | 'CLEAN_UP';

export interface LifecycleHook {
  /** The Lambda function, or nothing for a PAUSE. */
  readonly hookTargetArn?: string;
  readonly targetType: 'AWS_LAMBDA' | 'PAUSE';
  readonly lifecycleStages: readonly LifecycleStage[];
  readonly timeoutMinutes: number;
  readonly timeoutAction: 'ROLLBACK' | 'CONTINUE';
  /** What a simulated Lambda answers, from `hookDetails`: `{ hookStatus, afterSeconds }`; SUCCEEDED at once unless given. */
  readonly outcome: { readonly hookStatus: 'SUCCEEDED' | 'FAILED'; readonly afterSeconds: number };
}

export interface DeploymentConfiguration {
  readonly strategy: DeploymentStrategy;
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly circuitBreaker: CircuitBreaker;
  readonly alarms: { readonly alarmNames: readonly string[]; readonly enable: boolean; readonly rollback: boolean };
  readonly bakeTimeInMinutes: number;
  /** Tenths of a percent, so that 0.1 is exact. */
  readonly stepPermille: number;
  readonly stepBakeTimeInMinutes: number;
  readonly lifecycleHooks: readonly LifecycleHook[];
}

/** One service as validated: every member has AWS's default. */
export interface ServiceSettings {
  readonly serviceName: string;
  /** As given: `family`, `family:revision` or an ARN. */
  readonly taskDefinition: string;
  readonly schedulingStrategy: SchedulingStrategy;
  /** 0 for DAEMON: the instances decide. */
  readonly desiredCount: number;
  /** Absent with a capacity provider strategy. */
  readonly launchType?: LaunchType;
  readonly capacityProviderStrategy: readonly CapacityProviderStrategyItem[];
  readonly platformVersion?: string;
  readonly deploymentConfiguration: DeploymentConfiguration;
  readonly placementConstraints: readonly PlacementConstraint[];
  readonly placementStrategy: readonly PlacementStrategy[];
  readonly awsvpc?: AwsvpcConfiguration;
  readonly loadBalancers: readonly ServiceLoadBalancer[];
  readonly healthCheckGracePeriodSeconds: number;
  readonly availabilityZoneRebalancing: 'ENABLED' | 'DISABLED';
  /** The members that nothing here reads, shown again by describe. */
  readonly given: Readonly<Record<string, unknown>>;
}
