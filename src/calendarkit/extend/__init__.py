"""The surface plugins see: import everything from here."""

from calendarkit.calendar.pool import Item
from calendarkit.calendar.roster import Group, Roster, Store
from calendarkit.errors import CalendarkitError, HttpFailure, PluginError, SecretMissing
from calendarkit.extend.hookspecs import hookimpl
from calendarkit.extend.lent import Clock, Http, PluginContext, Response
from calendarkit.extend.options import NoOptions, Options
from calendarkit.extend.painting import Foretelling, LayerKind, Painter, PainterContext, Painting, Poster, PosterJob
from calendarkit.extend.planning import Candidate, ColumnKind, FeedbackSource, Guard, RosterSource, Signal, Source
from calendarkit.extend.publishing import Channel, Envelope, KindLimit, Limits, Publisher, Rate, Target, Traits
from calendarkit.extend.working import Batch, Command, Engine, Notice, Observer, RunningEngine, Work
from calendarkit.model.delivery import Delivery
from calendarkit.model.guarding import Allow, History, Postpone, Sent, Verdict, Withhold
from calendarkit.model.message import Kind, Media, Message
from calendarkit.model.receipt import Outcome, Receipt
from calendarkit.model.secret import Secret
from calendarkit.model.slot import Slot
from calendarkit.model.text import Text

__all__ = [
    "Allow", "Batch", "CalendarkitError", "Candidate", "Channel", "Clock", "ColumnKind", "Command", "Delivery",
    "Engine", "Envelope", "FeedbackSource", "Foretelling", "Group", "Guard", "History", "Http", "HttpFailure",
    "Item", "Kind", "KindLimit", "LayerKind", "Limits", "Media", "Message", "NoOptions", "Notice", "Observer",
    "Options", "Outcome", "Painter", "PainterContext", "Painting", "PluginContext", "PluginError", "Postpone", "Poster",
    "PosterJob", "Publisher", "Rate", "Receipt", "Response", "Roster", "RosterSource", "RunningEngine", "Secret",
    "SecretMissing", "Sent", "Signal", "Slot", "Source", "Store", "Target", "Text", "Traits", "Verdict", "Withhold",
    "Work", "hookimpl",
]  # fmt: skip
