"""Runs Google's create_pretraining_data.py on novels: a small TFRecord file with its input text, and figures over many examples.
usage: pretraining_reference.py CLONE_PARENT DATA OUT_DIR SEED [FOLDER_OF_NOVELS]"""
import collections, glob, json, os, random, re, sys, types
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np, tensorflow.compat.v1 as tf
sys.modules["tensorflow_hub"] = types.ModuleType("tensorflow_hub")
parent, data, out, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]); folder = sys.argv[5] if len(sys.argv) > 5 else data + "/corpus/novels"
sys.path.insert(0, parent); os.makedirs(out, exist_ok=True); tf.logging.set_verbosity(tf.logging.ERROR)
from albert import create_pretraining_data as C, tokenization as T
C.FLAGS(["x", "--spm_model_file", data + "/vocab/albert/30k-clean.model", "--vocab_file", data + "/vocab/albert/30k-clean.vocab"])
tok = T.FullTokenizer(vocab_file=C.FLAGS.vocab_file, do_lower_case=True, spm_model_file=C.FLAGS.spm_model_file)
rng = random.Random(seed); files = sorted(glob.glob(folder + "/*.txt")); rng.shuffle(files)
def documents(f, limit):
    docs, cur = [], []
    for line in open(f, encoding="utf-8-sig"):
        line = line.strip()
        if re.match(r"(CHAPTER|BOOK)\b", line): docs.append(cur); cur = []
        elif len(line) > 40: cur += [s for s in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", line) if len(s) > 3]
    docs.append(cur); return [d for d in docs if len(d) > 20][:limit]
docs = [d for f in files[:4] for d in documents(f, 12)]; text = "\n\n".join("\n".join(d) for d in docs) + "\n"
small = "\n\n".join("\n".join(d[:120]) for d in docs[:6]) + "\n"
open(out + "/text.txt", "w", encoding="utf-8").write(small); big = out + "/.big.txt"; open(big, "w", encoding="utf-8").write(text)
inv = {i: t for t, i in tok.vocab.items()}
def make(path, dupe, nsp):
    C.FLAGS.random_next_sentence = nsp; np.random.seed(seed); return C.create_training_instances([path], tok, 128, dupe, 0.1, 0.15, 20, random.Random(seed))
for name, nsp in (("sentence-order", False), ("next-sentence", True)):
    ins = make(out + "/text.txt", 1, nsp); C.write_instance_to_example_files(ins, tok, 128, 20, [f"{out}/{name}.tfrecord"])
    n = 0; runs, preds, lens, kinds, alen = collections.Counter(), [], [], collections.Counter(), []
    swapped = 0; originals = 0; word_runs = collections.Counter()
    for i in make(big, 6, nsp):
        n += 1; swapped += i.is_random_next; lens.append(len(i.tokens)); preds.append(len(i.masked_lm_positions)); alen.append(i.segment_ids.count(0) - 2)
        for p, l in zip(i.masked_lm_positions, i.masked_lm_labels):
            t = i.tokens[p]; kinds["mask" if t == "[MASK]" else "kept" if t == l else "random"] += 1
        p = i.masked_lm_positions; k = 0
        while k < len(p):   # length in words of each run of neighbouring masked pieces (two n-grams may touch)
            j = k
            while j + 1 < len(p) and p[j+1] == p[j] + 1: j += 1
            word_runs[sum(i.token_boundary[x] for x in p[k:j+1])] += 1; k = j + 1
    tot = sum(kinds.values()); wr = sum(word_runs.values())
    json.dump(dict(settings=dict(max_seq_length=128, short_seq_prob=0.1, masked_lm_prob=0.15, max_predictions_per_seq=20, ngram=3, favor_shorter_ngram=True, do_whole_word_mask=True, random_next_sentence=nsp, dupe_factor=6),
        examples=n, label_one=swapped/n, mean_length=float(np.mean(lens)), share_length_128=float(np.mean([x == 128 for x in lens])), mean_predictions=float(np.mean(preds)), mean_tokens_a=float(np.mean(alen)),
        predictions_per_token=float(np.sum(preds)/np.sum(lens)), replaced={k: v/tot for k, v in sorted(kinds.items())}, words_in_a_masked_run={str(k): v/wr for k, v in sorted(word_runs.items()) if v/wr > 1e-3}), open(f"{out}/{name}.json", "w"), indent=1)
    print(name, len(ins), open(f"{out}/{name}.json").read())
os.remove(big)
