"""Makes this folder's files: what torch.save writes in its forms, and models whose masked-LM decoder is not tied.

usage: generate.py     (torch 2.15, transformers 5.24, safetensors; CPU, float32, eval mode, dropout 0)

pytorch/: a tiny BERT for pretraining; config.json, model.safetensors, and the same tensors from torch.save as
  zip.bin, legacy.bin            both forms
  parameters.bin                 of nn.Parameter, pickle protocol 4
  transposed.bin, -legacy.bin    every matrix stored the other way round, so that it is not contiguous
  one-storage.bin                every tensor a view of one storage, with gaps
  old-names.bin                  gamma and beta of layer norms, position_ids (int64, expanded), decoder tied by storage
  half.bin, bfloat16.bin, double.bin, each beside a .safetensors of the same values
  shard-1.bin, shard-2.bin       with shards.index.json
  expanded.bin, deflated.bin, big-endian.bin, tar.bin, values.bin      which are refused
untied/: as golden/hf, tie_word_embeddings: false
"""
import io, json, os, tarfile, zipfile
os.environ["HF_HUB_OFFLINE"] = "1"
import torch
from safetensors.torch import save_file
from transformers import AlbertConfig, AlbertForPreTraining, BertConfig, BertForMaskedLM, BertForPreTraining

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = dict(num_attention_heads=2, max_position_embeddings=12, type_vocab_size=2, initializer_range=0.25,
             hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, pad_token_id=0)


def randomised(model, seed):
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for p in model.parameters():
            p.copy_(torch.randn(p.shape, generator=g) * 0.25 + (0.1 if p.dim() == 1 else 0))
    return model.eval()


def pytorch():
    out = os.path.join(HERE, "pytorch")
    torch.manual_seed(1)
    config = BertConfig(vocab_size=23, hidden_size=8, num_hidden_layers=2, intermediate_size=10, **SIZES)
    model = randomised(BertForPreTraining(config), 2)
    model.save_pretrained(out)
    names = {n for n in model.state_dict() if "decoder" not in n}
    state = type(model.state_dict())((n, t.clone()) for n, t in model.state_dict().items() if n in names)
    save = lambda value, name, **how: torch.save(value, os.path.join(out, name), **how)
    old = dict(_use_new_zipfile_serialization=False)
    save(model.state_dict(), "zip.bin")
    save(model.state_dict(), "legacy.bin", **old)
    save({n: torch.nn.Parameter(t) for n, t in state.items()}, "parameters.bin", pickle_protocol=4)
    turned = {n: t.t().contiguous().t() if t.dim() == 2 else t for n, t in state.items()}
    save(turned, "transposed.bin")
    save(turned, "transposed-legacy.bin", **old)
    flat, at, views = torch.full((sum(t.numel() + 3 for t in state.values()),), float("nan")), 0, {}
    for n, t in state.items():
        views[n] = flat[at:at + t.numel()].view(t.shape)
        views[n].copy_(t)
        at += t.numel() + 3
    save(views, "one-storage.bin")
    aged = {n.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): t
            for n, t in state.items()}
    aged["bert.embeddings.position_ids"] = torch.arange(12).expand((1, -1))
    aged["cls.predictions.decoder.weight"] = aged["bert.embeddings.word_embeddings.weight"]
    save(aged, "old-names.bin", **old)
    for dtype, name in (torch.float16, "half"), (torch.bfloat16, "bfloat16"), (torch.float64, "double"):
        cast = {n: (t.double() * (1 + 1e-9)).to(dtype) for n, t in state.items()}
        save(cast, name + ".bin", **(old if name == "double" else {}))
        save_file(cast, os.path.join(out, name + ".safetensors"))
    half = len(state) // 2
    shards = {"shard-1.bin": list(state.items())[:half], "shard-2.bin": list(state.items())[half:]}
    for name, part in shards.items():
        save(dict(part), name)
    with open(os.path.join(out, "shards.index.json"), "w") as f:
        json.dump({"metadata": {}, "weight_map": {n: s for s, part in shards.items() for n, _ in part}}, f, indent=1)
    save({"a": torch.ones(1).expand(1000)}, "expanded.bin")
    save({"a": torch.ones(2), "epoch": 3}, "values.bin")
    rezip = dict(deflated=zipfile.ZIP_DEFLATED)
    rezip["big-endian"] = zipfile.ZIP_STORED
    for name, method in rezip.items():
        with zipfile.ZipFile(os.path.join(out, "zip.bin")) as a, \
                zipfile.ZipFile(os.path.join(out, name + ".bin"), "w", method) as b:
            for n in a.namelist():
                order = n.endswith("/byteorder") and name == "big-endian"
                b.writestr(zipfile.ZipInfo(n), b"big" if order else a.read(n), compress_type=method)
    with tarfile.open(os.path.join(out, "tar.bin"), "w") as t:
        t.addfile(tarfile.TarInfo("pickle"), io.BytesIO())


def untied(name, cls, config, pairs):
    torch.manual_seed(3)
    model = randomised(cls(config), 4)
    g = torch.Generator().manual_seed(5)
    ids = torch.randint(4, config.vocab_size, (3, 12), generator=g)
    mask = (torch.arange(12) < torch.tensor([12, 7, 4])[:, None]).long()
    types = (torch.arange(12) >= 3).long() * mask
    picked = (torch.rand(ids.shape, generator=g) < 0.4) & (mask == 1)
    labels = {"labels": torch.where(picked, ids, torch.full_like(ids, -100)), **pairs}
    inputs = {"input_ids": ids * mask, "attention_mask": mask, "token_type_ids": types}
    result = model(**inputs, **labels)
    result.loss.backward()
    out = os.path.join(HERE, "untied", name)
    model.save_pretrained(out)
    case = {**inputs, **{"in." + k: v for k, v in labels.items()}}
    for k, v in result.items():
        case["out." + k] = v.detach().reshape(-1) if v.dim() == 0 else v.detach()
    with torch.no_grad():
        base = getattr(model, model.base_model_prefix)(**inputs, output_hidden_states=True)
    for i, t in enumerate(base.hidden_states):
        case["hidden.%d" % i] = t
    save_file({k: v.contiguous().clone() for k, v in case.items()}, os.path.join(out, "forward.safetensors"))
    gradients = {n: p.grad.contiguous() for n, p in model.named_parameters() if p.grad is not None}
    save_file(gradients, os.path.join(out, "gradients.safetensors"))
    print(name, float(result.loss.detach()), sorted(set(dict(model.named_parameters())) - set(gradients)))


pytorch()
untied("albert-untied", AlbertForPreTraining,
       AlbertConfig(vocab_size=31, embedding_size=6, hidden_size=8, num_hidden_layers=3, intermediate_size=10,
                    hidden_act="gelu_new", tie_word_embeddings=False, classifier_dropout_prob=0.0, **SIZES),
       {"sentence_order_label": torch.tensor([0, 1, 1])})
untied("bert-untied", BertForMaskedLM,
       BertConfig(vocab_size=31, hidden_size=8, num_hidden_layers=2, intermediate_size=10, hidden_act="gelu",
                  tie_word_embeddings=False, **SIZES), {})
