/** Numbers as people read them. */
import { signed } from '../../src/base/number-text';
import { EQ_BANDS } from '../../src/eq/parameters';

/** "8 s", "2 min 05 s", "1 h 12 min". */
export function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 60) return `${String(whole)} s`;
  if (whole < 3600) {
    return `${String(Math.floor(whole / 60))} min ${String(whole % 60).padStart(2, '0')} s`;
  }
  return `${String(Math.floor(whole / 3600))} h ${String(Math.floor((whole % 3600) / 60))} min`;
}

/** "0:02.40", "12:05.00": a place in a sound, in minutes and seconds. */
export function clockText(seconds: number): string {
  const hundredths = Math.round(seconds * 100);
  const rest = ((hundredths % 6000) / 100).toFixed(2).padStart(5, '0');
  return `${String(Math.floor(hundredths / 6000))}:${rest}`;
}

/** "113 Hz", "3.17 kHz", "1.60 MHz": three significant figures. */
export function frequencyText(hz: number): string {
  if (hz < 0) return `−${frequencyText(-hz)}`;
  // 999.5 Hz and more would round to four figures.
  if (hz < 999.5) return `${hz.toPrecision(3)} Hz`;
  return hz < 999_500 ? `${(hz / 1e3).toPrecision(3)} kHz` : `${(hz / 1e6).toPrecision(3)} MHz`;
}

/** "Low shelf", "Bell 1" … "High shelf". */
export function bandName(band: number): string {
  const name: string = EQ_BANDS[band]?.name ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** "+5.5 dB", "−0.2 dB". */
export function gainText(db: number): string {
  return `${signed(db, 1)} dB`;
}
