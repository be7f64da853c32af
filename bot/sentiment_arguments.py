"""Tells the comments of a command line from its options where a comment begins with a minus: “-5 stars, awful”."""

import re
from collections.abc import Sequence

import click

# A number, or something with a blank in it; an option has none before its value, as in “--out=my file.csv”.
_COMMENT = re.compile(r"-\d|-[^=\s]*\s")
END = "--"
"""After it nothing is an option."""


class Reads(click.Command):
    """A command whose arguments may begin with a minus."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the options before the comments, where one of those could be taken for an option."""
        takes = {name for one in self.params if isinstance(one, click.Option) and not one.is_flag for name in one.opts}
        return super().parse_args(ctx, ordered(args, takes))


def ordered(args: Sequence[str], takes: set[str]) -> list[str]:
    """The arguments with the comments last, where one begins with a minus; as they are where none does.

    `takes` are the options that take what follows them.

    >>> ordered(["good", "-5 stars", "--json", "--out", "-a b.csv"], {"--out"})
    ['--json', '--out', '-a b.csv', '--', 'good', '-5 stars']
    """
    options, comments = list[str](), list[str]()
    left = iter(args)
    for one in left:
        if one == END:
            comments += left
        elif one in takes:
            options += [one, *[value for value in [next(left, None)] if value is not None]]
        elif one == "-" or not one.startswith("-") or _COMMENT.match(one):
            comments.append(one)
        else:
            options.append(one)
    return [*options, END, *comments] if any(map(_COMMENT.match, comments)) else list(args)
