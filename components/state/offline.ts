/** Has the browser keep a copy of the page, so that it opens without a network. */
import { isPointerHeld } from '../kit/pointer-held';

const TAKE_OVER = 'take-over';

/**
 * Copying the page takes the processor from whoever waits for its first picture, which came three times
 * as slowly: by then it has been drawn and the ready-made model's training replayed.
 */
const AFTER_LOADING_MS = 6000;

/**
 * Registers the service worker of the built page; does nothing where there is none, as on addresses
 * without HTTPS.
 *
 * @param onNewer called with what takes a newer build of the page up, once one is there
 */
export function workOffline(onNewer: (takeUp: () => void) => void): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  const offer = (waiting: ServiceWorker): void => {
    onNewer(() => {
      serviceWorker.addEventListener('controllerchange', () => {
        location.reload();
      });
      waiting.postMessage(TAKE_OVER);
    });
  };
  const watch = async (): Promise<void> => {
    const registration = await serviceWorker.register('./service-worker.js');
    const { waiting } = registration;
    if (waiting !== null) offer(waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        // The first copy of all is no newer one.
        if (installing.state === 'installed' && serviceWorker.controller !== null) {
          offer(installing);
        }
      });
    });
  };
  // Nothing that is seen needs it, and where it is refused the page works as it is.
  const start = (): void => {
    watch().catch(() => undefined);
  };
  const startLater = (): void => {
    setTimeout(() => {
      // Nor should what somebody drags lag behind.
      if (isPointerHeld()) startLater();
      else start();
    }, AFTER_LOADING_MS);
  };
  if (document.readyState === 'complete') startLater();
  else addEventListener('load', startLater);
}
