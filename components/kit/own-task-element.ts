import { LitElement } from 'lit';
import { macrotask } from '../../workers/shared/macrotask';

/**
 * An element that draws in a task of its own. What changes many panels at once, such as the first
 * model of a run, would otherwise hold the page's thread for all of them together.
 */
export class OwnTaskElement extends LitElement {
  protected override async scheduleUpdate(): Promise<void> {
    await macrotask();
    await super.scheduleUpdate();
  }
}
