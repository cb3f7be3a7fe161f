/** Patterns in two spellings made side by side: ours, and JavaScript's with flag u for the same set of values. */
import fc from 'fast-check';

export interface Pair {
  readonly pattern: string;
  readonly javascript: string;
}

const ALPHABET = [...'abcABz019-_. *', '\n', 'é', '\u{1f600}'];

/** Values near what the patterns take. */
export const subjectText = fc.string({ unit: fc.constantFrom(...ALPHABET, 'a', 'b', 'ab'), maxLength: 8 });

const twin = (text: string): Pair => ({ pattern: text, javascript: text });
const escapeCharacter = (character: string): string =>
  /[\^$\\.*+?()[\]{}|/-]/.test(character) ? `\\${character}` : character;
/** In JavaScript a hyphen is escaped only within classes. */
const literal = (character: string): Pair => ({
  pattern: escapeCharacter(character),
  javascript: character === '-' ? '-' : escapeCharacter(character),
});
const isLetter = (character: string): boolean => /[a-zA-Z]/.test(character);
const bothCases = (character: string): string =>
  isLetter(character) ? `${character.toLowerCase()}${character.toUpperCase()}` : escapeCharacter(character);

const CLASSES: readonly (readonly [ours: string, javascript: string])[] = [
  ['\\d', '0-9'],
  ['\\w', 'a-zA-Z0-9_'],
  ['\\s', ' \\t\\n\\v\\f\\r'],
  ['\\p{Lower}', 'a-z'],
  ['\\p{Upper}', 'A-Z'],
  ['\\p{Alnum}', 'a-zA-Z0-9'],
  ['\\p{Punct}', '!-\\/:-@\\[-`\\{-~'],
];

const escaped = fc.oneof(
  fc.constantFrom(...CLASSES).map(([pattern, within]) => ({ pattern, javascript: `[${within}]` })),
  fc.constantFrom(...CLASSES).map(([pattern, within]) => ({
    pattern: pattern.startsWith('\\p') ? pattern.replace('p', 'P') : pattern.toUpperCase(),
    javascript: `[^${within}]`,
  })),
);

const item = fc.oneof(
  fc.constantFrom(...ALPHABET).map((one) => twin(escapeCharacter(one))),
  fc.constantFrom('a-c', 'A-Z', '0-9', ' -~', 'b-b').map(twin),
  fc.constantFrom(...CLASSES).map(([pattern, javascript]) => ({ pattern, javascript })),
);
const set = fc.tuple(fc.constantFrom('', '^'), fc.array(item, { minLength: 1, maxLength: 3 })).map(([sign, items]) => ({
  pattern: `[${sign}${items.map(({ pattern }) => pattern).join('')}]`,
  javascript: `[${sign}${items.map(({ javascript }) => javascript).join('')}]`,
}));
const quoted = fc
  .string({ unit: fc.constantFrom(...'ab.*(['), minLength: 1, maxLength: 3 })
  .map((text) => ({ pattern: `\\Q${text}\\E`, javascript: [...text].map((one) => literal(one).javascript).join('') }));

const atom: fc.Arbitrary<Pair> = fc.oneof(
  { arbitrary: fc.constantFrom(...'aabbcAB0-_ ').map(literal), weight: 6 },
  { arbitrary: fc.constantFrom(...ALPHABET).map(literal), weight: 2 },
  { arbitrary: fc.constant({ pattern: '.', javascript: '[^\\n\\r\\u0085\\u2028\\u2029]' }), weight: 2 },
  { arbitrary: escaped, weight: 2 },
  { arbitrary: set, weight: 3 },
  { arbitrary: quoted, weight: 1 },
  { arbitrary: fc.constantFrom('^()', '()$', '()', '(?:)').map(twin), weight: 1 },
);

/** `*` and the like, greedy and reluctant. */
const quantifier = fc
  .tuple(
    fc.constantFrom('*', '+', '?', '{0}', '{1}', '{2}', '{0,}', '{2,}', '{0,2}', '{1,3}'),
    fc.constantFrom('', '?'),
  )
  .map((parts) => parts.join(''));

const group = (inner: Pair, open: string): Pair => ({
  pattern: `${open}${inner.pattern})`,
  javascript: `(?:${inner.javascript})`,
});
const concat = (parts: readonly Pair[], by: string): Pair => ({
  pattern: parts.map(({ pattern }) => pattern).join(by),
  javascript: parts.map(({ javascript }) => javascript).join(by),
});

const { tree } = fc.letrec<{ tree: Pair }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: atom, weight: 4 },
    { arbitrary: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((parts) => concat(parts, '')), weight: 4 },
    {
      arbitrary: fc
        .tuple(fc.array(tie('tree'), { minLength: 1, maxLength: 3 }), fc.constantFrom('(', '(?:'))
        .map(([parts, open]) => group(concat(parts, '|'), open)),
      weight: 3,
    },
    {
      arbitrary: fc
        .tuple(tie('tree'), fc.constantFrom('(', '(?:'), quantifier)
        .map(([part, open, times]) => concat([group(part, open), twin(times)], '')),
      weight: 3,
    },
  ),
}));

/** Letters, classes and groups in any case: JavaScript's i folds more than Java's, so both cases are written out. */
const folded: fc.Arbitrary<Pair> = fc
  .array(
    fc.oneof(
      fc
        .constantFrom(...'abcZ09-')
        .map((one) => ({ pattern: escapeCharacter(one), javascript: `[${bothCases(one)}]` })),
      fc.constant({ pattern: '[a-c]', javascript: '[a-cA-C]' }),
      fc.constant({ pattern: '[^aB1]+', javascript: '[^aAbB1]+' }),
      fc.constant({ pattern: '(a|B)*', javascript: '(?:[aA]|[bB])*' }),
      fc.constant({ pattern: '\\QaB\\E', javascript: '[aA][bB]' }),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => ({ ...concat(parts, ''), pattern: `(?i)${concat(parts, '').pattern}` }));

/** Anchors within the tree stand beside an empty group: a quantifier on an anchor alone is refused. */
const anchored = fc
  .tuple(fc.constantFrom('', '', '^'), tree, fc.constantFrom('', '', '$'))
  .map(([start, inner, end]) => concat([twin(start), group(inner, '(?:'), twin(end)], ''));

export const pair: fc.Arbitrary<Pair> = fc.oneof(
  { arbitrary: tree, weight: 4 },
  { arbitrary: anchored, weight: 1 },
  { arbitrary: folded, weight: 1 },
);
