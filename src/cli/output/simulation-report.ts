/** The table of `simulate`: what happened when, how each service stands at the end, how long its deployments took. */
import type { RecordedEvent, ServiceSummary, SimulationResult } from '../../simulate/result.ts';
import type { Io } from '../io.ts';
import { daemonText, groupText, managedText } from './group-text.ts';
import { usd } from './money-text.ts';
import { invocationText, ruleText } from './rule-text.ts';
import { activityText, alarmText } from './scaling-text.ts';
import { type Style, styleFor } from './style.ts';
import { type Column, counted, number, table } from './text.ts';
import { lengthText, timeText } from './time-text.ts';

export interface ToldSimulation {
  /** What the scenario is called: its file. */
  readonly name: string;
  readonly result: SimulationResult;
}

/** More rows would bury the summary; `--events` and `--output json` have all. */
const MOST_ROWS = 100;
const GAP = 2;
const LEAST_TEXT = 40;

interface Row {
  readonly time: string;
  readonly who: string;
  readonly text: string;
  readonly tone: 'plain' | 'given' | 'bad';
}

/** Task and container instance ids by their beginning, as people compare them. */
function shorten(text: string): string {
  return text.replaceAll(/\b([0-9a-f]{8})[0-9a-f]{24}\b/g, '$1');
}

/** The column beside says which service it is. */
function withoutService(message: string, service: string | undefined): string {
  const start = `(service ${service}) `;
  return message.startsWith(start) ? message.slice(start.length) : message;
}

const BAD = /unable to|is unhealthy|failed|throttled/;

function textOf(event: RecordedEvent): Pick<Row, 'text' | 'tone'> | undefined {
  switch (event.type) {
    case 'ServiceEvent': {
      const text = shorten(withoutService(event.message ?? '', event.service));
      return { text, tone: BAD.test(text) ? 'bad' : 'plain' };
    }
    case 'Call':
      return { text: `> ${event.call} ${JSON.stringify(event.input)}`, tone: 'given' };
    case 'Fault':
      return { text: `> ${event.fault} ${JSON.stringify(event.input)}`, tone: 'given' };
    case 'Refusal': {
      const { call, path = '', error } = event;
      const where = path === '' || error?.message.includes(path) ? '' : ` ${path}:`;
      return { text: `${call} refused:${where} ${error?.message} (${error?.name})`, tone: 'bad' };
    }
    case 'TrafficShift':
      return { text: `${event.traffic?.percent} % of traffic on ${event.traffic?.deploymentId}`, tone: 'plain' };
    case 'AlarmStateChange':
      return alarmText(event);
    case 'ScalingActivity':
      return activityText(event);
    case 'AutoScalingActivity':
      return groupText(event);
    case 'ManagedInstanceStateChange':
      return managedText(event);
    case 'DaemonDeploymentStateChange':
    case 'DaemonTaskFailed':
      return daemonText(event);
    case 'RuleMatched':
      return ruleText(event);
    case 'InvocationFailed':
      return invocationText(event);
    case 'DeploymentStateChange': {
      const { eventName, reason } = (event.event?.detail ?? {}) as { eventName?: string; reason?: string };
      return eventName === 'SERVICE_DEPLOYMENT_FAILED'
        ? { text: `deployment failed: ${reason}`, tone: 'bad' }
        : undefined;
    }
    default:
      return undefined;
  }
}

function rowsOf(events: readonly RecordedEvent[], hasClusters: boolean): Row[] {
  return events.flatMap((event) => {
    const told = textOf(event);
    if (told === undefined) return [];
    const subject =
      event.service ??
      event.groupActivity?.autoScalingGroupName ??
      event.managedInstance?.capacityProviderName ??
      event.daemon?.daemonName;
    const who = [hasClusters ? event.cluster : undefined, subject].filter((name) => name !== undefined).join('/');
    return [{ time: timeText(event.atMs), who, ...told }];
  });
}

