/** Target groups in elbv2's spelling and with small letters, and Classic Load Balancers. */
import { describe, expect, it } from 'vitest';
import { parseTargetGroup } from '../../src/model/target-group.ts';
import type { Members } from './definitions.ts';
import { hasRecorded, recordedWith } from './recorded-samples.ts';
import { refusal } from './refusal.ts';

const parse = (members: Members = {}) => parseTargetGroup({ Name: 'web', Protocol: 'HTTP', Port: 80, ...members }, 'g');

describe('a target group', () => {
  it("has elbv2's defaults and an ARN that services can name", () => {
    expect(parse()).toEqual({
      targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/0000000000000000',
      targetGroupName: 'web',
      targetType: 'instance',
      protocol: 'HTTP',
      port: 80,
      kind: 'application',
      healthCheckIntervalSeconds: 30,
      healthCheckTimeoutSeconds: 5,
      healthyThresholdCount: 5,
      unhealthyThresholdCount: 2,
      deregistrationDelaySeconds: 300,
      securityGroups: [],
    });
  });

  it.each([
    ['TCP', 'network', 10],
    ['UDP', 'network', 10],
    ['TLS', 'network', 10],
    ['TCP_UDP', 'network', 10],
    ['HTTPS', 'application', 5],
  ])('of protocol %s is of kind %s and waits %d s', (Protocol, kind, healthCheckTimeoutSeconds) => {
    expect(parse({ Protocol })).toMatchObject({ kind, healthCheckTimeoutSeconds });
  });

  it('of TCP may be checked by HTTP, which waits 6 s', () => {
    expect(parse({ Protocol: 'TCP', HealthCheckProtocol: 'HTTP' }).healthCheckTimeoutSeconds).toBe(6);
  });

  it('reads either spelling alike', () => {
    const members = {
      TargetGroupArn: 'a',
      TargetType: 'ip',
      HealthCheckIntervalSeconds: 10,
      HealthCheckTimeoutSeconds: 2,
      HealthyThresholdCount: 3,
      UnhealthyThresholdCount: 4,
      SecurityGroups: ['sg-a'],
      Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '30' }],
    };
    const small = {
      ...Object.fromEntries(
        Object.entries(members).map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
      ),
      attributes: [{ key: 'deregistration_delay.timeout_seconds', value: 30 }],
    };
    expect(parse(small)).toEqual(parse(members));
    expect(parse(members)).toMatchObject({
      targetType: 'ip',
      deregistrationDelaySeconds: 30,
      securityGroups: ['sg-a'],
    });
  });

  it('leaves other attributes alone', () => {
    expect(parse({ Attributes: [{ Key: 'stickiness.enabled', Value: 'false' }] })).toEqual(parse());
  });

  it.each<[members: Members, path: string, code: string]>([
    [{ Name: undefined }, 'g.name', 'WRONG_TYPE'],
    [{ Name: '-web' }, 'g.Name', 'TARGET_GROUP_NAME'],
    [{ Name: 'a'.repeat(33) }, 'g.Name', 'TARGET_GROUP_NAME'],
    [{ Protocol: 'GENEVE' }, 'g.Protocol', 'NOT_ALLOWED'],
    [{ Port: 0 }, 'g.Port', 'OUT_OF_RANGE'],
    [{ TargetType: 'lambda' }, 'g.TargetType', 'NOT_ALLOWED'],
    [{ HealthCheckIntervalSeconds: 4 }, 'g.HealthCheckIntervalSeconds', 'OUT_OF_RANGE'],
    [{ HealthCheckTimeoutSeconds: 121 }, 'g.HealthCheckTimeoutSeconds', 'OUT_OF_RANGE'],
    [{ HealthyThresholdCount: 1 }, 'g.HealthyThresholdCount', 'OUT_OF_RANGE'],
    [{ unhealthyThresholdCount: 11 }, 'g.unhealthyThresholdCount', 'OUT_OF_RANGE'],
    [{ HealthCheckIntervalSeconds: 5 }, 'g.healthCheckTimeoutSeconds', 'HEALTH_CHECK_TIMEOUT'],
    [
      { Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: '3601' }] },
      'g.Attributes[0].Value',
      'OUT_OF_RANGE',
    ],
    [
      { Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value: 'long' }] },
      'g.Attributes[0].Value',
      'WRONG_TYPE',
    ],
    [{ SecurityGroups: [5] }, 'g.SecurityGroups[0]', 'WRONG_TYPE'],
  ])('is refused: %j', (members, path, code) => {
    expect(refusal(() => parse(members))).toMatchObject({ path, code });
  });
});

describe('a Classic Load Balancer', () => {
  it('is called by its name', () => {
    expect(parseTargetGroup({ LoadBalancerName: 'elb' }, 'g')).toMatchObject({
      targetGroupArn: 'elb',
      kind: 'classic',
      healthCheckIntervalSeconds: 30,
      healthyThresholdCount: 10,
      deregistrationDelaySeconds: 0,
    });
  });

  it('takes its health check and draining', () => {
    const input = {
      loadBalancerName: 'elb',
      HealthCheck: { Interval: 10, Timeout: 3, HealthyThreshold: 2, UnhealthyThreshold: 3 },
      ConnectionDraining: { Enabled: true, Timeout: 60 },
    };
    expect(parseTargetGroup(input, 'g')).toMatchObject({
      healthCheckIntervalSeconds: 10,
      healthCheckTimeoutSeconds: 3,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
      deregistrationDelaySeconds: 60,
    });
  });
});

if (!hasRecorded) console.log('skipped: recorded target groups: ../shared/samples is not beside this clone');
const PROTOCOLS = ['HTTP', 'HTTPS', 'TCP', 'UDP', 'TLS', 'TCP_UDP'];
const recorded = recordedWith('TargetGroupName', ['Port', 'HealthyThresholdCount']).filter(
  ({ value }) => PROTOCOLS.includes(String(value.Protocol)) && value.TargetType !== 'alb',
);

describe.runIf(hasRecorded)('recorded target groups', () => {
  it('are found', () => {
    expect(recorded.length).toBeGreaterThan(1);
  });

  it.each(recorded.map(({ name, value }) => [name, value] as const))('parse: %s', (_, value) => {
    expect(parseTargetGroup(value, 'g')).toMatchObject({
      targetGroupArn: value.TargetGroupArn,
      targetGroupName: value.TargetGroupName,
      healthyThresholdCount: value.HealthyThresholdCount,
      healthCheckTimeoutSeconds: value.HealthCheckTimeoutSeconds,
    });
  });
});
