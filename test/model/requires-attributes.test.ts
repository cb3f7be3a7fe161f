/** Features of a task definition and the attributes they ask of an instance, one feature at a time. */
import { describe, expect, it } from 'vitest';
import { computeRequiresAttributes } from '../../src/model/requires-attributes.ts';
import { parseTaskDefinition } from '../../src/model/task-definition.ts';
import { containerWith, definitionWith, type Members } from './definitions.ts';

/** `C:` and `E:` stand for the two prefixes. */
const required = (members: Members, container: Members): string[] =>
  computeRequiresAttributes(parseTaskDefinition(definitionWith(members, container)))
    .map(({ name }) => name.replace('com.amazonaws.ecs.capability.', 'C:').replace('ecs.capability.', 'E:'))
    .sort();

const roles = { executionRoleArn: 'arn:aws:iam::1:role/x' };
const ecr = { image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1' };
const log = (logDriver: string, more: object = {}) => ({ logConfiguration: { logDriver, ...more } });
const secret = (valueFrom: string) => ({ name: 'S', valueFrom });
const SSM = 'arn:aws:ssm:us-east-1:1:parameter/x';
const ASM = 'arn:aws:secretsmanager:us-east-1:1:secret:x';
const API = 'C:docker-remote-api.1.';

const CONTAINERS: readonly [feature: string, container: Members, expected: readonly string[]][] = [
  ['an image of ECR', ecr, ['C:ecr-auth', `${API}19`]],
  ['an image of the public ECR', { image: 'public.ecr.aws/nginx/nginx' }, []],
  ['the awslogs driver', log('awslogs'), [`${API}19`, 'C:logging-driver.awslogs']],
  [
    'a secret of the log driver',
    log('splunk', { secretOptions: [secret(ASM)] }),
    [`${API}18`, 'C:logging-driver.splunk', 'E:secrets.asm.bootstrap.log-driver'],
  ],
  [
    'a log group to create',
    log('awslogs', { options: { 'awslogs-create-group': 'true' } }),
    [`${API}19`, `${API}29`, 'C:logging-driver.awslogs'],
  ],
  [
    'logs that do not block',
    log('awslogs', { options: { mode: 'non-blocking' } }),
    [`${API}19`, `${API}28`, 'C:logging-driver.awslogs'],
  ],
  ['fluentbit', { firelensConfiguration: { type: 'fluentbit' } }, ['E:firelens.fluentbit']],
  [
    'fluentd as another user',
    { user: '1000', firelensConfiguration: { type: 'fluentd', options: { 'config-file-type': 's3' } } },
    ['E:firelens.fluentd', 'E:firelens.non-root-user', 'E:firelens.options.config.s3'],
  ],
  [
    'secrets of both stores',
    { secrets: [secret(ASM), secret(SSM), secret('name-only')] },
    ['E:secrets.asm.environment-variables', 'E:secrets.ssm.environment-variables'],
  ],
  [
    'a private registry',
    { repositoryCredentials: { credentialsParameter: ASM } },
    ['E:private-registry-authentication.secretsmanager'],
  ],
  ['environment files', { environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::b/x.env' }] }, ['E:env-files.s3']],
  ['an init process', { linuxParameters: { initProcessEnabled: true } }, [`${API}25`]],
  ['added Linux capabilities', { linuxParameters: { capabilities: { add: ['SYS_PTRACE'] } } }, [`${API}17`]],
  ['a memory reservation', { memoryReservation: 32 }, [`${API}21`]],
  ['labels', { dockerLabels: { a: 'b' } }, [`${API}18`]],
  ['privileges', { privileged: true }, ['C:privileged-container']],
  ['a health check', { healthCheck: { command: ['CMD'] } }, [`${API}24`, 'E:container-health-check']],
  ['a stop timeout', { stopTimeout: 5 }, ['E:container-ordering']],
  ['a range of ports', { portMappings: [{ containerPortRange: '80-90' }] }, ['E:network.container-port-range']],
  ['a restart policy', { restartPolicy: { enabled: true } }, ['E:container-restart-policy']],
  ['SELinux and AppArmor', { dockerSecurityOptions: ['label:a', 'apparmor:b'] }, ['C:apparmor', 'C:selinux']],
  ['credential specs', { credentialSpecs: ['credentialspecdomainless:arn'] }, ['E:gmsa-domainless']],
  ['GPUs', { resourceRequirements: [{ type: 'GPU', value: '1' }] }, []],
  ['empty lists', { secrets: [], environmentFiles: [], dependsOn: [], ulimits: [], dockerLabels: undefined }, []],
];

const TASKS: readonly [feature: string, members: Members, expected: readonly string[]][] = [
  [
    'an order',
    {
      containerDefinitions: [
        containerWith(),
        containerWith({ name: 'b', dependsOn: [{ containerName: 'app', condition: 'START' }] }),
      ],
    },
    ['E:container-ordering'],
  ],
  ['awsvpc', { networkMode: 'awsvpc' }, [`${API}18`, 'E:task-eni']],
  ['a task role', { taskRoleArn: 'r' }, ['C:task-iam-role']],
  ['a shared namespace', { pidMode: 'task' }, ['E:pid-ipc-namespace-sharing']],
  ['App Mesh', { proxyConfiguration: { type: 'APPMESH', containerName: 'app' } }, ['E:aws-appmesh']],
  ['fault injection', { enableFaultInjection: true }, ['E:fault-injection']],
  ['more storage', { ephemeralStorage: { sizeInGiB: 30 } }, ['E:extensible-ephemeral-storage']],
  ['EFS', { volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs' } }] }, [`${API}25`, 'E:efs']],
  [
    'EFS with encryption',
    { volumes: [{ name: 'v', efsVolumeConfiguration: { fileSystemId: 'fs', transitEncryption: 'ENABLED' } }] },
    [`${API}25`, 'E:efs', 'E:efsAuth'],
  ],
  ['FSx', { volumes: [{ name: 'v', fsxWindowsFileServerVolumeConfiguration: {} }] }, ['E:fsxWindowsFileServer']],
  ['EBS', { volumes: [{ name: 'v', configuredAtLaunch: true }] }, ['E:storage.ebs-task-volume-attach']],
  [
    'a volume driver',
    { volumes: [{ name: 'v', dockerVolumeConfiguration: { driver: 'rexray/ebs:latest' } }] },
    [`${API}21`, 'E:docker-plugin.rexray/ebs.latest'],
  ],
  ['an empty host volume', { volumes: [{ name: 'v', host: {} }] }, [`${API}17`]],
  ['a host folder', { volumes: [{ name: 'v', host: { sourcePath: '/x' } }] }, []],
  [
    'a size, a platform, a constraint',
    {
      cpu: '256',
      memory: '512',
      runtimePlatform: { cpuArchitecture: 'ARM64' },
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:a exists' }],
    },
    [],
  ],
];

describe('required attributes', () => {
  it.each(CONTAINERS)('of %s', (_, container, expected) => {
    expect(required({}, container)).toEqual([...expected].sort());
  });

  it.each(TASKS)('of %s', (_, members, expected) => {
    expect(required(members, {})).toEqual([...expected].sort());
  });

  it('of an execution role show with the logs and the image that it serves', () => {
    expect(required(roles, {})).toEqual([]);
    expect(required(roles, { ...ecr, ...log('awslogs') })).toEqual(
      expect.arrayContaining(['E:execution-role-awslogs', 'E:execution-role-ecr-pull']),
    );
  });

  it('stand once each', () => {
    const names = required({ networkMode: 'awsvpc' }, { dockerLabels: { a: 'b' }, ...log('awslogs'), ...ecr });
    expect(new Set(names).size).toBe(names.length);
  });
});
