// Loads what fills the popup once its own page is drawn: before that, its modules and the background that they wake come between
// (tests/bench/popup_open.mjs). Where nothing is drawn, as in a tab behind others, it is loaded all the same; a module runs once.
const load = () => import('./popup.js');
requestAnimationFrame(() => setTimeout(load));
setTimeout(load, 100);
