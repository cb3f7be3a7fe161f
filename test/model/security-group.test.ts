/** Security groups in EC2's shape. */
import { describe, expect, it } from 'vitest';
import { parseSecurityGroup } from '../../src/model/security-group.ts';
import type { Members } from './definitions.ts';
import { refusal } from './refusal.ts';

const tcp = { IpProtocol: 'tcp', FromPort: 32768, ToPort: 65535 };
const parse = (rule: Members) => parseSecurityGroup({ GroupId: 'sg-a', IpPermissions: [rule] }, 's').ingress;

describe('a security group', () => {
  it('lets nobody in without rules', () => {
    expect(parseSecurityGroup({ GroupId: 'sg-a' }, 's')).toEqual({ groupId: 'sg-a', ingress: [] });
  });

  it('lets groups in', () => {
    expect(parse({ ...tcp, UserIdGroupPairs: [{ GroupId: 'sg-alb' }] })).toEqual([
      { fromPort: 32768, toPort: 65535, protocol: 'tcp', sourceGroups: ['sg-alb'], anywhere: false },
    ]);
  });

  it.each(['IpRanges', 'Ipv6Ranges', 'PrefixListIds'])('lets addresses in by %s', (list) => {
    expect(parse({ ...tcp, [list]: [{}] })).toMatchObject([{ anywhere: true, sourceGroups: [] }]);
  });

  it('knows protocols by number, and all of them as -1', () => {
    expect(parse({ ...tcp, IpProtocol: '17' })).toMatchObject([{ protocol: 'udp' }]);
    expect(parse({ IpProtocol: '-1' })).toMatchObject([{ protocol: 'all', fromPort: -1, toPort: -1 }]);
    expect(parse({ IpProtocol: 'icmp', FromPort: 8, ToPort: -1 })).toEqual([]);
  });

  it('reads small letters alike', () => {
    const small = {
      groupId: 'sg-a',
      ipPermissions: [{ ipProtocol: 'tcp', fromPort: 1, toPort: 2, userIdGroupPairs: [{ groupId: 'b' }] }],
    };
    const large = {
      GroupId: 'sg-a',
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 1, ToPort: 2, UserIdGroupPairs: [{ GroupId: 'b' }] }],
    };
    expect(parseSecurityGroup(small, 's')).toEqual(parseSecurityGroup(large, 's'));
  });

  it.each<[rule: Members, path: string, code: string]>([
    [{}, 's.IpPermissions[0].IpProtocol', 'WRONG_TYPE'],
    [{ IpProtocol: 'tcp' }, 's.IpPermissions[0].FromPort', 'WRONG_TYPE'],
    [{ ...tcp, ToPort: 70000 }, 's.IpPermissions[0].ToPort', 'OUT_OF_RANGE'],
    [{ ...tcp, ToPort: 1 }, 's.IpPermissions[0].FromPort', 'PORT_RANGE'],
    [{ ...tcp, UserIdGroupPairs: [{}] }, 's.IpPermissions[0].UserIdGroupPairs[0].GroupId', 'WRONG_TYPE'],
  ])('is refused: %j', (rule, path, code) => {
    expect(refusal(() => parse(rule))).toMatchObject({ path, code });
  });
});
