"""The channels that LivePerson's rich content validator knows (third-party-bots §7.2, §7.3, C)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """`official` is the name in LivePerson's own validator. The limits are those of quick replies.

    `replies` is None where quick replies are not supported, or nothing is known of them (`open`).
    """

    name: str
    official: str
    title: str
    replies: int | None = None
    reply_title: int | None = None
    reply_text: int = 256
    is_open: bool = False


WEB = Channel(name="web", official="web", title="Web messaging", replies=24, reply_title=128)
FACEBOOK = Channel(name="facebook", official="facebook", title="Facebook Messenger", replies=13, reply_title=127)
APPLE = Channel(name="apple", official="appleBusinessChat", title="Apple Messages for Business")
WHATSAPP = Channel(
    name="whatsapp", official="whatsapp", title="WhatsApp", replies=13, reply_title=20, reply_text=20
)
RCS = Channel(name="rcs", official="rcsBusinessMessaging", title="RCS", replies=11, reply_title=25)
LINE = Channel(name="line", official="line", title="LINE", replies=13, reply_title=128)
VIBER = Channel(name="viber", official="viber", title="Viber", replies=11, reply_title=25)
GBM = Channel(name="gbm", official="gbm", title="Google Business Messages", replies=13, reply_title=25)
TWITTER = Channel(name="twitter", official="twitter", title="Twitter", is_open=True)
INSTAGRAM = Channel(name="instagram", official="instagram", title="Instagram", is_open=True)

ALL: tuple[Channel, ...] = (WEB, FACEBOOK, APPLE, WHATSAPP, RCS, LINE, VIBER, GBM, TWITTER, INSTAGRAM)

BY_NAME: dict[str, Channel] = {
    name.lower(): channel for channel in ALL for name in (channel.name, channel.official)
}
"""By our name and by the official one, in lower case."""
