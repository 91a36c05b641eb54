import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { EQ_PARAMETERS } from '../eq/parameters';
import { logFrequencies, responseDb } from '../eq/response';
import { randomBits, Stream } from '../math/threefry';
import { hasPythonModules } from '../testing/python';
import { PRESET_FORMATS } from './formats';
import { preampDb } from './preset';

/**
 * Each format read by its program's own rules, written down once more in Python: Equalizer APO's
 * regular expressions with its thousands, the other texts by a parser of JSON and YAML. The curve is
 * SciPy's.
 */
const PEER = `
import json, re, sys
import numpy as np
import yaml
from scipy.signal import sosfreqz

def row(kind, f, g, q, rate):
    A, w = 10 ** (g / 40), 2 * np.pi * f / rate
    c, al = np.cos(w), np.sin(w) / 2 / q
    s = 2 * np.sqrt(A) * al
    if kind == "bell":
        b, a = [1 + al * A, -2 * c, 1 - al * A], [1 + al / A, -2 * c, 1 - al / A]
    else:
        t = 1 if kind == "low" else -1
        b = [A * ((A + 1) - t * (A - 1) * c + s), t * 2 * A * ((A - 1) - t * (A + 1) * c), A * ((A + 1) - t * (A - 1) * c - s)]
        a = [(A + 1) + t * (A - 1) * c + s, -t * 2 * ((A - 1) + t * (A + 1) * c), (A + 1) + t * (A - 1) * c - s]
    return [x / a[0] for x in b + a]

def lines(text, kinds):
    preamp, filters = 0.0, []
    for line in text.splitlines():
        if line.startswith("Preamp:"):
            preamp += float(re.match(r"Preamp:\\s*([-+0-9.]+)\\s*dB", line)[1])
        if not line.startswith("Filter ") or ":" not in line or line.startswith("Filter Settings"):
            continue
        rest = line.split(":", 1)[1].replace(",", ".")
        kind = re.match(r"\\s*ON\\s+(PK|LSC|HSC|LS Q|HS Q)", rest)[1]
        fc = re.search(r"\\s+Fc\\s*([-+0-9.eE\\u00A0]+)\\s*H\\s*z", rest)[1]
        f = float(fc)
        if len(fc) >= 5 and fc[-4] == ".":
            f *= 1000
        g = float(re.search(r"\\s+Gain\\s*([-+0-9.eE]+)\\s*dB", rest)[1])
        q = float(re.search(r"\\s+Q\\s*([-+0-9.eE]+)$", rest)[1])
        filters.append((kinds[kind], f, g, q))
    return preamp, filters

def easy(text):
    equalizer = json.loads(text)["output"]["equalizer#0"]
    assert equalizer["left"] == equalizer["right"] and equalizer["num-bands"] == 5
    kinds = {"Lo-shelf": "low", "Bell": "bell", "Hi-shelf": "high"}
    bands = [equalizer["left"]["band%d" % i] for i in range(5)]
    assert all(b["mode"] == "APO (DR)" and not b["mute"] and not b["solo"] for b in bands)
    gain = equalizer["input-gain"] + equalizer["output-gain"]
    return gain, [(kinds[b["type"]], b["frequency"], b["gain"], b["q"]) for b in bands]

def camilla(text):
    config = yaml.safe_load(text)
    preamp, filters = 0.0, []
    kinds = {"Lowshelf": "low", "Peaking": "bell", "Highshelf": "high"}
    for name in config["pipeline"][0]["names"]:
        f = config["filters"][name]
        p = f["parameters"]
        if f["type"] == "Gain":
            preamp += p["gain"]
        elif f["type"] == "Biquad":
            filters.append((kinds[p["type"]], p["freq"], p["gain"], p["q"]))
        else:
            for key, kind in zip(["ls", "p1", "p2", "p3", "hs"], ["low", "bell", "bell", "bell", "high"]):
                filters.append((kind, p["f" + key], p["g" + key], p["q" + key]))
    return preamp, filters

def plain(text):
    file = json.loads(text)
    return file["preampDb"], [(f["kind"].split()[0], f["frequencyHz"], f["gainDb"], f["q"]) for f in file["filters"]]

readers = {
    "apo": lambda t: lines(t, {"PK": "bell", "LSC": "low", "HSC": "high"}),
    "rew": lambda t: lines(t, {"PK": "bell", "LS Q": "low", "HS Q": "high"}),
    "easyeffects": easy, "camilladsp": camilla, "camilladsp-five": camilla, "json": plain,
}
out = []
asked = json.load(sys.stdin)
for task in asked["tasks"]:
    preamp, filters = readers[task["key"]](task["text"])
    sos = np.array([row(*f, task["rate"]) for f in filters])
    _, h = sosfreqz(sos, asked["frequencies"], fs=task["rate"])
    out.append({"preamp": preamp, "db": (20 * np.log10(np.abs(h))).tolist()})
json.dump(out, sys.stdout)
`;

const PRESENT = hasPythonModules('python3', 'scipy', 'yaml');

describe.skipIf(!PRESENT)(
  `beside readers in Python${PRESENT ? '' : ' (needs python3 with scipy and yaml)'}`,
  () => {
    it('writes what they read, with a curve by SciPy within 0.05 dB', () => {
      const frequencies = logFrequencies(200, 20, 20_000);
      const asked = PRESET_FORMATS.flatMap(({ key, write }) =>
        Array.from({ length: 30 }, (_, draw) => {
          const rate = [44_100, 48_000, 96_000][draw % 3] ?? 48_000;
          const setting = EQ_PARAMETERS.map(({ min, max, kind }, i) => {
            const share = randomBits(draw, Stream.sample, 0, i) / 2 ** 32;
            return kind === 'gain' ? min + share * (max - min) : min * (max / min) ** share;
          });
          const options = { sampleRateHz: rate, preamp: draw % 2 === 0 };
          const text = write({ name: 'wärm: 70 %', setting }, options);
          return { key, text, rate, setting, preamp: preampDb(setting, options) };
        }),
      );
      const answered = execFileSync('python3', ['-c', PEER], {
        input: JSON.stringify({
          frequencies: [...frequencies],
          tasks: asked.map(({ key, text, rate }) => ({ key, text, rate })),
        }),
        maxBuffer: 2 ** 28,
        encoding: 'utf8',
      });
      const answers = JSON.parse(answered) as { preamp: number; db: number[] }[];
      expect(answers.length).toBe(asked.length);
      asked.forEach(({ key, rate, setting, preamp }, at) => {
        const { preamp: read, db } = answers[at] ?? { preamp: Number.NaN, db: [] };
        if (key !== 'rew') expect(read, key).toBeCloseTo(preamp, 9);
        expect(db).toHaveLength(frequencies.length);
        const off = responseDb(setting, frequencies, rate).map((wanted, i) =>
          Math.abs(wanted - (db[i] ?? Number.NaN)),
        );
        expect(Math.max(...off), key).toBeLessThanOrEqual(0.05);
      });
    });
  },
);
