/** Where the page starts. */
import '@awesome.me/webawesome/dist/styles/themes/default.css';
import '../tokens.css';
import '../page.css';
import { startTheme } from '../kit/theme';

/** Where nothing is painted, the page starts all the same. */
const LONGEST_WAIT_MS = 1000;

startTheme();
void start();

async function start(): Promise<void> {
  if (!document.hidden) await Promise.race([painted(), later(LONGEST_WAIT_MS)]);
  await import('./wb-app');
}

/** What the document holds is seen before the page's own code takes the thread. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new PerformanceObserver(() => {
      observer.disconnect();
      resolve();
    });
    observer.observe({ type: 'paint', buffered: true });
  });
}

function later(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
