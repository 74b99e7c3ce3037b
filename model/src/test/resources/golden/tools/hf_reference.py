"""Builds tiny random ALBERT and BERT models with Hugging Face transformers and stores weights, inputs, outputs, losses and gradients.
usage: hf_reference.py OUT_DIR SEED [VOCAB_SHIFT]   (torch, transformers, safetensors; CPU float32; eval mode, dropout 0)"""
import json, os, sys, warnings
warnings.filterwarnings("ignore"); os.environ["HF_HUB_OFFLINE"] = "1"
import torch, transformers
from safetensors.torch import save_file
from transformers import *
out, seed = sys.argv[1], int(sys.argv[2]); shift = int(sys.argv[3]) if len(sys.argv) > 3 else 0
transformers.logging.set_verbosity_error()
albert = dict(vocab_size=101+shift, embedding_size=12, hidden_size=24, num_hidden_layers=4, num_hidden_groups=2, inner_group_num=1, num_attention_heads=3, intermediate_size=50, hidden_act="gelu_new", max_position_embeddings=40, type_vocab_size=2, initializer_range=0.25, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, classifier_dropout_prob=0.0, pad_token_id=0, bos_token_id=2, eos_token_id=3)
bert = dict(vocab_size=103+shift, hidden_size=24, num_hidden_layers=3, num_attention_heads=4, intermediate_size=44, hidden_act="gelu", max_position_embeddings=40, type_vocab_size=2, initializer_range=0.25, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0, pad_token_id=0)
if shift:   # other shapes
    albert.update(embedding_size=20, hidden_size=30, num_hidden_layers=6, num_hidden_groups=3, num_attention_heads=5, intermediate_size=44)
    bert.update(hidden_size=32, num_hidden_layers=4, num_attention_heads=8, intermediate_size=52)
def batch(g, B, S, V, choices=None):
    shape = (B, S) if choices is None else (B, choices, S)
    ids = torch.randint(4, V, shape, generator=g); lens = torch.randint(3, S+1, shape[:-1], generator=g); lens.view(-1)[0] = S
    ar = torch.arange(S).expand(shape); mask = (ar < lens[..., None]).long(); tt = ((ar >= lens[..., None]//2) & (ar < lens[..., None])).long()
    return ids*mask, mask, tt, lens
def case(name, cls, cfg, extra, labels_fn, choices=None):
    torch.manual_seed(seed); g = torch.Generator().manual_seed(seed + 1)
    cfg = cfg.__class__(**{**cfg.to_dict(), **extra}); m = cls(cfg).eval()
    with torch.no_grad():
        for p in m.parameters():
            if p.dim() == 1: p.add_(torch.randn(p.shape, generator=g)*0.1)
    ids, mask, tt, lens = batch(g, 5, 19, cfg.vocab_size, choices)
    labels = labels_fn(g, ids, mask, lens, cfg)
    r = m(input_ids=ids, attention_mask=mask, token_type_ids=tt, **labels); r.loss.backward()
    d = os.path.join(out, name); os.makedirs(d, exist_ok=True); m.save_pretrained(d)
    c = {"input_ids": ids, "attention_mask": mask, "token_type_ids": tt, **{"in." + k: v for k, v in labels.items()}}
    for k, v in r.items():
        if torch.is_tensor(v): c["out." + k] = v.detach().reshape(-1) if v.dim() == 0 else v.detach()
    base = getattr(m, m.base_model_prefix)
    with torch.no_grad():
        flat = (lambda t: t.view(-1, t.shape[-1])) if choices else (lambda t: t)
        h = base(input_ids=flat(ids), attention_mask=flat(mask), token_type_ids=flat(tt), output_hidden_states=True)
    for i, t in enumerate(h.hidden_states): c["hidden.%d" % i] = t
    if getattr(h, "pooler_output", None) is not None: c["pooled"] = h.pooler_output
    save_file({k: v.contiguous().clone() for k, v in c.items()}, os.path.join(d, "forward.safetensors"))
    save_file({n: p.grad.contiguous() for n, p in m.named_parameters() if p.grad is not None}, os.path.join(d, "gradients.safetensors"))
    print(name, float(r.loss.detach()), sum(p.numel() for p in m.parameters()))
def mlm(g, ids, mask, lens, cfg):
    pick = (torch.rand(ids.shape, generator=g) < 0.3) & (mask == 1); lab = torch.where(pick, ids, torch.full_like(ids, -100)); return lab
cls_lab = lambda n: lambda g, ids, mask, lens, cfg: {"labels": torch.randint(0, n, (ids.shape[0],), generator=g)}
reg_lab = lambda g, ids, mask, lens, cfg: {"labels": torch.rand(ids.shape[0], generator=g)*5}
tok_lab = lambda g, ids, mask, lens, cfg: {"labels": torch.where(mask == 1, torch.randint(0, cfg.num_labels, ids.shape, generator=g), torch.full_like(ids, -100))}
def span_lab(g, ids, mask, lens, cfg):
    s = (torch.rand(ids.shape[0], generator=g)*(lens-1)).long(); e = torch.minimum(s + 2, lens - 1); return {"start_positions": s, "end_positions": e}
for fam, C, cfg in (("albert", "Albert", AlbertConfig(**albert)), ("bert", "Bert", BertConfig(**bert))):
    k = globals()
    if fam == "albert":
        case("albert-pretraining", AlbertForPreTraining, cfg, {}, lambda g, i, m, l, c: {"labels": mlm(g, i, m, l, c), "sentence_order_label": torch.randint(0, 2, (i.shape[0],), generator=g)})
        case("albert-inner-group-2", AlbertForMaskedLM, cfg, dict(num_hidden_groups=1, inner_group_num=2), lambda g, i, m, l, c: {"labels": mlm(g, i, m, l, c)})
    else:
        case("bert-pretraining", BertForPreTraining, cfg, {}, lambda g, i, m, l, c: {"labels": mlm(g, i, m, l, c), "next_sentence_label": torch.randint(0, 2, (i.shape[0],), generator=g)})
    case(fam + "-classification", k[C + "ForSequenceClassification"], cfg, dict(num_labels=3, problem_type="single_label_classification"), cls_lab(3))
    case(fam + "-regression", k[C + "ForSequenceClassification"], cfg, dict(num_labels=1, problem_type="regression"), reg_lab)
    case(fam + "-question-answering", k[C + "ForQuestionAnswering"], cfg, {}, span_lab)
    case(fam + "-token-classification", k[C + "ForTokenClassification"], cfg, dict(num_labels=5), tok_lab)
    case(fam + "-multiple-choice", k[C + "ForMultipleChoice"], cfg, {}, cls_lab(3), choices=3)
json.dump(dict(torch=torch.__version__, transformers=transformers.__version__, seed=seed), open(os.path.join(out, "versions.json"), "w"))
