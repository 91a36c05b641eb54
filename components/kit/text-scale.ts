/** Letters of pictures, which do not grow by themselves as those of texts do. */

/** What browsers take where nobody chose, in CSS pixels. */
const USUAL_PX = 16;
/** Beyond it the letters would hide what they name. */
const MOST = 2.5;

/** How many times larger than usual a person has set letters; 1 where they are smaller. */
export function textScale(): number {
  const px = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.min(MOST, Math.max(1, px / USUAL_PX)) || 1;
}
