/** Syntax tree of the regular expressions that CQL takes: a subset of java.util.regex.Pattern, whole-value match. */

/** Sorted, disjoint, inclusive ranges of code points. */
export type Ranges = readonly (readonly [from: number, to: number])[];

export type Regex =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'sequence'; readonly parts: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  | { readonly kind: 'repeat'; readonly part: Regex; readonly least: number; readonly most: number };
