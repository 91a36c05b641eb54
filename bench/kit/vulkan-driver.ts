/** Where Vulkan finds its driver: files that name a library, "ICDs". */
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../src/base/input-error';

/** Where the Vulkan loader looks by itself, on Linux. */
const INSTALLED = [
  '/etc/vulkan/icd.d',
  '/usr/share/vulkan/icd.d',
  '/usr/local/etc/vulkan/icd.d',
  '/usr/local/share/vulkan/icd.d',
];

/** Where browsers have a driver that computes on the processor. */
const SOFTWARE = [
  '/usr/lib/chromium/vk_swiftshader_icd.json',
  '/usr/lib64/chromium-browser/vk_swiftshader_icd.json',
  '/usr/lib/chromium-browser/vk_swiftshader_icd.json',
  '/opt/google/chrome/vk_swiftshader_icd.json',
];

/** Where a Vulkan loader lies on Linux: the system's, or a browser's own. */
const LOADERS = [
  '/usr/lib/x86_64-linux-gnu/libvulkan.so.1',
  '/usr/lib/aarch64-linux-gnu/libvulkan.so.1',
  '/usr/lib64/libvulkan.so.1',
  '/usr/lib/libvulkan.so.1',
  '/usr/lib/chromium/libvulkan.so.1',
  '/opt/google/chrome/libvulkan.so.1',
];

/** What of the file system the search asks. */
export interface Files {
  readonly exists: (path: string) => boolean;
  /** Names in a folder; none where it is not there. */
  readonly list: (folder: string) => readonly string[];
}

const DISK: Files = {
  exists: existsSync,
  list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
};

/** Variables that name a driver to the Vulkan loader: today's name, and that of older loaders. */
const VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];

export interface DriverChoice {
  /** To be added to the environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** For people. */
  readonly says: string;
}

/**
 * The driver that was asked for; else what the machine has installed; else a browser's software.
 *
 * @param asked a driver's file; null: none was given
 * @throws InputError where that file is not there
 */
export function chooseDriver(
  asked: string | null,
  environment: Readonly<Record<string, string | undefined>>,
  files: Files = DISK,
): DriverChoice {
  if (asked !== null) {
    const path = resolve(asked);
    if (!files.exists(path)) {
      throw new InputError(`${asked}: This file is not there; --icd takes a Vulkan driver's JSON.`);
    }
    return { environment: named(path), says: `the Vulkan driver ${path}, as asked for` };
  }
  const set = VARIABLES.find((name) => (environment[name] ?? '') !== '');
  if (set !== undefined) return { environment: {}, says: `the Vulkan driver that ${set} names` };
  const installed = INSTALLED.flatMap((folder) =>
    files
      .list(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name)),
  );
  if (installed.length > 0) {
    return { environment: {}, says: `the installed Vulkan drivers: ${installed.join(', ')}` };
  }
  const software = SOFTWARE.find((path) => files.exists(path));
  if (software === undefined) return { environment: {}, says: 'no Vulkan driver was found' };
  return {
    environment: named(software),
    says: `no Vulkan driver is installed, so a browser's software renderer: ${software}`,
  };
}

function named(path: string): Record<string, string> {
  return Object.fromEntries(VARIABLES.map((name) => [name, path]));
}

/** @returns a Vulkan loader of this machine; null where none is found */
export function findLoader(files: Files = DISK): string | null {
  return LOADERS.find((path) => files.exists(path)) ?? null;
}
