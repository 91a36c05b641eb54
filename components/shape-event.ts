/** A person has shaped the setting that an element shows. */
import type { EqSetting } from '../src/eq/parameters';

export class ShapeEvent extends Event {
  readonly setting: EqSetting;
  /** See newGesture. */
  readonly gesture: number;

  constructor(setting: EqSetting, gesture: number) {
    super('shape');
    this.setting = setting;
    this.gesture = gesture;
  }
}
