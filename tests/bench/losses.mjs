// Events lost when the background is stopped, the host killed or the browser killed KILLS times (default 20) in the middle of loads.
//   AFFIANT_BIN_DIR=build/release/bin node tests/bench/losses.mjs
// BROWSERS=chromium,firefox; SCENARIOS=background,host,browser. Exits 1 when a loss is not recorded as one.
import { browsers } from '../live/browser.mjs';
import { measure, scenarios } from '../live/losses.mjs';

const kills = Number(process.env.KILLS ?? 20);
const among = (name, all) => (process.env[name] ?? all.join()).split(',').filter((one) => all.includes(one));

for (const browser of among('BROWSERS', browsers)) {
  for (const scenario of among('SCENARIOS', scenarios)) {
    const r = await measure({ browser, scenario, kills });
    console.log(`${browser}, ${scenario} killed ${kills} times (${r.how}; gone on with ${r.restarts} times): received by the server ${r.received}, recorded ${r.recorded} ` +
      `(${(100 * r.recorded / r.received).toFixed(2)} %), lost within a recorded outage ${r.covered}, recorded twice ${r.doubled}, UNRECORDED LOSSES ${r.unrecorded.length} ` +
      `[outages ${r.windows.length}, the browser told of an answer at most ${r.latency.toFixed(0)} ms late]`);
    for (const line of r.unrecorded.slice(0, 20)) console.log(`  ${line}`);
    if (process.env.WINDOWS) console.log(r.windows);
    if (r.unrecorded.length > 0 || r.doubled > 0) process.exitCode = 1;
  }
}
