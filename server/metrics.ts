/** Figures of the server's work, in Prometheus' text format. Nothing in them tells of a person or a model. */
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { MemoryBudget } from './memory-budget';
import type { ModelStore } from './model-store';

export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: 'warmbright_request_seconds',
    help: 'How long requests took, by route and status.',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 1, 5, 30],
    registers: [this.#registry],
  });
  readonly #bytes = new Counter({
    name: 'warmbright_model_bytes_total',
    help: 'Bytes of model files that came in and went out.',
    labelNames: ['direction'],
    registers: [this.#registry],
  });

  constructor(store: ModelStore, budget: MemoryBudget) {
    collectDefaultMetrics({ register: this.#registry });
    new Gauge({
      name: 'warmbright_uploads_kept',
      help: 'Uploads that the store keeps, as last counted by this server.',
      registers: [this.#registry],
      collect() {
        this.set(store.uploads);
      },
    });
    new Gauge({
      name: 'warmbright_model_bytes_held',
      help: 'Memory that model files take on their way in and out.',
      registers: [this.#registry],
      collect() {
        this.set(budget.used);
      },
    });
  }

  request(route: string, method: string, status: number, seconds: number): void {
    this.#requests.observe({ route, method, status }, seconds);
  }

  bytes(direction: 'in' | 'out', count: number): void {
    this.#bytes.inc({ direction }, count);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
