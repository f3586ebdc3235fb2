"""Peer of `step-…`: training steps of BENCH_MODEL in PyTorch on BENCH_THREADS threads, BENCH_REPEATS a round.

The networks of `src/step-networks.ts`, in PyTorch's own layouts (images NCHW). PyTorch's LSTM and GRU have a
second bias, and its GRU resets after the recurrent product.
"""
import json, os, resource, sys, time

THREADS = int(os.environ["BENCH_THREADS"])
os.environ["OMP_NUM_THREADS"] = str(THREADS)
import torch
from torch import nn

torch.set_num_threads(THREADS)
torch.manual_seed(1)
NAME, REPEATS = os.environ["BENCH_MODEL"], int(os.environ["BENCH_REPEATS"])
BATCH, TIME, CLASSES, VOCABULARY = 64, 64, 10, 64
CBOW_BATCH, CONTEXT, WORDS, DIMENSIONS = 256, 4, 5000, 100


class SequenceNetwork(nn.Module):
    def __init__(self, recurrent):
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, 64)
        self.recurrent = recurrent(64, 128, batch_first=True)
        self.output = nn.Linear(128, VOCABULARY)

    def forward(self, tokens):
        return self.output(self.recurrent(self.embed(tokens))[0]).flatten(0, 1)


class Cbow(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(WORDS, DIMENSIONS)
        self.output = nn.Linear(DIMENSIONS, WORDS, bias=False)

    def forward(self, words):
        return self.output(self.embed(words).mean(1))


def convolutions(channels, kernel):
    """Convolutions of the same size with ReLU, and pooling at the end."""
    layers = []
    for before, after in zip(channels, channels[1:]):
        layers += [nn.Conv2d(before, after, kernel, padding=kernel // 2), nn.ReLU()]
    return [*layers, nn.MaxPool2d(2)]


def network():
    """The model, its input and the labels of each row of logits."""
    if NAME in ("lstm", "gru"):
        tokens = (torch.arange(BATCH * TIME) * 7) % VOCABULARY
        return SequenceNetwork({"lstm": nn.LSTM, "gru": nn.GRU}[NAME]), tokens.view(BATCH, TIME), tokens
    if NAME == "cbow":
        words = (torch.arange(CBOW_BATCH * CONTEXT) * 31) % WORDS
        return Cbow(), words.view(CBOW_BATCH, CONTEXT), (torch.arange(CBOW_BATCH) * 17) % WORDS
    labels = torch.arange(BATCH) % CLASSES
    if NAME == "mlp":
        layers = [nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, CLASSES)]
        return nn.Sequential(*layers), torch.rand(BATCH, 784), labels
    if NAME == "vgg":
        layers = convolutions([3, 32, 32], 3) + convolutions([32, 64, 64], 3) + [nn.Flatten()]
        layers += [nn.Linear(4096, 128), nn.ReLU(), nn.Linear(128, CLASSES)]
        return nn.Sequential(*layers), torch.rand(BATCH, 3, 32, 32), labels
    layers = convolutions([1, 32], 5) + convolutions([32, 64], 5) + [nn.Flatten()]
    layers += [nn.Linear(3136, 1024), nn.ReLU(), nn.Linear(1024, CLASSES)]
    return nn.Sequential(*layers), torch.rand(BATCH, 1, 28, 28), labels


model, x, labels = network()
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, eps=1e-7)


def step():
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(x), labels)
    loss.backward()
    optimizer.step()
    return loss.item()


def peak_mebibytes():
    """`ru_maxrss` is in bytes on macOS, in kibibytes elsewhere."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


threads = "1 thread" if THREADS == 1 else f"{THREADS} threads"
print(json.dumps({"ready": f"{torch.__version__}, {torch.backends.cpu.get_cpu_capability()}, {threads}"}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    for _ in range(REPEATS):
        step()
    milliseconds = (time.perf_counter() - began) * 1000 / REPEATS
    print(json.dumps({"milliseconds": milliseconds, "peakMebibytes": peak_mebibytes()}), flush=True)
