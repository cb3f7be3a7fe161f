/**
 * The attributes a task definition requires of a container instance, as RegisterTaskDefinition computes them from its
 * features. Each rule is a line of docs/fidelity.md; recorded definitions keep their own list.
 */
import type { NamedAttribute } from './attribute.ts';
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts';

const CAPABILITY = 'com.amazonaws.ecs.capability.';
const FEATURE = 'ecs.capability.';

function api(version: string): string {
  return `${CAPABILITY}docker-remote-api.1.${version}`;
}

interface Secret {
  valueFrom?: string;
}
interface LogConfiguration {
  logDriver?: string;
  options?: Record<string, string>;
  secretOptions?: Secret[];
}
interface Firelens {
  type?: string;
  options?: Record<string, string>;
}
interface Volume {
  host?: { sourcePath?: string };
  efsVolumeConfiguration?: { transitEncryption?: string; authorizationConfig?: unknown };
  fsxWindowsFileServerVolumeConfiguration?: unknown;
  dockerVolumeConfiguration?: { driver?: string };
  s3filesVolumeConfiguration?: unknown;
  configuredAtLaunch?: boolean;
}
interface LinuxParameters {
  capabilities?: unknown;
  devices?: unknown[];
  initProcessEnabled?: boolean;
}

function isAny(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function bySecretStore(secrets: readonly Secret[] | undefined, prefix: string): string[] {
  const stores = (secrets ?? []).map(({ valueFrom = '' }): 'asm' | 'ssm' =>
    valueFrom.includes(':secretsmanager:') ? 'asm' : 'ssm',
  );
  return (['ssm', 'asm'] as const)
    .filter((store) => stores.some((used) => used === store))
    .map((store) => `${FEATURE}secrets.${store}.${prefix}`);
}

function ofImage({ image = '' }: ContainerDefinition, definition: TaskDefinition): string[] {
  if (!/\.dkr[.-]ecr[.-]/.test(image)) return [];
  return [
    ...(definition.executionRoleArn ? [`${FEATURE}execution-role-ecr-pull`] : []),
    `${CAPABILITY}ecr-auth`,
    api('19'),
  ];
}

function ofLog(log: LogConfiguration, definition: TaskDefinition): string[] {
  const options = Object.keys(log.options ?? {});
  return [
    ...(log.logDriver === 'awslogs' && definition.executionRoleArn ? [`${FEATURE}execution-role-awslogs`] : []),
    `${CAPABILITY}logging-driver.${log.logDriver}`,
    ...(log.logDriver === 'awslogs' || options.length > 0 ? [api('19')] : [api('18')]),
    ...(options.includes('mode') || options.includes('max-buffer-size') ? [api('28')] : []),
    ...(options.includes('awslogs-create-group') ? [api('29')] : []),
    ...(log.logDriver === 'awsfirelens' && options.includes('log-driver-buffer-limit')
      ? [`${FEATURE}logging-driver.awsfirelens.log-driver-buffer-limit`]
      : []),
    ...bySecretStore(log.secretOptions, 'bootstrap.log-driver'),
  ];
}

function ofFirelens(firelens: Firelens, user: unknown): string[] {
  const source = firelens.options?.['config-file-type'];
  const isRoot = user === undefined || user === '0' || user === 'root' || String(user).startsWith('0:');
  return [
    `${FEATURE}firelens.${firelens.type}`,
    ...(source === 'file' || source === 's3' ? [`${FEATURE}firelens.options.config.${source}`] : []),
    ...(isRoot ? [] : [`${FEATURE}firelens.non-root-user`]),
  ];
}

function ofLinux(linux: LinuxParameters): string[] {
  return [
    ...(isAny(linux.capabilities) || isAny(linux.devices) ? [api('17')] : []),
    ...(linux.initProcessEnabled ? [api('25')] : []),
  ];
}

function ofSecurity(options: readonly string[]): string[] {
  return [
    ...(options.some((option) => option.startsWith('label:') || option.startsWith('label='))
      ? [`${CAPABILITY}selinux`]
      : []),
    ...(options.some((option) => option.startsWith('apparmor')) ? [`${CAPABILITY}apparmor`] : []),
    ...(options.some((option) => option.startsWith('credentialspecdomainless:')) ? [`${FEATURE}gmsa-domainless`] : []),
    ...(options.some((option) => option.startsWith('credentialspec:')) ? [`${FEATURE}gmsa`] : []),
  ];
}

function ofContainer(container: ContainerDefinition, definition: TaskDefinition): string[] {
  const log = container.logConfiguration as LogConfiguration | undefined;
  const firelens = container.firelensConfiguration as Firelens | undefined;
  const security = [
    ...((container.dockerSecurityOptions as string[] | undefined) ?? []),
    ...((container.credentialSpecs as string[] | undefined) ?? []),
  ];
  const ordered = isAny(container.dependsOn) || isAny(container.startTimeout) || isAny(container.stopTimeout);
  return [
    ...ofImage(container, definition),
    ...(log ? ofLog(log, definition) : []),
    ...(firelens ? ofFirelens(firelens, container.user) : []),
    ...bySecretStore(container.secrets as Secret[] | undefined, 'environment-variables'),
    ...(container.repositoryCredentials ? [`${FEATURE}private-registry-authentication.secretsmanager`] : []),
    ...(isAny(container.environmentFiles) ? [`${FEATURE}env-files.s3`] : []),
    ...(container.linuxParameters ? ofLinux(container.linuxParameters as LinuxParameters) : []),
    ...(container.memoryReservation ? [api('21')] : []),
    ...(isAny(container.dockerLabels) || isAny(container.ulimits) ? [api('18')] : []),
    ...(container.privileged === true ? [`${CAPABILITY}privileged-container`] : []),
    ...(container.healthCheck ? [`${FEATURE}container-health-check`, api('24')] : []),
    ...(ordered ? [`${FEATURE}container-ordering`] : []),
    ...((container.portMappings ?? []).some(({ containerPortRange }) => containerPortRange)
      ? [`${FEATURE}network.container-port-range`]
      : []),
    ...(container.restartPolicy ? [`${FEATURE}container-restart-policy`] : []),
    ...ofSecurity(security),
  ];
}

function ofVolume(volume: Volume): string[] {
  const efs = volume.efsVolumeConfiguration;
  const driver = volume.dockerVolumeConfiguration?.driver;
  return [
    ...(efs ? [`${FEATURE}efs`, api('25')] : []),
    ...(efs && (efs.transitEncryption === 'ENABLED' || efs.authorizationConfig) ? [`${FEATURE}efsAuth`] : []),
    ...(volume.fsxWindowsFileServerVolumeConfiguration ? [`${FEATURE}fsxWindowsFileServer`] : []),
    ...(volume.configuredAtLaunch ? [`${FEATURE}storage.ebs-task-volume-attach`] : []),
    ...(volume.s3filesVolumeConfiguration ? [`${FEATURE}storage.s3-files`] : []),
    ...(driver ? [`${FEATURE}docker-plugin.${driver.replaceAll(':', '.')}`, api('21')] : []),
    ...(volume.host && !volume.host.sourcePath ? [api('17')] : []),
  ];
}

function ofTask(definition: TaskDefinition): string[] {
  const proxy = definition.proxyConfiguration as { type?: string } | undefined;
  return [
    ...(definition.networkMode === 'awsvpc' ? [`${FEATURE}task-eni`, api('18')] : []),
    ...(definition.taskRoleArn
      ? [`${CAPABILITY}task-iam-role${definition.networkMode === 'host' ? '-network-host' : ''}`]
      : []),
    ...(definition.pidMode || definition.ipcMode ? [`${FEATURE}pid-ipc-namespace-sharing`] : []),
    ...(proxy ? [`${FEATURE}aws-appmesh`] : []),
    ...(definition.enableFaultInjection === true ? [`${FEATURE}fault-injection`] : []),
    ...(definition.ephemeralStorage ? [`${FEATURE}extensible-ephemeral-storage`] : []),
    ...(isAny(definition.inferenceAccelerators) ? [`${FEATURE}task-eia`] : []),
  ];
}

/** Required attributes, each once, task features first, then containers and volumes in order. */
export function computeRequiresAttributes(definition: TaskDefinition): NamedAttribute[] {
  const names = [
    ...ofTask(definition),
    ...(definition.containerDefinitions ?? []).flatMap((container) => ofContainer(container, definition)),
    ...((definition.volumes as Volume[] | undefined) ?? []).flatMap(ofVolume),
  ];
  return [...new Set(names)].map((name) => ({ name }));
}
