/** What the agent of an ECS-optimised Linux image registers (amazon-ecs-agent). Used for instances that groups launch. */

const API = ['17', '18', '19', '20', '21', '22', '23', '24', '25', '26', '27', '28', '29', '30', '31', '32', '44'];
const DRIVERS = ['awslogs', 'json-file', 'syslog', 'journald', 'gelf', 'fluentd', 'awsfirelens', 'none'];
const FEATURES = [
  'task-eni',
  'execution-role-awslogs',
  'execution-role-ecr-pull',
  'container-health-check',
  'container-ordering',
  'container-restart-policy',
  'private-registry-authentication.secretsmanager',
  'secrets.ssm.environment-variables',
  'secrets.ssm.bootstrap.log-driver',
  'secrets.asm.environment-variables',
  'secrets.asm.bootstrap.log-driver',
  'firelens.fluentd',
  'firelens.fluentbit',
  'firelens.options.config.file',
  'firelens.options.config.s3',
  'firelens.non-root-user',
  'logging-driver.awsfirelens.log-driver-buffer-limit',
  'env-files.s3',
  'efs',
  'efsAuth',
  'pid-ipc-namespace-sharing',
  'aws-appmesh',
  'fault-injection',
  'docker-plugin.local',
  'full-sync',
  'network.container-port-range',
  'storage.ebs-task-volume-attach',
];

export const AGENT_CAPABILITIES: readonly string[] = [
  'com.amazonaws.ecs.capability.privileged-container',
  'com.amazonaws.ecs.capability.ecr-auth',
  'com.amazonaws.ecs.capability.task-iam-role',
  'com.amazonaws.ecs.capability.task-iam-role-network-host',
  ...API.map((version) => `com.amazonaws.ecs.capability.docker-remote-api.1.${version}`),
  ...DRIVERS.map((driver) => `com.amazonaws.ecs.capability.logging-driver.${driver}`),
  ...FEATURES.map((feature) => `ecs.capability.${feature}`),
];
