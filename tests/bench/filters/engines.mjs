// Beside its node_modules, where bare names are found.
export { FiltersEngine, Request } from '@ghostery/adblocker';
export { StaticNetFilteringEngine } from '@gorhill/ubo-core';
export { parse } from 'tldts-experimental';
