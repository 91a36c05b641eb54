#!/usr/bin/env python3
"""Train a Warmbright model in PyTorch, with the recipe written below.

    python3 train.py --data FILE [--epochs N] [--resume] --out DIR
    torchrun --nproc_per_node 2 train.py --data FILE --out DIR

FILE is the data set that the recipe was trained on; rows.json, beside this
script, says which of its rows are trained on, held out or kept for early
stopping, and which word each has. DIR/model.safetensors is written after
every epoch; the Warmbright page opens it, and --resume goes on from it.

Every random number is a function of seed, purpose, step and index, as in
Warmbright itself: initial weights, augmented rows, the order of rows, dropout
and latent noise are the same numbers there and here. A process that shares a
batch with others draws for its own rows only, by their place in the batch.

Processors compute with 64-bit numbers, with which any number of processes
gives one model; graphics cards with 32-bit ones, which are far faster there.

Needs torch (1.13 or later) and numpy, and nothing else.
"""
import argparse
import csv
import hashlib
import json
import math
import os
import struct
import sys
from collections import namedtuple
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import nn

# --- Constants of this run ---
RUN_NAME = "Seed V2"
RECIPE = {
    "preset": "seed-v2",
    "latent": 32,
    "hidden": [64, 128, 64],
    "activation": "relu",
    "normalisation": "layer",
    "projection": 128,
    "body": "residual",
    "variational": False,
    "input": "parameters",
    "latentActivation": "tanh",
    "latentSkip": False,
    "output": "sigmoid",
    "wordHead": False,
    "contrastiveStart": 0.1,
    "contrastiveEnd": 0.5,
    "temperature": 0.1,
    "contrastiveSelf": True,
    "dropout": 0.1,
    "epochs": 150,
    "batchSize": 64,
    "learningRate": 0.001,
    "schedule": "plateau",
    "plateauPatience": 20,
    "warmUp": 0.1,
    "weightDecay": 0,
    "beta2": 0.999,
    "validation": 0,
    "stopPatience": 0,
    "reconstruction": "mse",
    "klFrom": 0,
    "klStep": 0,
    "klMost": 0,
    "split": "contributor",
    "holdout": 0.2,
    "folds": 5,
    "fold": 1,
    "seed": 1,
    "normaliser": "data",
    "sampling": "shuffled",
    "madeUp": 0,
    "madeUpSets": 1,
    "exchange": 0.25,
    "drawnBands": 0,
    "otherRows": False,
    "labels": "own",
    "neighbours": 15,
    "audit": {
        "labelVariants": "merge",
        "misspellings": "keep",
        "unmerged": [],
        "merged": [],
        "exactDuplicates": "keep",
        "nearDuplicates": "keep",
        "copies": "keep",
        "conflicts": "keep",
        "pluginDefaults": "keep",
        "silentBands": "keep",
        "rails": "keep",
        "unsortedBells": "keep",
        "oneContributorWords": "keep",
        "sessions": "keep",
    },
}
WORDS = ["bright", "warm"]
# Scale, offset, and what becomes 0 and 1, of each of the 13 parameters.
NORMALISER = [
    ("linear", 0, -12, 12),
    ("log10", 0, 1.3424226808222062, 3),
    ("linear", 0, -12, 12),
    ("log10", 0, 1.9138138523837167, 3.591064607026499),
    ("log10", 0, -1, 1),
    ("linear", 0, -12, 12),
    ("log10", 0, 2.255272505103306, 3.6720978579357175),
    ("log10", 0, -1, 1),
    ("linear", 0, -12, 12),
    ("log10", 0, 2.342422680822206, 4),
    ("log10", 0, -1, 1),
    ("linear", 0, -12, 12),
    ("log10", 0, 2.7634279935629373, 4.301029995663981),
]
# Column of each parameter in the file, from 0; None where it has none.
COLUMNS = [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]
DATA_SHA256 = "0000000000000000000000000000000000000000000000000000000000000000"
# What was chosen of how the file is read, as JSON; empty for nothing.
READING_CHOICES = ""
SYNTHETIC = False
SPLIT_SHA256 = "0000000000000000000000000000000000000000000000000000000000000000"
# --- End of the constants ---

# The equaliser: five bands, low shelf first. Bounds and defaults of the 13
# parameters are those of the SAFE Equaliser plug-in.
BAND_OF = np.array([0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4])
GAINS = [0, 2, 5, 8, 11]
FREQUENCIES = [1, 3, 6, 9, 12]
BELLS = [[2, 3, 4], [5, 6, 7], [8, 9, 10]]
BOUNDS = [
    (-12, 12), (22, 1000),
    (-12, 12), (82, 3900), (0.1, 10),
    (-12, 12), (180, 4700), (0.1, 10),
    (-12, 12), (220, 10000), (0.1, 10),
    (-12, 12), (580, 20000),
]
INITIAL = [0, 150, 0, 560, 0.71, 0, 1000, 0.71, 0, 3300, 0.71, 0, 8200]
SHELF_Q = 0.71
SILENT_DB = 0.05

# The points at which learning looks at response curves.
GRID_POINTS = 64
RATE_HZ = 48000
GRID_HZ = 20 * 1000 ** (np.arange(GRID_POINTS) / (GRID_POINTS - 1))
UNIT_DB = 6

# The purposes that random numbers are drawn for.
STREAM_WEIGHTS = 1
STREAM_SHUFFLE = 2
STREAM_LATENT = 5
STREAM_SAMPLING = 9
STREAM_AUGMENTED = 10
STREAM_SAMPLE_OF_ROWS = 15
STREAM_SETS = 16
STREAM_DRAWN_BANDS = 22
STREAM_DROPOUT = 256
SAMPLE_OF_VOTERS = 3
SAMPLE_OF_AUGMENTED = 4

MOST_AUGMENTED = 32768
MOST_VOTERS = 4000
MODEL_FILE = "model.safetensors"


class InputError(Exception):
    """Something is wrong with what was given; the message says what."""


# ---------------------------------------------------------------------------
# Counted random numbers
# ---------------------------------------------------------------------------

MASK = 0xFFFFFFFF
ROTATIONS = [(13, 15, 26, 6), (17, 29, 16, 24)]


def threefry(seed, stream, step, index):
    """Give both words of Threefry-2x32 with 20 rounds, uint32 [n] each.

    Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
    SC 2011. The key is (seed, stream), the counter (step, index [n]).
    """
    keys = (seed & MASK, stream & MASK, (seed ^ stream ^ 0x1BD11BDA) & MASK)
    index = np.asarray(index)
    x0 = np.full(index.shape, (step + keys[0]) & MASK, dtype=np.uint32)
    x1 = index.astype(np.uint32) + np.uint32(keys[1])
    for group in range(5):
        for rotation in ROTATIONS[group % 2]:
            x0 = x0 + x1
            x1 = (x1 << np.uint32(rotation)) | (x1 >> np.uint32(32 - rotation))
            x1 = x1 ^ x0
        x0 = x0 + np.uint32(keys[(group + 1) % 3])
        x1 = x1 + np.uint32((keys[(group + 2) % 3] + group + 1) & MASK)
    return x0, x1


def uniform(seed, stream, step, index):
    """Give numbers from 0 to below 1, exact in float32; float64 [n]."""
    return (threefry(seed, stream, step, index)[0] >> np.uint32(8)) * 2.0**-24


def below(bits, count):
    """Turn random bits [n] into whole numbers below count [n] or scalar."""
    return (bits.astype(np.uint64) * np.uint64(count)) >> np.uint64(32)


