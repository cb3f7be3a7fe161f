/** Data volumes of task definitions: EFS, bind mounts, Docker volumes, mount points; S3 cannot be mounted. */
import { describe, expect, it } from 'vitest';
import { fargateStorageGiB } from '../../src/model/volume.ts';
import { containerWith, definitionWith, fargateWith, type Members, registryWith } from './definitions.ts';
import { refusal } from './refusal.ts';

const register = (definition: Members) => registryWith().register(definition);
const withVolume = (members: Members, container: Members = {}) =>
  definitionWith({ volumes: [{ name: 'data', ...members }] }, container);
const efs = (members: Members) => withVolume({ efsVolumeConfiguration: { fileSystemId: 'fs-1', ...members } });
const MOUNT = { mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] };

describe('volumes are taken:', () => {
  it.each<[what: string, definition: Members]>([
    ['a bind mount', withVolume({ host: { sourcePath: '/mnt' } }, MOUNT)],
    ['one without a source', withVolume({ host: {} }, MOUNT)],
    ['one by name alone', withVolume({}, MOUNT)],
    ['EFS', efs({})],
    ['EFS with a folder', efs({ rootDirectory: '/a' })],
    [
      'EFS by an access point',
      efs({
        transitEncryption: 'ENABLED',
        rootDirectory: '/',
        authorizationConfig: { accessPointId: 'ap', iam: 'ENABLED' },
      }),
    ],
    [
      'a Docker volume',
      withVolume({ dockerVolumeConfiguration: { scope: 'shared', autoprovision: true, driver: 'rexray/ebs' } }),
    ],
    [
      'S3 Files, which is a file system',
      withVolume({ s3filesVolumeConfiguration: { fileSystemArn: 'arn:aws:s3files:a:1:file-system/fs-1' } }),
    ],
    ['one left to the launch', withVolume({ configuredAtLaunch: true })],
    [
      'EFS on Fargate',
      fargateWith({ volumes: [{ name: 'data', efsVolumeConfiguration: { fileSystemId: 'fs-1' } }] }, MOUNT),
    ],
    ['a bind mount on Fargate', fargateWith({ volumes: [{ name: 'data' }] }, MOUNT)],
  ])('%s', (_, definition) => {
    expect(refusal(() => register(definition))).toBeUndefined();
  });

  it('and shared by containers', () => {
    const sidecar = containerWith({ name: 'logs', volumesFrom: [{ sourceContainer: 'app', readOnly: true }] });
    const definition = { ...withVolume({}), containerDefinitions: [containerWith(MOUNT), sidecar] };
    expect(refusal(() => register(definition))).toBeUndefined();
    expect(register(definition).containerDefinitions?.[0]).toMatchObject(MOUNT);
  });
});

const V = 'volumes[0]';
const EFS = `${V}.efsVolumeConfiguration`;

