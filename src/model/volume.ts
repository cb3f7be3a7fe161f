/**
 * Data volumes of a task definition: EFS and bind mounts, Docker volumes, and what mounts them. Checked at registration;
 * the members are kept as given. S3 buckets are no file systems and are refused.
 */
import { type Fields, fields, nonEmptyText, optionalList, optionalOneOf, optionalText, refuse, whole } from './read.ts';
import type { ContainerDefinition, TaskDefinition } from './task-definition.ts';

/** What a Fargate task has without `ephemeralStorage` (ECS developer guide, fargate-task-storage). */
const DEFAULT_STORAGE_GIB = 20;
const NAME = /^[A-Za-z0-9_-]{1,255}$/;
const PORT_MAX = 65535;
/** A volume is of one kind; `configuredAtLaunch` leaves it to the service or task. */
const KINDS = [
  'host',
  'dockerVolumeConfiguration',
  'efsVolumeConfiguration',
  's3filesVolumeConfiguration',
  'fsxWindowsFileServerVolumeConfiguration',
] as const;
/** `s3://bucket`, an ARN of S3, or a Docker driver that mounts buckets. */
const S3_LOCATION = /^(?:s3:\/\/|arn:[^:]*:s3:)/i;
const S3_DRIVER = /(?:^|[/:_-])s3(?:fs)?(?:$|[/:_-])/i;

function refuseVolume(code: string, message: string, path: string, value?: unknown): never {
  refuse(code, message, { path, value }, 'ClientException');
}

function refuseS3(path: string, value: unknown): never {
  refuseVolume(
    'S3_VOLUME',
    `${path}: an Amazon S3 bucket cannot be mounted as a file system on ECS tasks. Use an EFS file system (efsVolumeConfiguration).`,
    path,
    value,
  );
}

function refuseS3Location(value: unknown, path: string): void {
  if (typeof value === 'string' && S3_LOCATION.test(value)) refuseS3(path, value);
}

/** The rules that tie members of an EFS volume together (ECS API, EFSVolumeConfiguration and EFSAuthorizationConfig). */
function checkEfs(input: unknown, path: string): void {
  const given = fields(input, path);
  refuseS3Location(nonEmptyText(given.fileSystemId, `${path}.fileSystemId`), `${path}.fileSystemId`);
  const root = optionalText(given.rootDirectory, `${path}.rootDirectory`) || '/';
  const isEncrypted =
    optionalOneOf(given.transitEncryption, `${path}.transitEncryption`, ['ENABLED', 'DISABLED']) === 'ENABLED';
  if (given.transitEncryptionPort !== undefined)
    whole(given.transitEncryptionPort, `${path}.transitEncryptionPort`, 0, PORT_MAX);
  if (given.authorizationConfig === undefined) return;
  const at = `${path}.authorizationConfig`;
  const authorization = fields(given.authorizationConfig, at);
  const accessPoint = optionalText(authorization.accessPointId, `${at}.accessPointId`) || undefined;
  const usesIam = optionalOneOf(authorization.iam, `${at}.iam`, ['ENABLED', 'DISABLED']) === 'ENABLED';
  if (accessPoint !== undefined && root !== '/') {
    refuseVolume(
      'EFS_ROOT',
      `${path}.rootDirectory must be absent or / with an access point, but was ${root}.`,
      `${path}.rootDirectory`,
      root,
    );
  }
  if ((accessPoint !== undefined || usesIam) && !isEncrypted) {
    const what = accessPoint === undefined ? 'IAM authorization' : 'an access point';
    refuseVolume(
      'EFS_ENCRYPTION',
      `${path}.transitEncryption must be ENABLED with ${what}.`,
      `${path}.transitEncryption`,
      given.transitEncryption,
    );
  }
}

function checkDocker(input: unknown, path: string): void {
  const given = fields(input, path);
  const driver = optionalText(given.driver, `${path}.driver`);
  if (driver !== undefined && S3_DRIVER.test(driver)) refuseS3(`${path}.driver`, driver);
  const scope = optionalOneOf(given.scope, `${path}.scope`, ['task', 'shared']) ?? 'task';
  if (given.autoprovision !== undefined && scope !== 'shared') {
    refuseVolume(
      'DOCKER_SCOPE',
      `${path}.autoprovision is for scope shared only.`,
      `${path}.autoprovision`,
      given.autoprovision,
    );
  }
}

/** @returns the name. */
function checkVolume(input: unknown, path: string): string {
  const volume = fields(input, path);
  const bucket = Object.keys(volume).find((member) => /^s3(?!files)/i.test(member));
  if (bucket !== undefined) refuseS3(`${path}.${bucket}`, volume[bucket]);
  const kinds = KINDS.filter((kind) => volume[kind] !== undefined);
  if (kinds.length > 1)
    refuseVolume('VOLUME_KIND', `${path} must be of one kind, but has ${kinds.join(' and ')}.`, path, kinds);
  if (volume.configuredAtLaunch === true && kinds.length > 0)
    refuseVolume('VOLUME_KIND', `${path} is configuredAtLaunch and must not have ${kinds[0]}.`, path, kinds);
  checkKind(volume, path);
  const name = nonEmptyText(volume.name, `${path}.name`);
  if (NAME.test(name)) return name;
  return refuseVolume(
    'VOLUME_NAME',
    `${path}.name must be 1 to 255 letters, digits, - and _, but was ${JSON.stringify(name)}.`,
    `${path}.name`,
    name,
  );
}