def permutation(seed, stream, step, length):
    """Shuffle 0 … length − 1 (Fisher–Yates, from the last place down)."""
    places = np.arange(length)
    bits = threefry(seed, stream, step, places)[0].astype(np.uint64)
    others = (bits * (places + 1).astype(np.uint64)) >> np.uint64(32)
    order = places.tolist()
    others = others.tolist()
    for place in range(length - 1, 0, -1):
        other = others[place]
        order[place], order[other] = order[other], order[place]
    return np.array(order, dtype=np.int64)


def sample_rows(count, most, purpose):
    """Take `most` of `count` rows, in their order (Knuth's algorithm S)."""
    if count <= most:
        return list(range(count))
    draws = uniform(0, STREAM_SAMPLE_OF_ROWS, purpose, np.arange(count))
    taken = []
    for row, draw in enumerate(draws.tolist()):
        if draw < (most - len(taken)) / (count - row):
            taken.append(row)
    return taken


class Noise:
    """Random factors of one training step, for some rows of its batch."""

    def __init__(self, step, places, like):
        """Take the Adam steps so far and the rows' places in the batch.

        The factors have the type of `like`, and are where that is.
        """
        self.step = step
        self.places = np.asarray(places, dtype=np.int64)
        self.like = like

    def _index(self, width):
        return self.places[:, None] * width + np.arange(width)

    def dropout(self, site, width):
        """Give 0 or 1 / (1 − rate) for a hidden layer, [rows, width]."""
        rate = RECIPE["dropout"]
        if rate == 0:
            return 1.0
        bits = threefry(
            RECIPE["seed"], STREAM_DROPOUT + site, self.step,
            self._index(width),
        )[0]
        # Half of 2**-24 goes up, as in JavaScript.
        threshold = math.floor(rate * 2**24 + 0.5)
        dropped = (bits >> np.uint32(8)) < threshold
        mask = np.where(dropped, 0, 1 / (1 - rate))
        return torch.from_numpy(mask).to(self.like)

    def normal(self, width):
        """Give standard normal numbers for the latents, [rows, width]."""
        first, second = threefry(
            RECIPE["seed"], STREAM_LATENT, self.step, self._index(width)
        )
        radius = np.sqrt(-2 * np.log((first + 1.0) / 2**32))
        noise = radius * np.cos(2 * np.pi * second / 2**32)
        return torch.from_numpy(noise.astype(np.float32)).to(self.like)


# ---------------------------------------------------------------------------
# Rows of the file
# ---------------------------------------------------------------------------

# Settings in dB, Hz and Q, float64 [rows, 13]; index of each row's word, −1
# for none, [rows]; "training", "held-out", "validation" or "other", [rows].
Rows = namedtuple("Rows", ["settings", "labels", "parts"])

Dialect = namedtuple("Dialect", ["delimiter", "decimal_comma"])
DIALECTS = [
    Dialect(delimiter, comma)
    for delimiter in ",;\t|"
    for comma in (False, True)
]


def read_rows(data_path):
    """Read the rows that rows.json names; each is checked by its hash."""
    listed = json.loads(
        Path(__file__).with_name("rows.json").read_text(encoding="utf-8")
    )
    raw = Path(data_path).read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    if READING_CHOICES:
        told = f"{digest}\n{READING_CHOICES}".encode()
        digest = hashlib.sha256(told).hexdigest()
    if digest != DATA_SHA256:
        raise InputError(
            f"{data_path} is not the file that rows.json was written for: "
            "its SHA-256 is another, so load that file."
        )
    lines = decode(raw).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rows = [dict(zip(listed["columns"], row)) for row in listed["rows"]]
    dialect = dialect_of(lines, rows[0])
    settings = []
    for row in rows:
        setting = read_setting(lines, row["line"], dialect)
        if setting is None or row_hash(row["word"], setting) != row["hash"]:
            raise InputError(
                f"{data_path}, line {row['line']}: the row reads otherwise "
                "than when rows.json was written; export the study again."
            )
        settings.append(setting)
    return Rows(
        np.array(settings),
        np.array([row["word"] for row in rows]),
        np.array([row["part"] for row in rows]),
    )


def decode(raw):
    """Turn bytes into text: UTF-8, or UTF-16 where zero bytes say so."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace")
    if b"\0" in raw[:4096]:
        little = raw[1:2] == b"\0"
        return raw.decode("utf-16-le" if little else "utf-16-be", "replace")
    return raw.decode("utf-8-sig", errors="replace")


def dialect_of(lines, row):
    """Find the way of writing in which a row has the hash it should."""
    for dialect in DIALECTS:
        setting = read_setting(lines, row["line"], dialect)
        if setting and row_hash(row["word"], setting) == row["hash"]:
            return dialect
    raise InputError(
        f"Line {row['line']} of the data cannot be read as rows.json says."
    )


def read_setting(lines, line, dialect):
    """Read the 13 numbers of the record that starts on a line, from 1.

    None where it has too few cells or a cell that is no number.
    """
    following = (f"{text}\n" for text in lines[line - 1:line + 200])
    cells = next(csv.reader(following, delimiter=dialect.delimiter), [])
    setting = []
    for column, initial, (low, high) in zip(COLUMNS, INITIAL, BOUNDS):
        if column is None:
            setting.append(float(initial))
            continue
        try:
            value = float(plain_number(cells[column], dialect.decimal_comma))
        except (IndexError, ValueError):
            return None
        # The plug-in writes float32, so a value may be past a bound by a
        # rounding.
        setting.append(min(float(high), max(float(low), value)))
    if RECIPE["audit"]["unsortedBells"] == "sort":
        setting = sort_bells(np.array([setting]))[0].tolist()
    return setting


def plain_number(cell, decimal_comma):
    """Write a cell's number as Python reads it."""
    text = cell.strip().replace("\u2212", "-")
    for blank in ("\u00a0", "\u202f", " "):
        text = text.replace(blank, "")
    if decimal_comma:
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "")


def row_hash(word, setting):
    """Give 16 hex digits that tell a row: of its word's index and values."""
    return hashlib.sha256(
        struct.pack("<i13d", word, *setting)
    ).hexdigest()[:16]


def sort_bells(settings):
    """Put the bells in the order of their frequencies, [rows, 13]."""
    by_bell = settings[:, BELLS]
    order = np.argsort(by_bell[:, :, 1], axis=1, kind="stable")
    in_order = np.take_along_axis(by_bell, order[:, :, None], axis=1)
    result = settings.copy()
    result[:, 2:11] = in_order.reshape(len(settings), 9)
    return result


# ---------------------------------------------------------------------------
# Settings, normalised parameters and response curves, in float64
# ---------------------------------------------------------------------------

def normalise(settings):
    """Turn dB, Hz and Q into the model's numbers, [rows, 13] float32."""
    values = np.empty(settings.shape, dtype=np.float32)
    for i, (scale, offset, low, high) in enumerate(NORMALISER):
        column = settings[:, i]
        scaled = column if scale == "linear" else np.log10(column + offset)
        values[:, i] = (scaled - low) / (high - low)
    return values


def denormalise(values):
    """Turn the model's numbers into dB, Hz and Q, [rows, 13] float64."""
    values = values.astype(np.float64)
    settings = np.empty(values.shape)
    for i, (scale, offset, low, high) in enumerate(NORMALISER):
        scaled = low + values[:, i] * (high - low)
        settings[:, i] = scaled if scale == "linear" else 10**scaled - offset
    return settings


