/** A peak meter's memory. */

/** The quietest a meter shows. */
export const METER_FLOOR_DB = -60;
/** How fast the bar falls. */
const FALL_DB_PER_S = 24;
const HOLD_S = 1.5;

export class PeakHold {
  #bar = METER_FLOOR_DB;
  #held = METER_FLOOR_DB;
  #heldUntilS = 0;
  #atS: number | null = null;
  #over = 0;

  /** What the bar shows: rises at once and falls slowly, dB of full scale. */
  get barDb(): number {
    return this.#bar;
  }

  /** The highest of late, dB of full scale. */
  get heldDb(): number {
    return this.#held;
  }

  /** By how much full scale has been passed, at most, since the last {@link clear}; 0 if never. */
  get overDb(): number {
    return this.#over;
  }

  /**
   * @param peak the largest absolute sample since the last call, 1 being full scale
   * @param atS  when, by a clock that only goes forwards
   */
  push(peak: number, atS: number): void {
    const db = peak > 0 ? Math.max(METER_FLOOR_DB, 20 * Math.log10(peak)) : METER_FLOOR_DB;
    const fallen = this.#bar - FALL_DB_PER_S * (atS - (this.#atS ?? atS));
    this.#atS = atS;
    this.#bar = Math.max(db, fallen, METER_FLOOR_DB);
    if (db >= this.#held || atS >= this.#heldUntilS) {
      this.#held = db;
      this.#heldUntilS = atS + HOLD_S;
    }
    if (db > this.#over) this.#over = db;
  }

  /** Forgets that full scale was passed. */
  clear(): void {
    this.#over = 0;
  }
}
