/**
 * Waits for the worker's next turn, so that the page's messages are seen between two epochs.
 *
 * A message to oneself, unlike a timer, is neither clamped nor slowed down in a hidden tab.
 */
export function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel ??= openChannel();
    channel.port2.postMessage(null);
  });
}

/** Who waits, the first first: each message lets one go on. */
const waiting: (() => void)[] = [];

/** One for all who wait at a time, since to open one takes longer than what is waited for. */
let channel: MessageChannel | null = null;

function openChannel(): MessageChannel {
  const opened = new MessageChannel();
  opened.port1.onmessage = () => {
    waiting.shift()?.();
    if (waiting.length > 0) return;
    // An open one would keep a program alive that has nothing else to do.
    opened.port1.close();
    channel = null;
  };
  return opened;
}
