/** What Fargate allows a task definition (ECS developer guide, Fargate task definition considerations). */
import { checkFargateTimeouts } from './container-lifecycle.ts';
import { refuse } from './read.ts';
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts';

const GIB = 1024;

function steps(from: number, to: number, step: number): number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, k) => (from + k * step) * GIB);
}

/** Memory in MiB that Fargate offers with each amount of CPU units. */
const FARGATE_SIZES: ReadonlyMap<number, readonly number[]> = new Map([
  [256, [512, 1024, 2048]],
  [512, steps(1, 4, 1)],
  [1024, steps(2, 8, 1)],
  [2048, steps(4, 16, 1)],
  [4096, steps(8, 30, 1)],
  [8192, steps(16, 60, 4)],
  [16384, steps(32, 120, 8)],
  [32768, [60 * GIB, 120 * GIB, 244 * GIB]],
]);
const MOST_WINDOWS_CPU = 4096;
const LEAST_WINDOWS_CPU = 1024;
const LOG_DRIVERS = ['awslogs', 'splunk', 'awsfirelens'];
const CONTAINER_MEMBERS: readonly (keyof ContainerDefinition)[] = [
  'links',
  'disableNetworking',
  'dnsServers',
  'dnsSearchDomains',
  'dockerSecurityOptions',
  'extraHosts',
];

function refuseFargate(code: string, message: string, path: string, value?: unknown): never {
  refuse(code, message, { path, value }, 'ClientException');
}

export function isWindows(definition: TaskDefinition): boolean {
  return (definition.runtimePlatform?.operatingSystemFamily ?? '').startsWith('WINDOWS');
}

/** Windows Server versions that Fargate runs. */
const WINDOWS_FAMILIES = [
  'WINDOWS_SERVER_2019_FULL',
  'WINDOWS_SERVER_2019_CORE',
  'WINDOWS_SERVER_2022_FULL',
  'WINDOWS_SERVER_2022_CORE',
];

function checkFamily(definition: TaskDefinition, path: string): void {
  const family = definition.runtimePlatform?.operatingSystemFamily;
  if (!isWindows(definition) || WINDOWS_FAMILIES.includes(family ?? '')) return;
  refuseFargate(
    'FARGATE_OS',
    `${path}runtimePlatform.operatingSystemFamily ${family} does not run on Fargate.`,
    `${path}runtimePlatform.operatingSystemFamily`,
    family,
  );
}

function checkSize(
  definition: TaskDefinition,
  cpu: number | undefined,
  memoryMiB: number | undefined,
  path: string,
): void {
  if (cpu === undefined || memoryMiB === undefined) {
    refuseFargate(
      'FARGATE_SIZE',
      'Fargate requires task definition to have cpu and memory at the task level.',
      cpu === undefined ? `${path}cpu` : `${path}memory`,
    );
  }
  const offered = FARGATE_SIZES.get(cpu)?.includes(memoryMiB) ?? false;
  const windowsOffers = !isWindows(definition) || (cpu >= LEAST_WINDOWS_CPU && cpu <= MOST_WINDOWS_CPU);
  if (!offered || !windowsOffers) {
    refuse(
      'FARGATE_SIZE',
      'No Fargate configuration exists for given values.',
      { path: `${path}cpu`, value: `${cpu} CPU units with ${memoryMiB} MiB` },
      'ClientException',
    );
  }
}

function checkContainers(definition: TaskDefinition, path: string): void {
  definition.containerDefinitions?.forEach((container, k) => {
    const at = `${path}containerDefinitions[${k}]`;
    const present = CONTAINER_MEMBERS.find((member) => isSet(container[member]));
    if (present !== undefined)
      refuseFargate('FARGATE_MEMBER', `${at}.${present} is not supported on Fargate.`, `${at}.${present}`);
    checkFargateTimeouts(container, at);
    if (container.privileged === true)
      refuseFargate('FARGATE_MEMBER', `${at}.privileged is not supported on Fargate.`, `${at}.privileged`, true);
    if (container.resourceRequirements?.some(({ type }) => type === 'GPU')) {
      refuseFargate(
        'FARGATE_MEMBER',
        `${at}.resourceRequirements: GPU is not supported on Fargate.`,
        `${at}.resourceRequirements`,
      );
    }
    const linux = container.linuxParameters as
      | { maxSwap?: unknown; swappiness?: unknown; capabilities?: { add?: string[] } }
      | undefined;
    const capability = linux?.capabilities?.add?.find((name) => name !== 'SYS_PTRACE');
    if (isSet(linux?.maxSwap) || isSet(linux?.swappiness) || capability !== undefined) {
      refuseFargate(
        'FARGATE_MEMBER',
        `${at}.linuxParameters: maxSwap, swappiness and capabilities but SYS_PTRACE are not supported on Fargate.`,
        `${at}.linuxParameters`,
        capability,
      );
    }
    const driver = (container.logConfiguration as { logDriver?: string } | undefined)?.logDriver;
    if (driver !== undefined && !LOG_DRIVERS.includes(driver)) {
      refuseFargate(
        'FARGATE_LOG_DRIVER',
        `${at}.logConfiguration.logDriver must be one of ${LOG_DRIVERS.join(', ')} on Fargate, but was ${driver}.`,
        `${at}.logConfiguration.logDriver`,
        driver,
      );
    }
  });
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && !(Array.isArray(value) && value.length === 0);
}

/** @throws ClientException naming the first member that Fargate refuses. */
export function checkFargate(
  definition: TaskDefinition,
  cpu: number | undefined,
  memoryMiB: number | undefined,
  path: string,
): void {
  if (definition.networkMode !== 'awsvpc') {
    refuseFargate(
      'FARGATE_NETWORK_MODE',
      "Fargate only supports network mode 'awsvpc'.",
      `${path}networkMode`,
      definition.networkMode,
    );
  }
  if ((definition.placementConstraints ?? []).length > 0) {
    refuseFargate(
      'FARGATE_MEMBER',
      'Placement constraints are not supported with FARGATE launch type.',
      `${path}placementConstraints`,
    );
  }
  if (isSet(definition.ipcMode))
    refuseFargate('FARGATE_MEMBER', `${path}ipcMode is not supported on Fargate.`, `${path}ipcMode`);
  if (isWindows(definition) && definition.runtimePlatform?.cpuArchitecture === 'ARM64') {
    refuseFargate(
      'FARGATE_ARCHITECTURE',
      'Windows on Fargate runs on X86_64 only.',
      `${path}runtimePlatform.cpuArchitecture`,
      'ARM64',
    );
  }
  const storage = (definition.ephemeralStorage as { sizeInGiB?: number } | undefined)?.sizeInGiB;
  if (storage !== undefined && (storage < 21 || storage > 200)) {
    refuseFargate(
      'FARGATE_STORAGE',
      `${path}ephemeralStorage.sizeInGiB must be 21 to 200, but was ${storage}.`,
      `${path}ephemeralStorage.sizeInGiB`,
      storage,
    );
  }
  checkFamily(definition, path);
  checkSize(definition, cpu, memoryMiB, path);
  checkContainers(definition, path);
}
