"""The degrees of a word and its adverb, for telling that "cheapest" and "cheaply" use "cheap"."""

import re
from collections.abc import Iterator

# Only what is known to be raised: by its letters alone, "corner" would raise "corn" and "offer" would raise "off".
_RAISED = frozenset(
    re.findall(
        r"\w+",
        "ample big bitter black blue bold brave bright broad busy calm cheap cheesy chewy chic chilly classy "
        "clean clear clever close clumsy cold comfy cool cosy cozy crazy creamy crisp crispy crunchy curly cute "
        "dark dear deep dense dirty dry dull dumb dusty early easy fair fancy fast fat fierce fine firm fit "
        "fluffy fond fresh friendly fruity full funny fuzzy gentle glad glossy great greedy green grim grumpy "
        "handy happy hard harsh healthy heavy high hip hot huge humble hungry icy itchy juicy keen kind large "
        "lazy lean light lively lonely long loose loud lovely low lucky mad mean messy mighty mild moist narrow "
        "nasty naughty near neat new nice noble noisy odd old pale plain poor posh pretty proud pure quick quiet "
        "quirky rare raw red rich ripe risky rough round rude sad safe salty scary sexy shallow sharp shiny short "
        "shy sick silly simple skinny sleek sleepy slick slim slow small smart smelly smooth soft sour spicy "
        "steady steep sticky stiff still strange strict strong stupid stylish subtle sunny sure sweet swift tacky "
        "tall tame tangy tasty tender thick thin thirsty tidy tight tiny tough trendy tricky true ugly vague warm "
        "weak wealthy weird wet white wide wild windy wise witty worthy young yummy",
    )
)
# Their adverbs mean something else, or the word in "-ly" is none of theirs.
_APART = frozenset(
    re.findall(
        r"\w+",
        "apple bare beast body brother cost coward curd day dead dear earth east elder even father first friend "
        "ghost good hard heaven high home hour just king knight large late leisure like live love man master "
        "measure month most mother name near neighbor neighbour night north only order part people price prince "
        "quarter real right saint scarce scholar short sister south state sure time week west woman wool world "
        "year",
    )
)
_SHORTEST = 4


def degrees(word: str) -> Iterator[str]:
    """Yield a word's comparative, superlative and adverb, as far as it may have them.

    >>> list(degrees("cheap")), list(degrees("big")), list(degrees("amazing")), list(degrees("corn"))
    (['cheaper', 'cheapest', 'cheaply'], ['bigger', 'biggest'], ['amazingly'], ['cornly'])
    """
    if word in _RAISED:
        base = _base(word)
        yield from (f"{base}er", f"{base}est")
    if len(word) >= _SHORTEST and word not in _APART and not word.endswith("ly"):
        yield _adverb(word)


def _base(word: str) -> str:
    if word.endswith("e"):
        return word[:-1]
    if re.search("[^aeiou]y$", word) and word not in ("dry", "shy"):
        return f"{word[:-1]}i"
    return f"{word}{word[-1]}" if re.fullmatch("[^aeiou]+[aeiou][bdgmnt]", word) else word


def _adverb(word: str) -> str:
    if word.endswith("y"):
        return f"{word[:-1]}ily"
    if word.endswith("ic"):
        return f"{word}ally"
    # "Affordably" is of "affordable", and "simply" of "simple", but "bubbly" and "belly" are words of their own.
    if re.search("[ai]ble$", word) or (word in _RAISED and re.search("[^aeiou]le$", word)):
        return f"{word[:-1]}y"
    return f"{word}y" if word in _RAISED and word.endswith("ll") else f"{word}ly"
