/** Finds a Firefox for the journey that is made in one, which is skipped where there is none. */
import { installFromApt, linuxPlaces, namedBy, puppeteersOwn, starts } from './programs.mjs';

/** Where an installed Firefox usually lies, best first. */
function usualPlaces() {
  if (process.platform === 'darwin') return ['/Applications/Firefox.app/Contents/MacOS/firefox'];
  if (process.platform === 'win32') return ['C:\\Program Files\\Mozilla Firefox\\firefox.exe'];
  return linuxPlaces(['firefox-esr', 'firefox']);
}

function installed() {
  return usualPlaces().find(starts);
}

/**
 * The path of a Firefox that runs here; null where there is none.
 *
 * @param {boolean} [install] whether one may be installed where there is none
 * @returns {Promise<string | null>}
 * @throws Error where FIREFOX_PATH names something that is no program
 */
export async function findFirefox(install = false) {
  const path = namedBy('FIREFOX_PATH') ?? installed() ?? (await puppeteersOwn('firefox'));
  if (path !== undefined) return path;
  // Ubuntu's own is only a pointer to a snap, so the program itself is looked for afterwards.
  return (install && installFromApt('firefox-esr') ? installed() : undefined) ?? null;
}
