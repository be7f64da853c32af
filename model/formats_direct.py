"""The formats that reach one person: email, text message, push notification."""

from model.shape import Format, Part

_OURS = "our own convention"
_SMS = (
    "3GPP TS 23.038 and 23.040: 160 GSM-7 or 70 UCS-2 characters in one segment, 153 or 67 in each of more; at most "
    f"two segments, 306 or 134, for each is paid for: {_OURS}"
)

DIRECT = (
    Format(
        name="email",
        title="Email",
        about="A marketing email: subject, preheader and body",
        parts=(
            Part(
                "subject",
                "Subject",
                limit=60,
                kind="line",
                also=("Subject line",),
                source=f"Mailchimp, Best practices for email subject lines: short; 60: {_OURS}",
            ),
            Part(
                "preheader",
                "Preheader",
                limit=90,
                kind="line",
                also=("Preview", "Preview text"),
                source=f"Litmus, Guide to preview text support: clients show 35 to 140 characters; 90: {_OURS}",
            ),
            Part(
                "body",
                floor=20,
                limit=400,
                counting="words",
                sentence=True,
                also=("Body",),
                source=f"from 20 to 400 words: {_OURS}",
            ),
        ),
        example="email to members of Pinfold Gallery, private view on Thursday 6pm, new prints by Ida Moss",
        example_copy=(
            "Subject: See the new prints first\nPreheader: Ida Moss opens on Thursday at 6pm, and you're invited.\n\n"
            "Hello,\n\nBefore the doors open to everyone, they open to you. Join us at Pinfold Gallery on Thursday "
            "at 6pm for a private view of new prints by Ida Moss.\n\nCome straight from work, stay as long as you "
            "like, and tell us which one you would hang over the stairs.\n\nWarmly,\nPinfold Gallery"
        ),
        aliases=("mail", "newsletter", "e mail", "email newsletter", "marketing email"),
        emoji=2,
        call_to_action=True,
        max_tokens=320,
        source=f"UK ICO, Electronic mail marketing; 2 emoji: {_OURS}",
    ),
    Format(
        name="sms",
        title="Text message",
        about="A marketing text message that says how to opt out",
        parts=(Part("text", limit=306, narrow=134, counting="sms", sentence=True, source=_SMS),),
        example="sms to customers of Fern & Fold laundry: collection tomorrow between 8 and 10, leave bags outside",
        example_copy=(
            "Fern & Fold collects tomorrow between 8 and 10. Leave your bags outside and we'll do the rest. "
            "Reply STOP to opt out."
        ),
        aliases=("text", "text message", "txt"),
        opt_out=True,
        call_to_action=True,
        max_tokens=72,
        source="CTIA Messaging Principles 2023, opt-out; UK PECR regulation 22",
    ),
    Format(
        name="push",
        title="Push notification",
        about="A notification on a phone: title and body",
        parts=(
            Part(
                "title",
                "Title",
                limit=40,
                kind="line",
                source=f"Airship: what matters in the first 40; Batch: titles of 15 to 30; 40: {_OURS}",
            ),
            Part(
                "body",
                "Body",
                limit=120,
                kind="line",
                sentence=True,
                also=("Text", "Message"),
                source=f"Batch, Optimal length of push notifications: 120 to 140; 120: {_OURS}",
            ),
        ),
        example="push for the Platter app: your table at Bellini is ready, 15 minutes to sit down",
        example_copy="Title: Your table is ready\nBody: Bellini is holding it for 15 minutes. Come and sit down.",
        aliases=("push notification", "app notification", "notification", "app push"),
        emoji=1,
        max_tokens=64,
        source=f"Apple Human Interface Guidelines, Notifications: concise and informative; 1 emoji: {_OURS}",
    ),
)
