// What a visitor saw at a moment that matters, as an exhibit.

const QUALITY = 60;

/**
 * @param {{api: typeof chrome, session: import('../session.js').Session, tab: number, page: number, when: 'before-choice' | 'after-choice'}} parts
 */
export async function takeScreenshot({ api, session, tab, page, when }) {
  try {
    const { windowId, url } = await api.tabs.get(tab);
    const data = await api.tabs.captureVisibleTab(windowId, { format: 'jpeg', quality: QUALITY });
    const [, text] = /^data:image\/jpeg;base64,(.+)$/.exec(data) ?? [];
    if (!text) throw new Error('the browser gave no picture');
    session.emit('screenshot', { when, page, url: url ?? '' }, { x: { type: 'image/jpeg', encoding: 'base64', text } });
  } catch (error) {
    session.note('screenshot-failed', `${when}: ${error instanceof Error ? error.message : error}`);
  }
}