def grid_responses(settings):
    """Give the curves of settings [rows, 13] in dB, float32 [rows, 64].

    Five filters of R. Bristow-Johnson's "Cookbook formulae for audio EQ"
    in series, written in squares of half angles, so that nothing is lost at
    low frequencies.
    """
    angle = np.pi * GRID_HZ / RATE_HZ
    phi, rest = np.sin(angle) ** 2, np.cos(angle) ** 2
    power = np.ones((len(settings), GRID_POINTS))
    for band in range(5):
        gain = settings[:, GAINS[band], None]
        half = np.pi * settings[:, FREQUENCIES[band], None] / RATE_HZ
        is_bell = 0 < band < 4
        q = settings[:, GAINS[band] + 2, None] if is_bell else SHELF_Q
        a = 10 ** (gain / 40)
        p = np.sin(half) ** 2 * rest
        r = np.cos(half) ** 2 * phi
        width = (np.sin(2 * half) / (2 * q)) ** 2 * phi * rest
        if is_bell:
            off = (p - r) ** 2
            power *= (off + a * a * width) / (off + width / (a * a))
        else:
            boosted, other = (p, r) if band == 0 else (r, p)
            above = (a * boosted - other) ** 2 + a * width
            below_it = (boosted - a * other) ** 2 + a * width
            power *= a * a * above / below_it
    return (10 * np.log10(power)).astype(np.float32)


def encoder_inputs(settings):
    """Give what the encoder sees, float32 [rows, 13 or 64]."""
    if RECIPE["input"] == "parameters":
        return normalise(settings)
    curves = grid_responses(settings).astype(np.float64)
    return (curves / UNIT_DB).astype(np.float32)


def loss_targets(settings):
    """Give what a reconstruction is compared with, [rows, 13 or 64]."""
    if RECIPE["reconstruction"] in ("response", "shape"):
        return grid_responses(settings)
    return normalise(settings)


def loss_mask(settings):
    """Give 0 for frequency and Q of silent bands, else 1, [rows, 13]."""
    by_curve = RECIPE["reconstruction"] in ("response", "shape")
    if by_curve or RECIPE["audit"]["silentBands"] != "mask":
        return None
    silent = np.abs(settings[:, GAINS]) < SILENT_DB
    mask = np.where(silent[:, BAND_OF], 0, 1)
    mask[:, GAINS] = 1
    return mask.astype(np.float32)


# ---------------------------------------------------------------------------
# Rows that are learnt from
# ---------------------------------------------------------------------------

# Settings [rows, 13], people's first; labels [rows]; shares of the words
# among each row's neighbours [rows, words], or None; number of people's rows.
Learnt = namedtuple("Learnt", ["settings", "labels", "votes", "people"])


def learnt_rows(rows):
    """Put together what steps are taken on: people's and augmented rows."""
    training = rows.parts == "training"
    found = np.concatenate(
        [rows.settings[training], rows.settings[rows.parts == "other"]]
    )
    settings = np.concatenate([found, augmented_rows(found)])
    own = rows.labels[training]
    labels = np.full(len(settings), -1, dtype=np.int64)
    labels[:len(own)] = own
    votes = None
    if RECIPE["wordHead"]:
        votes = np.zeros((len(settings), len(WORDS)))
        for row, words in neighbour_words(settings, own):
            np.add.at(votes[row], words, 1 / len(words))
        votes = votes.astype(np.float32)
    elif RECIPE["labels"] == "neighbours":
        for row, words in neighbour_words(settings, own):
            counts = np.bincount(words)[words]
            labels[row] = words[np.argmax(counts)]
    return Learnt(settings, labels, votes, len(found))


def count_augmented(rows, of_each):
    """Count the augmented rows beside so many others."""
    return 0 if rows < 2 else min(rows * of_each, MOST_AUGMENTED)


def augmented_rows(settings):
    """Mix bands of different rows, [augmented, 13]: row by row."""
    rows = len(settings)
    total = count_augmented(rows, RECIPE["madeUp"] * RECIPE["madeUpSets"])
    if total == 0:
        return np.empty((0, 13))
    each, rest = divmod(total, rows)
    copies = np.full(rows, each)
    if rest > 0:
        copies[sample_rows(rows, rest, SAMPLE_OF_AUGMENTED)] += 1
    row_of = np.repeat(np.arange(rows), copies)
    copy_of = np.concatenate([np.arange(count) for count in copies])
    made = settings[row_of]
    for copy in range(copies.max()):
        places = np.flatnonzero(copy_of == copy)
        row = row_of[places, None]
        index = (row * 5 + np.arange(5)) * 2
        seed = RECIPE["seed"]
        draw = uniform(seed, STREAM_AUGMENTED, copy, index)
        bits = threefry(seed, STREAM_AUGMENTED, copy, index + 1)[0]
        other = below(bits, rows - 1).astype(np.int64)
        other = np.where(other < row, other, other + 1)
        donor = np.where(draw < RECIPE["exchange"], other, row)
        made[places] = settings[donor[:, BAND_OF], np.arange(13)]
        if RECIPE["drawnBands"] > 0:
            made[places] = with_drawn_bands(made[places], row, copy)
    if RECIPE["audit"]["unsortedBells"] == "sort":
        return sort_bells(made)
    return made


def with_drawn_bands(settings, row, copy):
    """Put bands anywhere in the plug-in's ranges into some, [rows, 13]."""
    seed = RECIPE["seed"]
    index = (row * 5 + BAND_OF) * 4
    of = np.full(13, 3)
    of[GAINS] = 1
    of[FREQUENCIES] = 2
    drawn = uniform(seed, STREAM_DRAWN_BANDS, copy, index)
    share = uniform(seed, STREAM_DRAWN_BANDS, copy, index + of)
    low, high = np.array(BOUNDS).T
    values = low + share * (high - low)
    logs = np.flatnonzero(of > 1)
    values[:, logs] = low[logs] * (high[logs] / low[logs]) ** share[:, logs]
    return np.where(drawn < RECIPE["drawnBands"], values, settings)


def neighbour_words(settings, labels):
    """Yield each row's number and its neighbours' words, nearest first.

    Neighbours are the nearest training rows, which stand first in settings,
    by level-free response curves; a training row is its own nearest. Of
    equally near ones, those count first that a walk outward along the main
    direction of the voters comes upon first, as in Warmbright.
    """
    curves = grid_responses(settings).astype(np.float64)
    curves = curves - curves.mean(axis=1, keepdims=True)
    curves = curves.astype(np.float32).astype(np.float64)
    voters = np.array(sample_rows(len(labels), MOST_VOTERS, SAMPLE_OF_VOTERS))
    _, axes = principal_components(curves[voters], 6)
    along = curves @ axes[0]
    voters = voters[np.argsort(along[voters], kind="stable")]
    theirs = curves[voters]
    most = min(RECIPE["neighbours"], len(voters))
    for start in range(0, len(settings), 512):
        block = curves[start:start + 512]
        # Near enough to leave most voters out; the rest is measured exactly.
        rough = (block**2).sum(1)[:, None] + (theirs**2).sum(1)
        rough = rough - 2 * block @ theirs.T
        edge = np.partition(rough, most - 1, axis=1)[:, most - 1] + 1e-6
        for i, row in enumerate(block):
            near = np.flatnonzero(rough[i] <= edge[i])
            distance = ((theirs[near] - row) ** 2).sum(axis=1)
            step = along[voters[near]] - along[start + i]
            down = step < 0
            walk = np.where(down, -near, near)
            order = np.lexsort((walk, down, np.abs(step), distance))
            yield start + i, labels[voters[near[order[:most]]]]


