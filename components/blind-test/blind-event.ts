/** What a person does in a blind test or with its results, told to the element that holds them. */
import type { ListeningChoice } from '../../src/listening/listening-choice';
import type { ListeningTest } from '../../src/listening/listening-test';

export type BlindStep =
  | { readonly type: 'begin'; readonly choice: ListeningChoice }
  | { readonly type: 'answered' }
  | { readonly type: 'ask-to-leave' }
  | { readonly type: 'stay' }
  | { readonly type: 'leave' }
  | { readonly type: 'new' }
  | { readonly type: 'show'; readonly test: ListeningTest }
  | { readonly type: 'delete'; readonly id: string }
  | {
      readonly type: 'export';
      readonly tests: readonly ListeningTest[];
      readonly as: 'json' | 'csv';
    };

export class BlindEvent extends Event {
  constructor(readonly step: BlindStep) {
    super('blind-step', { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'blind-step': BlindEvent;
  }
}
