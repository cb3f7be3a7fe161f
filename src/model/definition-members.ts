/**
 * Members of task definitions that placement only reads in passing, for required attributes and demands: their types are
 * checked here, so that nothing later stumbles over them.
 */
import {
  type Fields,
  fields,
  nonEmptyText,
  oneOf,
  optionalFlag,
  optionalList,
  optionalOneOf,
  optionalText,
  refuse,
} from './read.ts';

function checkSecrets(value: unknown, path: string): void {
  optionalList(value, path).forEach((entry, k) => {
    optionalText(fields(entry, `${path}[${k}]`).valueFrom, `${path}[${k}].valueFrom`);
  });
}

function checkTexts(value: unknown, path: string): void {
  optionalList(value, path).forEach((entry, k) => {
    nonEmptyText(entry, `${path}[${k}]`);
  });
}

function checkOptions(value: unknown, path: string): void {
  if (value !== undefined) fields(value, path);
}

function checkLog(value: unknown, path: string): void {
  if (value === undefined) return;
  const log = fields(value, path);
  nonEmptyText(log.logDriver, `${path}.logDriver`);
  checkOptions(log.options, `${path}.options`);
  checkSecrets(log.secretOptions, `${path}.secretOptions`);
}

function checkFirelens(value: unknown, path: string): void {
  if (value === undefined) return;
  const firelens = fields(value, path);
  oneOf(firelens.type, `${path}.type`, ['fluentd', 'fluentbit']);
  checkOptions(firelens.options, `${path}.options`);
}

function checkLinux(value: unknown, path: string): void {
  if (value === undefined) return;
  const linux = fields(value, path);
  optionalFlag(linux.initProcessEnabled, `${path}.initProcessEnabled`);
  optionalList(linux.devices, `${path}.devices`);
  if (linux.capabilities !== undefined)
    checkTexts(fields(linux.capabilities, `${path}.capabilities`).add, `${path}.capabilities.add`);
}

/** @throws InvalidParameterException naming the member. */
export function checkContainerMembers(container: Fields, path: string): void {
  checkSecrets(container.secrets, `${path}.secrets`);
  checkLog(container.logConfiguration, `${path}.logConfiguration`);
  checkFirelens(container.firelensConfiguration, `${path}.firelensConfiguration`);
  checkLinux(container.linuxParameters, `${path}.linuxParameters`);
  checkTexts(container.dockerSecurityOptions, `${path}.dockerSecurityOptions`);
  checkTexts(container.credentialSpecs, `${path}.credentialSpecs`);
  optionalFlag(container.privileged, `${path}.privileged`);
  optionalText(container.user, `${path}.user`);
}

function checkVolume(input: unknown, path: string): void {
  const volume = fields(input, path);
  for (const member of ['host', 'efsVolumeConfiguration', 'dockerVolumeConfiguration']) {
    if (volume[member] !== undefined) fields(volume[member], `${path}.${member}`);
  }
  optionalFlag(volume.configuredAtLaunch, `${path}.configuredAtLaunch`);
  const docker = volume.dockerVolumeConfiguration;
  if (docker !== undefined) optionalText(fields(docker, path).driver, `${path}.dockerVolumeConfiguration.driver`);
}

/** @throws InvalidParameterException naming the member. */
export function checkTaskMembers(given: Fields, path: string): void {
  optionalList(given.volumes, `${path}volumes`).forEach((entry, k) => {
    checkVolume(entry, `${path}volumes[${k}]`);
  });
  if (given.runtimePlatform !== undefined) {
    const platform = fields(given.runtimePlatform, `${path}runtimePlatform`);
    optionalText(platform.operatingSystemFamily, `${path}runtimePlatform.operatingSystemFamily`);
    optionalText(platform.cpuArchitecture, `${path}runtimePlatform.cpuArchitecture`);
  }
  if (given.ephemeralStorage !== undefined)
    checkStorage(fields(given.ephemeralStorage, `${path}ephemeralStorage`), path);
  optionalText(given.taskDefinitionArn, `${path}taskDefinitionArn`);
  optionalText(given.taskRoleArn, `${path}taskRoleArn`);
  optionalText(given.executionRoleArn, `${path}executionRoleArn`);
  optionalOneOf(given.status, `${path}status`, ['ACTIVE', 'INACTIVE', 'DELETE_IN_PROGRESS']);
}

function checkStorage({ sizeInGiB }: Fields, path: string): void {
  if (typeof sizeInGiB === 'number' && Number.isInteger(sizeInGiB)) return;
  const at = `${path}ephemeralStorage.sizeInGiB`;
  refuse('WRONG_TYPE', `${at} must be a whole number.`, { path: at, value: sizeInGiB });
}
