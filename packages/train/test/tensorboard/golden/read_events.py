"""What TensorBoard itself reads from the event files in ./run.

    python3 -m pip install tensorboard
    rm -rf run && node ../sample-run.ts run && python3 read_events.py

Three readers: the pipeline of the dashboards (plugin_event_accumulator), the data server written in
Rust that `tensorboard` starts where it can, and the older EventAccumulator that scripts use.
"""

import json
import time
from pathlib import Path

import numpy as np
import tensorboard
import tensorboard.context
import tensorboard_data_server
from tensorboard.backend.event_processing import event_accumulator, plugin_event_accumulator
from tensorboard.compat.proto import event_pb2
from tensorboard.data import server_ingester
from tensorboard.plugins.histogram import summary_v2
from tensorboard.util import grpc_util, tensor_util

HERE = Path(__file__).parent
RUN = HERE / "run"


def plain(array):
    """A tensor as JSON; text as text, a PNG as its length."""
    if array.dtype.kind in "OS":
        items = [item if isinstance(item, bytes) else item.encode() for item in array.ravel().tolist()]
        return [f"PNG of {len(item)} bytes" if item.startswith(b"\x89PNG") else item.decode() for item in items]
    return array.astype(np.float64).tolist()


def dashboards():
    accumulator = plugin_event_accumulator.EventAccumulator(str(RUN))
    accumulator.Reload()
    tags = {}
    for tag in sorted(accumulator.Tags()["tensors"]):
        events = accumulator.Tensors(tag)
        tags[tag] = {
            "plugin": accumulator.SummaryMetadata(tag).plugin_data.plugin_name,
            "points": [[e.step, e.wall_time, plain(tensor_util.make_ndarray(e.tensor_proto))] for e in events],
        }
    return tags


def data_server():
    ingester = server_ingester.SubprocessServerDataIngester(
        server_binary=server_ingester.get_server_binary(),
        logdir=str(RUN),
        reload_interval=0,
        channel_creds_type=grpc_util.ChannelCredsType.LOCAL,
        samples_per_plugin={"scalars": 0, "histograms": 0, "images": 0, "text": 0},
    )
    ingester.start()
    provider = ingester.data_provider
    ctx = tensorboard.context.RequestContext()
    for _ in range(100):
        if provider.list_scalars(ctx, experiment_id="", plugin_name="scalars"):
            break
        time.sleep(0.1)
    time.sleep(1)
    tags = {}
    reads = {"scalars": provider.read_scalars, "histograms": provider.read_tensors, "text": provider.read_tensors}
    for plugin, read in reads.items():
        for series in read(ctx, experiment_id="", plugin_name=plugin, downsample=1000).values():
            for tag, points in series.items():
                values = [p.value if plugin == "scalars" else plain(p.numpy) for p in points]
                tags[tag] = [[p.step, p.wall_time, v] for p, v in zip(points, values)]
    for series in provider.read_blob_sequences(
        ctx, experiment_id="", plugin_name="images", downsample=1000
    ).values():
        for tag, points in series.items():
            # width and height come first, then one PNG an image
            blobs = [[provider.read_blob(ctx, blob_key=v.blob_key) for v in p.values] for p in points]
            tags[tag] = [
                [p.step, p.wall_time, [plain(np.array([b], dtype=object))[0] for b in bs]]
                for p, bs in zip(points, blobs)
            ]
    return dict(sorted(tags.items()))


def scripts():
    accumulator = event_accumulator.EventAccumulator(str(RUN))
    accumulator.Reload()
    tags = accumulator.Tags()
    return {
        "scalars": {t: [[e.step, e.value] for e in accumulator.Scalars(t)] for t in sorted(tags["scalars"])},
        "images": {t: [[e.step, e.width, e.height] for e in accumulator.Images(t)] for t in sorted(tags["images"])},
        "histograms": {
            t: [
                [e.step, {"min": h.min, "max": h.max, "num": h.num, "sum": h.sum, "sum_squares": h.sum_squares}]
                for e in accumulator.Histograms(t)
                for h in [e.histogram_value]
            ]
            for t in sorted(tags["histograms"])
        },
    }


def buckets():
    """The buckets that tf.summary.histogram makes of values, for comparison with ours."""
    cases = {
        "several": [-3.0, -1.0, 0.0, 0.1, 0.25, 2.0, 2.0, 4.5],
        "two": [0.0, 1.0],
        "spread": [((i * 37) % 101) ** 2 / 8 - 300 for i in range(101)],
    }
    out = {}
    for name, values in cases.items():
        proto = summary_v2.histogram_pb("tag", np.array(values), buckets=30).value[0].tensor
        out[name] = {"values": values, "buckets": tensor_util.make_ndarray(proto).tolist()}
    return out


def records():
    """Every whole event as the generated protobuf classes of TensorBoard read it."""
    from tensorboard.backend.event_processing import event_file_loader

    out = []
    for path in sorted(RUN.iterdir()):
        kinds = []
        for record in event_file_loader.RawEventFileLoader(str(path)).Load():
            event = event_pb2.Event.FromString(record)
            kinds.append([event.WhichOneof("what"), event.step, event.wall_time, len(event.summary.value)])
        out.append({"file": path.name, "events": kinds})
    return out


result = {
    "versions": {
        "tensorboard": tensorboard.__version__,
        "tensorboard-data-server": tensorboard_data_server.__version__,
        "numpy": np.__version__,
    },
    "records": records(),
    "dashboards": dashboards(),
    "dataServer": data_server(),
    "scripts": scripts(),
    "buckets": buckets(),
}
(HERE / "outcome.json").write_text(json.dumps(result, indent=1) + "\n")