/** Words in lines of at most so many characters; a longer word has its own line. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = '';
    }
    line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function renderRow(
  { time, who, text, tone }: Row,
  [timeWidth, whoWidth]: readonly number[],
  io: Io,
  style: Style,
): string {
  const start = `${time.padEnd((timeWidth ?? 0) + GAP)}${whoWidth === 0 ? '' : who.padEnd((whoWidth ?? 0) + GAP)}`;
  const width = io.isTerminal ? Math.max(LEAST_TEXT, io.columns - start.length) : Number.POSITIVE_INFINITY;
  const paint = tone === 'bad' ? style.red : tone === 'given' ? style.bold : (line: string) => line;
  return wrap(text, width)
    .map((line, k) => `${k === 0 ? start : ' '.repeat(start.length)}${paint(line)}\n`)
    .join('');
}

function renderTimeline(rows: readonly Row[], io: Io, style: Style): string {
  if (rows.length === 0) return '';
  const widths = [Math.max(...rows.map(({ time }) => time.length)), Math.max(...rows.map(({ who }) => who.length))];
  const render = (row: Row): string => renderRow(row, widths, io, style);
  if (rows.length <= MOST_ROWS) return rows.map(render).join('');
  const half = MOST_ROWS / 2;
  const left = style.dim(`... ${counted(rows.length - MOST_ROWS, 'more line')}: --events FILE has all events`);
  return [...rows.slice(0, half).map(render), `${left}\n`, ...rows.slice(-half).map(render)].join('');
}

function nameOf({ cluster, service }: ServiceSummary, hasClusters: boolean): string {
  return hasClusters ? `${cluster}/${service}` : service;
}

function renderServices(services: readonly ServiceSummary[], hasClusters: boolean, style: Style): string {
  if (services.length === 0) return '';
  const count = (title: string, of: (service: ServiceSummary) => number): Column<ServiceSummary> => ({
    title,
    right: true,
    cell: (service) => number(of(service)),
  });
  return table<ServiceSummary>(
    [
      { title: 'SERVICE', cell: (service) => nameOf(service, hasClusters) },
      {
        title: 'STATE',
        cell: ({ steady }) => (steady ? 'steady' : 'not steady'),
        paint: (cell, { steady }) => (steady ? style.green : style.red)(cell),
      },
      { title: 'ROLLOUT', cell: ({ rolloutState }) => rolloutState },
      count('DESIRED', ({ desiredCount }) => desiredCount),
      count('RUNNING', ({ runningCount }) => runningCount),
      count('HEALTHY', ({ healthyCount }) => healthyCount),
      count('STARTED', ({ started }) => started),
      count('FAILED', ({ failed }) => failed),
      { title: 'BELOW MINIMUM', right: true, cell: ({ belowMinimumMs }) => lengthText(belowMinimumMs) },
    ],
    services,
    style,
  );
}

type Deployment = ServiceSummary['deployments'][number] & { readonly service: string };

function renderDeployments(services: readonly ServiceSummary[], hasClusters: boolean, style: Style): string {
  const rows = services.flatMap((service) =>
    service.deployments.map((one): Deployment => ({ ...one, service: nameOf(service, hasClusters) })),
  );
  if (rows.length === 0) return '';
  const paints: Readonly<Record<string, (cell: string) => string>> = { COMPLETED: style.green, FAILED: style.red };
  return table<Deployment>(
    [
      { title: 'DEPLOYMENT', cell: ({ id }) => id },
      { title: 'SERVICE', cell: ({ service }) => service },
      {
        title: 'STATE',
        cell: ({ rolloutState }) => rolloutState,
        paint: (cell, { rolloutState }) => (paints[rolloutState] ?? style.yellow)(cell),
      },
      { title: 'BEGAN', cell: ({ atMs }) => timeText(atMs) },
      { title: 'TOOK', right: true, cell: ({ elapsedMs }) => (elapsedMs === null ? '-' : lengthText(elapsedMs)) },
    ],
    rows.slice(-MOST_ROWS),
    style,
  );
}

/** How the bill calls instances that do not say their type. */
const UNKNOWN = 'unknown';

/** Nothing of what costs nothing; prices that are not known are never passed over. */
function costTexts({ microCents, unpricedInstanceTypes: unpriced }: SimulationResult['summary']['cost']): string[] {
  return [
    ...(microCents === 0 ? [] : [`cost ${usd(microCents)}`]),
    ...(unpriced.length === 0 || (microCents === 0 && unpriced[0] === UNKNOWN)
      ? []
      : [`no price known for instance type ${unpriced.join(', ')}`]),
  ];
}

/** Nothing of runs without a load of requests. */
function requestTexts({ services, failedRequests }: SimulationResult['summary']): string[] {
  const served = services.reduce((total, { requests }) => total + (requests?.served ?? 0), 0);
  if (served + failedRequests === 0) return [];
  return [
    `${counted(served, 'request')} served`,
    ...(failedRequests === 0 ? [] : [`${number(failedRequests)} failed`]),
  ];
}

function renderVerdict({ summary }: SimulationResult, style: Style): string {
  const { services, endedAtMs, events, tasksStarted, tasksStopped, placementFailures, refused, cost } = summary;
  const unsteady = services.filter(({ steady }) => !steady).map(({ service }) => service);
  const failed = services
    .flatMap(({ deployments }) => deployments)
    .filter(({ rolloutState }) => rolloutState === 'FAILED');
  const bad = [
    ...(unsteady.length === 0 ? [] : [`not steady: ${unsteady.join(', ')}`]),
    ...(failed.length === 0 ? [] : [counted(failed.length, 'failed deployment')]),
    ...(refused === 0 ? [] : [`${counted(refused, 'call or fault', 'calls and faults')} refused`]),
  ];
  const after = `After ${lengthText(endedAtMs)}`;
  const line =
    bad.length === 0 ? style.green(`${after} every service is steady.`) : style.red(`${after}: ${bad.join('; ')}.`);
  const figures = [
    `${counted(tasksStarted, 'task')} started`,
    `${number(tasksStopped)} stopped`,
    ...(placementFailures === 0 ? [] : [counted(placementFailures, 'placement failure')]),
    counted(events, 'event'),
    ...requestTexts(summary),
    ...costTexts(cost),
  ];
  return `${style.bold(line)}\n${style.dim(`${figures.join(', ')}.`)}\n`;
}

export function renderSimulation({ name, result }: ToldSimulation, io: Io): string {
  const style = styleFor(io);
  const { services } = result.summary;
  const hasClusters = new Set(services.map(({ cluster }) => cluster)).size > 1;
  const parts = [
    `${style.bold(name)}${style.dim(`  seed ${result.seed}`)}\n`,
    renderTimeline(rowsOf(result.events, hasClusters), io, style),
    renderServices(services, hasClusters, style),
    renderDeployments(services, hasClusters, style),
    renderVerdict(result, style),
  ];
  return parts.filter((part) => part !== '').join('\n');
}
