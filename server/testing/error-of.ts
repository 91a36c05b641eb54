/** Refusals, as the server words them. For tests only. */
import { expect } from 'vitest';

/** Status and sentence of a refusal, which is one sentence. */
export async function errorOf(answer: Response | Promise<Response>): Promise<[number, string]> {
  const { error } = (await (await answer).json()) as { error: string };
  expect(error).toMatch(/^\P{Cc}+\.$/u);
  return [(await answer).status, error];
}
