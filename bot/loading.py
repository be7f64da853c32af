"""Loads the models in the background, one after another, while Slack is answered already."""

import gc
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

from bot.engines import Source
from bot.sentiment_readers import Readers
from model.heap import trim
from model.writer import Writer


def load(source: Source, readers: Readers, stack: ExitStack, *, is_open: Event) -> Future[Writer]:
    """Begin with the writer: briefs are taken meanwhile.

    A server's writer is there at once, and the encoder beside it is loaded once the desk `is_open`, whose start would
    else wait for torch.

    The garbage collector rests until all is loaded: torch and transformers make a million objects that stay, and to
    look through them again and again took a fifth of the start.
    """
    gc.disable()
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load")
    engine = pool.submit(source.open)
    writer = pool.submit(lambda: source.writer(engine.result()))
    # After the model, never beside it: two threads that import transformers at once break each other.
    if source.folder is not None:
        writer.add_done_callback(lambda _: source.warm_up())
    readers.after = pool.submit(_load_rest, source, readers, is_open)
    readers.after.add_done_callback(lambda _: settle())
    stack.callback(lambda: None if engine.exception() else engine.result().close())
    stack.callback(pool.shutdown)
    stack.callback(is_open.set)
    return writer


def is_loaded(writer: Future[Writer]) -> bool:
    """Whether the writer is there."""
    return writer.done() and writer.exception() is None


def _load_rest(source: Source, readers: Readers, is_open: Event) -> None:
    """Load the encoder, and what reads sentiment; where a server has the writer, only once somebody asks for that."""
    if source.folder is None:
        is_open.wait()
    if source.encoder is not None:
        source.encoder.settle()
    if source.folder is not None:
        readers.warm_up()


def settle() -> None:
    """Look for garbage again, but not among what was loaded, where it would hold up every thread for long.

    The memory that loading needed and nothing needs any more is returned: glibc would keep it, nearly a gigabyte.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    trim()
