/** Controls a headless Chromium through pipes. The few commands of the DevTools protocol that a test needs require no library. */
import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The events while a page was loaded. */
export interface Loaded {
  readonly errors: string[];
  readonly requests: string[];
}

/** The screen on which a page is viewed. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'light' | 'dark';
  readonly isPhone?: boolean;
}

export class Browser {
  public static async start(): Promise<Browser> {
    const program = NAMES.find((name) => spawnSync(name, ['--version']).status === 0);
    if (program === undefined) throw new Error('There is no Chromium to open the page in: apt-get install chromium.');
    const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
    const browser = new Browser(profile, spawn(program, [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run', '--hide-scrollbars',
      `--user-data-dir=${profile}`, '--remote-debugging-pipe', 'about:blank',
    ], { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] }));
    await browser.attach();
    return browser;
  }

  private session?: string;
  private id = 0;
  private readonly answers = new Map<number, { resolve(result: any): void; reject(error: Error): void }>();
  private readonly listeners = new Map<string, (params: any) => void>();

  private constructor(private readonly profile: string, private readonly process: ChildProcess) {
    let text = '';
    (process.stdio[4] as Readable).setEncoding('utf-8').on('data', (chunk: string) => {
      const messages = (text + chunk).split('\0');
      text = messages.pop()!;
      messages.forEach((message) => this.receive(JSON.parse(message)));
    });
  }

  /** Opens a file, and returns the events while it was loaded. */
  public async open(file: string, { width, height, scheme, isPhone = false }: Screen): Promise<Loaded> {
    const loaded: Loaded = { errors: [], requests: [] };
    const url = `file://${file}`;
    this.listeners.set('Log.entryAdded', ({ entry }) => loaded.errors.push(entry.text));
    this.listeners.set('Runtime.consoleAPICalled', ({ args }) => loaded.errors.push(JSON.stringify(args)));
    this.listeners.set('Runtime.exceptionThrown', ({ exceptionDetails }) => loaded.errors.push(exceptionDetails.text));
    this.listeners.set('Network.requestWillBeSent', ({ request }) => {
      if (request.url !== url && !request.url.startsWith('data:')) loaded.requests.push(request.url);
    });
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: isPhone ? 2 : 1, mobile: isPhone });
    await this.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: scheme }] });
    const done = new Promise<void>((resolve) => this.listeners.set('Page.loadEventFired', () => resolve()));
    await this.send('Page.navigate', { url });
    await done;
    return loaded;
  }

  /** Returns the value of an expression in the page. */
  public async ask(expression: string): Promise<any> {
    return (await this.send('Runtime.evaluate', { expression, returnByValue: true })).result.value;
  }

  public async press(key: string, windowsVirtualKeyCode: number): Promise<void> {
    for (const type of ['keyDown', 'keyUp']) await this.send('Input.dispatchKeyEvent', { type, key, code: key, windowsVirtualKeyCode, text: key === 'Enter' ? '\r' : undefined });
  }

  /** Returns a picture of the whole page. */
  public async screenshot(): Promise<Buffer> {
    return Buffer.from((await this.send('Page.captureScreenshot', { captureBeyondViewport: true })).data, 'base64');
  }

  /** Returns the page on A4 as PDF. */
  public async print(): Promise<Buffer> {
    return Buffer.from((await this.send('Page.printToPDF', { preferCSSPageSize: true, printBackground: true })).data, 'base64');
  }

  public async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill();
    await gone;
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  private async attach(): Promise<void> {
    const { targetInfos } = await this.send('Target.getTargets');
    const { targetId } = targetInfos.find(({ type }: any) => type === 'page');
    this.session = (await this.send('Target.attachToTarget', { targetId, flatten: true })).sessionId;
    for (const domain of ['Page', 'Log', 'Runtime', 'Network']) await this.send(`${domain}.enable`);
  }

  private send(method: string, params: object = {}): Promise<any> {
    const id = ++this.id;
    (this.process.stdio[3] as Writable).write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) => this.answers.set(id, { resolve, reject }));
  }

  private receive({ id, method, params, result, error }: any): void {
    if (id === undefined) return this.listeners.get(method)?.(params);
    const answer = this.answers.get(id);
    this.answers.delete(id);
    if (error) answer?.reject(new Error(error.message));
    else answer?.resolve(result);
  }
}
