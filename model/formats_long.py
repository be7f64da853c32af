"""The formats of pages and longer pieces: product, landing page, article, press release, event, slogan and script."""

from model.shape import Format, Part

_OURS = "our own convention: no place sets this"

LONG = (
    Format(
        name="product",
        title="Product description",
        about="A product description for a shop",
        parts=(Part("text", floor=15, limit=300, counting="words", sentence=True, source=_OURS),),
        example="product description: Alder & Rye oak bread board, 40 cm, oiled by hand, groove for crumbs",
        example_copy=(
            "A good loaf deserves a flat place to land. The Alder & Rye bread board is 40 cm of oak, oiled by hand, "
            "with a groove that keeps the crumbs off the table and off your conscience."
        ),
        aliases=("product description", "product copy", "product page", "product listing", "listing"),
        max_tokens=180,
        source=_OURS,
    ),
    Format(
        name="landing",
        title="Landing page",
        about="A landing page: headline, subheadline, bullets and a call to action",
        parts=(
            Part("headline", "Headline", limit=70, kind="line", source=_OURS),
            Part("sub", "Subheadline", limit=160, kind="line", also=("Sub", "Subhead", "Subtitle"), source=_OURS),
            Part("bullets", "Bullets", 3, 6, limit=120, kind="list", also=("Benefits",), source=_OURS),
            Part("call to action", "CTA", limit=40, kind="line", also=("Call to action", "Button"), source=_OURS),
        ),
        example="landing page for Nestbook, shared calendar for families, colours per person, works offline",
        example_copy=(
            "Headline: Everyone knows where everyone is\nSubheadline: Nestbook is one calendar for the whole family, "
            "so nobody is left standing at the school gate.\nBullets:\n- A colour for each person\n"
            "- Works offline, even in the car park\n- One place for parties, practice and the dentist\n"
            "CTA: Start your family calendar"
        ),
        aliases=("landing page", "hero", "web page", "homepage"),
        max_tokens=200,
        source=_OURS,
    ),
    Format(
        name="blog",
        title="Blog article",
        about="A long article that informs first and sells softly: title, introduction, sections, close",
        parts=(
            Part(
                "title",
                "Title",
                limit=90,
                kind="heading",
                source=f"Google Search Central, Title links: about 60 shown; 90: {_OURS}",
            ),
            Part("article", floor=600, limit=1200, counting="words", sentence=True, source=_OURS),
        ),
        example="article for Coppice Wood Stoves: how to season firewood at home, two summers, stack bark up",
        example_copy=(
            "# How to season firewood at home\n\nWet wood hisses, smokes and gives little back. Dry wood starts "
            "at once and keeps its promises, and all it asks for is time.\n\n## Stack it well\n\nPut the logs "
            "off the "
            "ground with the bark up, so rain runs off and air moves through. Leave the sides open.\n\n"
            "## Wait for it\n\nTwo summers is about right for most logs. If you would rather not count, Coppice Wood "
            "Stoves can tell you what your stove likes to burn."
        ),
        aliases=("article", "blog post", "blog article", "post for the blog", "long read"),
        streams=True,
        sections=2,
        variants=1,
        max_tokens=1800,
        source=_OURS,
    ),
    Format(
        name="press-release",
        title="Press release",
        about="A press release: headline, subhead and body, news first, plain and quotable",
        parts=(
            Part(
                "headline",
                "Headline",
                limit=110,
                kind="line",
                source=f"Cision, State of the press release: 88; 110: {_OURS}",
            ),
            Part("subhead", "Subhead", 0, 1, limit=200, kind="line", also=("Subheadline",), source=_OURS),
            Part(
                "body",
                floor=40,
                limit=500,
                counting="words",
                sentence=True,
                source=f"Cision: about 600 words; 40 to 500: {_OURS}",
            ),
        ),
        example="press release: Lowick Pottery in Kendal reopens its kiln on 4 June after a two year rebuild",
        example_copy=(
            "Headline: Lowick Pottery reopens its kiln after two year rebuild\n"
            "Subhead: The Kendal pottery fires again on 4 June\n\n"
            "Kendal: Lowick Pottery will fire its kiln again on 4 June, at the end of a two year rebuild.\n\n"
            "The pottery has kept its wheels turning through the work and has sent its pots elsewhere to be fired. "
            "From June, everything it throws in Kendal will be fired in Kendal too."
        ),
        aliases=("press", "pr", "news release", "media release"),
        max_tokens=420,
        source="Cision, Pro tips for press releases and State of the press release",
    ),
    Format(
        name="event",
        title="Event announcement",
        about="An event announcement: what, when, where and why to come",
        parts=(Part("text", floor=15, limit=250, counting="words", sentence=True, source=_OURS),),
        example="event: open studio at Quay Print Works, Saturday 2pm to 5pm, free, try the letterpress",
        example_copy=(
            "Open studio at Quay Print Works\nSaturday, 2pm to 5pm\n\nCome and get ink on your sleeves. The presses "
            "will be running, the printers will be talking, and you can try the letterpress yourself.\n\n"
            "It's free, so bring a friend."
        ),
        aliases=("event announcement", "event post", "announcement", "invitation", "event invite"),
        emoji=2,
        call_to_action=True,
        max_tokens=180,
        source=_OURS,
    ),
    Format(
        name="slogan",
        title="Slogan",
        about="A slogan: one short line that could only be this brand's",
        parts=(Part("text", limit=60, source=_OURS),),
        example="slogan for Gull Point Ferries, the short way to the island",
        example_copy="Gull Point Ferries. The island is closer than it looks.",
        aliases=("tagline", "strapline", "claim", "motto"),
        max_tokens=24,
        source=_OURS,
    ),
    Format(
        name="video-script",
        title="Video script",
        about="A short video script: what is seen and what is said, in turns",
        parts=(
            Part("visual", "Visual", 2, 20, limit=300, kind="line", also=("Scene", "Shot"), source=_OURS),
            Part("voice", "Voice", 1, 20, limit=300, kind="line", also=("VO", "Voiceover", "Narrator"), source=_OURS),
        ),
        example="video script, Tidy Tom chimney sweeps, 20 seconds, gentle humour, call before winter",
        example_copy=(
            "Visual: A cat sits on a white rug and stares up the chimney.\nVoice: Something is living in there.\n"
            "Visual: A puff of soot. The cat is now grey.\nVoice: Call Tidy Tom before winter.\n"
            "Visual: A clean hearth and a fire. The cat, white again, is asleep.\nVoice: Tidy Tom. Sweeps who tidy."
        ),
        aliases=("script", "video", "reel script", "video ad", "ad script"),
        max_tokens=260,
        source=_OURS,
    ),
)
