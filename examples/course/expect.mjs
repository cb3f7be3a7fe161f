// node expect.mjs [--text] EXPRESSION: reads an answer from standard input and fails when the expression is false.
// The expression sees `answer` (the JSON), its `tasks` and `failures`, and `instances`, `zones`, `ports` and `reasons`
// as lists in the order of the answer; with --text it sees `text`. Of a simulation it sees `tasks` as they stood last,
// `at(second)` as they stood then, and `told`, the service events as `SECOND MESSAGE`.
import { readFileSync } from 'node:fs';

const args = process.argv.slice(2);
const isText = args[0] === '--text';
const expression = args[isText ? 1 : 0];
const text = readFileSync(0, 'utf8');

/** How often each value stands in a list. */
function count(list) {
  const counts = {};
  for (const value of list) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

/** Every task of a simulation, in order of creation, as it stood at a second. */
function tasksAt(events, second) {
  const tasks = new Map();
  for (const { type, atMs, event } of events)
    if (type === 'TaskStateChange' && atMs <= second * 1000) tasks.set(event.detail.taskArn, event.detail);
  return [...tasks.values()];
}

function simulated({ events }) {
  const told = events
    .filter(({ type }) => type === 'ServiceEvent')
    .map(({ atMs, message }) => `${atMs / 1000} ${message}`);
  return { tasks: tasksAt(events, Number.POSITIVE_INFINITY), told, at: (second) => tasksAt(events, second) };
}

function facts() {
  if (isText) return { text };
  const answer = JSON.parse(text);
  const { failures = [] } = answer;
  const { tasks = answer.tasks ?? [], ...more } = answer.summary === undefined ? {} : simulated(answer);
  return {
    answer,
    ...more,
    tasks,
    failures,
    instances: tasks.map((task) => task.containerInstanceArn),
    zones: tasks.map((task) => task.availabilityZone),
    ports: tasks.flatMap((task) =>
      task.containers.flatMap((container) => container.networkBindings.map((binding) => binding.hostPort)),
    ),
    reasons: failures.map((failure) => failure.reason),
    count,
  };
}

const given = facts();
const holds = new Function(...Object.keys(given), `return (${expression});`)(...Object.values(given));
if (!holds) {
  console.error(`not so: ${expression}\n${text.slice(0, 2000)}`);
  process.exit(1);
}
console.log(`holds: ${expression}`);
