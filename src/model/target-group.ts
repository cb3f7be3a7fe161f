/** Target groups, load balancers and security groups: what decides whether a task gets traffic. */
import { DEFAULT_CONTEXT, type EngineContext } from '../base/arn.ts';
import { plainCopy } from './plain.ts';
import {
  type Fields,
  fields,
  nonEmptyText,
  oneOf,
  optionalFlag,
  optionalList,
  optionalOneOf,
  optionalText,
  optionalWhole,
  refuse,
  show,
  whole,
} from './read.ts';

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

const NAME = /^(?!-)[A-Za-z0-9-]{1,32}(?<!-)$/;
const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'UDP', 'TCP_UDP', 'TLS'] as const;
const PORT_MAX = 65535;
const DEREGISTRATION_DELAY = 'deregistration_delay.timeout_seconds';
const MOST_DELAY_SECONDS = 3600;

/** The last part of the ARN of a target group whose input has none: a fixed one, so that services can name it. */
const FIXED_ID = '0000000000000000';

/** A member in elbv2's spelling, or with a small first letter. */
function member(given: Fields, name: string, path: string): readonly [value: unknown, path: string] {
  const small = name.charAt(0).toLowerCase() + name.slice(1);
  return given[name] === undefined ? [given[small], `${path}.${small}`] : [given[name], `${path}.${name}`];
}

/** `Name` in a call, `TargetGroupName` in an answer. */
function parseName(given: Fields, path: string): string {
  const [value, at] = member(given, 'Name', path);
  const [shown, shownAt] = member(given, 'TargetGroupName', path);
  const name = value === undefined && shown !== undefined ? nonEmptyText(shown, shownAt) : nonEmptyText(value, at);
  if (NAME.test(name)) return name;
  return refuse(
    'TARGET_GROUP_NAME',
    `${at} must be 1 to 32 letters, digits and inner hyphens, but was ${show(name)}.`,
    {
      path: at,
      value: name,
    },
  );
}

type Health = Pick<
  TargetGroup,
  'healthCheckIntervalSeconds' | 'healthCheckTimeoutSeconds' | 'healthyThresholdCount' | 'unhealthyThresholdCount'
>;

/** Ranges and defaults of elbv2's CreateTargetGroup. */
function parseHealth(given: Fields, path: string, kind: TargetGroup['kind']): Health {
  const [checked] = member(given, 'HealthCheckProtocol', path);
  const isNetwork = kind === 'network';
  const defaultTimeout = !isNetwork ? 5 : checked === 'HTTP' ? 6 : 10;
  const seconds = (name: string, least: number, most: number, usual: number): number =>
    optionalWhole(...member(given, name, path), least, most) ?? usual;
  const health = {
    healthCheckIntervalSeconds: seconds('HealthCheckIntervalSeconds', 5, 300, 30),
    healthCheckTimeoutSeconds: seconds('HealthCheckTimeoutSeconds', 2, 120, defaultTimeout),
    healthyThresholdCount: seconds('HealthyThresholdCount', 2, 10, 5),
    unhealthyThresholdCount: seconds('UnhealthyThresholdCount', 2, 10, 2),
  };
  const { healthCheckIntervalSeconds: interval, healthCheckTimeoutSeconds: timeout } = health;
  if (interval > timeout || (isNetwork && interval === timeout)) return health;
  const [, at] = member(given, 'HealthCheckTimeoutSeconds', path);
  return refuse('HEALTH_CHECK_TIMEOUT', 'Health check interval must be greater than the timeout.', {
    path: at,
    value: timeout,
    limit: interval,
  });
}

/** Of `Attributes: [{ Key, Value }]`, as ModifyTargetGroupAttributes takes them; the others change nothing here. */
function parseDelay(given: Fields, path: string): number {
  const [attributes, at] = member(given, 'Attributes', path);
  let delay = 300;
  optionalList(attributes, at).forEach((entry, k) => {
    const attribute = fields(entry, `${at}[${k}]`);
    const [key, keyAt] = member(attribute, 'Key', `${at}[${k}]`);
    const [value, valueAt] = member(attribute, 'Value', `${at}[${k}]`);
    if (nonEmptyText(key, keyAt) !== DEREGISTRATION_DELAY) return;
    const digits = typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value;
    delay = whole(digits, valueAt, 0, MOST_DELAY_SECONDS);
  });
  return delay;
}

