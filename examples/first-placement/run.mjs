/**
 * `npm start`: asks for 600 web tasks, more than the cluster has room for, spread over the zones and packed by memory
 * within each. `place` exits with 1 because some do not fit; here that is the point of the example.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = (file) => fileURLToPath(new URL(file, import.meta.url));
const options = [
  ...['--container-instances', path('container-instances.json')],
  ...['--task-definition', path('task-definition.json')],
  ...['--count', '600'],
  ...['--placement-strategy', 'type=spread,field=attribute:ecs.availability-zone', 'type=binpack,field=memory'],
  ...['--output', 'table'],
];
const { status } = spawnSync(process.execPath, [path('../../dist/src/cli/main.js'), 'place', ...options], {
  stdio: 'inherit',
});
process.exitCode = status === 1 ? 0 : (status ?? 2);
