"""jax as a peer: the same model, losses and Adam as pytorch.py, an epoch one compiled loop.

It knows what the bench asks for; see pytorch.py.

usage: jax_peer.py
"""

import time

BEGIN = time.perf_counter()

import jax  # noqa: E402  (its loading is timed)
import numpy as np  # noqa: E402
from jax import numpy as jnp  # noqa: E402

from peer_lines import peak_bytes, serve  # noqa: E402

IMPORTED = time.perf_counter() - BEGIN
STEADY = {"learningRate": 0.001, "contrastiveWeight": 0.3}
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8
# Sums of products in float32, as everybody else's.
jax.config.update("jax_default_matmul_precision", "highest")


def shapes_of(spec):
    """Shapes of the tensors, in the parameter table's order."""
    hidden, latent = spec["hidden"], spec["latent"]

    def linear(inputs, outputs):
        return [(outputs, inputs), (outputs,)]

    def blocks(sizes):
        for a, b in zip(sizes, sizes[1:]):
            yield from linear(a, b) + [(b,), (b,)] + linear(b, b) + [(b,), (b,)]
            if a != b:
                yield from linear(a, b)

    last, first = hidden[-1], hidden[0]
    return [
        *blocks([13, *hidden]),
        *linear(last, last),
        *linear(last, latent),
        *linear(latent, spec["projection"]),
        *blocks([latent, *hidden[::-1]]),
        *linear(first, first),
        *linear(first, 13),
    ]


def forward(spec, dropout, weights, x, key):
    """Output, points that the contrastive loss compares, latents. key: None leaves dropout off."""
    tensors = iter(weights)

    def linear(x):
        weight, bias = next(tensors), next(tensors)
        return x @ weight.T + bias

    def normalise(x):
        scale, shift = next(tensors), next(tensors)
        centred = x - x.mean(1, keepdims=True)
        return centred / jnp.sqrt((centred**2).mean(1, keepdims=True) + 1e-5) * scale + shift

    def dropped(x):
        nonlocal key
        if key is None or dropout == 0:
            return x
        key, drawn = jax.random.split(key)
        return jnp.where(jax.random.bernoulli(drawn, 1 - dropout, x.shape), x / (1 - dropout), 0)

    def blocks(x, sizes):
        for width in sizes:
            main = normalise(linear(dropped(jax.nn.relu(normalise(linear(x))))))
            x = jax.nn.relu(main + (linear(x) if x.shape[1] != width else x))
        return x

    latents = jnp.tanh(linear(jax.nn.relu(linear(blocks(x, spec["hidden"])))))
    points = linear(latents)
    output = linear(jax.nn.relu(linear(blocks(latents, spec["hidden"][::-1]))))
    return jax.nn.sigmoid(output), points, latents


def contrastive_loss(points, labels, temperature):
    unit = points / jnp.maximum(jnp.linalg.norm(points, axis=1, keepdims=True), 1e-12)
    log_shares = jax.nn.log_softmax(unit @ unit.T / temperature, axis=1)
    same = labels[:, None] == labels[None, :]
    partners = jnp.where(jnp.eye(len(labels), dtype=bool), 0.0, same)
    return -((partners * log_shares).sum(1) / jnp.maximum(partners.sum(1), 1)).mean()


