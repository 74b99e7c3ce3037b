"""Loads what `./albert convert` writes with the programs it is for, and compares.

    python check.py --albert ./albert --golden model/src/test/resources/golden [--model DIR]

For each case of golden/hf (and the model directory given), converts to hf, tf-checkpoint and
saved-model and checks, with whichever of transformers (with torch) and tensorflow is installed:
  hf             transformers loads it with no key missing or left over; weights equal those of the
                 case bit for bit; the last hidden state is the golden one
  tf-checkpoint  tf.train.load_checkpoint reads as many values as the weights have, bit for bit
                 those of the saved-model
  saved-model    tf.saved_model.load and the session loader of TensorFlow 1 serve it; the last
                 hidden state and the logits are the golden ones
With --tokenizer tokenizer.json and --texts (JSON lines with text) it compares `./albert tokenize`
with the tokenizers library, text by text; those that spell a special token are told apart, since
there the library makes control tokens of text.
With --cases DIR it converts each folder of DIR that has texts.jsonl and expected.jsonl (a model, cased or not, with
accents or without) to hf, and compares the ids that transformers' AutoTokenizer and `./albert tokenize` give there
with expected.jsonl's.
Prints a line a check, and exits with 1 if one fails.

Recorded: transformers 5.24.0 (torch 2.15.0, tokenizers 0.23.3) and tensorflow-cpu 2.18.1, all 13
cases of golden/hf and maven:all-MiniLM-L6-v2: 0 failures; of golden/tokenizers.jsonl 917 of 918
texts spell no special token, and all of them have equal ids. transformers 5.24.0 with the folders of
experiments/src/test/resources/tokenizers that hold a model: 0 failures.
"""

import argparse
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from safetensors.numpy import load_file

TOLERANCE = 1e-5  # of the largest absolute value, as in the golden cases' README
failures = 0


def report(case, what, problem=""):
    global failures
    failures += bool(problem)
    print(f"{case:28} {what:34} {'FAILED: ' + problem if problem else 'ok'}", flush=True)


