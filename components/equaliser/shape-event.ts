/** A person shapes the setting that an element shows. */
import type { EqSetting } from '../../src/eq/parameters';

export class ShapeEvent extends Event {
  /** What becomes of a setting. */
  readonly change: (setting: EqSetting) => EqSetting;
  /** See newGesture. */
  readonly gesture: number;

  constructor(change: (setting: EqSetting) => EqSetting, gesture: number) {
    super('shape');
    this.change = change;
    this.gesture = gesture;
  }
}
