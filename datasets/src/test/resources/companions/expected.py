"""What transformers makes of tokenizer files with others beside them.

Writes expected.jsonl: a folder a line, {"name", "files", "text", "ids", "special_in_text_ids"}. `files` are the
contents by name; "vocab.txt", "spiece.model" and "tokenizer.json" with the value true stand for the files of this
folder. `ids` are those with split_special_tokens (special tokens in text stay text), `special_in_text_ids` those
without. Ran with transformers 5.24.0, tokenizers as it brings them, and sentencepiece 0.2.3 on Python 3.11:

    python expected.py
"""

import json
import pathlib
import tempfile

from transformers import AutoTokenizer

HERE = pathlib.Path(__file__).parent
TEXT = "Für SCHÖN <e1> the<e1>dog  <E1> [E1] 中国 [CLS] here. A ''quote`` in 2019, ﬁne"
ENTITY = {"content": "<e1>", "lstrip": False, "rstrip": False, "single_word": False, "normalized": False,
          "special": False}


def token(**changes):
    return {**ENTITY, **changes}


def files(vocabulary, config=None, special=None, added=None):
    found = {vocabulary: True, "config.json": {"model_type": "albert" if "spiece" in vocabulary else "bert"}}
    if config is not None:
        found["tokenizer_config.json"] = config
    if special is not None:
        found["special_tokens_map.json"] = special
    if added is not None:
        found["added_tokens.json"] = added
    return found


def bert(config=None, special=None, added=None):
    return files("vocab.txt", config, special, added)


def fast(config=None, special=None, added=None):
    return files("tokenizer.json", config, special, added)


def albert(config=None, special=None, added=None):
    return files("spiece.model", config, special, added)


SIZE = 183
PIECES = 90
CASES = {
    "lower": bert({"do_lower_case": True}),
    "cased": bert({"do_lower_case": False}),
    "nothing said": bert({}),
    "accents kept": bert({"do_lower_case": True, "strip_accents": False}),
    "cased without accents": bert({"do_lower_case": False, "strip_accents": True}),
    "ideographs together": bert({"tokenize_chinese_chars": False}),
    "class": bert({"tokenizer_class": "BertTokenizerFast", "do_lower_case": False}),
    "harmless keys": bert({"do_basic_tokenize": True, "never_split": None, "model_max_length": 512, "max_len": 512,
                           "clean_up_tokenization_spaces": True, "padding_side": "left", "keep_accents": True,
                           "name_or_path": "x", "some_key": [1]}),
    "added": bert({}, None, {"<e1>": SIZE}),
    "added in capitals": bert({}, None, {"<E1>": SIZE}),
    "added out of order": bert({}, None, {"</e1>": SIZE + 1, "<e1>": SIZE}),
    "decoder": bert({"added_tokens_decoder": {str(SIZE): token()}}),
    "decoder normalized": bert({"added_tokens_decoder": {str(SIZE): token(content="<E1>", normalized=True)}}),
    "decoder strips": bert({"added_tokens_decoder": {str(SIZE): token(lstrip=True, rstrip=True)}}),
    "decoder single word": bert({"added_tokens_decoder": {str(SIZE): token(single_word=True)}}),
    "decoder special": bert({"added_tokens_decoder": {str(SIZE): token(content="[E1]", special=True)}}),
    "decoder of a piece": bert({"added_tokens_decoder": {"114": token(content="the", single_word=True)}}),
    "decoder hides added": bert({"added_tokens_decoder": {str(SIZE): token(content="[E1]", special=True)}}, None,
                                {"<e1>": SIZE}),
    "additional": bert({"additional_special_tokens": ["[E1]"]}),
    "additional objects": bert({"additional_special_tokens": [
        {"__type": "AddedToken", **token(content="[E1]", special=True, rstrip=True)}]}),
    "extra": bert({"extra_special_tokens": ["[E1]"]}),
    "extra by name": bert({"extra_special_tokens": {"entity": "[E1]"}}),
    "own name": bert({"entity_token": "[E1]"}),
    "additional and added": bert({"additional_special_tokens": ["[E1]"]}, None, {"<e1>": SIZE, "[E1]": SIZE + 1}),
    "renamed": bert({"cls_token": "all", "unk_token": "none", "do_lower_case": False}),
    "renamed in the map": bert({"do_lower_case": False}, {"cls_token": "all", "sep_token": {
        "content": "none", "lstrip": False, "normalized": False, "rstrip": False, "single_word": False}}),
    "map over config": bert({"cls_token": "none"}, {"cls_token": "all"}),
    "split special": bert({"split_special_tokens": True, "additional_special_tokens": ["[E1]"]}),
    "json and cased": fast({"do_lower_case": False, "tokenizer_class": "BertTokenizer"}),
    "json and lower": fast({"do_lower_case": True, "strip_accents": False, "tokenizer_class": "BertTokenizer"}),
    "json of a class": fast({"tokenizer_class": "BertTokenizer"}),
    "json without class": fast({"do_lower_case": False}),
    "json as it is": fast({"do_lower_case": True, "tokenizer_class": "PreTrainedTokenizerFast"}),
    "json and added": fast({"tokenizer_class": "PreTrainedTokenizerFast"}, None, {"<e1>": SIZE}),
    "json and decoder": fast({"tokenizer_class": "TokenizersBackend", "added_tokens_decoder": {
        str(SIZE): token(content="[E1]", special=True)}}),
    "json rebuilt, added": fast({"tokenizer_class": "BertTokenizer"}, None, {"<e1>": SIZE}),
    "albert": albert({"do_lower_case": True}),
    "albert cased": albert({"do_lower_case": False, "tokenizer_class": "AlbertTokenizer"}),
    "albert accents": albert({"keep_accents": True, "remove_space": True}),
    "albert accents cased": albert({"keep_accents": True, "do_lower_case": False, "remove_space": False}),
    "albert added": albert({}, None, {"<e1>": PIECES}),
    "albert mask": albert({}, {"mask_token": {"content": "[MASK]", "lstrip": True, "normalized": False,
                                              "rstrip": False, "single_word": False}}),
    "albert additional": albert({"additional_special_tokens": ["[E1]"]}),
    "albert no prefix": albert({"add_prefix_space": False}),
}


def text(name):
    """A piece "[CLS]" of a unigram model is found in the text even so; in the suite special tokens never are."""
    return TEXT.replace("[CLS] ", "") if name.startswith("albert") and name.endswith("cased") else TEXT


def ids(name, contents, split):
    with tempfile.TemporaryDirectory() as folder:
        for file, content in contents.items():
            path = pathlib.Path(folder, file)
            if content is True:
                path.write_bytes((HERE / file).read_bytes())
            else:
                path.write_text(json.dumps(content))
        tokenizer = AutoTokenizer.from_pretrained(folder)
        split = split or tokenizer.split_special_tokens
        return tokenizer(text(name), split_special_tokens=split)["input_ids"]


with open(HERE / "expected.jsonl", "w") as out:
    for name, contents in CASES.items():
        line = {"name": name, "files": contents, "text": text(name), "ids": ids(name, contents, True),
                "special_in_text_ids": ids(name, contents, False)}
        out.write(json.dumps(line, ensure_ascii=False) + "\n")
