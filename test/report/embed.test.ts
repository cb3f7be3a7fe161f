/** Nothing given can end the element that it stands in. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embedJson, escapeHtml } from '../../src/report/embed.ts';
import { HOSTILE_NAMES } from '../support/report/stories.ts';

describe('embedded JSON', () => {
  it.each([...HOSTILE_NAMES, '<!--', ']]>', '\u2028\u2029', 'a\0b', '\ud800'])(
    'of %j parses back and holds no markup',
    (text) => {
      const embedded = embedJson({ [text]: [text] });
      expect(JSON.parse(embedded)).toEqual({ [text]: [text] });
      expect(embedded).not.toMatch(/[<>&\u2028\u2029]/);
    },
  );

  it('does so for any value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const embedded = embedJson(value);
        expect(JSON.parse(embedded)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(embedded).not.toMatch(/[<>&]/);
      }),
    );
  });
});

describe('escaped text', () => {
  it('holds no markup and no quote', () => {
    expect(escapeHtml(`<a href="x" title='y'>&</a>`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;&lt;/a&gt;',
    );
  });
});
