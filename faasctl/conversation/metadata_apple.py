"""The metadata that Apple's channel takes, by type (third-party-bots §7.4, C)."""

from __future__ import annotations

from faasctl.conversation.schema_words import BOOLEAN, INTEGER, NUMBER, Schema, listed, one_of, text, thing

_TIME = (
    r"^-?([1-9][0-9]*)?[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?Z?$"
)


def _texts(**lengths: int) -> dict[str, Schema]:
    return {name: text(most) for name, most in lengths.items()}


def _names(characters: int, names: str) -> dict[str, Schema]:
    return dict.fromkeys(names.split(), text(characters))


_BOT = thing(
    {
        **_names(64, "botId botProvider botType botLanguage"),
        "botProviderType": one_of("1P", "3P_LP_CONNECTOR", "3P_EXTERNAL_CONNECTOR"),
        "botLastUpdateTimestamp": NUMBER,
    },
    required=("botId",),
)
_INTENT = thing(
    {
        **_texts(name=256, id=256, confidence=64, intentMatchType=20, intentMatchEventType=20),
        "confidenceScore": {"type": "number", "minimum": 0, "maximum": 1},
    },
    required=("id", "confidenceScore"),
)
_BOT_RESPONSE = thing(
    {
        "type": {},
        "bot": _BOT,
        "consumerUtteranceSequenceNumbers": listed(NUMBER, most=16),
        **_names(64, "consumerId kBSourceId botInteractionId externalConversationId"),
        "businessCases": listed(text(256), most=16),
        "intentMatched": BOOLEAN,
        "intents": listed(_INTENT, most=16),
    }
)
_CB_BOT_RESPONSE = thing(
    {
        "type": {},
        **_names(64, "botMsgId botInteractionId botId intentId"),
        **_names(128, "botType matchType"),
        **_names(
            1024,
            "botInteractionName botProviderType botProvider intentName domainName domainType",
        ),
    },
    required=("botMsgId",),
)
_AUTO_MESSAGE = thing(
    {"type": {}, "messageType": text(64), "faasInvoked": BOOLEAN, "iteration": INTEGER},
    required=("messageType",),
)

_SHOWN = _names(1000, "subtitle title imageTitle imageSubtitle secondarySubtitle tertiarySubtitle")
_BUBBLE = {"imageURL": text(2048), "style": one_of("icon", "small", "large"), **_SHOWN}
_CHAT_MESSAGE = thing(
    {
        "type": {},
        "multipleSelection": {
            "type": ["boolean", "array"],
            "items": BOOLEAN,
            "minItems": 1,
            "maxItems": 256,
        },
        "receivedMessage": thing({**_BUBBLE, "imageIdentifier": text(64)}, required=("title",)),
        "replyMessage": thing({**_BUBBLE, "style": text(64), "imageIdentifier": text(64)}, required=("title",)),
    },
    required=("receivedMessage",),
)
_CUSTOM_MESSAGE = thing(
    {
        "type": {},
        "appId": NUMBER,
        **_texts(appName=1000, appIcon=2048, bid=1000, URL=4096, sessionIdentifier=1000),
        "useLiveLayout": BOOLEAN,
        "receivedMessage": thing(_BUBBLE, required=("title",)),
        "attachments": listed(text(2048), most=16),
    },
    required=("bid", "receivedMessage", "URL"),
)
_EVENT = thing(
    {
        "type": {},
        "title": text(256),
        "timing": thing(
            {
                "startTime": {
                    "type": "string",
                    "pattern": _TIME,
                    "says": "the time is not as in 2026-02-19T08:27:55Z",
                },
                "presentedTimezoneOffset": INTEGER,
                "duration": {"type": "integer", "minimum": 0},
            }
        ),
        "location": thing(
            {"title": text(256), "la": NUMBER, "lo": NUMBER, "radius": {"type": "number", "minimum": 0}}
        ),
    }
)

