/** Security groups in EC2's shape: who may reach a target on which port. */
import { plainCopy } from './plain.ts';
import { type Fields, fields, nonEmptyText, optionalList, refuse, whole } from './read.ts';
import type { IngressRule, SecurityGroup } from './target-group.ts';

const PORT_MAX = 65535;

/** Names and numbers of protocols (EC2 API, IpPermission); all others let no traffic in to a port. */
const PROTOCOLS: Readonly<Record<string, IngressRule['protocol']>> = {
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  '-1': 'all',
};

function member(given: Fields, name: string): unknown {
  return given[name] ?? given[name.charAt(0).toLowerCase() + name.slice(1)];
}

function sourcesOf(given: Fields, path: string): string[] {
  return optionalList(member(given, 'UserIdGroupPairs'), `${path}.UserIdGroupPairs`).map((entry, k) => {
    const at = `${path}.UserIdGroupPairs[${k}]`;
    return nonEmptyText(member(fields(entry, at), 'GroupId'), `${at}.GroupId`);
  });
}

function parseRule(input: unknown, path: string): IngressRule | undefined {
  const given = fields(input, path);
  const name = nonEmptyText(member(given, 'IpProtocol'), `${path}.IpProtocol`).toLowerCase();
  const protocol = PROTOCOLS[name];
  if (protocol === undefined) return undefined;
  const ranges = ['IpRanges', 'Ipv6Ranges', 'PrefixListIds'].flatMap((list) => {
    return optionalList(member(given, list), `${path}.${list}`);
  });
  const who = { sourceGroups: sourcesOf(given, path), anywhere: ranges.length > 0 };
  if (protocol === 'all') return { fromPort: -1, toPort: -1, protocol, ...who };
  const fromPort = whole(member(given, 'FromPort'), `${path}.FromPort`, 0, PORT_MAX);
  const toPort = whole(member(given, 'ToPort'), `${path}.ToPort`, 0, PORT_MAX);
  if (fromPort > toPort) {
    refuse('PORT_RANGE', `${path}: FromPort ${fromPort} must not be above ToPort ${toPort}.`, {
      path: `${path}.FromPort`,
      value: fromPort,
      limit: toPort,
    });
  }
  return { fromPort, toPort, protocol, ...who };
}

/**
 * A security group as DescribeSecurityGroups shows it, members also with a small first letter. Rules of other protocols
 * than TCP and UDP are left out.
 * @throws InvalidParameterException naming the JSON path.
 */
export function parseSecurityGroup(input: unknown, path: string): SecurityGroup {
  const given = fields(plainCopy(input, path), path);
  const permissions = optionalList(member(given, 'IpPermissions'), `${path}.IpPermissions`);
  return {
    groupId: nonEmptyText(member(given, 'GroupId'), `${path}.GroupId`),
    ingress: permissions.flatMap((entry, k) => parseRule(entry, `${path}.IpPermissions[${k}]`) ?? []),
  };
}
