"""The formats of paid and searched places: Google, Facebook and LinkedIn ads, and the meta description."""

from model.shape import Format, Part

_GOOGLE = "Google Ads Help, About responsive search ads: 3 to 15 headlines of 30, 2 to 4 descriptions of 90"
_GOOGLE_WIDE = "; About text ads: double-width characters count as two"
_OURS = "our own convention"
_META = (
    "Meta Ads Guide, Image ads: text 125, headline 40 (27 in Facebook's feed), description 25 or 30 recommended, by "
    f"placement; more is cut where it is shown; that what is cut is ruled out: {_OURS}"
)
_LINKEDIN = (
    "LinkedIn Help, Single image ads specifications (a426534): intro 150 of 3,000, headline 70 of 200 are shown "
    "before they are cut"
)

ADS = (
    Format(
        name="google-ad",
        title="Google search ad",
        about="A responsive search ad: short headlines and descriptions that Google combines in any order",
        parts=(
            Part(
                "headlines",
                "Headlines",
                3,
                15,
                limit=30,
                counting="wide",
                kind="list",
                gathered=True,
                also=("Headline",),
                source=_GOOGLE + _GOOGLE_WIDE,
            ),
            Part(
                "descriptions",
                "Descriptions",
                2,
                4,
                limit=90,
                counting="wide",
                kind="list",
                gathered=True,
                sentence=True,
                also=("Description",),
                source=_GOOGLE + _GOOGLE_WIDE,
            ),
        ),
        example="google ad for Penrose Locksmiths, Bath, no call-out fee, vans out day and night",
        example_copy=(
            "Headlines:\n- Locked Out in Bath?\n- Penrose Locksmiths\n- No Call-Out Fee\n- Out Day and Night\n"
            "- Call Your Local Locksmith\n- Bath Locksmiths Near You\nDescriptions:\n"
            "- Our vans are out day and night, and there is no call-out fee.\n"
            "- Locked out in Bath? Call Penrose Locksmiths and get back indoors.\n"
            "- Lost keys or a stuck lock: tell us where you are and we will come."
        ),
        aliases=(
            "google",
            "google ads",
            "search ad",
            "google search ad",
            "google campaign",
            "google search campaign",
            "rsa",
            "adwords",
            "responsive search ad",
            "ppc ad",
        ),
        call_to_action=True,
        max_tokens=300,
        source="Google Ads policies, Editorial: no emoji, no gimmicky punctuation",
    ),
    Format(
        name="meta-description",
        title="Meta description",
        about="The sentence or two under a page's title in search results",
        parts=(
            Part(
                "text",
                limit=155,
                sentence=True,
                source=f"Google Search Central, Snippets: no limit, cut to the width of the device; 155: {_OURS}",
            ),
        ),
        example="meta description for the homepage of Orchard House Dentists, Leeds, taking new patients",
        example_copy=(
            "Orchard House Dentists in Leeds is taking new patients. Meet the team and book a first visit online."
        ),
        aliases=("meta", "seo description", "search snippet", "meta desc", "page description"),
        max_tokens=64,
        source="Google Search Central, Control your snippets in search results",
    ),
    Format(
        name="facebook-ad",
        title="Facebook ad",
        about="A Facebook or Instagram image ad: primary text, headline and description",
        parts=(
            Part(
                "primary text",
                "Primary text",
                limit=125,
                kind="line",
                sentence=True,
                also=("Text", "Primary"),
                source=_META,
            ),
            Part("headline", "Headline", limit=40, kind="line", source=_META),
            Part("description", "Description", limit=30, kind="line", source=_META),
        ),
        example="facebook ad for Loaf & Ladle, soup subscription, 4 jars a week, from £18",
        example_copy=(
            "Primary text: Lunch keeps happening. Loaf & Ladle sends 4 jars of soup a week, so you can stop "
            "thinking about it.\nHeadline: Soup, sorted\nDescription: 4 jars a week from £18"
        ),
        aliases=("fb ad", "meta ad", "instagram ad", "facebook ads", "ig ad"),
        emoji=1,
        max_tokens=110,
        source=f"1 emoji: {_OURS}",
    ),
    Format(
        name="linkedin-ad",
        title="LinkedIn ad",
        about="A LinkedIn single image ad: introductory text and headline",
        parts=(
            Part(
                "intro",
                "Intro",
                limit=150,
                cap=3000,
                kind="line",
                sentence=True,
                also=("Introductory text", "Intro text"),
                source=_LINKEDIN,
            ),
            Part("headline", "Headline", limit=70, cap=200, kind="line", source=_LINKEDIN),
        ),
        example="linkedin ad, Rotacloud Nine shift planner for care homes, try it with one team",
        example_copy=(
            "Intro: A rota should not take all of Thursday. Rotacloud Nine plans shifts for care homes while you "
            "get on with the day.\nHeadline: Try the shift planner with one team"
        ),
        aliases=("linkedin ads", "sponsored post", "li ad"),
        emoji=1,
        max_tokens=100,
        source=f"LinkedIn Help, as above: 10 emoji are taken; 1 emoji: {_OURS}",
    ),
)
