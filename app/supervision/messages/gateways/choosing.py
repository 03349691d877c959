"""Which gateway carries which channel, as the settings say."""

from flask import current_app

from app.supervision.messages.gateways.files import FileGateway
from app.supervision.messages.gateways.promise import Gateway, NoGateway
from app.supervision.messages.gateways.smtp import Server, SmtpGateway
from app.supervision.messages.vocabulary import Channel

SETTINGS = {Channel.SMS: "SMS_GATEWAY", Channel.EMAIL: "MAIL_GATEWAY"}
FOLDER = "messages"  # in QADAM_HOME


def gateway_for(channel: Channel) -> Gateway:
    settings = current_app.config
    name, server = settings[SETTINGS[channel]], settings["SMTP"]
    if name == FileGateway.name:
        return FileGateway(settings["HOME"] / FOLDER)
    if name == SmtpGateway.name and server:
        return SmtpGateway(Server(**server))
    return NoGateway()


def channels() -> list[Channel]:
    """The channels by which this installation can send."""
    return [channel for channel in Channel if gateway_for(channel).name != NoGateway.name]
