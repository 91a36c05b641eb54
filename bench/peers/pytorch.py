"""PyTorch as a peer: the same model, loss and optimiser as a user of PyTorch writes them, eager;
or with both losses compiled, and replayed as a CUDA graph.

Commands come as lines of JSON on standard input, answers go to standard output; see protocol.ts.
It knows what the bench asks for: ReLU, layer normalisation, a projection, and the contrastive loss
that keeps the row itself in the denominator.

usage: pytorch.py DEVICE THREADS [compiled]
"""

import sys
import time

BEGIN = time.perf_counter()

import torch  # noqa: E402  (its loading is timed)
from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

from peer_lines import peak_bytes, serve  # noqa: E402

DEVICE = torch.device(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
COMPILED = sys.argv[3:] == ["compiled"]

IMPORTED = time.perf_counter() - BEGIN
STEADY = {"learningRate": 0.001, "contrastiveWeight": 0.3}


class Block(nn.Module):
    def __init__(self, inputs, outputs, dropout):
        super().__init__()
        self.main_path = nn.Sequential(
            nn.Linear(inputs, outputs),
            nn.LayerNorm(outputs),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Linear(outputs, outputs),
            nn.LayerNorm(outputs),
        )
        self.skip = nn.Linear(inputs, outputs) if inputs != outputs else nn.Identity()

    def forward(self, x):
        return F.relu(self.main_path(x) + self.skip(x))


def blocks(sizes, dropout):
    return nn.Sequential(*(Block(a, b, dropout) for a, b in zip(sizes, sizes[1:])))


class Encoder(nn.Module):
    def __init__(self, spec, dropout):
        super().__init__()
        last = spec["hidden"][-1]
        self.encoder_layers = blocks([13, *spec["hidden"]], dropout)
        self.to_latent = nn.Sequential(
            nn.Linear(last, last), nn.ReLU(), nn.Linear(last, spec["latent"]), nn.Tanh()
        )
        self.semantic_proj = nn.Linear(spec["latent"], spec["projection"])

    def forward(self, x):
        return self.to_latent(self.encoder_layers(x))


class Decoder(nn.Module):
    def __init__(self, spec, dropout):
        super().__init__()
        widths = spec["hidden"][::-1]
        self.decoder_layers = blocks([spec["latent"], *widths], dropout)
        self.output_head = nn.Sequential(
            nn.Linear(widths[-1], widths[-1]), nn.ReLU(), nn.Linear(widths[-1], 13), nn.Sigmoid()
        )

    def forward(self, latents):
        return self.output_head(self.decoder_layers(latents))


class Autoencoder(nn.Module):
    def __init__(self, spec, dropout):
        super().__init__()
        self.encoder = Encoder(spec, dropout)
        self.decoder = Decoder(spec, dropout)

    def forward(self, x):
        latents = self.encoder(x)
        return self.decoder(latents), self.encoder.semantic_proj(latents)


def contrastive_loss(points, labels, temperature):
    unit = F.normalize(points, dim=1)
    log_shares = F.log_softmax(unit @ unit.T / temperature, dim=1)
    partners = (labels[:, None] == labels[None, :]).float()
    partners.fill_diagonal_(0)
    return -((partners * log_shares).sum(1) / partners.sum(1).clamp(min=1)).mean()


class Peer:
    def load(self, task):
        torch.manual_seed(task["settings"]["seed"])
        self.settings = task["settings"]
        # Rows that are not there begin again at the first.
        rows = torch.arange(task["rows"]) % task["distinct"]
        self.inputs = torch.tensor(task["inputs"]).reshape(-1, 13)[rows].to(DEVICE)
        self.labels = torch.tensor(task["labels"])[rows].to(DEVICE)
        self.model = Autoencoder(task["spec"], self.settings["dropout"])
        # The parameter table has the order of this model's parameters.
        parameters = list(self.model.parameters())
        pieces = torch.tensor(task["weights"]).split([p.numel() for p in parameters])
        with torch.no_grad():
            for parameter, piece in zip(parameters, pieces):
                parameter.copy_(piece.reshape(parameter.shape))
        self.model.to(DEVICE).train()
        self.adam = torch.optim.Adam(self.model.parameters(), **({"fused": True} if COMPILED else {}))
        self.losses = self.losses_of
        if COMPILED:
            self.losses = torch.compile(self.losses_of, mode="reduce-overhead", dynamic=False)
            self.warm_up()

    def losses_of(self, x, labels):
        output, points = self.model(x)
        return F.mse_loss(output, x), contrastive_loss(points, labels, self.settings["temperature"])

    def warm_up(self):
        """Compiles for both sizes of batches: full ones, and an epoch's last."""
        size = self.settings["batchSize"]
        for rows in {min(size, len(self.inputs)), len(self.inputs) % size} - {0}:
            # A CUDA graph is recorded at the second call.
            for _ in range(3):
                torch.compiler.cudagraph_mark_step_begin()
                sum(self.losses(self.inputs[:rows], self.labels[:rows])).backward()
                self.adam.zero_grad()

    def train_epoch(self, order, plan):
        """One epoch over the rows of `order`; means over them of both losses, on the device."""
        sums = torch.zeros(2, device=DEVICE)
        for group in self.adam.param_groups:
            group["lr"] = plan["learningRate"]
        for batch in order.split(self.settings["batchSize"]):
            if COMPILED:
                torch.compiler.cudagraph_mark_step_begin()
            reconstruction, contrastive = self.losses(self.inputs[batch], self.labels[batch])
            self.adam.zero_grad()
            (reconstruction + plan["contrastiveWeight"] * contrastive).backward()
            self.adam.step()
            sums += torch.stack([reconstruction, contrastive]).detach() * len(batch)
        return sums / len(order)

    def shuffled(self):
        return torch.randperm(len(self.inputs), device=DEVICE)

    def do_start(self, command):
        begin = time.perf_counter()
        self.load(command["task"])
        order = torch.arange(self.settings["batchSize"], device=DEVICE)
        self.train_epoch(order, STEADY).tolist()
        milliseconds = 1000 * (IMPORTED + time.perf_counter() - begin)
        name = torch.cuda.get_device_name() if DEVICE.type == "cuda" else "the processor"
        threads = torch.get_num_threads()
        where = name if DEVICE.type == "cuda" else f"{name}, threads: {threads}"
        return {"milliseconds": milliseconds, "device": where}

    def do_load(self, command):
        self.load(command["task"])
        return {"loaded": True}

    def do_step(self, command):
        order = torch.tensor(command["order"], device=DEVICE)
        reconstruction, contrastive = self.train_epoch(order, command).tolist()
        return {"reconstruction": reconstruction, "contrastive": contrastive}

    def do_state(self, _):
        parameters = list(self.model.parameters())
        moments = [self.adam.state[p]["exp_avg"] for p in parameters]

        def flat(tensors):
            return torch.cat([t.detach().reshape(-1) for t in tensors]).tolist()

        return {"weights": flat(parameters), "firstMoment": flat(moments)}

    def do_train(self, command):
        rows = command["batches"] * self.settings["batchSize"]
        seconds = 0
        for _ in range(command["epochs"]):
            begin = time.perf_counter()
            order = self.shuffled()[:rows]
            shuffled = time.perf_counter()
            # Reading the losses waits for the device.
            self.train_epoch(order, STEADY).tolist()
            # All rows are shuffled for what may be a small part of an epoch.
            part = min(1, rows / len(self.inputs))
            seconds += (shuffled - begin) * part + time.perf_counter() - shuffled
        return {"milliseconds": 1000 * seconds}

    def do_run(self, command):
        run = command["run"]
        begin = time.perf_counter()
        schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(
            self.adam, factor=0.5, patience=run["plateauPatience"]
        )
        rate = run["learningRate"]
        for epoch in range(run["epochs"]):
            share = epoch / max(1, run["epochs"] - 1)
            weight = run["contrastiveStart"] * (1 - share) + run["contrastiveEnd"] * share
            plan = {"learningRate": rate, "contrastiveWeight": weight}
            reconstruction, contrastive = self.train_epoch(self.shuffled(), plan).tolist()
            total = reconstruction + weight * contrastive
            schedule.step(total)
            rate = self.adam.param_groups[0]["lr"]
        self.model.eval()
        with torch.no_grad():
            self.model.encoder(self.inputs).tolist()
        self.model.train()
        return {"milliseconds": 1000 * (time.perf_counter() - begin), "total": total}

    def do_count(self, _):
        order = self.shuffled()[: self.settings["batchSize"]]
        on_gpu = DEVICE.type == "cuda"
        activities = [torch.profiler.ProfilerActivity.CPU]
        if on_gpu:
            activities.append(torch.profiler.ProfilerActivity.CUDA)
        with torch.profiler.profile(activities=activities) as profile:
            self.train_epoch(order, STEADY).tolist()
        if on_gpu:
            of_gpu = torch.autograd.DeviceType.CUDA
            kernels = sum(1 for event in profile.events() if event.device_type == of_gpu)
            return {"count": kernels, "of": "kernels"}
        # Those that call no further operation do the work.
        leaves = sum(
            1
            for event in profile.events()
            if event.name.startswith("aten::")
            and not any(child.name.startswith("aten::") for child in event.cpu_children)
        )
        return {"count": leaves, "of": "kernels"}

    def do_memory(self, _):
        if DEVICE.type == "cuda":
            return {"bytes": torch.cuda.max_memory_allocated(), "of": "buffers"}
        return {"bytes": peak_bytes(), "of": "process"}


serve(Peer())
