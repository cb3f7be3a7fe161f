/**
 * Security groups: whether a load balancer reaches a target. Called by observe. Only what is known can refuse: groups
 * that the scenario does not give let everything in.
 */
import type { IngressRule, SecurityGroup } from '../model/target-group.ts';

/** Who wants to come in, and where. */
export interface Visit {
  /** Groups of the load balancer; empty when they are not given. */
  readonly sources: readonly string[];
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

function opens(rule: IngressRule, { sources, port, protocol }: Visit): boolean {
  const isPort = rule.fromPort === -1 || (rule.fromPort <= port && port <= rule.toPort);
  const isProtocol = rule.protocol === 'all' || rule.protocol === protocol;
  return isPort && isProtocol && (rule.anywhere || sources.some((source) => rule.sourceGroups.includes(source)));
}

/**
 * Whether one of the target's groups lets the load balancer in. A rule with a CIDR block is taken to hold the load
 * balancer. Each target is judged by its own port: with dynamic host ports a rule has to cover the whole range that is
 * handed out, or some targets never answer (ECS developer guide, service-load-balancing).
 * @param own groups of the target; empty when they are not given.
 */
export function admits(known: ReadonlyMap<string, SecurityGroup>, own: readonly string[], visit: Visit): boolean {
  if (own.length === 0 || visit.sources.length === 0) return true;
  return own.some((id) => {
    const group = known.get(id);
    return group === undefined || group.ingress.some((rule) => opens(rule, visit));
  });
}
