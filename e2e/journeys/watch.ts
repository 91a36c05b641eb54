/** An eye on what goes wrong while somebody visits the page, in its workers too. */
import type { Page, WebWorker } from 'puppeteer';

export class Watch {
  /** Errors on the console of page and workers, exceptions nobody caught, loads that failed. */
  readonly problems: string[] = [];
  /** What page and workers asked other hosts for, unless the content security policy forbade it. */
  readonly foreignRequests: string[] = [];
  readonly #origin: string;

  /** @param origin the page's own, which may be asked for anything */
  constructor(page: Page, origin: string) {
    this.#origin = origin;
    page.on('console', (message) => {
      if (message.type() === 'error') {
        this.problems.push(`${message.text()} (${message.location().url ?? 'somewhere'})`);
      }
    });
    page.on('pageerror', (error) => {
      this.problems.push(`uncaught: ${error instanceof Error ? error.message : String(error)}`);
    });
    page.on('request', (request) => {
      this.#note(request.url());
    });
    page.on('workercreated', (worker) => {
      void this.#watch(worker);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? 'failed';
      // A page that is left or closed gives up what it was loading.
      if (why !== 'net::ERR_ABORTED') this.problems.push(`${request.url()}: ${why}`);
    });
  }

  /** A worker's requests and the browser's complaints about it do not pass by its page. */
  async #watch({ client }: WebWorker): Promise<void> {
    client.on('Network.requestWillBeSent', ({ request }) => {
      this.#note(request.url);
    });
    client.on('Log.entryAdded', ({ entry }) => {
      if (entry.level === 'error') this.problems.push(`${entry.text} (a worker)`);
    });
    try {
      await client.send('Network.enable');
      // Tells what was logged before, too.
      await client.send('Log.enable');
    } catch {
      // The worker ended before it could be watched.
    }
  }

  #note(address: string): void {
    const { protocol, origin } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && origin !== this.#origin) {
      this.foreignRequests.push(address);
    }
  }
}
