/** What is done with the page itself: files saved from it, its notices, and its help. */
import type { ActionTable } from '../state/action-table';
import { always, goTo } from '../state/action-table';

export const pageActions = {
  go: {
    enabled: always,
    perform: (context, { view }) => {
      goTo(context, view);
    },
  },
  'open-drawer': {
    enabled: always,
    perform: ({ state, update }, { drawer }) => {
      // Its button closes it, too.
      update({ drawer: state.drawer === drawer ? null : drawer });
    },
  },
  'save-text': {
    enabled: always,
    perform: ({ browser }, { name, mediaType, text }) => {
      browser.saveFile(name, mediaType, new TextEncoder().encode(text).buffer);
    },
  },
  'save-bytes': {
    enabled: always,
    perform: ({ browser }, { name, mediaType, bytes }) => {
      browser.saveFile(name, mediaType, bytes);
    },
  },
  'save-picture': {
    enabled: always,
    perform: async ({ browser, notify }, { name, svg, millimetres }) => {
      try {
        browser.saveFile(name, 'image/png', await browser.pngOf(svg, millimetres));
      } catch {
        notify('danger', `${name} could not be drawn; the SVG holds the same figure.`);
      }
    },
  },
  report: {
    enabled: always,
    perform: ({ notify }, { text }) => {
      notify('danger', text);
    },
  },
  dismiss: {
    enabled: always,
    perform: ({ state, update }, { notice }) => {
      update({ notices: state.notices.filter(({ id }) => id !== notice) });
    },
  },
  explain: {
    label: 'Explain',
    enabled: always,
    perform: (context, { shown }) => {
      if (shown) goTo(context, 'explore');
      // What is explained would lie behind a drawer.
      context.update({ explaining: shown, ...(shown && { drawer: null }) });
    },
  },
  'want-end-notices': {
    enabled: always,
    perform: async ({ update, browser }, { wanted }) => {
      const comes = await browser.endNotices.want(wanted);
      update({ endNotices: comes ? 'on' : wanted ? 'refused' : 'off' });
    },
  },
  'ask-erase': {
    enabled: always,
    perform: ({ update }) => {
      update({ eraseAsked: true });
    },
  },
  'answer-erase': {
    enabled: ({ eraseAsked }) => eraseAsked,
    perform: ({ update, browser }, { yes }) => {
      update({ eraseAsked: false });
      if (yes) browser.eraseAndReload();
    },
  },
  'open-shortcuts': {
    label: 'Keyboard shortcuts',
    keys: ['?'],
    enabled: always,
    perform: ({ update }) => {
      update({ shortcutsShown: true });
    },
  },
  'close-shortcuts': {
    enabled: always,
    perform: ({ update }) => {
      update({ shortcutsShown: false });
    },
  },
} satisfies Partial<ActionTable>;