class Peer:
    def load(self, task):
        spec, settings = task["spec"], task["settings"]
        self.size = settings["batchSize"]
        # Rows that are not there begin again at the first.
        rows = np.arange(task["rows"]) % task["distinct"]
        self.inputs = jnp.asarray(np.asarray(task["inputs"], np.float32).reshape(-1, 13)[rows])
        self.labels = jnp.asarray(np.asarray(task["labels"], np.int32)[rows])
        self.key = jax.random.key(settings["seed"])
        shapes = shapes_of(spec)
        ends = np.cumsum([int(np.prod(shape)) for shape in shapes])
        pieces = np.split(np.asarray(task["weights"], np.float32), ends[:-1])
        weights = [jnp.asarray(piece.reshape(shape)) for piece, shape in zip(pieces, shapes)]
        zeros = [jnp.zeros_like(weight) for weight in weights]
        self.state = (weights, zeros, [jnp.zeros_like(weight) for weight in weights], 0)

        def losses(weights, x, labels, key, weight):
            output, points, _ = forward(spec, settings["dropout"], weights, x, key)
            reconstruction = ((output - x) ** 2).mean()
            contrastive = contrastive_loss(points, labels, settings["temperature"])
            return reconstruction + weight * contrastive, jnp.stack([reconstruction, contrastive])

        def step(state, batch, inputs, labels, key, rate, weight):
            weights, first, second, taken = state
            taken = taken + 1
            gradients, both = jax.grad(losses, has_aux=True)(
                weights, inputs[batch], labels[batch], jax.random.fold_in(key, taken), weight
            )
            first = [BETA1 * m + (1 - BETA1) * g for m, g in zip(first, gradients)]
            second = [BETA2 * m + (1 - BETA2) * g * g for m, g in zip(second, gradients)]
            size = rate / (1 - BETA1**taken)
            scale = 1 / jnp.sqrt(1 - BETA2**taken)
            weights = [
                w - size * m / (jnp.sqrt(v) * scale + EPSILON)
                for w, m, v in zip(weights, first, second)
            ]
            return (weights, first, second, taken), both * len(batch)

        def epoch(state, batches, *given):
            state, sums = jax.lax.scan(lambda state, batch: step(state, batch, *given), state, batches)
            return state, sums.sum(0)

        self.epoch = jax.jit(epoch, donate_argnums=0)
        self.encode = jax.jit(lambda weights, x: forward(spec, 0, weights, x, None)[2])

    def train_epoch(self, order, plan):
        """One epoch over the rows of `order`; means over them of both losses."""
        given = (self.inputs, self.labels, self.key, plan["learningRate"], plan["contrastiveWeight"])
        full = len(order) // self.size * self.size
        sums = jnp.zeros(2)
        for batches in (order[:full].reshape(-1, self.size), order[full:][None]):
            if batches.size > 0:
                self.state, more = self.epoch(self.state, batches, *given)
                sums = sums + more
        return np.asarray(sums / len(order)).tolist()

    def shuffled(self):
        self.key, drawn = jax.random.split(self.key)
        return jax.random.permutation(drawn, len(self.inputs))

    def do_start(self, command):
        begin = time.perf_counter()
        self.load(command["task"])
        self.train_epoch(jnp.arange(self.size), STEADY)
        milliseconds = 1000 * (IMPORTED + time.perf_counter() - begin)
        return {"milliseconds": milliseconds, "device": str(jax.devices()[0])}

    def do_load(self, command):
        self.load(command["task"])
        return {"loaded": True}

    def do_step(self, command):
        order = jnp.asarray(command["order"], jnp.int32)
        reconstruction, contrastive = self.train_epoch(order, command)
        return {"reconstruction": reconstruction, "contrastive": contrastive}

    def do_state(self, _):
        weights, first, _, _ = self.state

        def flat(tensors):
            return np.concatenate([np.asarray(t).ravel() for t in tensors]).tolist()

        return {"weights": flat(weights), "firstMoment": flat(first)}

    def do_train(self, command):
        rows = command["batches"] * self.size
        seconds = 0
        for _ in range(command["epochs"]):
            begin = time.perf_counter()
            order = self.shuffled()[:rows].block_until_ready()
            shuffled = time.perf_counter()
            self.train_epoch(order, STEADY)
            # All rows are shuffled for what may be a small part of an epoch.
            part = min(1, rows / len(self.inputs))
            seconds += (shuffled - begin) * part + time.perf_counter() - shuffled
        return {"milliseconds": 1000 * seconds}

    def do_run(self, command):
        run = command["run"]
        # Compiled before the time begins, for both sizes of batches.
        kept = jax.tree.map(jnp.copy, self.state)
        self.train_epoch(self.shuffled(), STEADY)
        self.state = kept
        begin = time.perf_counter()
        rate, best, waited = run["learningRate"], float("inf"), 0
        for epoch in range(run["epochs"]):
            share = epoch / max(1, run["epochs"] - 1)
            weight = run["contrastiveStart"] * (1 - share) + run["contrastiveEnd"] * share
            plan = {"learningRate": rate, "contrastiveWeight": weight}
            reconstruction, contrastive = self.train_epoch(self.shuffled(), plan)
            total = reconstruction + weight * contrastive
            # As PyTorch's ReduceLROnPlateau.
            if total < best * (1 - 1e-4):
                best, waited = total, 0
            else:
                waited += 1
            if waited > run["plateauPatience"]:
                rate, waited = rate / 2, 0
        np.asarray(self.encode(self.state[0], self.inputs))
        return {"milliseconds": 1000 * (time.perf_counter() - begin), "total": total}

    def do_count(self, _):
        return {"count": 1, "of": "compiled loops an epoch"}

    def do_memory(self, _):
        statistics = jax.devices()[0].memory_stats()
        if statistics is not None and "peak_bytes_in_use" in statistics:
            return {"bytes": statistics["peak_bytes_in_use"], "of": "buffers"}
        return {"bytes": peak_bytes(), "of": "process"}


serve(Peer())
