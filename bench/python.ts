/** Which Python there is, with PyTorch or jax. */
import { spawnSync } from 'node:child_process';
import * as v from 'valibot';

/** Interpreters that are asked one after the other; PYTHON names one that is asked alone. */
const INTERPRETERS =
  process.env.PYTHON === undefined ? ['python3', '/usr/bin/python3'] : [process.env.PYTHON];

const torchSchema = v.object({ version: v.string(), cuda: v.boolean(), compiles: v.boolean() });
const jaxSchema = v.object({ version: v.string(), platform: v.string() });

/** The interpreter that has it. */
interface Interpreter {
  readonly python: string;
}

export type FoundTorch = v.InferOutput<typeof torchSchema> & Interpreter;
export type FoundJax = v.InferOutput<typeof jaxSchema> & Interpreter;

const ASK_TORCH = `
import json, torch
print(json.dumps({
    "version": torch.__version__,
    "cuda": torch.cuda.is_available(),
    "compiles": hasattr(torch, "compile"),
}))
`;

const ASK_JAX = `
import json, jax
print(json.dumps({"version": jax.__version__, "platform": jax.default_backend()}))
`;

/** @returns null where it is not installed */
export function findPyTorch(): FoundTorch | null {
  const found = answerTo(ASK_TORCH);
  return found && { ...v.parse(torchSchema, found.answer), python: found.python };
}

/** @returns null where it is not installed */
export function findJax(): FoundJax | null {
  const found = answerTo(ASK_JAX);
  return found && { ...v.parse(jaxSchema, found.answer), python: found.python };
}

/** What the first interpreter says that has what the question imports. */
function answerTo(question: string): (Interpreter & { readonly answer: unknown }) | null {
  for (const python of INTERPRETERS) {
    const { status, stdout } = spawnSync(python, ['-c', question], { encoding: 'utf8' });
    // A library may print before the answer.
    if (status === 0) return { python, answer: JSON.parse(stdout.trim().split('\n').at(-1) ?? '') };
  }
  return null;
}
