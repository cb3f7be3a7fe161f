/**
 * RegisterDaemonTaskDefinition's input: the containers of a daemon of ECS Managed Instances. Called by scenarios and the
 * cluster. A daemon is placed as the task definition that comes out of it. Invariant: it publishes no ports.
 */
import { onlyMembers } from './known-members.ts';
import { type Fields, fields, list, oneOf, optionalList, optionalOneOf, refuse } from './read.ts';
import { parseTaskDefinition, type TaskDefinition } from './task-definition.ts';

const MEMBERS = [
  'family',
  'taskRoleArn',
  'executionRoleArn',
  'containerDefinitions',
  'cpu',
  'memory',
  'volumes',
  'tags',
  'pidMode',
  'ipcMode',
];
const CONTAINER_MEMBERS = [
  'name',
  'image',
  'memory',
  'memoryReservation',
  'repositoryCredentials',
  'healthCheck',
  'cpu',
  'essential',
  'entryPoint',
  'command',
  'workingDirectory',
  'environmentFiles',
  'environment',
  'secrets',
  'readonlyRootFilesystem',
  'mountPoints',
  'logConfiguration',
  'firelensConfiguration',
  'privileged',
  'user',
  'ulimits',
  'linuxParameters',
  'dependsOn',
  'startTimeout',
  'stopTimeout',
  'systemControls',
  'interactive',
  'pseudoTerminal',
  'restartPolicy',
];
const NAMESPACES = ['none', 'shared'] as const;

/** The log files of other tasks on the instance, or a path of it (ECS API, DaemonVolume). @returns the bind mount. */
function parseVolume(entry: unknown, path: string): Fields {
  const given = fields(entry, path);
  onlyMembers(given, path, ['name', 'host', 'logDriverVolumeConfiguration']);
  const { logDriverVolumeConfiguration: logs, ...volume } = given;
  if (logs === undefined) return volume;
  const at = `${path}.logDriverVolumeConfiguration`;
  if (volume.host !== undefined)
    refuse('VOLUME_KIND', `${path} must have either host or logDriverVolumeConfiguration.`, { path: at, value: logs });
  const configuration = fields(logs, at);
  onlyMembers(configuration, at, ['driver']);
  oneOf(configuration.driver, `${at}.driver`, ['json-file']);
  return volume;
}

/** `shared` joins the namespace of the host. */
function namespaceOf(given: Fields, member: 'pidMode' | 'ipcMode', path: string): Fields {
  const mode = optionalOneOf(given[member], `${path}.${member}`, NAMESPACES);
  return mode === 'shared' ? { [member]: 'host' } : {};
}

/**
 * @returns the task definition that its tasks are placed by, without revision and ARN.
 * @throws ValidationException for members that a daemon has not; else as parseTaskDefinition.
 */
export function parseDaemonTaskDefinition(input: unknown, path: string): TaskDefinition {
  const given = fields(input, path);
  onlyMembers(given, path, MEMBERS);
  const containers = list(given.containerDefinitions, `${path}.containerDefinitions`);
  containers.forEach((one, k) => {
    const at = `${path}.containerDefinitions[${k}]`;
    onlyMembers(fields(one, at), at, CONTAINER_MEMBERS);
  });
  const { pidMode, ipcMode, ...rest } = given;
  const volumes = optionalList(given.volumes, `${path}.volumes`).map((one, k) =>
    parseVolume(one, `${path}.volumes[${k}]`),
  );
  return parseTaskDefinition(
    { ...rest, volumes, ...namespaceOf(given, 'pidMode', path), ...namespaceOf(given, 'ipcMode', path) },
    path,
  );
}