def epoch_order(learnt, epoch):
    """Give the rows of an epoch, counted from 1, in training order."""
    seed = RECIPE["seed"]
    augmented = count_augmented(learnt.people, RECIPE["madeUp"])
    made = len(learnt.labels) - learnt.people
    present = np.arange(learnt.people + augmented)
    if augmented < made:
        mixed = permutation(seed, STREAM_SETS, 0, made)
        places = (epoch - 1) * augmented + np.arange(augmented)
        present[learnt.people:] = learnt.people + mixed[places % made]
    order = permutation(seed, STREAM_SHUFFLE, epoch, len(present))
    if RECIPE["sampling"] == "shuffled":
        return present[order]
    return present[balanced_rows(learnt.labels[present], epoch)[order]]


def balanced_rows(labels, epoch):
    """Draw rows so that each word is as frequent as any other, [rows]."""
    walk = permutation(RECIPE["seed"], STREAM_SAMPLING, epoch, len(labels))
    unnamed = [row for row in walk if labels[row] < 0]
    by_word = {}
    for row in walk:
        if labels[row] >= 0:
            by_word.setdefault(labels[row], []).append(row)
    share, rest = divmod(len(labels) - len(unnamed), len(by_word))
    drawn = []
    for i, rows in enumerate(by_word.values()):
        count = share + (1 if i < rest else 0)
        drawn += [rows[draw % len(rows)] for draw in range(count)]
    return np.array(drawn + unnamed)


# ---------------------------------------------------------------------------
# Principal components, as Warmbright finds them
# ---------------------------------------------------------------------------

def principal_components(rows, count):
    """Give the mean [columns] and the largest components [count, columns].

    Orthogonal iteration in a subspace of a few dimensions more (Golub and
    Van Loan, "Matrix Computations", § 8.2), and Jacobi's rotations within
    it: the signs of the components, which matter to the initial weights,
    are those that Warmbright finds.
    """
    rows = rows.astype(np.float64)
    columns = rows.shape[1]
    mean = rows.mean(axis=0)
    centred = rows - mean
    covariance = centred.T @ centred
    whole = np.trace(covariance)
    i = np.arange(columns) + 0.5
    k = np.arange(min(count + 8, columns)) + 0.5
    axes = orthonormal(np.cos(k[:, None] * i * np.pi / columns))
    found = 0.0
    for _ in range(60):
        turned = axes @ covariance
        variance = (turned * axes).sum()
        epsilon = np.finfo(np.float64).eps
        if variance - found <= 1e-4 * max(whole - variance, epsilon * whole):
            break
        found = variance
        axes = orthonormal(turned)
    within = axes @ (axes @ covariance).T
    return mean, (jacobi(within) @ axes)[:count]


def orthonormal(vectors):
    """Make rows orthonormal by Gram–Schmidt, twice against rounding."""
    done = []
    for vector in vectors:
        vector = vector.copy()
        for other in done + done:
            vector -= vector.dot(other) * other
        length = math.sqrt(vector.dot(vector))
        done.append(vector / length if length > 0 else np.zeros_like(vector))
    return np.array(done)


def jacobi(matrix):
    """Give the eigenvectors of a symmetric matrix, a row each, largest first.

    The cyclic Jacobi method: Golub and Van Loan, § 8.5.
    """
    a = matrix.copy()
    size = len(a)
    vectors = np.eye(size)
    negligible = np.finfo(np.float64).eps * np.linalg.norm(a)
    for _ in range(60):
        turned = False
        for p in range(size):
            for q in range(p + 1, size):
                if not abs(a[p, q]) > negligible:
                    continue
                theta = (a[q, q] - a[p, p]) / (2 * a[p, q])
                sign = -1 if theta < 0 else 1
                tangent = sign / (abs(theta) + math.hypot(theta, 1))
                cosine = 1 / math.hypot(tangent, 1)
                sine = tangent * cosine
                turn = np.array([[cosine, -sine], [sine, cosine]])
                a[[p, q]] = turn @ a[[p, q]]
                a[:, [p, q]] = a[:, [p, q]] @ turn.T
                a[p, q] = a[q, p] = 0
                vectors[[p, q]] = turn @ vectors[[p, q]]
                turned = True
        if not turned:
            break
    order = np.argsort(-np.diag(a), kind="stable")
    return vectors[order]


# ---------------------------------------------------------------------------
# The model
# ---------------------------------------------------------------------------

def unit_rows(x):
    """Scale rows to length 1, [rows, width]."""
    squares = (x * x).sum(dim=1, keepdim=True)
    return x / torch.sqrt(torch.clamp(squares, min=1e-24))


def activation():
    """Make the non-linear function that follows hidden layers."""
    return nn.ReLU() if RECIPE["activation"] == "relu" else nn.SiLU()


def normalisation(width):
    """Make what follows a hidden layer's linear part."""
    if RECIPE["normalisation"] == "none":
        return nn.Identity()
    return nn.LayerNorm(width, eps=1e-5)


class ResidualBlock(nn.Module):
    """Two linear layers, and what came in added to what they give."""

    def __init__(self, inputs, outputs, site):
        super().__init__()
        self.site = site
        # The fourth member is where dropout's factors come in.
        self.main_path = nn.Sequential(
            nn.Linear(inputs, outputs),
            normalisation(outputs),
            activation(),
            nn.Identity(),
            nn.Linear(outputs, outputs),
            normalisation(outputs),
        )
        if inputs != outputs:
            self.skip = nn.Linear(inputs, outputs)
        self.activation = activation()

    def forward(self, x, noise=None):
        """[rows, inputs] → [rows, outputs]; noise None: dropout off."""
        main = self.main_path[:3](x)
        if noise is not None:
            main = main * noise.dropout(self.site, main.shape[1])
        main = self.main_path[4:](main)
        skip = self.skip(x) if hasattr(self, "skip") else x
        return self.activation(main + skip)


class PlainLayer(nn.Sequential):
    """One linear layer with what follows it."""

    def __init__(self, inputs, outputs, site):
        super().__init__(
            nn.Linear(inputs, outputs), normalisation(outputs), activation()
        )
        self.site = site

    def forward(self, x, noise=None):
        """[rows, inputs] → [rows, outputs]; noise None: dropout off."""
        x = super().forward(x)
        if noise is None:
            return x
        return x * noise.dropout(self.site, x.shape[1])


def hidden_layers(inputs, widths, first_site):
    """Make the hidden layers of one half, in order of execution."""
    layer = PlainLayer if RECIPE["body"] == "plain" else ResidualBlock
    befores = [inputs] + widths[:-1]
    return nn.ModuleList(
        layer(before, width, first_site + i)
        for i, (before, width) in enumerate(zip(befores, widths))
    )


def last_layers(inputs, outputs):
    """Make the end of a half: one linear layer, or two."""
    if RECIPE["body"] == "plain":
        return nn.Linear(inputs, outputs)
    return nn.Sequential(
        nn.Linear(inputs, inputs), activation(), nn.Linear(inputs, outputs)
    )


