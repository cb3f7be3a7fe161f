/**
 * Changes one value of a scenario before it is read: `services[web].desiredCount=4`. Called for --set. Paths have names
 * after dots and `[n]` or `.n` for elements; `[name]` finds an element by what it is called, or a member of any name.
 */

import { whatThereIs } from '../base/nearest.ts';
import { plainCopy } from '../model/plain.ts';
import { refuse, show } from '../model/read.ts';

interface Segment {
  readonly name: string;
  /** The path up to and with it, as it was written. */
  readonly path: string;
}

/** What elements of a scenario's lists are called, by the first of these that they have. */
const NAMES = [
  'serviceName',
  'clusterName',
  'family',
  'name',
  'Name',
  'TargetGroupName',
  'subnetId',
  'GroupId',
  'groupId',
  'containerInstanceArn',
  'service',
] as const;

const SEGMENT = /\.?([^.[\]"=\s][^.[\]"=]*)|\[(?:"((?:[^"\\]|\\.)*)"|([^\]"]+))\]/y;

function refusePath(text: string, path: string, why: string): never {
  refuse('SET_PATH', `${path === '' ? text : path}: ${why}`, { path, value: text });
}

function split(assignment: string): { segments: Segment[]; value: string } {
  const segments: Segment[] = [];
  let at = 0;
  for (;;) {
    SEGMENT.lastIndex = at;
    const found = SEGMENT.exec(assignment);
    if (found === null || (at === 0 && found[0].startsWith('.'))) break;
    at = SEGMENT.lastIndex;
    const quoted = found[2] === undefined ? undefined : found[2].replaceAll(/\\(.)/g, '$1');
    segments.push({ name: (found[1] ?? quoted ?? found[3] ?? '').trim(), path: assignment.slice(0, at) });
  }
  if (segments.length === 0 || assignment[at] !== '=') {
    refusePath(
      assignment,
      '',
      `expected PATH=VALUE, such as services[0].desiredCount=4 or services[web].desiredCount=4.`,
    );
  }
  return { segments, value: assignment.slice(at + 1) };
}

function callOf(element: unknown): string | undefined {
  if (typeof element !== 'object' || element === null) return undefined;
  const member = NAMES.find((name) => typeof (element as Record<string, unknown>)[name] === 'string');
  return member === undefined ? undefined : (element as Record<string, string>)[member];
}

/** Index of an element; one past the end appends. */
function indexIn(list: readonly unknown[], { name, path }: Segment): number {
  if (/^\d+$/.test(name)) {
    if (Number(name) <= list.length) return Number(name);
    refusePath(path, path, `the list has ${list.length} elements.`);
  }
  const names = list.map((element) => callOf(element) ?? '');
  const found = names.findIndex((called) => called === name || called.endsWith(`/${name}`));
  if (found >= 0) return found;
  const known = names.filter((called) => called !== '');
  return refusePath(path, path, `no element is called ${name}.${whatThereIs(name, known)}`);
}

type Container = Record<string, unknown> | unknown[];

function keyIn(container: Container, segment: Segment): string | number {
  if (Array.isArray(container)) return indexIn(container, segment);
  if (segment.name === '__proto__') refusePath(segment.path, segment.path, 'this name is not allowed.');
  return segment.name;
}

function memberOf(container: Container, key: string | number): unknown {
  return Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;
}

/** What the next segment goes into; made when it is absent. */
function enter(container: Container, segment: Segment, next: Segment): Container {
  const key = keyIn(container, segment);
  const found = memberOf(container, key);
  if (found === undefined || found === null) {
    const made: Container = next.path.slice(segment.path.length).match(/^(?:\.|\[)0\]?$/) ? [] : {};
    (container as Record<string | number, unknown>)[key] = made;
    return made;
  }
  if (typeof found !== 'object')
    refusePath(segment.path, segment.path, `this is ${show(found)}, which has no members.`);
  return found as Container;
}

/** JSON where it is JSON, else the text itself. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * @param assignment `PATH=VALUE`; the value is JSON, or else text; `null` removes.
 * @returns a changed copy.
 * @throws InvalidParameterException SET_PATH naming the part of the path that leads nowhere.
 */
export function setPath(json: unknown, assignment: string): unknown {
  const { segments, value } = split(assignment);
  const copy = plainCopy(json, '');
  if (typeof copy !== 'object' || copy === null) refusePath(assignment, '', 'the scenario is no object.');
  let container = copy as Container;
  segments.slice(0, -1).forEach((segment, k) => {
    container = enter(container, segment, segments[k + 1] as Segment);
  });
  const key = keyIn(container, segments.at(-1) as Segment);
  (container as Record<string | number, unknown>)[key] = readValue(value);
  return copy;
}
