/** The schema of what an epoch did, for records that come from files or a network. */
import * as v from 'valibot';
import { count, numberWithin } from '../base/bounds';
import type { EpochRecord } from './progress';

/** Losses are numbers of single precision. */
const LARGEST_LOSS = 3.5e38;

const loss = numberWithin(-LARGEST_LOSS, LARGEST_LOSS);

export const epochSchema = v.strictObject({
  epoch: count,
  reconstruction: loss,
  contrastive: loss,
  kl: loss,
  total: loss,
  validation: v.nullable(loss),
  contrastiveWeight: loss,
  klWeight: loss,
  learningRate: loss,
}) satisfies v.GenericSchema<unknown, EpochRecord>;
