"""Sound metadata of every channel."""

from __future__ import annotations

from typing import Any

_PAYMENT = {
    "type": "ConnectorPaymentRequest",
    "signature": "s",
    "apple": {
        "data": {
            "version": "1",
            "requestIdentifier": "r",
            "images": [{"identifier": "i", "data": "d"}],
            "payment": {
                "paymentRequest": {
                    "applePay": {
                        "merchantIdentifier": "m",
                        "merchantCapabilities": ["3DS"],
                        "supportedNetworks": ["visa"],
                    },
                    "lineItems": [{"label": "l", "amount": "1", "type": "final"}],
                    "total": {"label": "l", "amount": "1"},
                    "countryCode": "US",
                    "currencyCode": "USD",
                    "supportedCountries": ["US"],
                    "requiredBillingContactFields": ["name"],
                    "shippingMethods": [{"label": "l", "amount": "1", "identifier": "i", "detail": "d"}],
                },
                "endpoints": {"paymentGatewayUrl": "https://x.example"},
                "merchantSession": {"nonce": "n", "epochTimestamp": 1, "signedFields": ["a"]},
            },
        }
    },
}
_APPLE_METADATA = [
    [_PAYMENT],
    [
        {
            "type": "ConnectorAuthenticationRequest",
            "requestIdentifier": "r",
            "apple": {"oauth2": {"responseType": "code", "scope": ["email"], "state": "s"}},
        }
    ],
    [
        {
            "type": "BusinessChatMessage",
            "multipleSelection": [True],
            "receivedMessage": {"title": "t", "style": "icon", "imageURL": "u"},
            "replyMessage": {"title": "t", "style": "x", "imageIdentifier": "i"},
        }
    ],
    [{"type": "BusinessChatCustomMessage", "bid": "b", "URL": "u", "appId": 1, "receivedMessage": {"title": "t"}}],
    [
        {
            "type": "BusinessEvent",
            "title": "t",
            "timing": {"startTime": "2026-02-19T08:27:55Z", "duration": 0, "presentedTimezoneOffset": -5},
            "location": {"la": 1, "lo": 2, "radius": 0.5, "title": "x"},
        },
        {"type": "AutoMessage", "messageType": "m", "faasInvoked": True, "iteration": 1},
    ],
    [
        {
            "type": "BusinessFormEvent",
            "title": "t",
            "showSummary": True,
            "startPageIdentifier": "0",
            "pages": [
                {
                    "pageIdentifier": "0",
                    "type": "input",
                    "submitForm": True,
                    "pageItems": [{"title": "t", "value": "v"}],
                    "options": {
                        "inputType": "singleline",
                        "keyboardType": "numberPad",
                        "textContentType": "username",
                    },
                }
            ],
            "images": [{"id": "1", "imageUrl": "u"}],
        }
    ],
    [
        {
            "type": "BotResponse",
            "bot": {"botId": "b", "botProviderType": "1P", "botLastUpdateTimestamp": 1},
            "intents": [{"id": "i", "confidenceScore": 0.5, "name": "n", "intentMatchType": "x"}],
            "businessCases": ["b"],
            "consumerUtteranceSequenceNumbers": [1],
            "intentMatched": True,
        }
    ],
    [{"type": "CbBotResponseMetaData", "botMsgId": "1", "domainName": "d"}, {"botMsgId": "2"}],
    None,
    [],
]
_EVENT = {
    "type": "SocialMessagingEventData",
    "channel": "Public",
    "replyToId": "r",
    "event": {"source": "Facebook", "type": "CC", "parent": {"postId": "p", "timestamp": 1}},
    "actions": [{"name": "Like", "payload": "p"}],
    "conversationState": {"currentChannel": "Private", "dmChatId": "d", "enabledChannels": {"public": True}},
}
_SOCIAL = [
    _EVENT,
    {**_EVENT, "event": {"source": "Twitter", "type": "Reply", "parent": {"tweetText": "t"}}},
    {**_EVENT, "event": {"source": "Instagram"}},
    {
        "type": "SocialMessagingConversationData",
        "directMessagingId": "d",
        "userProfile": {"source": "Facebook", "avatarUrl": "a", "userName": "u", "locale": "en"},
    },
    {
        "type": "SocialMessagingConversationData",
        "directMessagingId": "d",
        "userProfile": {"source": "Twitter", "avatarUrl": "a", "profileName": "u", "likes": 3},
    },
]
METADATA: dict[str, list[Any]] = {
    "apple": _APPLE_METADATA,
    "facebook": _SOCIAL,
    "twitter": _SOCIAL,
    "instagram": _SOCIAL[:3],
    "whatsapp": [
        [{"type": "WhatsAppSingleProduct", "catalogId": "c", "productRetailerId": "p"}],
        [{"type": "WhatsAppMultipleProduct", "catalogId": "c", "sections": [{"title": "t", "productIds": ["1"]}]}],
        None,
        [],
    ],
    **{
        name: [[{"type": "ExternalId", "id": "x"}], {"type": "ActionReason", "reason": "r"}, [_EVENT]]
        for name in ("web", "line", "rcs", "viber", "gbm")
    },
}