class Encoder(nn.Module):
    """From what it sees of a setting to the latent, and to the words."""

    def __init__(self):
        super().__init__()
        width = 64 if RECIPE["input"] == "response" else 13
        latent, hidden = RECIPE["latent"], RECIPE["hidden"]
        self.encoder_layers = hidden_layers(width, hidden, 0)
        self.to_latent = last_layers(hidden[-1], latent)
        if RECIPE["latentSkip"]:
            self.latent_skip = nn.Linear(width, latent)
        if RECIPE["variational"]:
            self.to_log_variance = nn.Linear(hidden[-1], latent)
        if RECIPE["wordHead"]:
            self.word_head = nn.Linear(latent, len(WORDS))
        elif RECIPE["projection"] is not None:
            self.semantic_proj = nn.Linear(latent, RECIPE["projection"])

    def forward(self, inputs, noise=None):
        """[rows, width] → latents and, in training, each row's KL [rows].

        Without noise the latent of a variational model is its mean.
        """
        body = inputs
        for layer in self.encoder_layers:
            body = layer(body, noise)
        latents = self.to_latent(body)
        if RECIPE["latentSkip"]:
            latents = latents + self.latent_skip(inputs)
        kl = inputs.new_zeros(len(inputs))
        if RECIPE["variational"]:
            if noise is None:
                return latents, kl
            mean, log_variance = latents, self.to_log_variance(body)
            terms = 1 + log_variance - mean**2 - torch.exp(log_variance)
            drawn = torch.exp(0.5 * log_variance) * noise.normal(
                RECIPE["latent"]
            )
            return mean + drawn, -0.5 * terms.sum(dim=1)
        if RECIPE["latentActivation"] == "tanh":
            latents = torch.tanh(latents)
        elif RECIPE["latentActivation"] == "unit":
            latents = unit_rows(latents)
        return latents, kl

    def project(self, latents):
        """Give what the contrastive loss looks at, [rows, width]."""
        if hasattr(self, "semantic_proj"):
            return self.semantic_proj(latents)
        return latents


class Decoder(nn.Module):
    """From the latent to normalised parameters."""

    def __init__(self):
        super().__init__()
        hidden = RECIPE["hidden"][::-1]
        first_site = len(hidden)
        self.decoder_layers = hidden_layers(
            RECIPE["latent"], hidden, first_site
        )
        self.output_head = last_layers(hidden[-1], 13)

    def forward(self, latents, noise=None):
        """[rows, latent] → [rows, 13]."""
        x = latents
        for layer in self.decoder_layers:
            x = layer(x, noise)
        x = self.output_head(x)
        if RECIPE["output"] == "sigmoid":
            return torch.sigmoid(x)
        # Seed V1's heads: ±12 tanh x for gains, a sigmoid for the others.
        low, high = torch.tensor(BOUNDS).to(x).T
        steepness = x.new_ones(13)
        steepness[GAINS] = 2
        return low + (high - low) * torch.sigmoid(steepness * x)


class Autoencoder(nn.Module):
    """Parameters stand in the order and under the names of a model file."""

    def __init__(self):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = Decoder()


def initialise(model, people_inputs):
    """Set the initial weights.

    Linear layers are uniform in ±1 / √fan-in. The linear skip begins as the
    whitened principal components of people's rows, [rows, width].
    """
    steep = []
    if RECIPE["latentActivation"] == "unit":
        first = "decoder.decoder_layers.0"
        steep = [f"{first}{part}.weight"
                 for part in (".0", ".main_path.0", ".skip")]
    plain = RECIPE["body"] == "plain"
    last = "encoder.to_latent" if plain else "encoder.to_latent.2"
    offset = 0
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            prefix = name.rpartition(".")[0]
            layer = model.get_submodule(prefix)
            index = np.arange(offset, offset + parameter.numel())
            offset += parameter.numel()
            if isinstance(layer, nn.LayerNorm):
                continue
            factor = 1.0
            if name in steep:
                factor = 16.0
            elif RECIPE["latentSkip"] and prefix == last:
                factor = 0.1
            bound = factor / math.sqrt(layer.in_features)
            draws = uniform(RECIPE["seed"], STREAM_WEIGHTS, 0, index)
            values = ((2 * draws - 1) * bound).astype(np.float32)
            parameter.copy_(torch.from_numpy(values).view_as(parameter))
        if RECIPE["latentSkip"]:
            begin_latent_skip(model.encoder.latent_skip, people_inputs)


def begin_latent_skip(layer, inputs):
    """Set a linear layer to whitened components of inputs, [rows, width]."""
    weight = np.zeros(layer.weight.shape)
    bias = np.zeros(len(weight))
    mean, axes = principal_components(inputs, min(weight.shape))
    spreads = np.sqrt((((inputs - mean) @ axes.T) ** 2).mean(axis=0))
    for k, (axis, spread) in enumerate(zip(axes, spreads)):
        if spread > 1e-4 * spreads[0]:
            weight[k] = axis / spread
            bias[k] = -(axis / spread).dot(mean)
    layer.weight.copy_(torch.from_numpy(weight))
    layer.bias.copy_(torch.from_numpy(bias))


# ---------------------------------------------------------------------------
# Losses; each gives one number a row
# ---------------------------------------------------------------------------

def reconstruction_loss(outputs, targets, mask):
    """Compare [rows, 13] with targets [rows, 13 or 64] → [rows]."""
    kind = RECIPE["reconstruction"]
    if kind in ("response", "shape"):
        difference = torch_responses(outputs) - targets
        if kind == "shape":
            difference = difference - difference.mean(dim=1, keepdim=True)
        return (difference**2).mean(dim=1)
    difference = outputs - targets
    errors = difference**2 if kind == "mse" else difference.abs()
    if mask is not None:
        errors = errors * mask
    return errors.mean(dim=1)


def torch_responses(outputs):
    """Give the curves of normalised parameters in dB, [rows, 64].

    The filters of grid_responses with ρ = tan²(π f / rate) cot²(π F / rate).
    """
    cotangents = torch.tensor(
        np.tan(np.pi * GRID_HZ / RATE_HZ) ** -2,
        dtype=outputs.dtype, device=outputs.device,
    )
    units = [
        in_its_unit(outputs[:, i, None], *column)
        for i, column in enumerate(NORMALISER)
    ]
    power = 1.0
    for band in range(5):
        a2 = torch.exp(units[GAINS[band]] * (math.log(10) / 20))
        hz = units[FREQUENCIES[band]]
        # The cosine as the sine of what is left to half the rate, which is
        # exact in float32 where the cosine is small.
        sine = torch.sin(hz * (math.pi / RATE_HZ))
        cosine = torch.sin((RATE_HZ / 2 - hz) * (math.pi / RATE_HZ))
        ratio = (sine / cosine) ** 2 * cotangents
        if 0 < band < 4:
            off = (ratio - 1) ** 2
            width = ratio / units[GAINS[band] + 2] ** 2
            power = power * (off + a2 * width) / (off + width / a2)
            continue
        amplitude = torch.exp(units[GAINS[band]] * (math.log(10) / 40))
        cross = amplitude * ratio * (1 / SHELF_Q**2 - 2)
        first = a2 * ratio**2 + 1 + cross
        second = ratio**2 + a2 + cross
        low = band == 0
        power = power * a2 * (first / second if low else second / first)
    return torch.log(power) * (10 / math.log(10))


def in_its_unit(value, scale, offset, low, high):
    """Turn one normalised parameter into dB, Hz or Q."""
    if scale == "linear":
        return value * (high - low) + low
    # Powers are taken from the middle of the scale: the larger an exponent,
    # the coarser it is in float32.
    power = torch.exp((value - 0.5) * ((high - low) * math.log(10)))
    return power * 10 ** ((low + high) / 2) - offset


def word_loss(logits, votes):
    """Give the divergence of the head's words from the votes, [rows]."""
    apart = torch.log(torch.clamp(votes, min=1e-30))
    apart = apart - F.log_softmax(logits, dim=1)
    return (votes * apart).sum(dim=1)


def contrastive_loss(points, labels):
    """Give the supervised contrastive loss, [rows].

    Source: Khosla et al., "Supervised contrastive learning", NeurIPS 2020,
    equation 2; with `contrastiveSelf` a row stays in its own sum. Rows
    without a word are nobody's partners and in no sum.
    """
    unit = unit_rows(points)
    similarities = unit @ unit.T / RECIPE["temperature"]
    itself = torch.eye(len(labels), dtype=torch.bool, device=points.device)
    excluded = (labels < 0)[None, :].expand(len(labels), -1)
    if not RECIPE["contrastiveSelf"]:
        excluded = excluded | itself
    similarities = similarities - 1e9 * excluded.float()
    partners = (labels[:, None] == labels[None, :]) & ~itself
    partners = (partners & (labels >= 0)[:, None]).float()
    shares = partners / partners.sum(dim=1, keepdim=True).clamp(min=1)
    return -(shares * F.log_softmax(similarities, dim=1)).sum(dim=1)


