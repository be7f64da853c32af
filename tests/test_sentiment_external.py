"""Any sequence classifier can read sentiment if its labels say so; its code and its pickles are never touched."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from click.testing import CliRunner
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    BertTokenizer,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaForSequenceClassification,
)

from bot.__main__ import main
from model.sentiment import LABELS, OpenSentiment, Reading, SentimentError, open_sentiment
from model.sentiment_external import meanings_of, open_external
from model.sentiment_lexicon import Lexicon
from tests.tiny_sentiment import NEAR

WORDS = ["bread", "fresh", "rain", "wind", "warm", "and", "the", "is", "😍"]
SIZES: Any = {"hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 1, "num_attention_heads": 2}
STARS = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]


def bert(folder: Path, labels: list[str], **changes: Any) -> Path:
    """A classifier with random weights, as anybody would save it."""
    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS])}
    torch.manual_seed(0)
    config = BertConfig(vocab_size=len(vocabulary), initializer_range=0.6, id2label=dict(enumerate(labels)), **SIZES)
    BertForSequenceClassification(config).save_pretrained(folder, safe_serialization=True)
    fast: Any = BertTokenizer
    fast(vocab=vocabulary).save_pretrained(folder)
    written = json.loads((folder / "config.json").read_text("utf-8"))
    (folder / "config.json").write_text(json.dumps(written | changes), "utf-8")
    return folder


def roberta(folder: Path) -> Path:
    """One without types, with positions that begin at 2, and with labels that are only numbered."""
    vocabulary = {word: at for at, word in enumerate(["<s>", "<pad>", "</s>", "<unk>", *WORDS])}
    inner = Tokenizer(models.WordLevel(vocabulary, unk_token="<unk>"))
    inner.normalizer, inner.pre_tokenizer = normalizers.Lowercase(), pre_tokenizers.Whitespace()
    inner.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    torch.manual_seed(0)
    sizes: Any = SIZES | {"vocab_size": len(vocabulary), "num_labels": 3, "type_vocab_size": 1, "pad_token_id": 1}
    config = RobertaConfig(max_position_embeddings=40, initializer_range=0.6, **sizes)
    RobertaForSequenceClassification(config).save_pretrained(folder)
    fast: Any = PreTrainedTokenizerFast
    fast(tokenizer_object=inner, pad_token="<pad>", unk_token="<unk>").save_pretrained(folder)
    return folder


def opened(model: str, tmp_path: Path) -> OpenSentiment:
    return open_sentiment(model, data=tmp_path / "data", device="cpu")


def shares(reading: Reading) -> list[float]:
    assert reading.feeling is not None, reading.skipped
    return [reading.feeling.probabilities[label] for label in LABELS]


@pytest.fixture
def stars(tmp_path: Path) -> Iterator[OpenSentiment]:
    reader = opened(str(bert(tmp_path / "nlptown-like", STARS)), tmp_path)
    yield reader
    reader.close()


@pytest.mark.parametrize(
    ("names", "meanings"),
    [
        (["NEGATIVE", "POSITIVE"], "negative positive"),
        (["positive", "neutral", "negative"], "positive neutral negative"),
        (["Very Negative", "negative", "Neutral", "very positive"], "negative negative neutral positive"),
        (["NEG", "NEU", "POS"], "negative neutral positive"),
        (STARS, "negative negative neutral positive positive"),
        (["LABEL_0", "LABEL_1"], "negative positive"),
        (["LABEL_0", "LABEL_1", "LABEL_2"], "negative neutral positive"),
        (["0", "1", "2", "3", "4"], "negative negative neutral positive positive"),
    ],
)  # fmt: skip
def test_labels_are_told_by_name_stars_or_number(names: list[str], meanings: str) -> None:
    assert meanings_of(names) == meanings.split()


@pytest.mark.parametrize(
    "names",
    [
        ["joy", "anger", "sadness"],
        ["contradiction", "neutral", "entailment"],
        ["neutral", "positive"],
        ["toxic", "not toxic"],
        ["LABEL_0", "LABEL_1", "LABEL_2", "LABEL_3"],
        ["LABEL_1", "LABEL_0"],
        ["negative", "LABEL_1"],
        ["LABEL_0"],
        [],
    ],
)
def test_labels_that_say_something_else_are_refused(names: list[str]) -> None:
    assert meanings_of(names) is None


def test_a_model_whose_labels_are_refused_is_a_sentence_with_them(tmp_path: Path) -> None:
    folder = bert(tmp_path / "emotions", ["joy", "anger"])

    with pytest.raises(SentimentError, match=r"whose labels are 'joy', 'anger'; they must say negative and positive"):
        opened(str(folder), tmp_path)


def test_stars_are_summed_and_shown(stars: OpenSentiment, tmp_path: Path) -> None:
    assert Lexicon(0.27).hears("fresh bread is warm")[0] > 0, "a lexicon would have something to say"
    (reading,) = stars.read(["fresh bread is warm"])

    classifier: Any = BertForSequenceClassification
    network = classifier.from_pretrained(tmp_path / "nlptown-like").eval()
    tokenizer: Any = BertTokenizer.from_pretrained(tmp_path / "nlptown-like")
    five = network(**tokenizer("fresh bread is warm", return_tensors="pt")).logits.softmax(-1)[0].tolist()
    assert shares(reading) == pytest.approx([five[0] + five[1], five[2], five[3] + five[4]], abs=NEAR)
    assert stars.name == "nlptown-like"
    assert "'1 star' is read as negative" in stars.about.replace("1 star is", "'1 star' is")
    assert "5 stars is read as positive" in stars.about


def test_its_labels_and_how_they_are_read_are_shown_in_the_terminal_and_in_the_json(data: Path, tmp_path: Path) -> None:
    """They stood in Slack's page about the method alone."""
    folder = bert(tmp_path / "nlptown-like", STARS)
    environ = {"COPYDESK_DATA": str(data), "COPYDESK_SENTIMENT_MODEL": str(folder), "COPYDESK_DEVICE": "cpu"}

    plain, as_json = (
        CliRunner().invoke(main, ["sentiment", "fresh bread is warm", *more], env=environ) for more in ([], ["--json"])
    )

    for done in (plain, as_json):
        assert done.stderr.startswith(
            "nlptown-like reads. Its labels: 1 star is read as negative, 2 stars is read as n"
        )
    document = json.loads(as_json.stdout)
    assert list(document) == ["model", "labels", "rows", "summary"]
    assert document["labels"]["5 stars"] == "positive"