function texts(values: readonly unknown[], path: string): string[] {
  return values.map((value, k) => nonEmptyText(value, `${path}[${k}]`));
}

function parseProtocol(given: Fields, path: string): (typeof PROTOCOLS)[number] {
  return oneOf(...member(given, 'Protocol', path), PROTOCOLS);
}

/**
 * A Classic Load Balancer stands in for its one target group: CreateLoadBalancer's LoadBalancerName with HealthCheck
 * and ConnectionDraining. Its ARN is its name, which is how services call it.
 */
function parseClassic(given: Fields, name: string, path: string): TargetGroup {
  const [health, healthAt] = member(given, 'HealthCheck', path);
  const [draining, drainingAt] = member(given, 'ConnectionDraining', path);
  const checks = health === undefined ? {} : fields(health, healthAt);
  const drain = draining === undefined ? {} : fields(draining, drainingAt);
  const of = (part: Fields, at: string, key: string, least: number, most: number, usual: number): number =>
    optionalWhole(...member(part, key, at), least, most) ?? usual;
  const [isDraining, isDrainingAt] = member(drain, 'Enabled', drainingAt);
  return {
    targetGroupArn: name,
    targetGroupName: name,
    targetType: 'instance',
    protocol: 'HTTP',
    port: of(given, path, 'InstancePort', 1, PORT_MAX, 80),
    kind: 'classic',
    healthCheckIntervalSeconds: of(checks, healthAt, 'Interval', 5, 300, 30),
    healthCheckTimeoutSeconds: of(checks, healthAt, 'Timeout', 2, 60, 5),
    healthyThresholdCount: of(checks, healthAt, 'HealthyThreshold', 2, 10, 10),
    unhealthyThresholdCount: of(checks, healthAt, 'UnhealthyThreshold', 2, 10, 2),
    deregistrationDelaySeconds:
      optionalFlag(isDraining, isDrainingAt) === true
        ? of(drain, drainingAt, 'Timeout', 1, MOST_DELAY_SECONDS, 300)
        : 0,
    securityGroups: texts(
      optionalList(...member(given, 'SecurityGroups', path)),
      member(given, 'SecurityGroups', path)[1],
    ),
  };
}

/**
 * A target group from CreateTargetGroup input with `Attributes` and the `SecurityGroups` of the load balancer in front,
 * or from what DescribeTargetGroups shows. Members may start with a small letter. Without an ARN it gets
 * `arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/0000000000000000`.
 * @throws InvalidParameterException naming the JSON path; ranges and defaults are elbv2's.
 */
export function parseTargetGroup(
  input: unknown,
  path: string,
  { region, account }: Pick<EngineContext, 'region' | 'account'> = DEFAULT_CONTEXT,
): TargetGroup {
  const given = fields(plainCopy(input, path), path);
  const classic = optionalText(...member(given, 'LoadBalancerName', path));
  if (classic !== undefined) return parseClassic(given, classic, path);
  const targetGroupName = parseName(given, path);
  const protocol = parseProtocol(given, path);
  const kind = protocol.startsWith('HTTP') ? 'application' : 'network';
  const [groups, groupsAt] = member(given, 'SecurityGroups', path);
  return {
    targetGroupArn:
      optionalText(...member(given, 'TargetGroupArn', path)) ??
      `arn:aws:elasticloadbalancing:${region}:${account}:targetgroup/${targetGroupName}/${FIXED_ID}`,
    targetGroupName,
    targetType: optionalOneOf(...member(given, 'TargetType', path), ['instance', 'ip']) ?? 'instance',
    protocol,
    port: whole(...member(given, 'Port', path), 1, PORT_MAX),
    kind,
    ...parseHealth(given, path, kind),
    deregistrationDelaySeconds: parseDelay(given, path),
    securityGroups: texts(optionalList(groups, groupsAt), groupsAt),
  };
}
