/** Says which of a run's maps is looked at. */
import type { MapFrame } from '../state/map-history';

const FRAME_EVENT = 'wb-frame';

export class FrameEvent extends Event {
  /** @param frame null: the newest, with all that belongs to it */
  constructor(readonly frame: MapFrame | null) {
    super(FRAME_EVENT);
  }
}

declare global {
  interface HTMLElementEventMap {
    'wb-frame': FrameEvent;
  }
}
