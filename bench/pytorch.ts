/** Which PyTorch there is. */
import { spawnSync } from 'node:child_process';
import * as v from 'valibot';

/** The interpreter that is asked for PyTorch. */
export const PYTHON = process.env.PYTHON ?? 'python3';

const foundSchema = v.object({ version: v.string(), cuda: v.boolean() });

const ASK = `
import json, torch
print(json.dumps({"version": torch.__version__, "cuda": torch.cuda.is_available()}))
`;

/** @returns null where it is not installed */
export function findPyTorch(): v.InferOutput<typeof foundSchema> | null {
  const { status, stdout } = spawnSync(PYTHON, ['-c', ASK], { encoding: 'utf8' });
  return status === 0 ? v.parse(foundSchema, JSON.parse(stdout)) : null;
}
