/** A small good service, to be spoiled one member at a time. */
import { parseCreateService, type ServiceSettings } from '../../src/model/service.ts';
import type { Members } from './definitions.ts';

export function serviceWith(members: Members = {}): Members {
  const { desiredCount = 4 } = members;
  const isDaemon = members.schedulingStrategy === 'DAEMON' && members.desiredCount === undefined;
  return { serviceName: 'web', taskDefinition: 'web:1', ...(isDaemon ? {} : { desiredCount }), ...members };
}

export function settingsWith(members: Members = {}): ServiceSettings {
  return parseCreateService(serviceWith(members), 'services[0]');
}

export const NETWORK = { awsvpcConfiguration: { subnets: ['subnet-a'], securityGroups: ['sg-a'] } };
export const GROUP_ARN = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0000000000000000';
export const BALANCER = { targetGroupArn: GROUP_ARN, containerName: 'app', containerPort: 80 };
export const CLASSIC = { loadBalancerName: 'elb', containerName: 'app', containerPort: 80 };
export const ZONE_SPREAD = { type: 'spread', field: 'attribute:ecs.availability-zone' };
