/** What a file is that is no text, by its first bytes: so that a sentence can say what was dropped. */

interface BinaryKind {
  readonly what: string;
  readonly cure: string;
  readonly head: readonly number[];
  /** Where the head stands; 0 where left out. */
  readonly at?: number;
}

const bytesOf = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));

const NO_SETTINGS = 'which holds no settings; open the table that goes with it, saved as CSV.';
const UNPACK = 'so unpack it, and open the CSV inside.';

/** Heads as the formats' own specifications give them. */
const KINDS: readonly BinaryKind[] = [
  { what: 'a PDF document', cure: NO_SETTINGS, head: bytesOf('%PDF-') },
  { what: 'a picture (PNG)', cure: NO_SETTINGS, head: [0x89, ...bytesOf('PNG')] },
  { what: 'a picture (JPEG)', cure: NO_SETTINGS, head: [0xff, 0xd8, 0xff] },
  { what: 'a picture (GIF)', cure: NO_SETTINGS, head: bytesOf('GIF8') },
  { what: 'packed by gzip', cure: UNPACK, head: [0x1f, 0x8b] },
  { what: 'a 7z archive', cure: UNPACK, head: [...bytesOf('7z'), 0xbc, 0xaf, 0x27, 0x1c] },
  { what: 'a RAR archive', cure: UNPACK, head: bytesOf('Rar!') },
  { what: 'a zip archive', cure: UNPACK, head: [...bytesOf('PK'), 3, 4] },
  {
    what: 'a document of an older Microsoft Office',
    cure: 'so save its sheet as CSV, and open that.',
    head: [0xd0, 0xcf, 0x11, 0xe0],
  },
  {
    what: 'sound (WAV)',
    cure: 'which is listened to: name it .wav.',
    head: bytesOf('WAVE'),
    at: 8,
  },
  { what: 'sound (FLAC)', cure: 'which is listened to: name it .flac.', head: bytesOf('fLaC') },
  { what: 'sound (Ogg)', cure: 'which is listened to: name it .ogg.', head: bytesOf('OggS') },
  {
    what: 'sound (MP3)',
    cure: 'which is listened to: name it .mp3.',
    head: [...bytesOf('ID3'), 3],
  },
  {
    what: 'sound (MP3)',
    cure: 'which is listened to: name it .mp3.',
    head: [...bytesOf('ID3'), 4],
  },
  {
    what: 'a film or sound (MP4)',
    cure: 'which is listened to: name it .m4a.',
    head: bytesOf('ftyp'),
    at: 4,
  },
  { what: 'MIDI notes', cure: NO_SETTINGS, head: bytesOf('MThd') },
  {
    what: 'a SQLite database',
    cure: 'so export its table as CSV.',
    head: bytesOf('SQLite format 3'),
  },
  { what: 'a web page', cure: NO_SETTINGS, head: bytesOf('<!DOCTYPE') },
  { what: 'a web page', cure: NO_SETTINGS, head: bytesOf('<!doctype') },
  { what: 'a web page', cure: NO_SETTINGS, head: bytesOf('<html') },
];

/** A sentence on what the file is and what to do instead; null where its first bytes tell nothing. */
export function binaryKind(bytes: Uint8Array): string | null {
  const kind = KINDS.find(({ head, at = 0 }) => head.every((byte, i) => bytes[at + i] === byte));
  return kind === undefined ? null : `The file is ${kind.what}, ${kind.cure}`;
}
