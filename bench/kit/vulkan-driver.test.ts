import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/base/input-error';
import { chooseDriver, findLoader, type Files } from './vulkan-driver';

const SWIFTSHADER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** A machine with these files. */
function disk(...paths: string[]): Files {
  return {
    exists: (path) => paths.includes(path),
    list: (folder) =>
      paths
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
  };
}

describe('chooseDriver', () => {
  it('takes the one that was asked for, by both names that loaders know', () => {
    const { environment } = chooseDriver('/x/icd.json', {}, disk('/x/icd.json', SWIFTSHADER));
    expect(environment).toEqual({
      VK_DRIVER_FILES: '/x/icd.json',
      VK_ICD_FILENAMES: '/x/icd.json',
    });
  });

  it('refuses one that is not there', () => {
    expect(() => chooseDriver('/x/icd.json', {}, disk())).toThrow(
      new InputError("/x/icd.json: This file is not there; --icd takes a Vulkan driver's JSON."),
    );
  });

  it('leaves it to the environment, or to what is installed, before it takes software', () => {
    const named = chooseDriver(null, { VK_ICD_FILENAMES: '/y.json' }, disk(SWIFTSHADER));
    expect(named).toEqual({
      environment: {},
      says: 'the Vulkan driver that VK_ICD_FILENAMES names',
    });
    const card = '/usr/share/vulkan/icd.d/nvidia_icd.json';
    const installed = chooseDriver(null, {}, disk(card, '/etc/vulkan/icd.d/README', SWIFTSHADER));
    expect(installed).toEqual({
      environment: {},
      says: `the installed Vulkan drivers: ${card}`,
    });
  });

  it("takes a browser's software where nothing else is there", () => {
    const { environment, says } = chooseDriver(null, { VK_DRIVER_FILES: '' }, disk(SWIFTSHADER));
    expect(environment.VK_DRIVER_FILES).toBe(SWIFTSHADER);
    expect(says).toContain('no Vulkan driver is installed');
    expect(chooseDriver(null, {}, disk())).toEqual({
      environment: {},
      says: 'no Vulkan driver was found',
    });
  });
});

describe('findLoader', () => {
  it("prefers the system's to a browser's", () => {
    const system = '/usr/lib64/libvulkan.so.1';
    expect(findLoader(disk('/usr/lib/chromium/libvulkan.so.1', system))).toBe(system);
    expect(findLoader(disk())).toBeNull();
  });
});
