/** The page in a browser: draws, steps, filters, fits, complains of nothing. Skipped, visibly, where no Chromium is installed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderComparisonReport } from '../../../src/report/comparison.ts';
import { renderReport } from '../../../src/report/render.ts';
import { figuresOf } from '../../../src/simulate/figures.ts';
import type { SimulationResult } from '../../../src/simulate/result.ts';
import { Browser, CHROMIUM, type Page } from '../../support/browser.ts';
import { scaled } from '../../support/report/scaled.ts';
import { busy, empty, fargate, HOSTILE_NAMES, rollout } from '../../support/report/stories.ts';

const LAPTOP = [1440, 900] as const;
const PHONE = [390, 844] as const;
const STORIES: Readonly<Record<string, SimulationResult>> = {
  rollout: rollout(),
  hostile: rollout(HOSTILE_NAMES),
  fargate: fargate(),
  empty: empty(),
  big: busy(20_000, 500),
};

/** A number that differs when the pixels do, and how many pixels are drawn on. */
const PIXELS = `(canvas) => {
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let hash = 0;
  let drawn = 0;
  for (let k = 0; k < data.length; k += 4) {
    hash = (Math.imul(hash, 31) + data[k] + 3 * data[k + 1] + 7 * data[k + 2]) | 0;
    if (data[k + 3] > 0) drawn++;
  }
  return { hash, drawn };
}`;
/** After two frames everything that was asked for is drawn. */
const SETTLED = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))';

