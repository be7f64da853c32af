"""Texts become vectors of meaning: the same ones whatever stands beside them, loaded once and not before."""

import math
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from model.embedding import BATCH_TOKENS, TOKENS, Embedder, Vector
from model.fetch import ModelError, fetch_encoder
from tests import tiny

BREAD, JACKET, CREAM = "fresh bread every morning", "a jacket for rain and wind light warm", "cr me"


class Counted:
    """Where the encoder is, and how often somebody asked."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.asked = folder, 0

    def __call__(self) -> Path:
        self.asked += 1
        return self.folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture
def where(folder: Path) -> Counted:
    return Counted(folder)


@pytest.fixture
def embedder(where: Counted) -> Embedder:
    return Embedder(where)


def nearness(one: Vector, other: Vector) -> float:
    return sum(left * right for left, right in zip(one, other, strict=True))


def by_hand(folder: Path, text: str) -> Vector:
    """The mean of what transformers' own model says of one text alone, in float32."""
    from transformers import AutoModel, AutoTokenizer

    inputs: Any = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    mean = AutoModel.from_pretrained(folder).eval()(**inputs).last_hidden_state[0].mean(0)
    return tuple((mean / mean.norm()).tolist())


def test_making_one_costs_nothing(where: Counted) -> None:
    Embedder(where)

    assert where.asked == 0


def test_importing_it_does_not_import_torch() -> None:
    command = [sys.executable, "-c", "import sys, model.embedding, model.ideas; sys.exit('torch' in sys.modules)"]

    assert subprocess.run(command, cwd=Path(__file__).parent.parent, check=False).returncode == 0


def test_a_vector_is_the_mean_over_the_tokens_whatever_stands_beside_it(embedder: Embedder, folder: Path) -> None:
    texts = [JACKET, CREAM, BREAD]

    for text, vector in zip(texts, embedder.vectors(texts), strict=True):
        assert nearness(vector, by_hand(folder, text)) == pytest.approx(1, abs=5e-4)  # bfloat16 beside float32
        assert math.hypot(*vector) == pytest.approx(1, abs=1e-5)


def test_the_order_is_the_texts_and_a_text_may_come_twice(embedder: Embedder) -> None:
    one, two, again = embedder.vectors([JACKET, BREAD, JACKET])

    assert one == again
    assert embedder.vectors([BREAD]) == [two]


def test_it_is_loaded_once_and_by_whoever_comes_first(embedder: Embedder, where: Counted) -> None:
    embedder.warm()
    embedder.vectors([BREAD])
    embedder.vectors([JACKET])

    assert where.asked == 1


def test_what_is_known_is_not_computed_again(embedder: Embedder) -> None:
    embedder.vectors([BREAD])
    seen = encoded(embedder)

    embedder.vectors([BREAD, JACKET, JACKET])

    assert seen == [[JACKET]]


def test_what_was_used_least_is_forgotten_first(where: Counted) -> None:
    embedder = Embedder(where, kept=2)
    embedder.vectors([BREAD, JACKET])
    embedder.vectors([BREAD])
    embedder.vectors([CREAM])
    seen = encoded(embedder)

    embedder.vectors([BREAD, CREAM])
    embedder.vectors([JACKET])

    assert seen == [[JACKET]]


def test_more_texts_than_are_kept_all_have_a_vector(where: Counted) -> None:
    assert len(Embedder(where, kept=1).vectors([BREAD, JACKET, CREAM])) == 3


def test_only_the_beginning_of_a_long_text_is_read(embedder: Embedder) -> None:
    long = " ".join(["bread"] * (TOKENS - 2))

    kept, longer = embedder.vectors([long, f"{long} jacket for rain and wind"])

    assert kept == pytest.approx(longer, abs=1e-5)


def test_many_long_texts_are_read_in_batches(embedder: Embedder) -> None:
    texts = [f"bread {'jacket ' * at}{'rain ' * TOKENS}" for at in range(24)]
    sizes: list[int] = []
    embedder.warm()
    assert embedder._loaded is not None
    embedder._loaded[1].register_forward_hook(lambda _, __, output: sizes.append(output[0].shape[:2].numel()))

    embedder.vectors(texts)

    assert len(sizes) > 1
    assert all(size <= BATCH_TOKENS for size in sizes)


def test_several_threads_get_what_one_would(embedder: Embedder) -> None:
    texts = [f"bread {number * 'rain '}" for number in range(12)]
    expected = Embedder(embedder._folder).vectors(texts)
    found: dict[int, list[Vector]] = {}

    def ask(number: int) -> None:
        found[number] = embedder.vectors(texts[number::3] + texts)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    for number in range(3):
        for vector, wanted in zip(found[number], expected[number::3] + expected, strict=True):
            assert vector == pytest.approx(wanted, abs=1e-4)


def test_a_broken_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")

    with pytest.raises(ModelError, match="fetch it again"):
        Embedder(lambda: tmp_path).vectors([BREAD])


def encoded(embedder: Embedder) -> list[Sequence[str]]:
    """The texts that are computed from now on, call by call."""
    seen: list[Sequence[str]] = []
    inner = embedder._encode

    def noting(texts: Sequence[str]) -> Iterator[tuple[str, Vector]]:
        seen.append(list(texts))
        return inner(texts)

    embedder._encode = noting  # type: ignore[method-assign]
    return seen


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_real_one_gives_the_published_nearness(embedded_data: Path) -> None:
    """The three sentences and their figures stand in the documentation of sentence-transformers."""
    embedder = Embedder(lambda: fetch_encoder(embedded_data, quiet=True))

    lovely, sunny, stadium = embedder.vectors(
        ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]
    )

    assert len(lovely) == 384
    assert nearness(lovely, sunny) == pytest.approx(0.6660, abs=0.002)
    assert nearness(lovely, stadium) == pytest.approx(0.1046, abs=0.002)
    assert nearness(sunny, stadium) == pytest.approx(0.1411, abs=0.002)
