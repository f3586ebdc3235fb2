"""Peer of `kernel`: the kernels of BENCH_CASES in PyTorch on BENCH_THREADS threads, images as NCHW."""
import json, os, resource, sys, time

THREADS = int(os.environ["BENCH_THREADS"])
os.environ["OMP_NUM_THREADS"] = str(THREADS)
import torch
from torch.nn import functional as F

torch.set_num_threads(THREADS)
torch.manual_seed(1)
torch.set_grad_enabled(False)
aten = torch.ops.aten


def images(tensor):
    """NHWC → NCHW"""
    return tensor.permute(0, 3, 1, 2).contiguous()


def filters(tensor):
    """[height, width, in, out] → [out, in, height, width]"""
    return tensor.permute(3, 2, 0, 1).contiguous()


def depth_filters(tensor):
    """[height, width, channels, 1] → [channels, 1, height, width]"""
    return tensor.permute(2, 3, 0, 1).contiguous()


def convolution(kernel, t, attributes):
    groups = 1
    turn = filters
    if kernel.startswith("Depthwise"):
        turn = depth_filters
        groups = (t.get("x", t.get("dy"))).shape[3]
    stride = [attributes["strides"]] * 2
    filter_shape = t["filter"].shape if "filter" in t else attributes["filterShape"]
    pad = [(filter_shape[0] - 1) // 2 if attributes["pad"] == "same" else 0] * 2
    if not kernel.endswith(("BackpropInput", "BackpropFilter")):
        x, w = images(t["x"]), turn(t["filter"])
        return lambda: F.conv2d(x, w, None, stride, pad, 1, groups)
    to_input = kernel.endswith("BackpropInput")
    x = images(torch.rand(attributes["inputShape"]) if to_input else t["x"])
    w = turn(t["filter"] if to_input else torch.rand(attributes["filterShape"]))
    dy = images(t["dy"])
    mask = [to_input, not to_input, False]
    return lambda: aten.convolution_backward(dy, x, w, None, stride, pad, [1, 1], False, [0, 0], groups, mask)


def pooling(kernel, t, attributes):
    size = [attributes["filterSize"]] * 2
    if kernel == "MaxPool":
        x = images(t["x"])
        return lambda: F.max_pool2d(x, size)
    x, dy = images(t["input"]), images(t["dy"])
    _, indices = F.max_pool2d(x, size, return_indices=True)
    return lambda: aten.max_pool2d_with_indices_backward(dy, x, size, size, [0, 0], [1, 1], False, indices)


def other(kernel, t, attributes):
    if kernel == "Softmax":
        return lambda: torch.softmax(t["logits"], 1)
    if kernel == "Tanh":
        return lambda: torch.tanh(t["x"])
    if kernel == "Sum":
        return lambda: t["x"].sum(attributes["axis"])
    if kernel == "GatherV2":
        return lambda: torch.index_select(t["x"], 0, t["indices"])
    if kernel == "UnsortedSegmentSum":
        zeros = lambda: torch.zeros(attributes["numSegments"], t["x"].shape[1])
        return lambda: zeros().index_add_(0, t["segmentIds"], t["x"])
    cell = torch.nn.LSTM(t["x"].shape[2], attributes["units"], batch_first=True)
    return lambda: cell(t["x"])


def prepare(case):
    tensors = {
        name: torch.randint(spec["below"], spec["shape"]) if "below" in spec else torch.rand(spec["shape"])
        for name, spec in case["inputs"].items()
    }
    kernel = case["kernel"]
    make = convolution if "Conv" in kernel else pooling if "Pool" in kernel else other
    return make(kernel, tensors, case["attributes"])


def mean_time(run, count):
    began = time.perf_counter()
    for _ in range(count):
        run()
    return (time.perf_counter() - began) * 1000 / count


def peak_mebibytes():
    """`ru_maxrss` is in bytes on macOS, in kibibytes elsewhere."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


runs = {case["name"]: prepare(case) for case in json.loads(os.environ["BENCH_CASES"])}
counts = {}
threads = "1 thread" if THREADS == 1 else f"{THREADS} threads"
print(json.dumps({"ready": f"{torch.__version__}, {torch.backends.cpu.get_cpu_capability()}, {threads}"}), flush=True)
for line in sys.stdin:
    name = line.rstrip("\n")
    milliseconds = mean_time(runs[name], counts.get(name, 1))
    if name not in counts:
        counts[name] = max(1, round(5 / mean_time(runs[name], 3)))
    print(json.dumps({"milliseconds": milliseconds, "peakMebibytes": peak_mebibytes()}), flush=True)
