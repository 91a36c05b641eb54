/**
 * `npm run load --workspace server`: 1,000 clients at once on a server of this machine for half a
 * minute. They upload models, fetch their own and each other's, and take some back; every byte that
 * comes is checked by its hash, and at the end every model that was not taken back must be there.
 *
 * LOAD_CLIENTS and LOAD_SECONDS of the environment say otherwise.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modelIdOf } from '../../src/share/short-link';
import { startServer } from '../testing/server-process';
import { modelBytes } from '../testing/models';

const CLIENTS = Number(process.env.LOAD_CLIENTS ?? 1000);
const SECONDS = Number(process.env.LOAD_SECONDS ?? 30);
const REQUEST_MS = 60_000;
/** Of a client's steps: so many upload a new model, and so many take one back; the others fetch. */
const UPLOADS = 0.15;
const REMOVALS = 0.03;

interface Kept {
  readonly id: string;
  readonly token: string;
}

interface Answer {
  readonly status: number;
  readonly bytes: Buffer;
}

const counts = { uploaded: 0, fetched: 0, removed: 0 };
const faults = { refused: 0, failed: 0, lost: 0, mixedUp: 0 };
const times: number[] = [];
const reasons = new Map<string, number>();
const kept = new Map<string, Kept>();
let number = 0;

const folder = mkdtempSync(join(tmpdir(), 'warmbright-load-'));
const agent = new Agent({ keepAlive: true, maxSockets: CLIENTS });
mkdirSync(join(folder, 'page'));
writeFileSync(join(folder, 'page', 'index.html'), '<!doctype html>');
const server = await startServer({
  PAGE_DIR: join(folder, 'page'),
  DATA_DIR: join(folder, 'data'),
  UPLOADS_PER_HOUR: '1000000000',
  REQUESTS_PER_MINUTE: '1000000000',
  MAX_UPLOADS: '10000000',
});

function ask(method: string, path: string, headers = {}, body?: Uint8Array): Promise<Answer> {
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(new URL(path, server.url), { method, headers, agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        times.push(performance.now() - start);
        resolve({ status: response.statusCode ?? 0, bytes: Buffer.concat(chunks) });
      });
    });
    asked.setTimeout(REQUEST_MS, () => asked.destroy(new Error('no answer in time')));
    asked.on('error', reject);
    asked.end(body);
  });
}

function note(reason: string): void {
  reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
}

async function uploadOne(): Promise<void> {
  const bytes = modelBytes(++number);
  const headers = { 'Content-Type': 'application/octet-stream', 'Content-Length': bytes.length };
  const answer = await ask('POST', 'api/models', headers, bytes);
  if (answer.status !== 201) {
    faults.refused++;
    note(`${String(answer.status)} ${answer.bytes.toString()}`);
    return;
  }
  const { id, token } = JSON.parse(answer.bytes.toString()) as Kept;
  if (id !== (await modelIdOf(bytes))) faults.mixedUp++;
  kept.set(id, { id, token });
  counts.uploaded++;
}

async function fetchOne({ id }: Kept): Promise<void> {
  const answer = await ask('GET', `api/models/${id}`);
  if (answer.status === 404 && !kept.has(id)) return;
  if (answer.status !== 200) {
    faults.lost++;
    note(`${String(answer.status)} ${answer.bytes.toString()}`);
  } else if ((await modelIdOf(answer.bytes)) !== id) faults.mixedUp++;
  else counts.fetched++;
}

async function removeOne({ id, token }: Kept): Promise<void> {
  kept.delete(id);
  const answer = await ask('DELETE', `api/models/${id}`, { Authorization: `Bearer ${token}` });
  if (answer.status !== 200) faults.lost++;
  else counts.removed++;
}

/** Any of the models that are kept now. */
function anyKept(): Kept | undefined {
  const skipped = Math.floor(Math.random() * Math.min(kept.size, 100));
  let at = 0;
  for (const one of kept.values()) if (at++ === skipped) return one;
  return undefined;
}

async function client(end: number): Promise<void> {
  while (performance.now() < end) {
    const drawn = Math.random();
    const one = anyKept();
    try {
      if (drawn < UPLOADS || one === undefined) await uploadOne();
      else if (drawn < UPLOADS + REMOVALS) await removeOne(one);
      else await fetchOne(one);
    } catch (error) {
      faults.failed++;
      note(String(error));
    }
  }
}

try {
  const start = performance.now();
  const end = start + SECONDS * 1000;
  await Promise.all(Array.from({ length: CLIENTS }, () => client(end)));
  const seconds = (performance.now() - start) / 1000;
  const answers = times.length;
  times.sort((a, b) => a - b);
  const share = (of: number): string =>
    `${(times[Math.floor(of * (answers - 1))] ?? 0).toFixed(0)} ms`;
  const metrics = (await ask('GET', 'metrics')).bytes.toString();
  const memory = Number(/^process_resident_memory_bytes (\S+)$/m.exec(metrics)?.[1]);
  const all = [...kept.values()];
  for (let at = 0; at < all.length; at += 50)
    await Promise.all(all.slice(at, at + 50).map(fetchOne));

  console.log(
    `${String(CLIENTS)} clients, ${seconds.toFixed(1)} s: ${String(answers)} answers, ${(answers / seconds).toFixed(0)} a second.\n` +
      `Half of them within ${share(0.5)}, 99 % within ${share(0.99)}, the longest ${share(1)}; the server held ${(memory / 2 ** 20).toFixed(0)} MB.\n` +
      `${String(counts.uploaded)} models uploaded, ${String(counts.removed)} taken back, ${String(counts.fetched)} fetches whole, the last ${String(all.length)} of all that must be there.\n` +
      `${String(faults.lost)} lost, ${String(faults.mixedUp)} mixed up, ${String(faults.refused)} refused, ${String(faults.failed)} failed.`,
  );
  for (const [reason, times] of reasons) console.log(`${String(times)} times: ${reason}`);
  const said = server.faults();
  if (said !== '') console.log(`The server said:\n${said}`);
  process.exitCode = Object.values(faults).every((count) => count === 0) && said === '' ? 0 : 1;
} finally {
  agent.destroy();
  await server.end();
  rmSync(folder, { recursive: true, force: true });
}
