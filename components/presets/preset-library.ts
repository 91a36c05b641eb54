/** All that brings a preset here, to be loaded together when somebody brings one. */
import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';

export { PRESET_FORMATS, presetFormat } from '../../src/presets/formats';
export { importPreset } from '../../src/presets/import-preset';
export { importNotes, isFarOff } from '../../src/presets/import-notes';
export { presetText } from '../../src/presets/preset-text';
