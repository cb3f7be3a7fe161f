/**
 * A headless Chromium for tests of pages, spoken to in the DevTools protocol over two pipes. Tests that need it are skipped
 * where none is installed; nothing is downloaded.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Where it is installed, or undefined. */
export const CHROMIUM = [process.env.CHROMIUM ?? '', ...PLACES].find((path) => path !== '' && existsSync(path));

type Answer = Record<string, unknown>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly sessionId?: string;
  readonly result?: Answer;
  readonly error?: { readonly message: string };
}

export class Browser {
  readonly #process: ChildProcess;
  readonly #folder: string;
  readonly #waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  readonly #listeners: ((method: string, params: Answer, session?: string) => void)[] = [];
  #last = 0;
  #received = '';

  constructor(path: string) {
    this.#folder = mkdtempSync(join(tmpdir(), 'bayplan-browser-'));
    const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'];
    this.#process = spawn(
      path,
      [...flags, '--remote-debugging-pipe', `--user-data-dir=${this.#folder}`, 'about:blank'],
      {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
      },
    );
    (this.#process.stdio[4] as Readable).setEncoding('utf8').on('data', (text: string) => this.#receive(text));
    this.#process.on('exit', () => this.#failAll(new Error('Chromium ended')));
  }

  send(method: string, params: Answer = {}, sessionId?: string): Promise<Answer> {
    const id = ++this.#last;
    const message = JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) });
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      (this.#process.stdio[3] as Writable).write(`${message}\0`);
    });
  }

  listen(listener: (method: string, params: Answer, session?: string) => void): void {
    this.#listeners.push(listener);
  }

  /** A new tab of that size. */
  async open(url: string, width: number, height: number, scheme: 'light' | 'dark' = 'light'): Promise<Page> {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId as string);
    await page.prepare(width, height, scheme);
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #receive(text: string): void {
    const messages = (this.#received + text).split('\0');
    this.#received = messages.pop() ?? '';
    for (const one of messages) this.#handle(JSON.parse(one) as Message);
  }

  #handle({ id, method, params, sessionId, result, error }: Message): void {
    if (method !== undefined) for (const listener of this.#listeners) listener(method, params ?? {}, sessionId);
    const waiting = id === undefined ? undefined : this.#waiting.get(id);
    if (id !== undefined) this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(error.message));
    else waiting?.resolve(result ?? {});
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

export class Page {
  /** What the page wrote to the console as errors or warnings, threw, or asked the network for. */
  readonly complaints: string[] = [];
  readonly #browser: Browser;
  readonly #session: string;

  constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
    browser.listen((method, params, from) => {
      if (from === session) this.#note(method, params);
    });
  }

  send(method: string, params: Answer = {}): Promise<Answer> {
    return this.#browser.send(method, params, this.#session);
  }

  async prepare(width: number, height: number, scheme: string): Promise<void> {
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.send(`${domain}.enable`);
    await this.send('Emulation.setDeviceMetricsOverride', {
      ...{ width, height, deviceScaleFactor: 1, mobile: width < 600 },
    });
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
  }

  async goto(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
    await this.until(`document.readyState === 'complete' && location.href !== 'about:blank'`);
  }

  /** Value of an expression in the page; a promise is awaited. */
  async evaluate<T>(expression: string): Promise<T> {
    const answer = await this.send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true });
    const { result, exceptionDetails } = answer as {
      result: { value: T };
      exceptionDetails?: { exception?: { description: string } };
    };
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? 'the page threw');
    return result.value;
  }

  /** Waits for an expression to hold; the test's own timeout ends it. */
  async until(expression: string): Promise<void> {
    while (!(await this.evaluate<boolean>(expression).catch(() => false)))
      await new Promise((done) => setTimeout(done, 25));
  }

  async key(key: string): Promise<void> {
    for (const type of ['keyDown', 'keyUp']) await this.send('Input.dispatchKeyEvent', { type, key });
  }

  async click(x: number, y: number): Promise<void> {
    for (const type of ['mousePressed', 'mouseReleased'])
      await this.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 });
  }

  async move(x: number, y: number): Promise<void> {
    await this.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y });
  }

  /** PNG, base64. */
  async screenshot(): Promise<string> {
    return (await this.send('Page.captureScreenshot', { format: 'png' })).data as string;
  }

  #note(method: string, params: Answer): void {
    const call = params as { type?: string; args?: { value?: unknown; description?: string }[] };
    if (method === 'Runtime.consoleAPICalled' && ['error', 'warning', 'assert'].includes(call.type ?? ''))
      this.complaints.push((call.args ?? []).map(({ value, description }) => String(value ?? description)).join(' '));
    const thrown = params as { exceptionDetails?: { text: string; exception?: { description?: string } } };
    if (method === 'Runtime.exceptionThrown')
      this.complaints.push(thrown.exceptionDetails?.exception?.description ?? thrown.exceptionDetails?.text ?? method);
    const entry = (params as { entry?: { level: string; text: string } }).entry;
    if (method === 'Log.entryAdded' && entry && entry.level !== 'info') this.complaints.push(entry.text);
    const url = (params as { request?: { url: string } }).request?.url;
    if (method === 'Network.requestWillBeSent' && url !== undefined && !/^(file|data|about):/.test(url))
      this.complaints.push(url);
  }
}
