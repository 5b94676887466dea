// Run in every document by the debugging protocol: what the origin's storage holds, as text.
async function dumpStorage() {
  const found = [];
  const add = (kind, key) => found.push({ kind, origin: self.origin, key });
  for (const area of ['localStorage', 'sessionStorage']) { try { for (const key of Object.keys(self[area])) add(area, key); } catch { /* none here */ } }
  const soon = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(() => resolve([]), 700))]).catch(() => []);
  try { for (const { name } of await soon(indexedDB.databases())) add('indexedDB', name); } catch { /* none here */ }
  try { for (const name of await soon(caches.keys())) add('cacheStorage', name); } catch { /* none here */ }
  try { await soon((async () => { for await (const name of (await navigator.storage.getDirectory()).keys()) add('opfs', name); return []; })()); } catch { /* none here */ }
  try { for (const { scope } of await soon(navigator.serviceWorker.getRegistrations())) add('serviceWorker', scope); } catch { /* none here */ }
  return JSON.stringify(found);
}

export const dumpExpression = `(${dumpStorage})()`;
