"""Measures the points of a bench.jsonl in PyTorch, for `./albert bench ... --compare`.

python torch_bench.py OURS/bench.jsonl THEIRS/bench.jsonl [--seconds 10] [--compile]

Needs torch and transformers. Each point has a process of its own. A second call measures what is
missing. train computes logits of the labelled positions alone, as `albert bench` does. float32 on a
GPU is TF32, as in TensorFlow. float16 is trained without loss scaling.
"""

import argparse, json, os, platform, resource, statistics, subprocess, sys, time

WARMUPS, MINIMUM, LABELLED = 5, 10, 0.15
EITHER = ("hidden_size", "num_hidden_layers", "num_attention_heads", "intermediate_size",
          "vocab_size", "max_position_embeddings", "type_vocab_size", "hidden_act",
          "layer_norm_eps", "initializer_range", "hidden_dropout_prob",
          "attention_probs_dropout_prob")


def model_of(keys, train):
    """Encoder, and with train its masked-LM head, as transformers has them."""
    import transformers
    is_albert = keys["model_type"] == "albert"
    needed = "all" if is_albert else "none"
    if keys["sharing"] != needed or keys["groups"] != 1 or keys["inner_group_num"] != 1:
        raise SystemExit(f"transformers has no {keys['model_type']} that shares like this one")
    name = "Albert" if is_albert else "Bert"
    own = {key: keys[key] for key in EITHER}
    if is_albert:
        own["embedding_size"] = keys["embedding_size"]
    config = getattr(transformers, name + "Config")(**own)
    model = getattr(transformers, name + ("ForMaskedLM" if train else "Model"))(config)
    return model.train(train)


def trainer(torch, model, ids, device, dtype):
    """One masked-LM step: forward, loss of 15 % of the tokens, backward, AdamW."""
    body = model.albert if hasattr(model, "albert") else model.bert
    head = model.predictions if hasattr(model, "predictions") else model.cls
    batch, sequence = ids.shape
    labels = max(1, int(LABELLED * sequence + 0.5))
    rows = [torch.randperm(sequence)[:labels].sort().values + row * sequence for row in range(batch)]
    where = torch.cat(rows).to(device)
    gold = ids.reshape(-1)[where]
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-4)

    def loss():
        with torch.autocast(device, dtype=dtype, enabled=dtype != torch.float32):
            hidden = body(input_ids=ids, attention_mask=torch.ones_like(ids),
                          token_type_ids=torch.zeros_like(ids)).last_hidden_state
            logits = head(hidden.reshape(batch * sequence, -1)[where])
        return torch.nn.functional.cross_entropy(logits.float(), gold)

    def step(loss=loss):
        optimizer.zero_grad(set_to_none=True)
        value = loss()
        value.backward()
        optimizer.step()
        return value.item()

    return loss, step


def measure(setting, seconds, compiled):
    """One point in this process."""
    import torch
    torch.manual_seed(1)
    torch.set_num_threads(setting["threads"])
    torch.backends.cuda.matmul.allow_tf32 = True
    device = "cuda" if setting["device"] == "gpu" else "cpu"
    dtype = getattr(torch, setting["precision"])
    train = setting["mode"] == "train"
    model = model_of(setting["architecture"], train).to(device)
    shape = (setting["batch"], setting["sequence"])
    ids = torch.randint(0, setting["architecture"]["vocab_size"], shape, device=device)
    if train:
        loss, step = trainer(torch, model, ids, device, dtype)
        if compiled:
            fast = torch.compile(loss)
            unit = lambda: step(fast)
        else:
            unit = step
    else:
        model = model.to(dtype)
        run = torch.compile(model) if compiled else model

        def unit():
            with torch.inference_mode():
                return run(input_ids=ids, attention_mask=torch.ones_like(ids),
                           token_type_ids=torch.zeros_like(ids)).last_hidden_state.float().cpu()
    for _ in range(WARMUPS):
        unit()
    times, end = [], time.perf_counter() + seconds
    while len(times) < MINIMUM or time.perf_counter() < end:
        begun = time.perf_counter()
        unit()
        times.append((time.perf_counter() - begun) * 1e3)
    # the quantiles of numpy, which `albert bench` has too
    p90 = statistics.quantiles(times, n=10, method="inclusive")[8]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    print(json.dumps({"median_ms": statistics.median(times), "p90_ms": p90,
                      "peak_rss_mb": peak, "repeats": len(times)}))


def machine(device):
    """The name as `albert bench` writes it."""
    if device == "gpu":
        import torch
        return torch.cuda.get_device_name(0)
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{names[0] if names else platform.processor()}, {len(os.sched_getaffinity(0))} cores"


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def series(options):
    """All points of a file, one after another."""
    import torch
    done = read(options.output) if os.path.exists(options.output) else []
    points = read(options.input)
    program = f"PyTorch {torch.__version__}" + (", compiled" if options.compile else "")
    for number, point in enumerate(points, 1):
        setting = point["setting"]
        if any(setting == other["setting"] for other in done):
            continue
        command = [sys.executable, __file__, "--one", json.dumps(setting), options.input,
                   options.output, "--seconds", str(options.seconds)]
        ended = subprocess.run(command + ["--compile"] * options.compile, capture_output=True,
                               text=True)
        where = f"[{number}/{len(points)}] {setting['model']}, {setting['mode']}, " \
                f"{setting['batch']} x {setting['sequence']}, {setting['precision']}"
        if ended.returncode != 0:
            said = ended.stderr.strip().splitlines()
            print(f"{where}: {said[-1] if said else ended.returncode}", file=sys.stderr)
            continue
        measured = json.loads(ended.stdout.splitlines()[-1])
        done.append({"schema_version": 1, "program": program,
                     "machine": machine(setting["device"]), "setting": setting, **measured})
        print(f"{where}: median {measured['median_ms']:.1f} ms", file=sys.stderr)
        os.makedirs(os.path.dirname(os.path.abspath(options.output)), exist_ok=True)
        with open(options.output + ".tmp", "w", encoding="utf-8") as out:
            out.writelines(json.dumps(line, separators=(",", ":")) + "\n" for line in done)
        os.replace(options.output + ".tmp", options.output)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("input", help="bench.jsonl of ./albert bench --sweep or --gpu-suite")
    parser.add_argument("output", help="the bench.jsonl to write")
    parser.add_argument("--seconds", type=float, default=10, help="for each point [10]")
    parser.add_argument("--compile", action="store_true", help="with torch.compile")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        measure(json.loads(given.one), given.seconds, given.compile)
    else:
        series(given)
