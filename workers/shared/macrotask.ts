/**
 * Waits for the worker's next turn, so that the page's messages are seen between two epochs.
 *
 * A message to oneself, unlike a timer, is neither clamped nor slowed down in a hidden tab.
 */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