# ---------------------------------------------------------------------------
# What changes from epoch to epoch
# ---------------------------------------------------------------------------

def contrastive_weight(epoch):
    """Give the weight of the words' loss: linear over the epochs."""
    start, end = RECIPE["contrastiveStart"], RECIPE["contrastiveEnd"]
    if RECIPE["epochs"] == 1:
        return start
    return start + (end - start) * (epoch - 1) / (RECIPE["epochs"] - 1)


def kl_weight(epoch):
    """Give the weight of the KL divergence: 0, then growing to its most."""
    grown = RECIPE["klStep"] * max(0, epoch - RECIPE["klFrom"])
    return min(RECIPE["klMost"], grown)


def learning_rate(epoch, plateau):
    """Give an epoch's learning rate, by the recipe's schedule."""
    if RECIPE["schedule"] == "plateau":
        return plateau["learningRate"]
    rate, warm_up = RECIPE["learningRate"], RECIPE["warmUp"]
    passed = (epoch - 0.5) / RECIPE["epochs"]
    if passed < warm_up:
        return rate * passed / warm_up
    share = (passed - warm_up) / (1 - warm_up)
    return rate * (1 + math.cos(math.pi * share)) / 2


def after_epoch(plateau, loss):
    """Give the plateau schedule's memory after an epoch.

    As torch's ReduceLROnPlateau with factor 0.5 and its other defaults.
    """
    best = plateau["best"]
    if best is None or loss < best * (1 - 1e-4):
        return {**plateau, "best": loss, "badEpochs": 0}
    bad = plateau["badEpochs"] + 1
    patience = RECIPE["plateauPatience"]
    if patience == 0 or bad <= patience:
        return {**plateau, "badEpochs": bad}
    rate = plateau["learningRate"]
    halved = rate / 2 if rate - rate / 2 > 1e-8 else rate
    return {"learningRate": halved, "best": best, "badEpochs": 0}


def best_epoch(history):
    """Give the epoch, from 1, with the least validation loss."""
    losses = [record["validation"] for record in history]
    return losses.index(min(losses)) + 1


def is_finished(history):
    """Tell whether the last epoch is over, or the run stops early."""
    if len(history) >= RECIPE["epochs"]:
        return True
    patience = RECIPE["stopPatience"]
    if patience == 0 or not history:
        return False
    return len(history) - best_epoch(history) >= patience


# ---------------------------------------------------------------------------
# One process, or several that share each batch
# ---------------------------------------------------------------------------

class Processes:
    """The processes that train together; torchrun starts them."""

    def __init__(self):
        self.count = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0"))
        cuda = torch.cuda.is_available()
        self.device = torch.device("cpu")
        if cuda:
            local = int(os.environ.get("LOCAL_RANK", "0"))
            self.device = torch.device("cuda", local)
            torch.cuda.set_device(self.device)
        if self.count > 1:
            dist.init_process_group("nccl" if cuda else "gloo")

    def dtype(self, bits):
        """Give the type to compute with; bits None: by the device.

        Adam moves a weight whose gradient is nearly nothing as far as any
        other, so that in 32 bits the order in which processes are added up
        shows after some steps.
        """
        if bits is None:
            bits = 64 if self.device.type == "cpu" else 32
        return torch.float64 if bits == 64 else torch.float32

    def places(self, rows):
        """Give the places of a batch that are this process's, [own]."""
        return np.arange(self.rank, rows, self.count)

    def gather(self, points, rows):
        """Put together all processes' points, [own, w] → [rows, w].

        Gradients flow into this process's own alone.
        """
        if self.count == 1:
            return points
        most = math.ceil(rows / self.count)
        padded = F.pad(points, (0, 0, 0, most - len(points)))
        parts = [torch.empty_like(padded) for _ in range(self.count)]
        dist.all_gather(parts, padded.detach().contiguous())
        parts[self.rank] = padded
        return torch.stack(parts, dim=1).flatten(0, 1)[:rows]

    def sum(self, tensor):
        """Add up all processes' tensors, in place."""
        if self.count > 1:
            dist.all_reduce(tensor)
        return tensor

    def sum_gradients(self, model):
        """Add up all processes' gradients, in one message."""
        if self.count == 1:
            return
        gradients = [parameter.grad for parameter in model.parameters()]
        joint = self.sum(torch.cat([grad.flatten() for grad in gradients]))
        start = 0
        for grad in gradients:
            grad.copy_(joint[start:start + grad.numel()].view_as(grad))
            start += grad.numel()

    def end(self):
        """Wait for the others, and part."""
        if self.count > 1:
            dist.barrier()
            dist.destroy_process_group()


# ---------------------------------------------------------------------------
# Training
# ---------------------------------------------------------------------------

