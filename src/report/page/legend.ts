/** What the colours and patterns of the bay plan mean. */
import type { ReportData } from '../data.ts';
import { element } from './dom.ts';
import { groupColour, revisionColour, revisionOrder } from './theme.ts';

/** Services beyond this many are counted, not listed. */
const MOST_LISTED = 10;
const STATES: readonly (readonly [className: string, name: string])[] = [
  ['starting', 'starting'],
  ['running', 'running'],
  ['stopping', 'stopping'],
  ['unhealthy', 'unhealthy'],
];

export function makeLegend(data: ReportData): HTMLElement {
  const revisions = [...revisionOrder(data)];
  const groups = data.groups.slice(0, MOST_LISTED).map(({ name }, group) => {
    const own = revisions.filter(
      ([definition]) => data.tasks.find((task) => task.definition === definition)?.group === group,
    );
    const shades = own.map(([definition, order]) =>
      shade(data.strings[definition] ?? '', revisionColour(group, order), order),
    );
    const swatch = element('span', { class: 'swatch' });
    swatch.style.background = groupColour(group);
    return element('li', {}, ...(shades.length > 1 ? [name, ...shades] : [swatch, name]));
  });
  const more = data.groups.length - groups.length;
  if (more > 0) groups.push(element('li', {}, `and ${more} more`));
  const states = STATES.map(([className, name]) =>
    element('li', {}, element('span', { class: `sample ${className}` }), name),
  );
  return element('div', { class: 'legend' }, element('ul', {}, ...groups), element('ul', {}, ...states));
}

function shade(definition: string, colour: string, order: number): HTMLElement {
  const revision = definition.slice(definition.lastIndexOf(':'));
  const swatch = element('span', { class: order % 2 === 1 ? 'swatch dotted' : 'swatch', title: definition });
  swatch.style.backgroundColor = colour;
  return element('span', { class: 'shade' }, swatch, revision);
}
