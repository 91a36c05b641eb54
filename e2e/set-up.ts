/** All that the tests need before the first of them, set up side by side. */
import type { TestProject } from 'vitest/node';
import launchAll from './browsers';
import trainSample from './journeys/sample-run';
import serveLabs from './labs/site';
import serve from './site';

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  // The longest first: most of its work is done by threads that leave this one to the others.
  const parts = [serveLabs, trainSample, launchAll, serve].map(
    (part): Promise<() => void | Promise<void>> => part(project),
  );
  const settled = await Promise.allSettled(parts);
  const end = async (): Promise<void> => {
    for (const part of settled) if (part.status === 'fulfilled') await part.value();
  };
  try {
    await Promise.all(parts);
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}
