"""The formats of social posts: X, LinkedIn, Facebook, Instagram, TikTok and YouTube."""

from model.shape import Format, Part

_X = "X, Counting characters (docs.x.com); twitter-text config v3: 280"
_OURS = "our own convention"
_LINKEDIN = "3,000 characters are taken, as many report; no page of LinkedIn that we found says so"

SOCIAL = (
    Format(
        name="tweet",
        title="Tweet",
        about="One post on X",
        parts=(Part("text", limit=280, counting="x", sentence=True, source=_X),),
        example="tweet for Hollow Oak Coffee, cold brew in cans, from Monday, at all three cafes. dry wit",
        example_copy=(
            "We put the cold brew in a can, mostly so you'd stop asking us to. From Monday it's at all three "
            "Hollow Oak Coffee cafes, looking far too pleased with itself."
        ),
        aliases=("x", "twitter", "x post", "twitter post", "post on x", "tweet post"),
        hashtags=(0, 2),
        emoji=2,
        max_tokens=96,
        source=f"X Help, How to use hashtags: no more than 2; 2 emoji: {_OURS}",
    ),
    Format(
        name="thread",
        title="Thread",
        about="A series of numbered posts on X that reads as one story",
        parts=(
            Part(
                "posts",
                "Posts",
                3,
                25,
                limit=280,
                counting="x",
                kind="posts",
                sentence=True,
                source=f"{_X}; fewer than 3 are no thread: {_OURS}",
            ),
        ),
        example="thread for Kelpworks: our soap is made from harbour kelp, cured for six weeks, wrapped in paper",
        example_copy=(
            "1/ Most soap starts in a drum. Ours starts on a cold beach with a pair of waders.\n\n"
            "2/ Kelpworks gathers harbour kelp by hand and takes only what the tide has loosened.\n\n"
            "3/ Then comes the slow part. Each bar cures for six weeks before it is wrapped in paper.\n\n"
            "4/ It smells faintly of the sea, and so will you. We think that's a fair trade."
        ),
        aliases=("x thread", "twitter thread", "tweet thread", "tweetstorm"),
        hashtags=(0, 2),
        emoji=4,
        max_tokens=420,
        source=f"25 posts at once, as tools for X have it; 2 hashtags and 4 emoji in all: {_OURS}",
    ),
    Format(
        name="linkedin",
        title="LinkedIn post",
        about="A post from a company or a person on LinkedIn",
        parts=(Part("text", limit=3000, sentence=True, source=_LINKEDIN),),
        example="linkedin post, Marlow Freight opens a depot in Hull, 40 jobs, apply at marlow.example/jobs",
        example_copy=(
            "A depot is a big shed until people turn up to run it.\n\nMarlow Freight is opening one in Hull, and "
            "we have 40 jobs to fill. If you like a day that goes to plan because you planned it, we'd like to "
            "hear from you.\n\nApply at marlow.example/jobs."
        ),
        aliases=("linkedin post", "linked in", "li post"),
        hashtags=(0, 5),
        emoji=3,
        max_tokens=260,
        source=f"5 hashtags and 3 emoji: {_OURS}",
    ),
    Format(
        name="facebook",
        title="Facebook post",
        about="A post on a Facebook page",
        parts=(
            Part(
                "text",
                limit=2200,
                cap=63206,
                sentence=True,
                source=f"63,206 are taken, as many report; no page of Meta that we found says so; 2,200: {_OURS}",
            ),
        ),
        example="facebook post: Ferry Lane Nursery, plant swap on Sunday 10am, bring one, take one",
        example_copy=(
            "Got a spider plant with too many babies? Bring one to the plant swap at Ferry Lane Nursery on Sunday "
            "at 10am, and take something new home. One in, one out, no questions about the state of your ficus."
        ),
        aliases=("facebook post", "fb", "fb post"),
        hashtags=(0, 2),
        emoji=3,
        max_tokens=200,
        source=f"2 hashtags and 3 emoji: {_OURS}",
    ),
    Format(
        name="instagram",
        title="Instagram caption",
        about="A caption under a picture or reel on Instagram",
        parts=(Part("text", limit=2200, sentence=True, source="Instagram Graph API, Content publishing: 2,200"),),
        example="instagram caption, Tarn Swimwear, new green one-piece called Moss, made from old fishing nets",
        example_copy=(
            "Moss was a fishing net in its last life.\n\nNow it's a green one-piece from Tarn Swimwear, and it "
            "would like to go back in the water, please.\n\n#TarnSwimwear #Moss #WildSwimming"
        ),
        aliases=("insta", "ig", "instagram caption", "instagram post", "insta post", "ig caption", "ig post"),
        hashtags=(0, 5),
        emoji=4,
        max_tokens=200,
        source=f"Instagram Creators, 18 December 2025: at most five hashtags, thirty before; 4 emoji: {_OURS}",
    ),
    Format(
        name="tiktok",
        title="TikTok caption",
        about="A caption under a TikTok video",
        parts=(
            Part(
                "text",
                limit=2200,
                counting="utf-16",
                source="TikTok for Developers, Content Posting API, post_info.title: 2,200 in UTF-16",
            ),
        ),
        example="tiktok caption: Rooster Hot Sauce, our chef cries on camera, extra hot is back",
        example_copy="He said he was fine. He was not fine. Rooster Hot Sauce Extra Hot is back. #hotsauce #spicy",
        aliases=("tiktok caption", "tiktok post", "tik tok"),
        hashtags=(0, 5),
        emoji=3,
        max_tokens=100,
        source=f"The app takes 5 hashtags since 2025, as many report and TikTok has not said; 3 emoji: {_OURS}",
    ),
    Format(
        name="youtube",
        title="YouTube title and description",
        about="The title and description of a YouTube video",
        parts=(
            Part("title", "Title", limit=100, kind="line", source="YouTube Data API, snippet.title: 100"),
            Part(
                "description",
                "Description",
                limit=5000,
                counting="bytes",
                sentence=True,
                source="YouTube Data API, snippet.description: 5,000 bytes",
            ),
        ),
        example="youtube: Bramley Bikes shows how to fix a puncture in ten minutes, kit list in the comments",
        example_copy=(
            "Title: How to Fix a Puncture in Ten Minutes\n\nDescription: A flat tyre doesn't have to end the ride. "
            "Bramley Bikes fixes a puncture in ten minutes, slowly enough for you to follow along. The kit list is "
            "in the comments."
        ),
        aliases=("youtube video", "youtube description", "youtube title", "yt"),
        hashtags=(0, 3),
        emoji=2,
        max_tokens=180,
        source=f"YouTube Help, Hashtags: three are shown; 2 emoji: {_OURS}",
    ),
)