_ITEM = thing(_names(2048, "title value identifier nextPageIdentifier imageIdentifier"))
_KEYBOARDS = (
    "default asciiCapable numbersAndPunctuation URL numberPad phonePad namePhonePad emailAddress decimalPad"
    " UIKeyboardTypeTwitter webSearch"
)
_CONTENTS = (
    "name namePrefix givenName middleName familyName nameSuffix nickname jobTitle organizationName location"
    " fullStreetAddress streetAddressLine1 streetAddressLine2 addressCity addressState addressCityAndState"
    " sublocality countryName postalCode telephoneNumber emailAddress URL creditCardNumber username password"
    " newPassword oneTimeCode"
)
_OPTIONS = thing(
    {
        **_names(2048, "startdate maximumdate minimumdate dateFormat labelText regex placeholder prefixText"),
        "required": BOOLEAN,
        "inputType": one_of("multiline", "singleline"),
        "maximumCharacterCount": NUMBER,
        "keyboardType": one_of(*_KEYBOARDS.split()),
        "textContentType": one_of(*_CONTENTS.split()),
    }
)
_PAGE = thing(
    {
        "type": one_of("select", "picker", "datePicker", "input"),
        **_names(2048, "pageIdentifier title subtitle nextPageIdentifier pickerTitle hintText"),
        "multipleSelection": BOOLEAN,
        "submitForm": BOOLEAN,
        "pageItems": listed(_ITEM, most=256),
        "options": _OPTIONS,
    }
)
_FORM = thing(
    {
        "type": {},
        "title": text(256),
        "showSummary": BOOLEAN,
        "startPageIdentifier": text(256),
        "pages": listed(_PAGE, most=256),
        "images": listed(thing(_names(2048, "id imageUrl"), required=("id", "imageUrl")), most=256),
    }
)

_OAUTH = thing(
    {
        **_texts(responseType=256, state=64, clientSecret=256, responseEncryptionKey=1024),
        "scope": listed(text(64), most=16),
    }
)
_SIGN_IN = thing({"type": {}, "requestIdentifier": text(64), "apple": thing({"oauth2": _OAUTH})})

_AMOUNT = thing(_names(64, "label amount type"))
_APPLE_PAY = thing(
    {
        "merchantIdentifier": text(512),
        **dict.fromkeys(("merchantCapabilities", "supportedNetworks"), listed(text(64), most=15)),
    },
    required=("merchantIdentifier", "merchantCapabilities", "supportedNetworks"),
)
_PAYMENT_REQUEST = thing(
    {
        "applePay": _APPLE_PAY,
        "lineItems": listed(_AMOUNT, most=100),
        "total": _AMOUNT,
        "countryCode": text(2),
        "currencyCode": text(3),
        "supportedCountries": listed(text(2), most=200),
        **dict.fromkeys(
            ("requiredBillingContactFields", "requiredShippingContactFields"), listed(text(128), most=6)
        ),
        "shippingMethods": listed(thing(_texts(label=256, amount=64, identifier=64, detail=512)), most=32),
    },
    required=("applePay", "total", "countryCode", "currencyCode"),
)
_ENDPOINTS = thing(
    _names(
        2048,
        "paymentGatewayUrl paymentMethodUpdateUrl shippingContactUpdateUrl shippingMethodUpdateUrl"
        " orderTrackingUrl fallbackUrl",
    ),
    required=("paymentGatewayUrl",),
)
_MERCHANT = thing(
    {
        "epochTimestamp": NUMBER,
        "expiresAt": NUMBER,
        **_texts(
            merchantSessionIdentifier=256,
            nonce=32,
            merchantIdentifier=128,
            displayName=256,
            signature=5120,
            initiative=16,
            initiativeContext=2048,
        ),
        "signedFields": listed(text(64), most=16),
    }
)
_PAYMENT = thing(
    {"paymentRequest": _PAYMENT_REQUEST, "endpoints": _ENDPOINTS, "merchantSession": _MERCHANT},
    required=("paymentRequest", "endpoints", "merchantSession"),
)
_PAY = thing(
    {
        "type": {},
        "signature": text(1024),
        "apple": thing(
            {
                "data": thing(
                    {
                        "version": text(64),
                        "payment": _PAYMENT,
                        "images": listed(
                            thing(_names(2048, "identifier data"), required=("identifier", "data")), most=2
                        ),
                        "requestIdentifier": text(64),
                    },
                    required=("version", "payment", "requestIdentifier"),
                )
            },
            required=("data",),
        ),
    }
)

APPLE_TYPES: dict[str, Schema] = {
    "BotResponse": _BOT_RESPONSE,
    "CbBotResponseMetaData": _CB_BOT_RESPONSE,
    "AutoMessage": _AUTO_MESSAGE,
    "BusinessChatMessage": _CHAT_MESSAGE,
    "BusinessChatCustomMessage": _CUSTOM_MESSAGE,
    "BusinessEvent": _EVENT,
    "BusinessFormEvent": _FORM,
    "ConnectorAuthenticationRequest": _SIGN_IN,
    "ConnectorPaymentRequest": _PAY,
}
