/**
 * Which variants of scenarios `--compare` runs: files, groups of `--set` named by `--variant`, and every value of a path
 * that is set several times. Called by simulate. Pure.
 */
import { BayplanError } from '../../errors.ts';

/** `--set` as it stood on the command line, with the `--variant` before it. */
export interface Assignment {
  readonly text: string;
  readonly variant: string | undefined;
}

export interface Variant {
  readonly file: string;
  /** The file as it was named, what is set, or both where both differ. */
  readonly name: string;
  /** PATH=VALUE, in order. */
  readonly set: readonly string[];
}

interface Group {
  readonly name: string;
  readonly set: readonly string[];
}

/** Each is a whole simulation. */
const MOST_VARIANTS = 256;

function refuseVariants(code: string, message: string): never {
  throw new BayplanError('BayplanException', code, message);
}

function pathOf(assignment: string): string {
  return assignment.slice(0, Math.max(0, assignment.indexOf('=')));
}

function texts(set: readonly Assignment[], of: string | undefined): string[] {
  return set.filter(({ variant }) => variant === of).map(({ text }) => text);
}

function namedGroups(set: readonly Assignment[], names: readonly string[]): Group[] {
  names.forEach((name, k) => {
    if (names.indexOf(name) < k) refuseVariants('VARIANT_TWICE', `--variant ${name} is there twice.`);
  });
  return names.map((name) => ({ name, set: [...texts(set, undefined), ...texts(set, name)] }));
}

/** As short as it still tells the paths apart: `desiredCount=4`. */
function shortName(assignment: string, paths: readonly string[]): string {
  const path = pathOf(assignment);
  const last = (whole: string): string => whole.split('.').at(-1) ?? whole;
  const isPlain = paths.filter((other) => last(other) === last(path)).length === 1;
  return isPlain ? `${last(path)}${assignment.slice(path.length)}` : assignment;
}

/** Every value of every path that is set several times, each with each; what is set once is set in all. */
function valueGroups(set: readonly string[], fileCount: number): Group[] {
  const paths = [...new Set(set.map(pathOf))];
  const values = paths.map((path) => set.filter((text) => pathOf(text) === path));
  const varied = values.filter((one) => one.length > 1);
  if (varied.length === 0) {
    const all = { name: set.map((text) => shortName(text, paths)).join(' '), set };
    return fileCount === 1 && set.length > 0 ? [{ name: '', set: [] }, all] : [{ name: '', set }];
  }
  const variedPaths = varied.map(([first = '']) => pathOf(first));
  const common = values.filter((one) => one.length === 1).flat();
  let groups: Group[] = [{ name: '', set: common }];
  for (const one of varied) {
    groups = groups.flatMap(({ name, set: before }) =>
      one.map((text) => ({ name: `${name} ${shortName(text, variedPaths)}`.trim(), set: [...before, text] })),
    );
    if (groups.length > MOST_VARIANTS) break;
  }
  return groups;
}

/**
 * @returns at least two, in the order of the files and then of the groups.
 * @throws BayplanException when there is nothing to compare, or more than 256 variants.
 */
export function variantsOf(
  files: readonly string[],
  set: readonly Assignment[],
  names: readonly string[] | undefined,
): Variant[] {
  const groups =
    names === undefined
      ? valueGroups(
          set.map(({ text }) => text),
          files.length,
        )
      : namedGroups(set, names);
  const variants = files.flatMap((file) =>
    groups.map(({ name, set: own }) => ({ file, name: nameOf(file, name, files.length), set: own })),
  );
  if (variants.length < 2)
    refuseVariants(
      'ONE_VARIANT',
      '--compare needs two variants: give a second file, --set a path to several values, or name groups with --variant.',
    );
  if (variants.length > MOST_VARIANTS)
    refuseVariants('TOO_MANY_VARIANTS', `--compare takes ${MOST_VARIANTS} variants at most.`);
  return variants;
}

function nameOf(file: string, group: string, fileCount: number): string {
  if (group === '') return file;
  return fileCount === 1 ? group : `${file} ${group}`;
}