class Run:
    """A model in training, with all it is trained on.

    `dtype` is what it computes with. Files hold 32-bit numbers.
    """

    def __init__(self, rows, processes, dtype=torch.float32):
        self.rows = rows
        self.processes = processes
        device = processes.device
        self.learnt = learnt_rows(rows)
        inputs = encoder_inputs(self.learnt.settings)
        self.model = Autoencoder()
        initialise(self.model, inputs[:self.learnt.people])
        self.model.to(device, dtype)

        def tensor(values):
            if values is None:
                return None
            return torch.from_numpy(values).to(device, dtype)

        self.inputs = tensor(inputs)
        self.targets = tensor(loss_targets(self.learnt.settings))
        self.mask = tensor(loss_mask(self.learnt.settings))
        self.votes = tensor(self.learnt.votes)
        self.labels = torch.from_numpy(self.learnt.labels).to(device)
        self.optimiser = self.make_optimiser()
        self.step = 0
        self.history = []
        self.plateau = {
            "learningRate": RECIPE["learningRate"],
            "best": None,
            "badEpochs": 0,
        }
        self.best_weights = None

    def make_optimiser(self):
        """Make AdamW, which shrinks the matrices of linear layers alone."""
        parameters = list(self.model.parameters())
        matrices = [each for each in parameters if each.dim() > 1]
        others = [each for each in parameters if each.dim() == 1]
        return torch.optim.AdamW(
            [
                {"params": matrices, "weight_decay": RECIPE["weightDecay"]},
                {"params": others, "weight_decay": 0.0},
            ],
            lr=RECIPE["learningRate"],
            betas=(0.9, RECIPE["beta2"]),
            eps=1e-8,
        )

    def train_epoch(self):
        """Train the next epoch, and write it down in the history."""
        epoch = len(self.history) + 1
        rate = learning_rate(epoch, self.plateau)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        weights = (1.0, contrastive_weight(epoch), kl_weight(epoch))
        order = epoch_order(self.learnt, epoch)
        sums = torch.zeros(3, dtype=torch.float64)
        sums = sums.to(self.processes.device)
        for start in range(0, len(order), RECIPE["batchSize"]):
            batch = order[start:start + RECIPE["batchSize"]]
            sums += self.train_step(batch, weights) * len(batch)
        means = (self.processes.sum(sums) / len(order)).tolist()
        total = sum(w * mean for w, mean in zip(weights, means))
        validation = self.validation_loss()
        if not all(map(math.isfinite, [*means, total, validation or 0])):
            raise InputError(
                f"The losses stopped being numbers in epoch {epoch}: try a "
                f"learning rate below {RECIPE['learningRate']}."
            )
        self.plateau = after_epoch(self.plateau, total)
        self.history.append({
            "epoch": epoch,
            "reconstruction": means[0],
            "contrastive": means[1],
            "kl": means[2],
            "total": total,
            "contrastiveWeight": weights[1],
            "klWeight": weights[2],
            "learningRate": rate,
            "validation": validation,
        })
        if RECIPE["stopPatience"] > 0 and best_epoch(self.history) == epoch:
            self.best_weights = self.flat_weights()

    def train_step(self, batch, weights):
        """Take one step on a batch of row numbers.

        Gives this process's shares of the batch's losses, which add up to
        their means over the batch: reconstruction, words, KL, [3].
        """
        places = self.processes.places(len(batch))
        own = torch.from_numpy(batch[places]).to(self.processes.device)
        noise = Noise(self.step, places, self.inputs)
        latents, kl = self.model.encoder(self.inputs[own], noise)
        outputs = self.model.decoder(latents, noise)
        reconstruction = reconstruction_loss(
            outputs,
            self.targets[own],
            None if self.mask is None else self.mask[own],
        )
        if self.votes is not None:
            logits = self.model.encoder.word_head(latents)
            words = word_loss(logits, self.votes[own])
            words_share = words.sum()
        else:
            # Every process has the whole sum, with the gradient of its rows.
            points = self.processes.gather(
                self.model.encoder.project(latents), len(batch)
            )
            everyone = torch.from_numpy(batch).to(self.processes.device)
            words = contrastive_loss(points, self.labels[everyone])
            words_share = words.sum() / self.processes.count
        parts = [reconstruction.sum(), words.sum(), kl.sum()]
        loss = sum(w * part for w, part in zip(weights, parts)) / len(batch)
        self.optimiser.zero_grad()
        loss.backward()
        self.processes.sum_gradients(self.model)
        self.optimiser.step()
        self.step += 1
        shares = torch.stack([parts[0], words_share, parts[2]])
        return shares.detach().double() / len(batch)

    def encode(self, settings):
        """Give latents of settings, dropout off, float32 [rows, latent]."""
        inputs = torch.from_numpy(encoder_inputs(settings))
        with torch.no_grad():
            parts = [
                self.model.encoder(part.to(self.inputs))[0].cpu()
                for part in inputs.split(4096)
            ]
        return torch.cat(parts).float().numpy()

    def validation_loss(self):
        """Give the validation rows' reconstruction loss, or None."""
        settings = self.rows.settings[self.rows.parts == "validation"]
        if len(settings) == 0:
            return None
        latents = torch.from_numpy(self.encode(settings))
        with torch.no_grad():
            outputs = self.model.decoder(latents.to(self.inputs))
        outputs = outputs.cpu().float().numpy()
        kind = RECIPE["reconstruction"]
        if kind in ("response", "shape"):
            made = grid_responses(denormalise(outputs)).astype(np.float64)
            errors = made - grid_responses(settings)
            if kind == "shape":
                errors = errors - errors.mean(axis=1, keepdims=True)
            return float((errors**2).mean())
        errors = outputs.astype(np.float64) - normalise(settings)
        errors = errors**2 if kind == "mse" else np.abs(errors)
        mask = loss_mask(settings)
        return float((errors if mask is None else errors * mask).mean())

    # What a model file holds is flat, in the order of the parameters.

    def flat_weights(self):
        """Give the weights, float32 [total]."""
        parts = [p.detach().flatten() for p in self.model.parameters()]
        return torch.cat(parts).cpu().float().numpy()

    def set_weights(self, flat):
        """Take weights, [total]."""
        start = 0
        with torch.no_grad():
            for parameter in self.model.parameters():
                part = flat[start:start + parameter.numel()].copy()
                parameter.copy_(torch.from_numpy(part).view_as(parameter))
                start += parameter.numel()

    def flat_moments(self, name):
        """Give Adam's "exp_avg" or "exp_avg_sq", float32 [total]."""
        parts = [
            self.optimiser.state[parameter][name].flatten()
            for parameter in self.model.parameters()
        ]
        return torch.cat(parts).cpu().float().numpy()

    def set_moments(self, first, second):
        """Take Adam's moments, [total] each, after self.step steps."""
        start = 0
        for parameter in self.model.parameters():
            end = start + parameter.numel()

            def part(flat):
                values = torch.from_numpy(flat[start:end].copy())
                return values.view_as(parameter).to(parameter)

            self.optimiser.state[parameter] = {
                "step": torch.tensor(float(self.step)),
                "exp_avg": part(first),
                "exp_avg_sq": part(second),
            }
            start = end


# ---------------------------------------------------------------------------
# The model file: safetensors, with one JSON document in its metadata
# ---------------------------------------------------------------------------

DTYPES = {
    "F64": np.dtype("<f8"),
    "F32": np.dtype("<f4"),
    "I32": np.dtype("<i4"),
    "U8": np.dtype("u1"),
}
HISTORY = [
    "reconstruction", "contrastive", "total", "contrastiveWeight",
    "learningRate", "kl", "klWeight", "validation",
]
SPEC = [
    "latent", "hidden", "activation", "normalisation", "projection", "body",
    "variational", "input", "latentActivation", "latentSkip", "output",
]


def read_safetensors(path):
    """Read a file: arrays by name, and the metadata's texts by name."""
    raw = Path(path).read_bytes()
    try:
        (length,) = struct.unpack_from("<Q", raw)
        header = json.loads(raw[8:8 + length])
        metadata = header.pop("__metadata__", {})
        tensors = {}
        for name, entry in header.items():
            begin, end = entry["data_offsets"]
            data = raw[8 + length + begin:8 + length + end]
            values = np.frombuffer(data, DTYPES[entry["dtype"]])
            tensors[name] = values.reshape(entry["shape"])
        return tensors, metadata
    except (struct.error, ValueError, KeyError, AttributeError) as error:
        raise InputError(
            f"{path} is no whole safetensors file of 32-bit floats: {error}."
        ) from error


