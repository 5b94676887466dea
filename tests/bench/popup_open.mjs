// How soon the popup has something to say, in both browsers: from the start of its load to its first content, to the state of the page (what can be
// done here), and until the background has answered; with the background running, and stopped as browsers stop idle ones. Medians of RUNS (default 11), ms.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/popup_open.mjs
import { browsers, launch } from '../live/browser.mjs';

const runs = Number(process.env.RUNS ?? 11);
const TARGET_MS = 150;
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

// In the page, however late: its paints are kept by the browser, and what it hears of the background is told by its own clock.
const measure = `new Promise((resolve) => {
  const done = () => {
    const [first] = performance.getEntriesByName('first-contentful-paint');
    const button = document.getElementById('main');
    if (!first || document.getElementById('status').textContent === '' || document.body.dataset.state === 'connecting') return setTimeout(done, 5);
    new PerformanceObserver((list) => {
      const largest = list.getEntries().at(-1);
      resolve({ first: first.startTime, state: largest.startTime, loaded: performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd, what: document.body.dataset.state });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  };
  done();
})`;

for (const browser of browsers) {
  const live = await launch({ browser });
  try {
    for (const cold of [false, true]) {
      const times = { first: [], state: [], loaded: [] };
      for (let i = -1; i < runs; i++) {
        if (cold) await live.stopBackground();
        const one = await live.popup(measure, '', { front: true });
        if (i >= 0) for (const name of Object.keys(times)) times[name].push(one[name]);
      }
      const [first, state, loaded] = Object.values(times).map((values) => Math.round(median(values)));
      console.log(`${browser}, background ${cold ? 'stopped' : 'running'}: first content ${first} ms (${first <= TARGET_MS ? 'within' : 'MISSED'} ${TARGET_MS}), largest content ${state} ms, modules run ${loaded} ms`);
    }
  } finally {
    await live.close();
  }
}
