"""Figures of a classifier, against values worked out by hand."""

import numpy as np
import pytest

from model.sentiment_scores import (
    calibration_error,
    calibration_floor,
    choose_threshold,
    coverage,
    fit_temperature,
    interval,
    scores,
    softmax,
)


def test_recall_f1_and_confusion_are_what_they_are_by_hand() -> None:
    found = scores([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0], 3)

    assert found["confusion"] == [[1, 0, 1], [1, 1, 0], [0, 0, 2]]
    assert found["accuracy"] == pytest.approx(4 / 6, abs=1e-4)
    assert found["macro_recall"] == pytest.approx((0.5 + 0.5 + 1) / 3, abs=1e-4)
    assert found["macro_f1"] == pytest.approx((2 / 4 + 2 / 3 + 4 / 5) / 3, abs=1e-4)


def test_a_label_that_does_not_occur_does_not_count() -> None:
    assert scores([0, 2], [0, 2], 3)["macro_recall"] == 1.0


def test_the_temperature_of_logits_that_were_sharpened_is_found() -> None:
    random = np.random.default_rng(0)
    logits = random.normal(size=(4000, 3)) * 1.5
    right = [random.choice(3, p=one) for one in softmax(logits)]

    assert fit_temperature(logits * 2, right) == pytest.approx(2.0, rel=0.1)
    assert calibration_error(softmax(logits * 2, fit_temperature(logits * 2, right)), right) < 0.03
    assert calibration_error(softmax(logits * 2), right) > 0.08


def test_calibration_error_is_the_gap_between_said_and_right() -> None:
    said = np.array([[0.9, 0.1], [0.9, 0.1], [0.2, 0.8], [0.2, 0.8]])

    assert calibration_error(said, [0, 1, 1, 1]) == pytest.approx(0.5 * 0.4 + 0.5 * 0.2)


def test_few_rows_show_an_error_by_chance_and_many_hardly_any() -> None:
    said = softmax(np.random.default_rng(2).normal(size=(20000, 3)) * 2)

    assert 0.03 < calibration_floor(said[:400]) < 0.08
    assert calibration_floor(said) < 0.01


def test_with_a_higher_threshold_fewer_rows_are_answered() -> None:
    said = np.array([[0.95, 0.05], [0.6, 0.4], [0.3, 0.7], [0.55, 0.45]])

    curve = coverage(said, [0, 1, 1, 0], [0.5, 0.65, 0.9])

    assert [one["coverage"] for one in curve] == [1.0, 0.5, 0.25]
    assert [one["accuracy"] for one in curve] == [0.75, 1.0, 1.0]
    assert choose_threshold(curve, 0.4) == 0.65


def test_an_interval_holds_the_mean_and_is_the_same_each_time() -> None:
    values = list(np.random.default_rng(1).normal(size=200))

    low, high = interval(values)

    assert low < np.mean(values) < high
    assert (low, high) == interval(values)