function checkKind(volume: Fields, path: string): void {
  if (volume.host !== undefined) {
    const at = `${path}.host.sourcePath`;
    refuseS3Location(optionalText(fields(volume.host, `${path}.host`).sourcePath, at), at);
  }
  if (volume.dockerVolumeConfiguration !== undefined)
    checkDocker(volume.dockerVolumeConfiguration, `${path}.dockerVolumeConfiguration`);
  if (volume.efsVolumeConfiguration !== undefined)
    checkEfs(volume.efsVolumeConfiguration, `${path}.efsVolumeConfiguration`);
  if (volume.s3filesVolumeConfiguration !== undefined) {
    const at = `${path}.s3filesVolumeConfiguration`;
    nonEmptyText(fields(volume.s3filesVolumeConfiguration, at).fileSystemArn, `${at}.fileSystemArn`);
  }
}

function checkMounts(container: ContainerDefinition, path: string, volumes: readonly string[]): void {
  optionalList(container.mountPoints, `${path}.mountPoints`).forEach((entry, k) => {
    const at = `${path}.mountPoints[${k}]`;
    const mount = fields(entry, at);
    const source = nonEmptyText(mount.sourceVolume, `${at}.sourceVolume`);
    nonEmptyText(mount.containerPath, `${at}.containerPath`);
    if (!volumes.includes(source))
      refuseVolume('UNKNOWN_VOLUME', `Unknown volume '${source}'.`, `${at}.sourceVolume`, source);
  });
}

function checkVolumesFrom(
  container: ContainerDefinition,
  path: string,
  containers: readonly ContainerDefinition[],
): void {
  optionalList(container.volumesFrom, `${path}.volumesFrom`).forEach((entry, k) => {
    const at = `${path}.volumesFrom[${k}].sourceContainer`;
    const source = nonEmptyText(fields(entry, `${path}.volumesFrom[${k}]`).sourceContainer, at);
    if (containers.some(({ name }) => name === source && name !== container.name)) return;
    refuseVolume(
      'UNKNOWN_CONTAINER',
      `${at} ${JSON.stringify(source)} is no other container of the task definition.`,
      at,
      source,
    );
  });
}

/** Bind mounts on Fargate live in the task's own storage; Docker volumes need an instance. */
function checkFargateVolume(volume: Fields, path: string): void {
  const host = volume.host as { sourcePath?: unknown } | undefined;
  if (host?.sourcePath !== undefined)
    refuseVolume(
      'FARGATE_VOLUME',
      `${path}.host.sourcePath is not supported on Fargate.`,
      `${path}.host.sourcePath`,
      host.sourcePath,
    );
  for (const kind of ['dockerVolumeConfiguration', 'fsxWindowsFileServerVolumeConfiguration']) {
    if (volume[kind] !== undefined)
      refuseVolume('FARGATE_VOLUME', `${path}.${kind} is not supported on Fargate.`, `${path}.${kind}`);
  }
}

/**
 * @param path of the task definition, with a dot at its end where it is not empty.
 * @throws ClientException or InvalidParameterException naming the JSON path: names that stand twice, mount points
 * without their volume, EFS members that exclude each other, S3 buckets.
 */
export function checkVolumes(definition: TaskDefinition, isFargate: boolean, path: string): void {
  const volumes = optionalList(definition.volumes, `${path}volumes`);
  const names = volumes.map((volume, k) => checkVolume(volume, `${path}volumes[${k}]`));
  names.forEach((name, k) => {
    if (names.indexOf(name) === k) return;
    const at = `${path}volumes[${k}].name`;
    refuseVolume('VOLUME_NAME', `${at} ${JSON.stringify(name)} stands twice.`, at, name);
  });
  if (isFargate)
    for (const [k, volume] of volumes.entries()) checkFargateVolume(volume as Fields, `${path}volumes[${k}]`);
  const containers = definition.containerDefinitions ?? [];
  containers.forEach((container, k) => {
    const at = `${path}containerDefinitions[${k}]`;
    checkMounts(container, at, names);
    checkVolumesFrom(container, at, containers);
  });
}

/** GiB that a task has on Fargate, shared by its containers: 20, or the 21 to 200 it asks for. */
export function fargateStorageGiB(definition: TaskDefinition): number {
  return (definition.ephemeralStorage as { sizeInGiB?: number } | undefined)?.sizeInGiB ?? DEFAULT_STORAGE_GIB;
}
