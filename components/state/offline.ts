/** Has the browser keep a copy of the page, so that it opens without a network. */

const TAKE_OVER = 'take-over';

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
  if (document.readyState === 'complete') start();
  else addEventListener('load', start);
}