def test_many_at_once_are_read_as_one_by_one_without_types_too(tmp_path: Path) -> None:
    reader = opened(str(roberta(tmp_path / "numbered")), tmp_path)
    texts = ["fresh bread", "rain and wind " * 30, "warm", "the bread is fresh and warm"]

    for text, among in zip(texts, reader.read(texts), strict=True):
        assert shares(among) == pytest.approx(shares(reader.read([text])[0]), abs=1e-4)
    reader.close()


def test_a_model_of_two_labels_is_never_neutral(tmp_path: Path) -> None:
    reader = opened(str(bert(tmp_path / "two", ["NEGATIVE", "POSITIVE"])), tmp_path)

    (reading,) = reader.read(["fresh bread"])
    reader.close()

    assert shares(reading)[1] == 0
    assert sum(shares(reading)) == pytest.approx(1, abs=1e-5)


def test_any_language_is_read_and_emoji_stay(stars: OpenSentiment) -> None:
    german, loving, plain = stars.read(["Das Brot war leider gar nicht frisch", "fresh 😍", "fresh"])

    assert (german.language, german.skipped) == ("de", "")
    assert shares(loving) != pytest.approx(shares(plain), abs=1e-4)


def test_a_model_for_whole_texts_says_that_it_does_not_answer_aspects(stars: OpenSentiment) -> None:
    (reading,) = stars.read(["fresh bread"], ["bread"])

    assert not stars.answers_aspects
    assert reading.aspects == ()
    assert reading.note == "nlptown-like has no answer about aspects, only about whole texts."
    assert "doesn't answer about aspects" in stars.about


def test_a_model_for_aspects_is_asked_about_those_in_the_text(tmp_path: Path) -> None:
    reader = opened(str(bert(tmp_path / "deberta-absa", ["Negative", "Neutral", "Positive"])), tmp_path)

    (reading,) = reader.read(["fresh bread and rain"], ["bread", "wind", "rain"])
    reader.close()

    assert reader.answers_aspects
    assert [one.aspect for one in reading.aspects] == ["bread", "rain"]
    assert reading.aspects[0].feeling.probabilities != reading.aspects[1].feeling.probabilities
    assert reading.note == ""


def test_words_are_weighed_for_any_model(stars: OpenSentiment) -> None:
    (reading,) = stars.read(["fresh bread, rain"], explain=True)

    assert [one.word for one in reading.words] == ["fresh", "bread", "rain"]
    assert any(one.weight for one in reading.words)


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    folder = bert(tmp_path / "pickled", STARS)
    torch.save({}, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()

    with pytest.raises(SentimentError, match=r"only in 'pytorch_model\.bin', which may run code"):
        opened(str(folder), tmp_path)


def test_code_that_comes_with_a_model_is_not_run(tmp_path: Path) -> None:
    folder = bert(tmp_path / "coded", STARS, auto_map={"AutoModelForSequenceClassification": "evil.Evil"})
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Evil: ...\n", "utf-8")

    reader = opened(str(folder), tmp_path)
    reader.close()

    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"architectures": ["BertForMaskedLM"]}, "is no sequence classifier"),
        ({"model_type": "no-such"}, "can't be loaded"),
        ({"id2label": ["a"]}, "can't be loaded"),
    ],
)
def test_a_folder_that_is_something_else_is_a_sentence(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    folder = bert(tmp_path / "other", STARS, **changes)

    with pytest.raises(SentimentError, match=re.escape(sentence)):
        opened(str(folder), tmp_path)


def test_a_model_of_the_hub_has_its_own_name(tmp_path: Path) -> None:
    folder = bert(tmp_path / "snapshot", STARS)

    judge = open_external("someone/absa-stars", tmp_path, torch.device("cpu"), 1, hub=lambda _: folder)

    assert judge.name == "someone/absa-stars"
    assert judge.answers_aspects


@pytest.mark.parametrize("model", ["no-such-folder", "http://127.0.0.1:8000/v1", ""])
def test_a_name_that_is_none_is_a_sentence_about_the_setting(tmp_path: Path, model: str) -> None:
    with pytest.raises(SentimentError, match=r"COPYDESK_SENTIMENT_MODEL can't be used\. The model '"):
        opened(model, tmp_path)