def write_safetensors(path, tensors, metadata):
    """Write a file whole: first beside its place, then onto it."""
    names = {dtype: name for name, dtype in DTYPES.items()}
    # Larger elements first, so that every tensor is aligned.
    ordered = sorted(tensors.items(), key=lambda item: -item[1].itemsize)
    header = {"__metadata__": metadata}
    offset = 0
    for name, values in ordered:
        header[name] = {
            "dtype": names[values.dtype],
            "shape": list(values.shape),
            "data_offsets": [offset, offset + values.nbytes],
        }
        offset += values.nbytes
    text = json.dumps(header, ensure_ascii=False).encode()
    text += b" " * (-len(text) % 8)
    path = Path(path)
    temporary = path.with_name(f"{path.name}.part")
    with open(temporary, "wb") as file:
        file.write(struct.pack("<Q", len(text)))
        file.write(text)
        for _, values in ordered:
            file.write(np.ascontiguousarray(values).tobytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def save(run, path):
    """Write the model, its map, and all that --resume needs.

    Left out is what is measured after training: scores, clusters of the
    words and proposals. The page takes scores when it trains on.
    """
    finished = is_finished(run.history)
    if finished and run.best_weights is not None:
        # The run is over, and ends with them.
        run.set_weights(run.best_weights)
    chosen = run.rows.parts != "other"
    labels = run.rows.labels[chosen]
    held_out = run.rows.parts[chosen] == "held-out"
    latents = run.encode(run.rows.settings[chosen])
    tensors = {
        name: parameter.detach().cpu().float().numpy().copy()
        for name, parameter in run.model.named_parameters()
    }
    origin, axes = map_axes(latents[~held_out])
    tensors["map.points"] = (latents - origin) @ axes.T
    tensors["map.labels"] = labels.astype(np.int32)
    tensors["map.held_out"] = held_out.astype(np.uint8)
    tensors["map.schools"] = np.zeros(len(labels), np.uint8)
    tensors["map.origin"] = origin
    tensors["map.axes"] = axes
    tensors["optimiser.first_moment"] = run.flat_moments("exp_avg")
    tensors["optimiser.second_moment"] = run.flat_moments("exp_avg_sq")
    validated = run.history[-1]["validation"] is not None
    columns = HISTORY if validated else HISTORY[:-1]
    tensors["progress.history"] = np.array(
        [[record[name] for name in columns] for record in run.history],
        dtype=np.float64,
    )
    if run.best_weights is not None and not finished:
        tensors["progress.best_weights"] = run.best_weights
    progress = {
        "epoch": len(run.history),
        "step": run.step,
        "plateau": run.plateau,
    }
    metadata = {
        "warmbright": json.dumps(document(run, latents, labels, held_out)),
        "warmbright.progress": json.dumps(progress),
    }
    write_safetensors(path, tensors, metadata)


def map_axes(latents):
    """Give the map's origin [latent] and its two axes [2, latent].

    The plane of the two principal components of latents [rows, latent].
    """
    latents = latents.astype(np.float64)
    origin = latents.mean(axis=0)
    centred = latents - origin
    _, vectors = np.linalg.eigh(centred.T @ centred)
    axes = np.zeros((2, latents.shape[1]))
    for axis, vector in zip(axes, vectors.T[::-1]):
        largest = vector[np.argmax(np.abs(vector))]
        axis[:] = vector if largest > 0 else -vector
    return origin.astype(np.float32), axes.astype(np.float32)


def document(run, latents, labels, held_out):
    """Say what the model is, as the page reads it."""
    spec = {name: RECIPE[name] for name in SPEC}
    spec["wordHead"] = len(WORDS) if RECIPE["wordHead"] else 0
    words = []
    for label, word in enumerate(WORDS):
        own = latents[(labels == label) & ~held_out].astype(np.float64)
        centroid = own.mean(axis=0).tolist() if len(own) > 0 else None
        rows = int((labels == label).sum())
        words.append({"word": word, "rows": rows, "centroid": centroid})
    names = ["scale", "offset", "from", "to"]
    return {
        "version": 1,
        "spec": spec,
        "normaliser": {
            "columns": [dict(zip(names, column)) for column in NORMALISER]
        },
        "words": words,
        "run": {
            "name": RUN_NAME,
            "recipe": RECIPE,
            "engine": "pytorch",
            "epochs": len(run.history),
            "dataSha256": DATA_SHA256,
            "synthetic": SYNTHETIC,
            "splitHash": SPLIT_SHA256,
            "trainingRows": int((~held_out).sum()),
            "heldOutRows": int(held_out.sum()),
            "scoreboard": None,
        },
    }


def resume(run, path, epochs):
    """Go on from a model file, with the optimiser's moments if it has them.

    Takes over the epochs of the file's recipe where `epochs` is None.
    """
    tensors, metadata = read_safetensors(path)
    told = json.loads(metadata.get("warmbright", "{}"))
    before = told.get("run") or {}
    words = [entry["word"] for entry in told.get("words", [])]
    same = before.get("splitHash") == SPLIT_SHA256 and words == WORDS
    if not same or before.get("dataSha256") != DATA_SHA256:
        raise InputError(
            f"{path} was trained on other words or other held-out rows than "
            "this script; start anew without --resume."
        )
    flat = []
    for name, parameter in run.model.named_parameters():
        shape = tuple(parameter.shape)
        if name not in tensors or tensors[name].shape != shape:
            raise InputError(
                f"{path} has no tensor {name} of shape {list(shape)}, so it "
                "is a model of another shape; start anew without --resume."
            )
        flat.append(tensors[name].ravel())
    run.set_weights(np.concatenate(flat))
    if "warmbright.progress" not in metadata:
        if run.processes.rank == 0:
            print(
                "The file has weights alone: optimiser, schedules and the "
                "count of epochs start anew from them."
            )
        return
    progress = json.loads(metadata["warmbright.progress"])
    run.step = progress["step"]
    run.plateau = progress["plateau"]
    run.set_moments(
        tensors["optimiser.first_moment"], tensors["optimiser.second_moment"]
    )
    for i, row in enumerate(tensors["progress.history"].tolist()):
        # Files of earlier versions have fewer columns.
        known = dict(zip(HISTORY, row))
        record = {"kl": 0.0, "klWeight": 0.0, "validation": None, **known}
        run.history.append({"epoch": i + 1, **record})
    best = tensors.get("progress.best_weights")
    run.best_weights = None if best is None else best.copy()
    if epochs is None:
        RECIPE["epochs"] = before["recipe"]["epochs"]


def file_to_resume(out):
    """Find the model file to go on from: DIR's, or the one beside this."""
    beside = Path(__file__).with_name(MODEL_FILE)
    for path in (out / MODEL_FILE, beside):
        if path.exists():
            return path
    raise InputError(
        f"There is no {out / MODEL_FILE} to go on from; leave --resume out."
    )


def train(options, processes):
    """Train as the options say; process 0 prints and saves."""
    out = Path(options.out)
    if processes.rank == 0:
        out.mkdir(parents=True, exist_ok=True)
    if options.epochs is not None:
        RECIPE["epochs"] = options.epochs
    dtype = processes.dtype(options.precision)
    run = Run(read_rows(options.data), processes, dtype)
    if options.resume:
        resume(run, file_to_resume(out), options.epochs)
    if is_finished(run.history):
        raise InputError(
            f"The run is over after epoch {len(run.history)}; give a larger "
            "--epochs to train on."
        )
    while not is_finished(run.history):
        run.train_epoch()
        if processes.rank != 0:
            continue
        record = run.history[-1]
        print(
            f"epoch {record['epoch']}/{RECIPE['epochs']}:"
            f" total {record['total']:.6g},"
            f" reconstruction {record['reconstruction']:.6g},"
            f" words {record['contrastive']:.6g},"
            f" KL {record['kl']:.6g},"
            f" learning rate {record['learningRate']:.4g}",
            flush=True,
        )
        save(run, out / MODEL_FILE)
    if processes.rank == 0:
        print(f"Written: {out / MODEL_FILE}")


def whole_number(text):
    """Read a number of epochs."""
    value = int(text)
    if not 1 <= value <= 10000:
        raise ValueError
    return value


def main():
    """Read the options, and train."""
    parser = argparse.ArgumentParser(
        description="Trains the model of a Warmbright recipe in PyTorch."
    )
    parser.add_argument("--data", required=True, help="the data set's file")
    parser.add_argument(
        "--epochs", type=whole_number,
        help="how many in all, those before included, instead of the recipe's",
    )
    parser.add_argument(
        "--resume", action="store_true",
        help="go on from DIR/model.safetensors or the one beside this script",
    )
    parser.add_argument(
        "--precision", type=int, choices=[32, 64],
        help="bits of the numbers it computes with; without it 64 on "
        "processors and 32 on graphics cards",
    )
    parser.add_argument("--out", required=True, help="where the model goes")
    options = parser.parse_args()
    processes = Processes()
    try:
        train(options, processes)
    except (InputError, OSError) as error:
        print(f"train.py: {error}", file=sys.stderr)
        sys.exit(1)
    processes.end()


if __name__ == "__main__":
    main()
