/** What is said of links: what they carry, what that costs, and where they are cut. */
import type { EventOf } from '../../workers/trainer/messages';
import { counted } from '../../src/base/number-text';

/** The longest message of each, in characters; docs/sharing.md names the sources. */
const MESSAGES = [
  ['Discord', 2000],
  ['Telegram', 4096],
  ['Slack', 40_000],
] as const;
/** What Firefox keeps in its history, and the most that Chromium opens. */
const FIREFOX_HISTORY = 65_536;

type MadeLink = Pick<
  EventOf<'link'>,
  'bitsPerWeight' | 'cost' | 'measuredOn' | 'measured' | 'words'
>;

/** What the few bits of a link to a model cost. */
export function costText({ bitsPerWeight, cost, measuredOn, measured, words }: MadeLink): string {
  const { before, after } = cost.responseErrorDb;
  const growth = after - before;
  const change =
    growth < 0.0005
      ? 'does not grow'
      : `grows by ${growth.toFixed(3)} dB to ${after.toFixed(2)} dB`;
  const on = `${measured.toLocaleString('en')} ${measuredOn}${measuredOn === 'made-up settings' ? ', since no data with its words are loaded' : ' of the loaded data'}`;
  const moved =
    words === 0
      ? 'It does not say where its words lie, so none could be compared.'
      : `No curve of its ${counted(words, 'word')} moves by more than ${cost.wordCurvesDb.toFixed(3)} dB.`;
  return `Each weight takes ${bitsPerWeight.toFixed(1)} bits. The response error ${change} (${on}). ${moved}`;
}

/** Where a link of that length is known to be cut. */
export function cutText(characters: number): string {
  const cut = MESSAGES.filter(([, most]) => characters > most).map(
    ([name, most]) => `${name} (${most.toLocaleString('en')})`,
  );
  if (cut.length === 0) return 'It fits into any message.';
  const browser =
    characters > FIREFOX_HISTORY
      ? ` Firefox opens it, but keeps no address of more than ${FIREFOX_HISTORY.toLocaleString('en')} in its history.`
      : '';
  const names = new Intl.ListFormat('en', { type: 'disjunction' }).format(cut);
  return `Too long for a message in ${names}; mail programs may break it, too: send the file there.${browser}`;
}
