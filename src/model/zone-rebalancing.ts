/** Availability Zone rebalancing: which services may have it, and what they get when nothing is said. */
import { refuse } from './read.ts';
import type { ServiceSettings } from './service.ts';
import { isClassic, isZoneSpread } from './service-rules.ts';

const ZONE_ATTRIBUTE = 'attribute:ecs.availability-zone';

type Candidate = Omit<ServiceSettings, 'availabilityZoneRebalancing'>;

/** Why a service cannot be rebalanced, or undefined (ECS developer guide, service-rebalancing). */
function obstacle(settings: Candidate): string | undefined {
  if (settings.schedulingStrategy === 'DAEMON') return 'the scheduling strategy is DAEMON';
  if (settings.launchType === 'EXTERNAL') return 'the launch type is EXTERNAL';
  if (settings.deploymentConfiguration.maximumPercent <= 100) return 'maximumPercent is 100';
  if (settings.loadBalancers.some(isClassic)) return 'it has a Classic Load Balancer';
  if (settings.placementStrategy.length > 0 && !isZoneSpread(settings.placementStrategy[0]))
    return `its first placement strategy is not spread over ${ZONE_ATTRIBUTE}`;
  const isZoned = settings.placementConstraints.some(({ expression = '' }) => expression.includes(ZONE_ATTRIBUTE));
  return isZoned ? `a placement constraint names ${ZONE_ATTRIBUTE}` : undefined;
}

/**
 * @param wanted the member of the call.
 * @param before what an updated service has. It turns to DISABLED when the update takes away what rebalancing needs.
 * @throws InvalidParameterException when a service that cannot be rebalanced asks for it.
 */
export function rebalancingOf(
  settings: Candidate,
  wanted: 'ENABLED' | 'DISABLED' | undefined,
  before: 'ENABLED' | 'DISABLED' | undefined,
  path: string,
): 'ENABLED' | 'DISABLED' {
  const reason = obstacle(settings);
  if (reason === undefined) return wanted ?? before ?? 'ENABLED';
  if (wanted === 'ENABLED') {
    refuse(
      'ZONE_REBALANCING',
      `${path}: Availability Zone rebalancing cannot be ENABLED for this service: ${reason}.`,
      {
        path,
        value: wanted,
        expected: ['DISABLED'],
      },
    );
  }
  return 'DISABLED';
}
