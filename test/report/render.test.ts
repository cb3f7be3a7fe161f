/** The document: one file, the same bytes each time, small, with its licenses, whatever the names in it are. */
import { describe, expect, it } from 'vitest';
import { pageNotices, pageScript, pageStyle } from '../../src/report/generated/page.ts';
import { renderReport } from '../../src/report/render.ts';
import { empty, fargate, HOSTILE_NAMES, rollout } from '../support/report/stories.ts';

const MOST_PAGE_BYTES = 200_000;

describe('a report', () => {
  it('has the same bytes for the same result', () => {
    expect(renderReport(rollout())).toBe(renderReport(rollout()));
    expect(renderReport(rollout())).not.toBe(renderReport(fargate()));
  });

  it('refers to nothing outside itself', () => {
    for (const html of [renderReport(rollout()), renderReport(empty())]) {
      const page = html.replaceAll(/<script type="application\/json".*?<\/script>/gs, '');
      expect(page.match(/(src|href)=["'][^"']*/g)).toEqual(['href="data:,']);
      expect(page).not.toMatch(/@import|url\(["']?http|import\(/);
    }
  });

  it(`adds at most ${MOST_PAGE_BYTES} bytes of script and style`, () => {
    expect(Buffer.byteLength(pageScript + pageStyle)).toBeLessThan(MOST_PAGE_BYTES);
  });

  it('keeps the notice of what it inlines', () => {
    expect(pageNotices).toMatch(/uPlot \d+\.\d+\.\d+/);
    expect(pageNotices).toContain('Copyright (c) 2022 Leon Sorokin');
    expect(pageNotices).toContain('The above copyright notice and this permission notice shall be included');
    expect(renderReport(empty())).toContain(pageNotices);
  });

  it('has three elements with text that ends only where it should, whatever names are given', () => {
    const html = renderReport(rollout(HOSTILE_NAMES));
    expect(html.match(/<script/g)?.length).toBe(2);
    expect(html.match(/<\/script/g)?.length).toBe(2);
    expect(html.match(/<title>[^<>]*<\/title>/)?.[0]).toContain('&lt;/script&gt;&lt;script&gt;alert(1)');
    expect(html.match(/<!--/g)?.length).toBe(1);
  });

  it('carries its data as JSON', () => {
    const json =
      /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(renderReport(rollout(HOSTILE_NAMES)))?.[1] ??
      '';
    const { groups } = JSON.parse(json) as { groups: { name: string }[] };
    expect(groups.map(({ name }) => name)).toEqual([...HOSTILE_NAMES]);
  });
});
