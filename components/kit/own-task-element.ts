import { LitElement } from 'lit';
import { macrotask } from '../../workers/shared/macrotask';
import { isPointerHeld } from './pointer-held';

/**
 * An element that draws in a task of its own. What changes many panels at once, such as the first
 * model of a run, would otherwise hold the page's thread for all of them together. Under a drag it
 * draws at once, in the frame of what it follows.
 */
export class OwnTaskElement extends LitElement {
  protected override async scheduleUpdate(): Promise<void> {
    if (!isPointerHeld()) await macrotask();
    await super.scheduleUpdate();
  }
}
