"""Tokenizes tricky and real text with Google's published tokenization.py (SentencePiece for ALBERT, WordPiece for BERT).
usage: tokenizer_reference.py CLONE_PARENT DATA OUT SEED   one JSON line a text: text, albert_ids, bert_ids, hf_* where Hugging Face differs"""
import json, os, random, sys, types
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"; os.environ["HF_HUB_OFFLINE"]="1"
import tensorflow.compat.v1 as tf
sys.modules["tensorflow_hub"] = types.ModuleType("tensorflow_hub")
parent, data, out, seed = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
sys.path.insert(0, parent)
from albert import tokenization as T
alb = T.FullTokenizer(vocab_file=f"{data}/vocab/albert/30k-clean.vocab", do_lower_case=True, spm_model_file=f"{data}/vocab/albert/30k-clean.model")
bert = T.FullTokenizer(vocab_file=f"{data}/vocab/bert-base-uncased/vocab.txt", do_lower_case=True, spm_model_file=None)
tricky = ["", " ", "   leading and trailing   ", "Hello, World!", "UPPER lower MiXeD", "naïve café résumé Ångström", "don't can't it's I'm we'll", "``quoted'' text", "\"double\" 'single' “curly” ‘quotes’ «guillemets»",
 "1,000,000 dollars in 1999, 3.14159, 50% off; 10-20", "9,", "2019,", "a9,b", "http://example.org/path?x=1&y=2#frag", "mail me@example.com", "tab\tand\nnewline\r\nmix", "zero\u200bwidth\u200djoiner\ufeffbom", "soft\u00adhyphen",
 "em—dash en–dash hyphen-ated", "ellipsis… three...", "emoji 😀 👩‍👩‍👧‍👦 flags 🇩🇪", "中文字符 and 日本語テキスト 한국어", "العربية עברית हिन्दी ไทย", "Ελληνικά кириллица", "ﬁ ligature ﬂ", "Straße İstanbul ıI", "x² + y³ ≤ ½ ∑∞", "①②③ Ⅳ ㎏",
 "supercalifragilisticexpialidocious"*1, "a"*120, "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis", "[CLS] [SEP] [MASK] [PAD] [UNK]", "<pad> <unk> ▁ underline", "\u0000null\u0001ctl", "\ufffd replacement", "a\u0301 combining e\u0301", "Ａｆｕｌｌｗｉｄｔｈ１２３", "non\u00a0breaking\u2003space", "C++ C# .NET F#", "$5.00 £3 €2 ¥1", "A.B.C. U.S.A. Mr. Smith's", "-- --- ---- _ __", "((nested) [brackets] {braces})", "\\backslash /slash |pipe ~tilde ^caret `tick", "100,000,000", "the 1,2,3 4,5", ",,,", "9,9,9,"]
rng = random.Random(seed); lines = []
for f, col in (("glue/SST-2/train.tsv", 0), ("glue/CoLA/train.tsv", 3), ("glue/MRPC/train.tsv", 3), ("glue/STS-B/train.tsv", 7), ("corpus/wiki-sentences.txt", 0)):
    rows = open(f"{data}/{f}", encoding="utf-8-sig").read().split("\n"); rng.shuffle(rows)
    lines += [c[col] for c in (r.split("\t") for r in rows[:150]) if len(c) > col and c[col]]
sq = json.load(open(f"{data}/squad/dev-v2.0.json"))["data"]
pars = [p for a in sq for p in a["paragraphs"]]; rng.shuffle(pars)
lines += [p["context"] for p in pars[:40]] + [q["question"] for p in pars[:40] for q in p["qas"][:2]]
base = tricky if seed == 1 else []
if seed != 1:
    import string
    pool = string.printable + "éüñçßøÅœ“”‘’—…€£中日文字русГреκλ😀\u200b\u00a0\u0301½²"
    base = ["".join(rng.choice(pool) for _ in range(rng.randint(1, 60))) for _ in range(400)]
n = 0
with open(out, "w", encoding="utf-8") as w:
    for t in base + lines:
        r = dict(text=t, albert_tokens=alb.tokenize(T.preprocess_text(t, lower=True)), bert_ids=bert.convert_tokens_to_ids(bert.tokenize(t)))
        r["albert_ids"] = alb.convert_tokens_to_ids(r["albert_tokens"]); del r["albert_tokens"]
        w.write(json.dumps(r, ensure_ascii=True) + "\n"); n += 1
print(n)
