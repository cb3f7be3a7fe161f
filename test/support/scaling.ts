/** The builds that answer `bayplan/scaling`, refusals, and tables joined into longer ones. Used by the tests of scaling decisions. */
import { expect } from 'vitest';
import { BayplanError } from '../../src/errors.ts';

export { scalingKinds } from './scaling-kinds.ts';

type Numbers = Int32Array | Float64Array;
type Table = { readonly [column: string]: Numbers | Table };

function joinColumn(columns: readonly Numbers[], isEnds: boolean): Numbers {
  let before = 0;
  const values = columns.flatMap((column) => {
    const shifted = [...column].map((value) => (isEnds ? value + before : value));
    before += column.at(-1) ?? 0;
    return shifted;
  });
  return columns[0] instanceof Float64Array ? Float64Array.from(values) : Int32Array.from(values);
}

/** Tables of one after the other; columns named `...End` count on. */
export function joined<T extends object>(tables: readonly T[]): T {
  const [first] = tables as unknown as readonly Table[];
  const columns = Object.keys(first ?? {}).map((name) => {
    const parts = (tables as unknown as readonly Table[]).map((table) => table[name]);
    const isTable = !ArrayBuffer.isView(parts[0]);
    return [name, isTable ? joined(parts as Table[]) : joinColumn(parts as Numbers[], name.endsWith('End'))];
  });
  return Object.fromEntries(columns) as T;
}

/** Expects the call to be refused with the code, naming the path. */
export function expectRefusal(call: () => unknown, code: string, path: string): void {
  let caught: unknown;
  try {
    call();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(BayplanError);
  const { name, code: seen, facts } = caught as BayplanError;
  expect(`${name} ${seen} ${facts.path}`).toBe(`InvalidParameterException ${code} ${path}`);
}

/** Values that no number of a scaling decision may have. */
export const NO_NUMBERS: readonly unknown[] = [
  Number.NaN,
  Infinity,
  -Infinity,
  '5',
  null,
  undefined,
  5n,
  {},
  [1],
  true,
];
