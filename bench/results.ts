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
  /** A run of the default recipe on the project's sample; earlier results have none. */
  recipe: v.optional(
    v.nullable(
      v.object({
        seconds: number,
        /** Of these, before the first epoch. */
        preparing: number,
        /** Fewer than `epochs` where the rest is an extrapolation. */
        trained: number,
        epochs: number,
      }),
    ),
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
    /** Processes that wanted a processor before the run began, a mean over a minute; 0 is none. */
    load: v.optional(number),
  }),
  data: v.object({ real: v.boolean(), rows: number, words: number }),
  steps: v.object({ perRun: number, batchSize: number }),
  tolerances: v.object({ gradient: number, loss: number }),
  peers: v.array(peerSchema),
  /** Milliseconds that a step of all runs takes on the fused WebGPU engine, by number of runs. */
  sweeps: v.array(v.object({ runs: number, milliseconds: number })),
  /** Seconds that a sweep of whole runs takes on the fused WebAssembly engine, by threads. */
  threads: v.array(v.object({ threads: number, runs: number, seconds: number })),
  /** Operations a second of one thread that does nothing else; see peak.ts. */
  peak: v.optional(v.nullable(number)),
  /** Of how many runs of the bench, with different peers, these are the results. */
  pieces: v.optional(number),
  /** Steps a second as one size of the work changes. */
  growth: v.array(
    v.object({
      what: v.string(),
      value: v.string(),
      /** Operations on numbers of a step; earlier results do not say. */
      flop: v.optional(number),
      /** Steps a second by peer; of many runs, those of all. */
      speeds: v.record(name, number),
    }),
  ),
});

export type Results = v.InferOutput<typeof resultsSchema>;
export type PeerResults = v.InferOutput<typeof peerSchema>;
