"""The network of sentiment: two questions, a change of low rank that merges, and weights that are refused."""

from pathlib import Path

import pytest
import torch

from model.download import ModelError
from model.sentiment_network import (
    CHANGE,
    DOWN,
    UP,
    SentimentNetwork,
    compress,
    facts,
    load,
    low_rank,
    network,
    save,
)
from tests import tiny

FACTS = {"temperatures": {"text": 1.0, "aspect": 1.0}, "threshold": 0.5, "max_length": 64}
RANKS = {"attention": 3, "dense": 3}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.encoder(tmp_path_factory.mktemp("encoder"))


def inputs(lengths: list[int], aspect: int = 0) -> dict[str, torch.Tensor]:
    """Rows of tokens of these lengths, padded; the last `aspect` of each are of type 1."""
    width = max(lengths)
    mask = torch.tensor([[1] * length + [0] * (width - length) for length in lengths])
    types = torch.tensor([[0] * (length - aspect) + [1] * aspect + [0] * (width - length) for length in lengths])
    tokens = (torch.arange(width)[None] + torch.arange(len(lengths))[:, None]) % 20 + 5
    return {"input_ids": tokens * mask, "attention_mask": mask, "token_type_ids": types}


def changed(folder: Path, seed: int) -> SentimentNetwork:
    """A network whose encoder was moved at random, as training moves it, and whose heads are not zero."""
    torch.manual_seed(seed)
    made = network(folder)
    with torch.no_grad():
        for name, weight in made.named_parameters():
            if "word_embeddings" not in name and "position_embeddings" not in name:
                weight.add_(0.1 * torch.randn_like(weight))
    return made


def test_a_row_has_three_logits_for_the_text_and_four_for_the_aspect(folder: Path) -> None:
    text, aspect = network(folder)(**inputs([4, 9]))

    assert (text.shape, aspect.shape) == ((2, 3), (2, 4))


def test_a_row_reads_the_same_whatever_stands_beside_it(folder: Path) -> None:
    made, rows = changed(folder, 1), inputs([4, 9], aspect=2)
    alone = {name: tensor[:1, :4] for name, tensor in rows.items()}

    for together, single in zip(made(**rows), made(**alone), strict=True):
        assert torch.allclose(together[:1], single, atol=1e-5)


def test_an_aspect_is_pooled_over_its_own_tokens(folder: Path) -> None:
    made, rows = changed(folder, 1), inputs([6], aspect=2)

    hidden = made.encoder(**rows).last_hidden_state[0]
    wanted = torch.cat((hidden[0], hidden[4:].mean(0)))

    assert torch.allclose(made.pooled(**rows)[0], wanted, atol=1e-6)


def test_weights_of_full_rank_come_back_from_a_file_as_they_were(folder: Path, tmp_path: Path) -> None:
    made, rows = changed(folder, 2), inputs([4, 9, 7], aspect=1)

    save(tmp_path, compress(made, network(folder), {"attention": 16, "dense": 16}), FACTS)
    again = load(folder, tmp_path)

    for before, after in zip(made(**rows), again(**rows), strict=True):
        assert torch.allclose(before, after, atol=2e-2)
    assert not any(weight.requires_grad for weight in again.parameters())


def test_merged_weights_answer_as_the_two_factors_beside_the_layer_do(folder: Path, tmp_path: Path) -> None:
    name = "encoder.encoder.layer.0.intermediate.dense"
    save(tmp_path, compress(changed(folder, 3), network(folder), RANKS), FACTS)
    merged = load(folder, tmp_path).get_submodule(name)
    plain = network(folder).get_submodule(name)
    tensors = compress(changed(folder, 3), network(folder), RANKS)
    source = torch.randn(5, 16)

    beside = plain(source) + source @ tensors[f"{name}.weight{DOWN}"].T @ tensors[f"{name}.weight{UP}"].T
    beside += tensors[f"{name}.bias{CHANGE}"]

    assert torch.allclose(merged(source), beside, atol=1e-2)


def test_the_factors_are_the_nearest_of_their_rank() -> None:
    torch.manual_seed(0)
    matrix = torch.randn(8, 6)
    sizes = torch.linalg.svdvals(matrix)

    down, up = low_rank(matrix, 2)

    assert (down.shape, up.shape) == ((2, 6), (8, 2))
    assert torch.dist(up @ down, matrix) == pytest.approx(float(sizes[2:].norm()), rel=1e-4)
    assert torch.allclose(torch.linalg.svdvals(down), torch.linalg.svdvals(up), atol=1e-4)


def test_what_is_left_of_a_change_grows_with_its_rank(folder: Path) -> None:
    made, base = changed(folder, 4), network(folder)

    small, large = (sum(one.numel() for one in compress(made, base, {"dense": rank}).values()) for rank in (2, 6))

    assert small < large


def test_weights_that_are_no_safetensors_are_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "sentiment.safetensors").write_bytes(b"no tensors")

    with pytest.raises(ModelError, match="can't be read"):
        load(folder, tmp_path)


def test_weights_for_another_encoder_are_refused_in_a_sentence(folder: Path, tmp_path: Path) -> None:
    save(tmp_path, {"encoder.layer.9.weight.change": torch.zeros(3)}, FACTS)

    with pytest.raises(ModelError, match=r"don't fit.*layer\.9"):
        load(folder, tmp_path)


def test_a_folder_without_an_encoder_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="encoder"):
        network(tmp_path)


def test_facts_without_a_threshold_are_refused(tmp_path: Path) -> None:
    save(tmp_path, {"a": torch.zeros(1)}, {"temperatures": {}, "max_length": 3})

    with pytest.raises(ModelError, match="can't be read"):
        facts(tmp_path)


def test_facts_come_back(tmp_path: Path) -> None:
    save(tmp_path, {"a": torch.zeros(1)}, FACTS)

    assert facts(tmp_path) == FACTS
