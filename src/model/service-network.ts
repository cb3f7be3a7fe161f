/** Where awsvpc tasks of a service get their network interfaces, and the load balancers in front of a service. */
import { fields, list, nonEmptyText, optionalList, optionalOneOf, optionalText, refuse, whole } from './read.ts';
import type { AwsvpcConfiguration, ServiceLoadBalancer } from './service.ts';
import type { Subnet } from './subnet.ts';
import type { SecurityGroup } from './target-group.ts';

/** Amazon ECS service quotas. */
const MOST_SUBNETS = 16;
const MOST_SECURITY_GROUPS = 5;
const MOST_TARGET_GROUPS = 5;
const PORT_MAX = 65535;

function names(values: readonly unknown[], path: string): string[] {
  const texts = values.map((value, k) => nonEmptyText(value, `${path}[${k}]`));
  texts.forEach((value, k) => {
    if (texts.indexOf(value) < k)
      refuse('DUPLICATE', `${path}[${k}] ${value} stands twice.`, { path: `${path}[${k}]`, value });
  });
  return texts;
}

/**
 * `networkConfiguration` of a service.
 * @throws InvalidParameterException unless it has 1 to 16 subnets and at most 5 security groups.
 */
export function parseAwsvpc(input: unknown, path: string): AwsvpcConfiguration | undefined {
  if (input === undefined || input === null) return undefined;
  const at = `${path}.awsvpcConfiguration`;
  const given = fields(fields(input, path).awsvpcConfiguration, at);
  const subnets = names(list(given.subnets, `${at}.subnets`), `${at}.subnets`);
  const securityGroups = names(optionalList(given.securityGroups, `${at}.securityGroups`), `${at}.securityGroups`);
  if (subnets.length === 0 || subnets.length > MOST_SUBNETS) {
    refuse('SUBNET_COUNT', `${at}.subnets must hold 1 to ${MOST_SUBNETS} subnets, but held ${subnets.length}.`, {
      path: `${at}.subnets`,
      value: subnets.length,
      limit: MOST_SUBNETS,
    });
  }
  if (securityGroups.length > MOST_SECURITY_GROUPS) {
    refuse(
      'SECURITY_GROUP_COUNT',
      `${at}.securityGroups must hold at most ${MOST_SECURITY_GROUPS} security groups, but held ${securityGroups.length}.`,
      { path: `${at}.securityGroups`, value: securityGroups.length, limit: MOST_SECURITY_GROUPS },
    );
  }
  return {
    subnets,
    securityGroups,
    assignPublicIp: optionalOneOf(given.assignPublicIp, `${at}.assignPublicIp`, ['ENABLED', 'DISABLED']) ?? 'DISABLED',
  };
}

/**
 * That the subnets and security groups of a service exist, all subnets in one VPC.
 * @throws InvalidParameterException naming the id.
 */
export function checkAwsvpcAgainst(
  awsvpc: AwsvpcConfiguration,
  subnets: ReadonlyMap<string, Subnet>,
  securityGroups: ReadonlyMap<string, SecurityGroup>,
  path: string,
): void {
  const at = `${path}.networkConfiguration.awsvpcConfiguration`;
  const found = awsvpc.subnets.map((value, k) => {
    const subnet = subnets.get(value);
    const where = `${at}.subnets[${k}]`;
    if (subnet === undefined)
      refuse('UNKNOWN_SUBNET', `${where}: the subnet ID '${value}' does not exist.`, { path: where, value });
    return subnet;
  });
  const other = found.findIndex(({ vpcId }) => vpcId !== found[0]?.vpcId);
  if (other >= 0) {
    refuse('SUBNET_VPC', `${at}.subnets[${other}] is in another VPC than ${at}.subnets[0].`, {
      path: `${at}.subnets[${other}]`,
      value: awsvpc.subnets[other],
    });
  }
  awsvpc.securityGroups.forEach((value, k) => {
    if (securityGroups.has(value)) return;
    const where = `${at}.securityGroups[${k}]`;
    refuse('UNKNOWN_SECURITY_GROUP', `${where}: the security group '${value}' does not exist.`, { path: where, value });
  });
}

function parseLoadBalancer(input: unknown, path: string): ServiceLoadBalancer {
  const given = fields(input, path);
  const targetGroupArn = optionalText(given.targetGroupArn, `${path}.targetGroupArn`) || undefined;
  const loadBalancerName = optionalText(given.loadBalancerName, `${path}.loadBalancerName`) || undefined;
  if ((targetGroupArn === undefined) === (loadBalancerName === undefined)) {
    refuse('LOAD_BALANCER', `${path} must have either a targetGroupArn or a loadBalancerName.`, {
      path,
      value: targetGroupArn,
      expected: ['targetGroupArn', 'loadBalancerName'],
    });
  }
  const at = `${path}.advancedConfiguration`;
  const advanced = given.advancedConfiguration === undefined ? undefined : fields(given.advancedConfiguration, at);
  const alternate = optionalText(advanced?.alternateTargetGroupArn, `${at}.alternateTargetGroupArn`);
  return {
    ...(targetGroupArn === undefined ? { loadBalancerName } : { targetGroupArn }),
    containerName: nonEmptyText(given.containerName, `${path}.containerName`),
    containerPort: whole(given.containerPort, `${path}.containerPort`, 1, PORT_MAX),
    ...(advanced === undefined
      ? {}
      : { advancedConfiguration: { ...advanced, ...(alternate ? { alternateTargetGroupArn: alternate } : {}) } }),
  };
}

/**
 * `loadBalancers` of a service.
 * @throws InvalidParameterException for more than 5 target groups or 1 Classic Load Balancer (ECS service quotas).
 */
export function parseLoadBalancers(input: unknown, path: string): ServiceLoadBalancer[] {
  const balancers = optionalList(input, path).map((entry, k) => parseLoadBalancer(entry, `${path}[${k}]`));
  const groups = balancers.filter(({ targetGroupArn }) => targetGroupArn !== undefined).length;
  if (groups > MOST_TARGET_GROUPS) {
    refuse('TARGET_GROUP_COUNT', `${path} must hold at most ${MOST_TARGET_GROUPS} target groups, but held ${groups}.`, {
      path,
      value: groups,
      limit: MOST_TARGET_GROUPS,
    });
  }
  if (balancers.length - groups > 1) {
    refuse(
      'CLASSIC_COUNT',
      `${path} must hold at most 1 Classic Load Balancer, but held ${balancers.length - groups}.`,
      {
        path,
        value: balancers.length - groups,
        limit: 1,
      },
    );
  }
  return balancers;
}