describe.skipIf(CHROMIUM === undefined)('the report page (needs Chromium)', () => {
  let folder = '';
  let browser: Browser;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'bayplan-report-'));
    for (const [name, result] of Object.entries(STORIES))
      writeFileSync(join(folder, `${name}.html`), renderReport(result));
    browser = new Browser(CHROMIUM ?? '');
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = async (name: string, [width, height]: readonly [number, number], scheme: 'light' | 'dark' = 'light') => {
    const page = await browser.open(pathToFileURL(join(folder, `${name}.html`)).href, width, height, scheme);
    await page.until(`document.querySelector('.player') !== null`);
    await page.evaluate(SETTLED);
    return page;
  };
  const plan = async (page: Page): Promise<{ hash: number; drawn: number }> => {
    await page.evaluate(SETTLED);
    return page.evaluate(`(${PIXELS})(document.querySelector('#plan'))`);
  };
  const text = (page: Page, selector: string): Promise<string> =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);
  const slide = (page: Page, ms: number): Promise<unknown> =>
    page.evaluate(`{
      const slider = document.querySelector('input[type=range]');
      slider.value = ${ms};
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }`);
  const choose = (page: Page, selector: string, value: string, type: string): Promise<unknown> =>
    page.evaluate(`{
      const field = document.querySelector(${JSON.stringify(selector)});
      field.value = ${JSON.stringify(value)};
      field.dispatchEvent(new Event('${type}', { bubbles: true }));
    }`);

  it.each(
    Object.keys(STORIES).flatMap((name) => [
      [name, LAPTOP, 'light'],
      [name, PHONE, 'dark'],
    ]) as [string, readonly [number, number], 'light' | 'dark'][],
  )('%s at %j in the %s scheme fits the width and complains of nothing', async (name, size, scheme) => {
    const page = await open(name, size, scheme);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(size[0]);
    expect(await text(page, 'h1')).not.toBe('');
    expect(page.complaints).toEqual([]);
  });

  it('draws every chart', async () => {
    const page = await open('rollout', LAPTOP);
    const charts = await page.evaluate<{ drawn: number }[]>(
      `[...document.querySelectorAll('.charts .area canvas')].map(${PIXELS})`,
    );
    expect(charts).toHaveLength(6);
    for (const { drawn } of charts) expect(drawn).toBeGreaterThan(2000);
  });

  it('draws another picture when the slider moves, and the same one when it returns', async () => {
    const page = await open('rollout', LAPTOP);
    const end = await plan(page);
    await slide(page, 424_000);
    const middle = await plan(page);
    expect(await text(page, '.now')).toBe('7:04');
    expect(await text(page, '.moment')).toBe('19 running, 1 unhealthy');
    await slide(page, 1_200_000);
    expect(middle.hash).not.toBe(end.hash);
    expect(await plan(page)).toEqual(end);
    expect(end.drawn).toBeGreaterThan(50_000);
  });

  it('steps through events by keys and buttons, and plays', async () => {
    const page = await open('rollout', LAPTOP);
    await page.key('Home');
    expect(await text(page, '.player .said')).toMatch(/./);
    await slide(page, 500);
    const first = await text(page, '.player .said');
    await page.key('ArrowRight');
    const second = await text(page, '.player .said');
    expect(second).toMatch(/^web:1 \w{8} PENDING on i-/);
    await page.key('ArrowLeft');
    expect(await text(page, '.player .said')).toBe(first);
    await page.evaluate(`document.querySelector('[aria-label="Next event"]').click()`);
    expect(await text(page, '.player .said')).toBe(second);
    await page.evaluate(`document.querySelector('[aria-label="Play"]').click()`);
    await page.until(`document.querySelector('input[type=range]').value > 2000`);
    await page.evaluate(`document.querySelector('[aria-label="Pause"]').click()`);
  });

  it('filters the log and goes to the event that is clicked', async () => {
    const page = await open('rollout', LAPTOP);
    await choose(page, 'input[type=search]', 'terminate', 'input');
    expect(await text(page, '.tally')).toMatch(/^\d of 142 events$/);
    await choose(page, 'input[type=search]', '', 'input');
    await choose(page, '[aria-label="Type of event"]', 'Fault', 'change');
    expect(await text(page, '.tally')).toBe('1 of 142 events');
    await page.evaluate(`document.querySelector('.rows button').click()`);
    expect(await text(page, '.now')).toBe('11:40');
    expect(await page.evaluate(`document.querySelectorAll('.rows [aria-current=true]').length`)).toBe(1);
    expect(await text(page, '.facts')).toContain('containerInstance');
  });

  it('moves to the moment that is clicked in a chart', async () => {
    const page = await open('rollout', LAPTOP);
    const box = await page.evaluate<{ x: number; y: number }>(`{
      const over = document.querySelector('.u-over');
      over.scrollIntoView({ block: 'center' });
      const box = over.getBoundingClientRect();
      ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });
    }`);
    await page.click(box.x, box.y);
    const at = await page.evaluate<string>(`document.querySelector('input[type=range]').value`);
    expect(Math.abs(Number(at) - 600_000)).toBeLessThan(10_000);
  });

  it('shows the values of one moment in all charts while one is hovered', async () => {
    const page = await open('rollout', LAPTOP);
    await page.evaluate(`document.querySelector('.charts').scrollIntoView()`);
    const box = await page.evaluate<{ x: number; y: number; width: number }>(
      `document.querySelector('.charts .u-over').getBoundingClientRect().toJSON()`,
    );
    const times = `[...document.querySelectorAll('.chart .at')].map((time) => time.textContent.split('.')[0])`;
    expect(new Set(await page.evaluate<string[]>(times))).toEqual(new Set(['20:00']));
    await page.move(box.x + box.width / 2, box.y + 20);
    await page.until(`document.querySelector('.chart .at').textContent !== '20:00'`);
    const [first, ...others] = await page.evaluate<string[]>(times);
    expect(first).toMatch(/^(9:5|10:0)\d$/);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(await text(page, '.now')).toBe('20:00');
  });

  it('shows the facts of what is clicked in the drawing', async () => {
    const page = await open('fargate', LAPTOP);
    const box = await page.evaluate<{ x: number; y: number }>(
      `document.querySelector('#plan').getBoundingClientRect().toJSON()`,
    );
    await page.move(box.x + 30, box.y + 45);
    expect(await text(page, '.tip')).toContain('shop:3');
    await page.click(box.x + 30, box.y + 45);
    expect(await text(page, '.facts')).toContain('arn:aws:ecs:us-east-1:123456789012:task/harbour/');
  });

  it('keeps few rows of many events in the page and still steps', async () => {
    const page = await open('big', LAPTOP);
    expect(await text(page, '.tally')).toBe('20,000 events');
    expect(await page.evaluate(`document.querySelectorAll('.rows li').length`)).toBeLessThan(40);
    const end = await plan(page);
    await page.key('ArrowLeft');
    await page.key('ArrowLeft');
    expect((await plan(page)).hash).not.toBe(end.hash);
  });

  it('shows names as they are and never runs them', async () => {
    const page = await open('hostile', LAPTOP);
    expect(await page.evaluate(`[...document.querySelectorAll('tbody th')].map((cell) => cell.textContent)`)).toEqual([
      ...HOSTILE_NAMES,
    ]);
    expect(await page.evaluate(`document.querySelectorAll('script').length`)).toBe(2);
  });

  it('says honestly that there is nothing to show', async () => {
    const page = await open('empty', LAPTOP);
    const body = await text(page, 'main');
    expect(body).toContain('No container instance is registered and no task was started.');
    expect(body).toContain('The scenario has no service');
    expect(body).toContain('Nothing happened in this simulation.');
    expect(await page.evaluate(`document.querySelector('[aria-label="Play"]').disabled`)).toBe(true);
  });

  it('changes its colours with the scheme while it is open', async () => {
    const page = await open('rollout', LAPTOP, 'light');
    const light = await plan(page);
    await page.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'dark' }] });
    expect((await plan(page)).hash).not.toBe(light.hash);
    expect(page.complaints).toEqual([]);
  });

  describe('scaling', () => {
    beforeAll(async () => {
      writeFileSync(join(folder, 'scaled.html'), renderReport(await scaled()));
      const { seed, summary, series } = await scaled();
      const variant = { name: 'a', file: 'a.json', set: [], seed, figures: figuresOf(summary), summary, series };
      const variants = [variant, { ...variant, name: 'a variant with a name that is long enough to be a nuisance' }];
      const finding = { variant: 'a', holds: false, left: 1, right: 0, values: { cost: 1 } };
      const requirements = [{ condition: 'cost < 0', holds: false, findings: [finding] }];
      writeFileSync(join(folder, 'compared.html'), renderComparisonReport({ variants, requirements, yardsticks: [] }));
    });

    const fits = (page: Page): Promise<boolean> =>
      page.evaluate('document.documentElement.scrollWidth <= window.innerWidth');

    it.each([LAPTOP, PHONE])('draws lanes and tells a decision under the pointer, %i pixels wide', async (...size) => {
      const page = await open('scaled', size);
      const names = `[...document.querySelectorAll('.lane h3')].map((one) => one.textContent)`;
      expect(await page.evaluate(names)).toEqual([
        ...['Load', 'CPU utilization', 'Tasks', 'Instances', 'Reservation', 'Cost an hour'],
      ]);
      expect(await page.evaluate(`document.querySelector('.decision').hidden`)).toBe(true);
      const [x = 0, y = 0] = await page.evaluate<number[]>(`(() => {
        const over = document.querySelectorAll('.lane .u-over')[2];
        over.scrollIntoView({ block: 'center' });
        const box = over.getBoundingClientRect();
        return [box.left + (box.width * 780) / 3600, box.top + box.height / 2];
      })()`);
      await page.move(x, y);
      await page.evaluate(SETTLED);
      expect(await text(page, '.decision')).toMatch(/13:00Setting desired count to 14\..*Metric133\.333Target60/);
      expect(await fits(page)).toBe(true);
      expect(page.complaints).toEqual([]);
    });

    it.each([LAPTOP, PHONE])('compares variants, %i pixels wide', async (...size) => {
      const page = await browser.open(pathToFileURL(join(folder, 'compared.html')).href, ...size, 'light');
      await page.until(`document.querySelector('.lane .u-over') !== null`);
      await page.evaluate(SETTLED);
      expect(await text(page, '.verdict strong')).toBe('1 condition failed');
      expect(await text(page, '.conditions')).toBe('failscost < 0a: cost is $1.00');
      expect(await page.evaluate(`document.querySelectorAll('.score .bar').length`)).toBe(12);
      expect(await fits(page)).toBe(true);
      expect(page.complaints).toEqual([]);
    });
  });
});
