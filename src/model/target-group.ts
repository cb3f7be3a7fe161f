/** Target groups, load balancers and security groups: what decides whether a task gets traffic. */

export type TargetType = 'instance' | 'ip';

export interface TargetGroup {
  readonly targetGroupArn: string;
  readonly targetGroupName: string;
  readonly targetType: TargetType;
  readonly protocol: string;
  readonly port: number;
  /** 'network' by protocol TCP, UDP, TLS, TCP_UDP; else 'application'. Classic load balancers have no target group. */
  readonly kind: 'application' | 'network' | 'classic';
  readonly healthCheckIntervalSeconds: number;
  readonly healthCheckTimeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
  /** deregistration_delay.timeout_seconds. */
  readonly deregistrationDelaySeconds: number;
  /** Groups of the load balancer in front, when given: a target must admit one of them on its port. */
  readonly securityGroups: readonly string[];
}

export interface IngressRule {
  /** -1: all. */
  readonly fromPort: number;
  readonly toPort: number;
  readonly protocol: 'tcp' | 'udp' | 'all';
  /** Security groups let in; empty with `anywhere`. */
  readonly sourceGroups: readonly string[];
  /** A CIDR block stands in the rule. */
  readonly anywhere: boolean;
}

export interface SecurityGroup {
  readonly groupId: string;
  readonly ingress: readonly IngressRule[];
}
