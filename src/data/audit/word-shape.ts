/** Whether a spelling can be a word at all, by the letters that stand side by side in it. */

/** Consonants that words begin with, other than single ones. */
const ONSETS = new Set(
  (
    'bl br ch chl chr cl cr dr dw fl fr gh gl gn gr kl kn kr ph phr pf pl pr ps rh sc sch schl ' +
    'schm schn schr schw scr sh shr sk sl sm sn sp spl spr sq st str sv sw th thr thw tr ts tw wh wr zw'
  ).split(' '),
);

/** Consonants that words end with, other than single ones. */
const CODAS = new Set(
  (
    'bs bt ch chs cht ck cks ckt cs ct cts dd dds ds dth ff ffs ft fths fts gg gh ght ghts gn gns ' +
    'gs ks lch ld lds lf lfth lk lks ll lls lm lms ln lp lps ls lsh lt lth lts lz mb mbs mf mn ' +
    'mns mp mpf mps mpt mpts ms nc nch nct ncts nd nds nft ng ngs ngst ngth ngths nk nks nn ns ' +
    'nst nt nth nths nts ntz nx nz pf ph phs ps pt pth pts rb rbs rbst rc rch rd rds rf rg rk rks ' +
    'rl rld rls rm rms rn rns rp rps rr rs rsh rst rt rth rts rv rz sch sh sk sks sm sms sp sps ' +
    'ss st sts tch th thm thms ths ts tt tts tz vs wd wk wl wls wn wns ws xt xth zz'
  ).split(' '),
);

/** Letters that are doubled between vowels. */
const DOUBLED = 'bcdfglmnprstz';
/** Vowels that hardly any word has twice or any letter thrice in a row. */
const STUTTER = /aa|ii|uu|yy|(.)\1\1/;

const CONSONANTS = /[^aeiouy]+/g;

/**
 * The runs of consonants in a label's words: "^br" begins one, "ght$" ends one, "mb" stands inside;
 * null where it has letters other than Latin ones, of which nothing is known. Accents do not count.
 */
export function consonantRuns(label: string): readonly string[] | null {
  const words = label
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '');
  if (words.some((word) => !/^[a-z]+$/.test(word))) return null;
  return words.flatMap((word) =>
    Array.from(word.matchAll(CONSONANTS), ({ 0: run, index }) => {
      const ends = index + run.length === word.length;
      return `${index === 0 ? '^' : ''}${run}${ends ? '$' : ''}`;
    }),
  );
}

/**
 * Whether a spelling is none that words have, though the word that was meant is: it has a run of
 * consonants that words of English, German or the Romance languages do not have and no other word
 * of the file either, or letters doubled that are not in words.
 *
 * @param isHeard whether another word of the file has such a run
 */
export function looksLikeNoWord(
  written: string,
  meant: string,
  isHeard: (run: string) => boolean,
): boolean {
  if (STUTTER.test(written) && !STUTTER.test(meant)) return true;
  const runs = consonantRuns(written);
  if (runs === null) return false;
  const known = new Set(consonantRuns(meant));
  return runs.some((run) => !known.has(run) && !isUsual(run) && !isHeard(run));
}

function isUsual(run: string): boolean {
  const begins = run.startsWith('^');
  const ends = run.endsWith('$');
  const letters = run.replace(/[$^]/g, '');
  // A word without a vowel.
  if (begins && ends) return false;
  if (begins) return isOnset(letters);
  if (ends) return isCoda(letters);
  // Inside, one syllable ends and the next begins.
  return Array.from(letters, (_, at) => at).some((at) => {
    const [coda, onset] = [letters.slice(0, at), letters.slice(at)];
    if (coda.length === 1 && coda === onset) return DOUBLED.includes(coda);
    return (coda === '' || isCoda(coda)) && isOnset(onset);
  });
}

function isOnset(letters: string): boolean {
  return letters.length === 1 || ONSETS.has(letters);
}

function isCoda(letters: string): boolean {
  return letters.length === 1 || CODAS.has(letters);
}
