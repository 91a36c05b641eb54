/** Erases what the page keeps in this browser. */

/**
 * To be called before anything of the page uses what is kept: runs, data sets, blind tests, settings,
 * and the copies of the page's own files.
 *
 * @throws Error where the browser refuses, such as a full disk; what was reached is erased
 */
export async function eraseAll(): Promise<void> {
  localStorage.clear();
  sessionStorage.clear();
  for (const { name } of await indexedDB.databases()) {
    if (name !== undefined) await clearDatabase(name);
  }
  if (!isSecureContext) return;
  for (const name of await caches.keys()) await caches.delete(name);
  // Private windows of some browsers have none.
  if ('serviceWorker' in navigator) {
    for (const worker of await navigator.serviceWorker.getRegistrations()) {
      await worker.unregister();
    }
  }
}

/** Its stores are emptied: to delete it would wait for other tabs that have it open. */
async function clearDatabase(name: string): Promise<void> {
  const database = await answer(indexedDB.open(name));
  try {
    const stores = [...database.objectStoreNames];
    if (stores.length === 0) return;
    const transaction = database.transaction(stores, 'readwrite');
    await Promise.all(stores.map((store) => answer(transaction.objectStore(store).clear())));
  } finally {
    database.close();
  }
}

function answer<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('no answer'));
    };
  });
}