def difference(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    if got.shape != expected.shape:
        return f"shape {got.shape}, expected {expected.shape}"
    worst = np.abs(got - expected).max() / np.abs(expected).max()
    return "" if worst <= TOLERANCE else f"differs by {worst:.2g}"


def last_hidden(forward):
    return forward[max((k for k in forward if k.startswith("hidden.")), key=lambda k: int(k[7:]))]


def inputs(forward):
    names = ("input_ids", "attention_mask", "token_type_ids")
    return {n: forward[n].reshape(-1, forward[n].shape[-1]) for n in names}


def check_transformers(case, directory, original, forward):
    import torch
    import transformers

    config = transformers.AutoConfig.from_pretrained(directory)
    cls = getattr(transformers, config.architectures[0])
    model, info = cls.from_pretrained(directory, output_loading_info=True)
    odd = {k: v for k, v in info.items() if v and k in ("missing_keys", "unexpected_keys", "mismatched_keys")}
    report(case, "hf: every key", str(odd) if odd else "")
    if original is not None:
        written = load_file(directory / "model.safetensors")
        same = written.keys() == original.keys() and all(
            np.array_equal(written[k], original[k]) for k in original)
        report(case, "hf: weights bit for bit", "" if same else "they differ")
    if forward is not None:
        model.eval()
        base = getattr(model, model.base_model_prefix, model)
        with torch.no_grad():
            out = base(**{k: torch.tensor(v) for k, v in inputs(forward).items()})
        report(case, "hf: last hidden state", difference(out.last_hidden_state, last_hidden(forward)))


def golden_outputs(forward):
    wanted = {"sequence_output": last_hidden(forward)}
    if "pooled" in forward:
        wanted["pooled_output"] = forward["pooled"]
    for ours, theirs in (("logits", "out.logits"), ("token_logits", "out.logits"),
                         ("predictions", "out.logits"), ("start_logits", "out.start_logits"),
                         ("end_logits", "out.end_logits"), ("sentence_order_logits", "out.sop_logits"),
                         ("next_sentence_logits", "out.seq_relationship_logits")):
        if theirs in forward:
            wanted[ours] = forward[theirs]
    return wanted


def compare(case, what, got, forward):
    wanted = golden_outputs(forward)
    for name in sorted(got.keys() & wanted.keys()):
        expected = wanted[name]
        report(case, f"{what}: {name}", difference(np.reshape(got[name], expected.shape), expected))


def check_tensorflow(case, checkpoint, saved, forward):
    import tensorflow as tf

    reader = tf.train.load_checkpoint(str(next(checkpoint.glob("*.index")).with_suffix("")))
    served = tf.train.load_checkpoint(str(saved / "variables" / "variables"))
    names = sorted(reader.get_variable_to_shape_map())
    same = all(np.array_equal(reader.get_tensor(n), served.get_tensor(n))
               for n in names if served.has_tensor(n))
    report(case, f"tf-checkpoint: {len(names)} variables", "" if same else "they differ")

    loaded = tf.saved_model.load(str(saved))
    feed = inputs(forward) if forward is not None else {
        n: np.ones((2, 8)) for n in ("input_ids", "attention_mask", "token_type_ids")}
    feed = {n: v.astype(np.int32) for n, v in feed.items()}
    got = loaded.signatures["serving_default"](**{n: tf.constant(v) for n, v in feed.items()})
    got = {k: v.numpy() for k, v in got.items()}
    report(case, "saved-model: finite", "" if all(np.isfinite(v).all() for v in got.values()) else "not")
    if forward is not None:
        compare(case, "saved-model", got, forward)
    with tf.Graph().as_default(), tf.compat.v1.Session() as session:
        meta = tf.compat.v1.saved_model.load(session, ["serve"], str(saved))
        signature = meta.signature_def["serving_default"]
        again = session.run({k: v.name for k, v in signature.outputs.items()},
                            {signature.inputs[n].name: v for n, v in feed.items()})
    for name in sorted(got):
        report(case, f"saved-model, session: {name}", difference(again[name], got[name]))


def check_tokenizer(albert, tokenizer, texts):
    import tokenizers

    library = tokenizers.Tokenizer.from_file(tokenizer)
    library.no_padding()
    library.no_truncation()
    special = {t.content for t in library.get_added_tokens_decoder().values() if t.special}
    lines = [json.loads(line)["text"] for line in open(texts, encoding="utf-8") if line.strip()]
    for name, option, add in (("ids", [], False), ("ids with --special", ["--special"], True)):
        out = subprocess.run([albert, "tokenize", "--tokenizer", tokenizer, "--input", texts] + option,
                             check=True, capture_output=True, text=True).stdout.splitlines()
        plain = [i for i, text in enumerate(lines) if not any(s in text for s in special)]
        unlike = [i for i in plain
                  if json.loads(out[i])["ids"] != library.encode(lines[i], add_special_tokens=add).ids]
        report("tokenizer.json", f"{name}: {len(plain)} of {len(lines)} texts",
               f"{len(unlike)} differ, the first in line {unlike[0] + 1}" if unlike else "")


def check_casing(albert, folder, converted):
    import transformers

    texts = [json.loads(line)["text"] for line in open(folder / "texts.jsonl", encoding="utf-8") if line.strip()]
    wanted = [json.loads(line)["ids"] for line in open(folder / "expected.jsonl", encoding="utf-8") if line.strip()]
    tokenizer = transformers.AutoTokenizer.from_pretrained(converted)
    theirs = [tokenizer(text)["input_ids"] for text in texts]
    out = subprocess.run([albert, "tokenize", "--special", "--tokenizer", str(converted),
                          "--input", str(folder / "texts.jsonl")], check=True, capture_output=True, text=True)
    ours = [json.loads(line)["ids"] for line in out.stdout.splitlines()]
    report(folder.name, f"hf: ids of {type(tokenizer).__name__}", "" if theirs == wanted else f"{theirs}")
    report(folder.name, "hf: ids of tokenize", "" if ours == wanted else f"{ours}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--albert", required=True)
    parser.add_argument("--golden", type=pathlib.Path, default=pathlib.Path("/nowhere"))
    parser.add_argument("--model", action="append", default=[])
    parser.add_argument("--folder", type=pathlib.Path, help="keeps what is converted, for another run")
    parser.add_argument("--tokenizer")
    parser.add_argument("--texts")
    parser.add_argument("--cases", type=pathlib.Path, default=pathlib.Path("/nowhere"))
    arguments = parser.parse_args()
    has = {m: importlib.util.find_spec(m) is not None for m in ("transformers", "torch", "tensorflow")}
    for texts in sorted(arguments.cases.glob("*/expected.jsonl")):
        if not any(texts.parent.glob("model*")):
            continue
        with tempfile.TemporaryDirectory() as temporary:
            converted = pathlib.Path(temporary, "hf")
            subprocess.run([arguments.albert, "convert", "--model", str(texts.parent), "--to", "hf",
                            "--output", str(converted)], check=True, stdout=subprocess.DEVNULL)
            check_casing(arguments.albert, texts.parent, converted)
    cases = [str(d) for d in sorted(arguments.golden.glob("hf/*")) if d.is_dir()]
    for model in cases + arguments.model:
        case = pathlib.Path(model).name
        golden = pathlib.Path(model) if model in cases else None
        original = load_file(golden / "model.safetensors") if golden else None
        forward = load_file(golden / "forward.safetensors") if golden else None
        with tempfile.TemporaryDirectory() as temporary:
            folder = (arguments.folder or pathlib.Path(temporary)) / case.replace(":", "-")
            folder.mkdir(parents=True, exist_ok=True)
            for target in ("hf", "tf-checkpoint", "saved-model"):
                if not (folder / target).exists():
                    subprocess.run(
                        [arguments.albert, "convert", "--model", model, "--to", target,
                         "--output", str(folder / target)],
                        check=True, stdout=subprocess.DEVNULL)
            if has["transformers"] and has["torch"]:
                check_transformers(case, folder / "hf", original, forward)
            if has["tensorflow"]:
                check_tensorflow(case, folder / "tf-checkpoint", folder / "saved-model", forward)
    if arguments.tokenizer and importlib.util.find_spec("tokenizers"):
        check_tokenizer(arguments.albert, arguments.tokenizer, arguments.texts)
    print(f"{failures} failures; installed: {', '.join(m for m, found in has.items() if found)}")
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
