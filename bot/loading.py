"""Loads the models in the background, one after another, while Slack is answered already."""

import ctypes
import gc
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

from bot.engines import Source
from bot.sentiment_readers import Readers
from model.writer import Writer


def load(source: Source, readers: Readers, stack: ExitStack) -> Future[Writer]:
    """Begin with the writer: briefs are taken meanwhile.

    The garbage collector rests until all is loaded: torch and transformers make a million objects that stay, and to
    look through them again and again took a fifth of the start.
    """
    gc.disable()
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="load")
    engine = pool.submit(source.open)
    writer = pool.submit(lambda: source.writer(engine.result()))
    # After the model, never beside it: two threads that import transformers at once break each other.
    writer.add_done_callback(lambda _: source.warm_up())
    readers.after = pool.submit(_load_sentiment, source, readers)
    readers.after.add_done_callback(lambda _: settle())
    stack.callback(lambda: None if engine.exception() else engine.result().close())
    stack.callback(pool.shutdown)
    return writer


def is_loaded(writer: Future[Writer]) -> bool:
    """Whether the writer is there."""
    return writer.done() and writer.exception() is None


def _load_sentiment(source: Source, readers: Readers) -> None:
    """Where a server has the writer, this process needs torch only once somebody asks for sentiment."""
    if source.encoder is not None:
        source.encoder.settle()
        readers.warm_up()


def settle() -> None:
    """Look for garbage again, but not among what was loaded, where it would hold up every thread for long.

    The memory that loading needed and nothing needs any more is returned: glibc would keep it, nearly a gigabyte.
    """
    gc.collect()
    gc.freeze()
    gc.enable()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)
