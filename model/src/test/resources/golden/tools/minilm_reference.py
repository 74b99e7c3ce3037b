"""Runs the real all-MiniLM-L6-v2 checkpoint with Hugging Face transformers (float32, CPU) on sentences and sentence pairs.
usage: minilm_reference.py WEIGHTS DATA OUT_DIR SEED"""
import json, os, random, sys
os.environ["HF_HUB_OFFLINE"] = "1"
import torch
from safetensors.torch import save_file
from transformers import AutoModel, BertTokenizer
W, D, out, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
rng = random.Random(seed); tok = BertTokenizer(vocab=W + "/vocab.txt"); m = AutoModel.from_pretrained(W).eval()
rows = [l.split("\t") for l in open(f"{D}/glue/MRPC/dev.tsv", encoding="utf-8-sig").read().split("\n")[1:] if l]; rng.shuffle(rows)
one = [l.split("\t")[0] for l in open(f"{D}/glue/SST-2/dev.tsv", encoding="utf-8").read().split("\n")[1:] if l]; rng.shuffle(one)
texts = [[r[3], r[4]] for r in rows[:6]] + [[t] for t in one[:6]]
e = [tok(*t, truncation=True, max_length=128) for t in texts]
n = max(len(x["input_ids"]) for x in e); pad = lambda k: torch.tensor([x[k] + [0]*(n - len(x[k])) for x in e], dtype=torch.int32)
ids, mask, tt = pad("input_ids"), pad("attention_mask"), pad("token_type_ids")
with torch.no_grad(): r = m(input_ids=ids.long(), attention_mask=mask.long(), token_type_ids=tt.long(), output_hidden_states=True)
os.makedirs(out, exist_ok=True)
first, last = r.hidden_states[0], r.hidden_states[-1]; keep = mask.unsqueeze(-1).float()
save_file(dict(input_ids=ids, attention_mask=mask, token_type_ids=tt, embedding_output=first*keep, sequence_output=last*keep, pooled_output=r.pooler_output, mean_pooled=(last*keep).sum(1)/keep.sum(1)), os.path.join(out, "forward.safetensors"))
json.dump(texts, open(os.path.join(out, "texts.json"), "w"), indent=1, ensure_ascii=False)
print(ids.shape)
