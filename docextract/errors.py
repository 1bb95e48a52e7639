"""Exception hierarchy, error categories, and the exit code of each exception.

DocextractError
├── UsageError           what the command was pointed at is not there  2
├── ConfigError          a pipeline, schema or option is wrong          3
├── MissingDependency    a program, package or model is not here        4
└── InputError           this one document cannot be processed          5
    ├── EncryptedInput   it needs a password, or another one
    ├── MalformedInput   it is damaged beyond reading
    ├── EmptyInput       there is nothing in it
    ├── TooLargeInput    it is over a limit on bytes, pages, pixels or depth
    ├── UnsupportedInput no reader for this format
    └── UnreadableInput  the file system does not give it

An exception of any other type is a bug: it keeps its traceback and exits 1.
"""

from enum import IntEnum, StrEnum


class ExitCode(IntEnum):
    """What the command line exits with; these numbers are part of the interface."""

    OK = 0
    BUG = 1
    USAGE = 2
    CONFIG = 3
    MISSING = 4
    INPUT = 5
    PARTIAL = 6
    BELOW = 7  # a score is lower than asked: no error, so no exception has it
    INTERRUPTED = 130


class Category(StrEnum):
    """Why a document, or one page of it, could not be processed."""

    ENCRYPTED = "encrypted"
    MALFORMED = "malformed"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    UNSUPPORTED = "unsupported"
    UNREADABLE = "unreadable"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASH = "crash"
    INTERNAL = "internal"


class DocextractError(Exception):
    """Base of the family. The message says what, where, and what to do about it."""

    exit_code = ExitCode.BUG


class UsageError(DocextractError):
    """What the command was pointed at is not there: whoever typed it must act."""

    exit_code = ExitCode.USAGE


class ConfigError(DocextractError):
    """A pipeline, a schema or an option is wrong: its author must act."""

    exit_code = ExitCode.CONFIG


class MissingDependency(DocextractError):
    """A program, package or model is not on this machine: its owner must act."""

    exit_code = ExitCode.MISSING


class InputError(DocextractError):
    """This document cannot be processed; others can."""

    exit_code = ExitCode.INPUT
    category = Category.MALFORMED


class EncryptedInput(InputError):
    """It needs a password, or the one given does not open it."""

    category = Category.ENCRYPTED


class MalformedInput(InputError):
    """It is damaged beyond reading."""

    category = Category.MALFORMED


class EmptyInput(InputError):
    """There is nothing in it."""

    category = Category.EMPTY


class TooLargeInput(InputError):
    """It is over one of the limits; the message names the limit and its option."""

    category = Category.TOO_LARGE


class UnsupportedInput(InputError):
    """Its format has no reader."""

    category = Category.UNSUPPORTED


class UnreadableInput(InputError):
    """The file system does not give it: gone, or no permission."""

    category = Category.UNREADABLE
