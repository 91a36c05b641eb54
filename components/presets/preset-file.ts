/** Whether a dropped file is a preset of another equaliser, and not a data set. */

/** Of texts, what comes before the first preset's command or after. */
const LOOKED_AT_BYTES = 4096;

/** Lines that presets have and tables have not. */
const COMMANDS =
  /^\s*(preamp|filter\s*#?\d*|graphiceq|device|channel|stage|include|filter settings file)\b[^\n,;\t]*(:|$)/im;

const ENDINGS = /\.(ya?ml|json)$/i;

/** By its name's ending, or by what its first lines begin with. */
export async function isPresetFile(file: File): Promise<boolean> {
  if (ENDINGS.test(file.name)) return true;
  if (!/\.(txt|cfg|peace)$/i.test(file.name)) return false;
  try {
    return COMMANDS.test(await file.slice(0, LOOKED_AT_BYTES).text());
  } catch {
    // Whoever reads it will say so.
    return false;
  }
}
