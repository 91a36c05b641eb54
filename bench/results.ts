/** What a run of the bench found out, as it is written to a file and read again. */
import * as v from 'valibot';

const number = v.pipe(v.number(), v.finite());
const name = v.string();

const peerSchema = v.object({
  name,
  title: v.string(),
  host: v.string(),
  /** `wrong`: its arithmetic did not pass the check, so it was not timed. */
  status: v.picklist(['measured', 'absent', 'failed', 'wrong']),
  /** Why it was not measured; null where it was. */
  reason: v.nullable(v.string()),
  device: v.nullable(v.string()),
  /** Against float64; see check.ts. */
  check: v.nullable(v.object({ gradient: number, loss: number })),
  /** Milliseconds a step. */
  step: v.nullable(
    v.object({
      median: number,
      smallest: number,
      largest: number,
      rounds: number,
      stepsPerRound: number,
    }),
  ),
  /** Milliseconds from nothing to the end of the first step. */
  startUp: v.nullable(number),
  /** How many of what a step takes. */
  count: v.nullable(v.object({ count: number, of: v.string() })),
  memory: v.nullable(v.object({ bytes: number, of: v.string() })),
  founding: v.nullable(
    v.object({
      seconds: number,
      /** Total loss of the last epoch; null where the seconds are an extrapolation. */
      total: v.nullable(number),
    }),
  ),
});

export const resultsSchema = v.object({
  version: v.literal(1),
  /** ISO 8601. */
  date: v.string(),
  quick: v.boolean(),
  /** How long the bench took. */
  seconds: number,
  machine: v.object({
    processor: v.string(),
    cores: number,
    memoryBytes: number,
    system: v.string(),
    node: v.string(),
    chromium: v.nullable(v.string()),
    /** The WebGPU adapter. */
    adapter: v.nullable(v.object({ name: v.string(), software: v.boolean() })),
    torch: v.nullable(v.string()),
  }),
  data: v.object({ real: v.boolean(), rows: number, words: number }),
  steps: v.object({ perRun: number, batchSize: number }),
  tolerances: v.object({ gradient: number, loss: number }),
  peers: v.array(peerSchema),
  /** Milliseconds that a step of all runs takes on the fused WebGPU engine, by number of runs. */
  sweeps: v.array(v.object({ runs: number, milliseconds: number })),
  /** Seconds that a sweep of whole runs takes on the fused WebAssembly engine, by threads. */
  threads: v.array(v.object({ threads: number, runs: number, seconds: number })),
  /** Steps a second as one size of the work changes. */
  growth: v.array(
    v.object({
      what: v.string(),
      value: v.string(),
      /** Steps a second by peer. */
      speeds: v.record(name, number),
    }),
  ),
});

export type Results = v.InferOutput<typeof resultsSchema>;
export type PeerResults = v.InferOutput<typeof peerSchema>;