describe('volumes are refused:', () => {
  it.each<[what: string, definition: Members, path: string, code: string]>([
    ['no name', definitionWith({ volumes: [{ host: {} }] }), `${V}.name`, 'WRONG_TYPE'],
    ['a bad name', withVolume({ name: 'a b' }), `${V}.name`, 'VOLUME_NAME'],
    ['a name twice', definitionWith({ volumes: [{ name: 'a' }, { name: 'a' }] }), 'volumes[1].name', 'VOLUME_NAME'],
    ['two kinds', withVolume({ host: {}, efsVolumeConfiguration: { fileSystemId: 'fs' } }), V, 'VOLUME_KIND'],
    ['a kind beside configuredAtLaunch', withVolume({ host: {}, configuredAtLaunch: true }), V, 'VOLUME_KIND'],
    ['EFS without a file system', withVolume({ efsVolumeConfiguration: {} }), `${EFS}.fileSystemId`, 'WRONG_TYPE'],
    ['a wrong encryption', efs({ transitEncryption: true }), `${EFS}.transitEncryption`, 'NOT_ALLOWED'],
    ['a wrong port', efs({ transitEncryptionPort: 70000 }), `${EFS}.transitEncryptionPort`, 'OUT_OF_RANGE'],
    [
      'a folder beside an access point',
      efs({ transitEncryption: 'ENABLED', rootDirectory: '/a', authorizationConfig: { accessPointId: 'ap' } }),
      `${EFS}.rootDirectory`,
      'EFS_ROOT',
    ],
    [
      'an access point unencrypted',
      efs({ authorizationConfig: { accessPointId: 'ap' } }),
      `${EFS}.transitEncryption`,
      'EFS_ENCRYPTION',
    ],
    ['IAM unencrypted', efs({ authorizationConfig: { iam: 'ENABLED' } }), `${EFS}.transitEncryption`, 'EFS_ENCRYPTION'],
    [
      'autoprovision for one task',
      withVolume({ dockerVolumeConfiguration: { autoprovision: true } }),
      `${V}.dockerVolumeConfiguration.autoprovision`,
      'DOCKER_SCOPE',
    ],
    [
      'S3 Files without an ARN',
      withVolume({ s3filesVolumeConfiguration: {} }),
      `${V}.s3filesVolumeConfiguration.fileSystemArn`,
      'WRONG_TYPE',
    ],
    [
      'a mount point without its volume',
      definitionWith({}, MOUNT),
      'containerDefinitions[0].mountPoints[0].sourceVolume',
      'UNKNOWN_VOLUME',
    ],
    [
      'a mount point without a path',
      withVolume({}, { mountPoints: [{ sourceVolume: 'data' }] }),
      'containerDefinitions[0].mountPoints[0].containerPath',
      'WRONG_TYPE',
    ],
    [
      'volumes from nowhere',
      definitionWith({}, { volumesFrom: [{ sourceContainer: 'x' }] }),
      'containerDefinitions[0].volumesFrom[0].sourceContainer',
      'UNKNOWN_CONTAINER',
    ],
    [
      'volumes from itself',
      definitionWith({}, { volumesFrom: [{ sourceContainer: 'app' }] }),
      'containerDefinitions[0].volumesFrom[0].sourceContainer',
      'UNKNOWN_CONTAINER',
    ],
    [
      'a host path on Fargate',
      fargateWith({ volumes: [{ name: 'a', host: { sourcePath: '/a' } }] }),
      `${V}.host.sourcePath`,
      'FARGATE_VOLUME',
    ],
    [
      'a Docker volume on Fargate',
      fargateWith({ volumes: [{ name: 'a', dockerVolumeConfiguration: {} }] }),
      `${V}.dockerVolumeConfiguration`,
      'FARGATE_VOLUME',
    ],
  ])('%s', (_, definition, path, code) => {
    expect(refusal(() => register(definition))).toMatchObject({ path, code });
  });

  it.each<[what: string, definition: Members]>([
    ['a member of its own', withVolume({ s3VolumeConfiguration: { bucket: 'b' } })],
    ['a source path', withVolume({ host: { sourcePath: 's3://bucket/a' } })],
    ['a file system', efs({ fileSystemId: 'arn:aws:s3:::bucket' })],
    ['a Docker driver', withVolume({ dockerVolumeConfiguration: { driver: 'rexray/s3fs' } })],
  ])('an S3 bucket as %s', (_, definition) => {
    const found = refusal(() => register(definition));
    expect(found).toMatchObject({ name: 'ClientException', code: 'S3_VOLUME' });
    expect(found?.message).toContain('cannot be mounted as a file system on ECS tasks');
  });
});

describe('ephemeral storage on Fargate', () => {
  it('is 20 GiB, or what is asked for from 21 to 200', () => {
    expect(fargateStorageGiB(register(fargateWith()))).toBe(20);
    expect(fargateStorageGiB(register(fargateWith({ ephemeralStorage: { sizeInGiB: 21 } })))).toBe(21);
    expect(fargateStorageGiB(register(fargateWith({ ephemeralStorage: { sizeInGiB: 200 } })))).toBe(200);
  });

  it.each([20, 201])('is not %d GiB', (sizeInGiB) => {
    expect(refusal(() => register(fargateWith({ ephemeralStorage: { sizeInGiB } })))).toMatchObject({
      code: 'FARGATE_STORAGE',
      path: 'ephemeralStorage.sizeInGiB',
    });
  });
});
