/** Light, dark, or as the system says; remembered between visits. */

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'warmbright.theme';
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Fired on `document` after the colours changed; canvases read their colours anew. */
export const THEME_EVENT = 'wb-theme';

export function currentTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme);
  apply();
}

/** Applies the remembered theme and follows the system from then on. */
export function startTheme(): void {
  systemDark.addEventListener('change', apply);
  apply();
}

function apply(): void {
  const theme = currentTheme();
  const dark = theme === 'dark' || (theme === 'system' && systemDark.matches);
  document.documentElement.classList.toggle('wa-dark', dark);
  document.documentElement.classList.toggle('wa-light', !dark);
  document.dispatchEvent(new Event(THEME_EVENT));
}
