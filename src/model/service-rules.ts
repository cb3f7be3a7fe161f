/**
 * What members of a service exclude each other, in AWS's own words where they are known. Called for every created and
 * updated service, on its settings as a whole.
 */
import { isFargateProvider } from './capacity-strategy.ts';
import { refuse } from './read.ts';
import type { ServiceLoadBalancer, ServiceSettings } from './service.ts';
import type { PlacementStrategy } from './strategy.ts';

/** Fargate platform versions of Linux that run tasks; LATEST is 1.4.0 (ECS developer guide, platform-linux-fargate). */
const PLATFORM_VERSIONS = ['LATEST', '1.4.0', '1.3.0'];

export function isClassic({ loadBalancerName }: ServiceLoadBalancer): boolean {
  return loadBalancerName !== undefined;
}

export function isZoneSpread(strategy: PlacementStrategy | undefined): boolean {
  return strategy?.type === 'spread' && strategy.field === 'attribute:ecs.availability-zone';
}

/** By launch type or by capacity providers. */
export function isFargate({
  launchType,
  capacityProviderStrategy,
}: Pick<ServiceSettings, 'launchType' | 'capacityProviderStrategy'>): boolean {
  return launchType === 'FARGATE' || isFargateProvider(capacityProviderStrategy[0]?.capacityProvider ?? '');
}

type Settings = Omit<ServiceSettings, 'availabilityZoneRebalancing'>;

function checkDaemon(settings: Settings, path: string): void {
  if (settings.schedulingStrategy !== 'DAEMON') return;
  if (settings.placementStrategy.length > 0) {
    refuse(
      'DAEMON_STRATEGIES',
      'The daemon scheduling strategy does not support placement strategies. Remove the placement strategy and try again',
      { path: `${path}placementStrategy`, value: settings.placementStrategy },
    );
  }
  if (settings.capacityProviderStrategy.length > 0) {
    refuse(
      'DAEMON_CAPACITY_PROVIDERS',
      'Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.',
      { path: `${path}capacityProviderStrategy`, value: settings.capacityProviderStrategy },
    );
  }
  if (settings.launchType === 'FARGATE') {
    refuse('DAEMON_FARGATE', 'The FARGATE launch type does not support the DAEMON scheduling strategy.', {
      path: `${path}schedulingStrategy`,
      value: 'DAEMON',
    });
  }
}

function checkFargate(settings: Settings, path: string): void {
  if (settings.placementConstraints.length > 0) {
    refuse('FARGATE_CONSTRAINTS', 'Placement constraints are not supported with FARGATE launch type.', {
      path: `${path}placementConstraints`,
      value: settings.placementConstraints,
    });
  }
  if (settings.placementStrategy.length > 0) {
    refuse('FARGATE_STRATEGIES', 'Placement strategies are not supported with FARGATE launch type.', {
      path: `${path}placementStrategy`,
      value: settings.placementStrategy,
    });
  }
  const { platformVersion } = settings;
  if (platformVersion !== undefined && !PLATFORM_VERSIONS.includes(platformVersion)) {
    refuse(
      'PLATFORM_UNKNOWN',
      `${path}platformVersion ${platformVersion} does not exist.`,
      { path: `${path}platformVersion`, value: platformVersion, expected: PLATFORM_VERSIONS },
      'PlatformUnknownException',
    );
  }
}

function checkInstances(settings: Settings, path: string): void {
  if (settings.platformVersion !== undefined) {
    refuse('PLATFORM_VERSION', 'The platform version must be null when specifying an EC2 launch type.', {
      path: `${path}platformVersion`,
      value: settings.platformVersion,
    });
  }
  if (settings.awsvpc?.assignPublicIp === 'ENABLED') {
    refuse('ASSIGN_PUBLIC_IP', 'Assign public IP is not supported for this launch type.', {
      path: `${path}networkConfiguration.awsvpcConfiguration.assignPublicIp`,
      value: 'ENABLED',
    });
  }
}

function checkExternal(settings: Settings, path: string): void {
  if (settings.loadBalancers.length > 0) {
    refuse('EXTERNAL_LOAD_BALANCER', 'Load balancers are not supported with the EXTERNAL launch type.', {
      path: `${path}loadBalancers`,
      value: settings.loadBalancers.length,
    });
  }
  if (settings.awsvpc !== undefined) {
    refuse('EXTERNAL_AWSVPC', 'The awsvpc network mode is not supported with the EXTERNAL launch type.', {
      path: `${path}networkConfiguration`,
      value: 'EXTERNAL',
    });
  }
}

function refuseClassic(with_: string, path: string): never {
  refuse('CLASSIC_LOAD_BALANCER', `${path}: a Classic Load Balancer is not supported with ${with_}.`, {
    path,
    value: with_,
  });
}

function checkBalancers(settings: Settings, path: string): void {
  const { strategy } = settings.deploymentConfiguration;
  settings.loadBalancers.forEach((balancer, k) => {
    const at = `${path}loadBalancers[${k}]`;
    if (isClassic(balancer)) {
      if (isFargate(settings)) refuseClassic('FARGATE launch type', at);
      if (settings.awsvpc !== undefined) refuseClassic('network mode awsvpc', at);
      if (strategy !== 'ROLLING') refuseClassic(`strategy ${strategy}`, at);
    } else if (strategy !== 'ROLLING' && balancer.advancedConfiguration?.alternateTargetGroupArn === undefined) {
      refuse(
        'ALTERNATE_TARGET_GROUP',
        `${at}.advancedConfiguration.alternateTargetGroupArn is needed with strategy ${strategy}: the new revision registers there.`,
        { path: `${at}.advancedConfiguration.alternateTargetGroupArn`, value: undefined },
      );
    }
  });
}

/**
 * @param path of the service, with a dot at its end where it is not empty.
 * @throws InvalidParameterException, PlatformUnknownException; exact texts of AWS where they have been seen.
 */
export function checkService(settings: Settings, path: string): void {
  checkDaemon(settings, path);
  if (isFargate(settings)) checkFargate(settings, path);
  else checkInstances(settings, path);
  if (settings.launchType === 'EXTERNAL') checkExternal(settings, path);
  checkBalancers(settings, path);
}
