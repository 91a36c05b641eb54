/** Light, dark, or as the system says; remembered between visits. */
import { remembered } from './remembered';

export type Theme = 'system' | 'light' | 'dark';

const stored = remembered('warmbright.theme');
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Fired on `document` after the colours changed; canvases read their colours anew. */
export const THEME_EVENT = 'wb-theme';

export function currentTheme(): Theme {
  const theme = stored.read();
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function setTheme(theme: Theme): void {
  stored.write(theme === 'system' ? null : theme);
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
