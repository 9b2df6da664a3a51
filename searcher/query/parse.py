"""A query string to its tree, by recursive descent.

    query  := both ( "OR" both )*
    both   := clause ( ["AND"] clause )*          words side by side: all of them
    clause := ( "NOT" | "-" ) clause | "(" query ")" | [ field ":" ] text
    text   := '"' exact words '"' | word | prefix "*" | low ".." high

Operators are in capitals; curly quotation marks are as good as straight ones. Punctuation that
holds no letter or digit is passed over, and so are two stars or more, with which a pasted text
stresses a word. A name before a colon and white space is a word. Columns count code points from 0.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from searcher.analysis.tokens import WORD, forms
from searcher.errors import QueryError
from searcher.frozen import dataclass
from searcher.near import nearest
from searcher.query.tree import (
    FIELDS,
    RANGE_FIELDS,
    TEXT_FIELDS,
    And,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Range,
    Value,
    Word,
    depth,
)

if TYPE_CHECKING:
    from collections.abc import Callable

QUOTES = '"“”„«»'
SHORTEST_PREFIX = 2
DEEPEST = 40
DEEPEST_BRACKETS = 3 * DEEPEST
"""A tree is written out with brackets that its query could do without."""
EXAMPLES = MappingProxyType({"year": ("2017", "2015..2018"), "page": ("12", "12..20")})

_LEXEME = re.compile(
    rf"""
    \s+
    | (?P<phrase> [{QUOTES}] (?P<quoted> [^{QUOTES}]* ) (?P<close> [{QUOTES}]? ) )
    | (?P<open> \( ) | (?P<shut> \) )
    | (?P<field> [^\W\d_]+ : ) (?= [^\s:)/] )
    | (?P<minus> - ) (?= [\w({QUOTES}] )
    | (?P<bare> [^\s(){QUOTES}]+ )
    """,
    re.VERBOSE,
)
_STRESS = r"\*{2,}"
_WILDCARD = r"[*?](?=[^\W_])"
_ADDRESS = r"\w+://|www\.|.*[/=&]"
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_RANGE = r"(?P<low>\d{0,9})(?:(?P<dots>\.\.)(?P<high>\d{0,9}))?"


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    text: str
    column: int


def parse(text: str) -> Query:
    """Return the tree of ``text``.

    Raises:
        QueryError: with the column where reading stopped.
    """
    return _Parser(text).whole()


def plain(text: str) -> Query:
    """Return the words of ``text`` side by side; nothing in it is an operator.

    Raises:
        QueryError: there is no word in it.
    """
    words = tuple(Word(word) for word in WORD.findall(text))
    if not words:
        raise QueryError(text, 0, "holds no word to look for")
    return words[0] if len(words) == 1 else And(words, implicit=True)


def _lexemes(text: str) -> list[_Lexeme]:
    found = []
    for match in _LEXEME.finditer(text):
        kind = match.lastgroup
        if kind in {"close", "quoted", "phrase"} or match["phrase"] is not None:
            if not match["close"]:
                raise QueryError(
                    text, match.start(), "quotation mark is not closed", hint='end it with "'
                )
            found.append(_Lexeme("phrase", match["quoted"], match.start()))
        elif kind == "bare" and match["bare"] in _OPERATORS:
            found.append(_Lexeme(match["bare"], match["bare"], match.start()))
        elif kind is not None:
            found.append(_Lexeme(kind, match.group(), match.start()))
    return found


def _example(field: str) -> str:
    return " or ".join(f"{field}:{value}" for value in EXAMPLES.get(field, ("word", '"two words"')))


class _Parser:
    """Holds the place in one query while it is read."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lexemes = _lexemes(text)
        self.at = 0
        self.depth = 0
        self.deepest = (0, 0)

    def whole(self) -> Query:
        tree = self.any_of()
        if (lexeme := self.peek()) is not None:
            raise self.error(lexeme.column, f"{lexeme.text!r} closes nothing")
        if tree is None:
            raise self.error(
                0, "holds no word to look for", 'for example: edge of care "no wrong door"'
            )
        if depth(tree) > DEEPEST:
            raise self.error(self.deepest[1], f"is nested more than {DEEPEST} deep")
        return tree

    def peek(self) -> _Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def accept(self, *kinds: str) -> _Lexeme | None:
        lexeme = self.peek()
        if lexeme is None or lexeme.kind not in kinds:
            return None
        self.at += 1
        return lexeme

    def error(self, column: int, problem: str, hint: str = "") -> QueryError:
        return QueryError(self.text, column, problem, hint=hint)

    def any_of(self) -> Query | None:
        clauses = [self.all_of()]
        while operator := self.accept("OR"):
            clauses.append(self.operand(operator, self.all_of()))
            if clauses[0] is None:
                raise self.error(operator.column, "OR has nothing on its left")
        alternatives = tuple(clause for clause in clauses if clause is not None)
        if len(alternatives) < 2:
            return alternatives[0] if alternatives else None
        return Or(alternatives)

    def operand(self, operator: _Lexeme, clause: Query | None) -> Query:
        if clause is None:
            column = operator.column + len(operator.text)
            raise self.error(column, f"{operator.text} has nothing on its right")
        return clause

    def all_of(self) -> Query | None:
        clauses: list[Query] = []
        explicit = False
        while lexeme := self.peek():
            if lexeme.kind in {"OR", "shut"}:
                break
            if operator := self.accept("AND"):
                if not clauses:
                    raise self.error(operator.column, "AND has nothing on its left")
                explicit = True
                clauses.append(self.operand(operator, self.clause()))
            elif (clause := self.clause()) is not None:
                clauses.append(clause)
        if len(clauses) < 2:
            return clauses[0] if clauses else None
        return And(tuple(clauses), implicit=not explicit)

    def clause(self) -> Query | None:
        if negation := self.accept("NOT", "minus"):
            return Not(self.operand(negation, self.nested(self.clause, negation)))
        if opening := self.accept("open"):
            inner = self.nested(self.any_of, opening)
            if not self.accept("shut"):
                raise self.error(opening.column, "bracket is not closed", "end it with )")
            return inner
        if field := self.accept("field"):
            return self.fielded(field)
        if phrase := self.accept("phrase"):
            return Phrase(phrase.text.strip()) if WORD.search(phrase.text) else None
        if bare := self.accept("bare"):
            return self.word(bare, None)
        return None

    def nested(self, read: Callable[[], Query | None], opening: _Lexeme) -> Query | None:
        self.depth += 1
        self.deepest = max(self.deepest, (self.depth, opening.column))
        if self.depth > DEEPEST_BRACKETS:
            raise self.error(opening.column, f"is nested more than {DEEPEST_BRACKETS} deep")
        tree = read()
        self.depth -= 1
        return tree

    def fielded(self, lexeme: _Lexeme) -> Query | None:
        field = lexeme.text.rstrip(":").casefold()
        if field not in FIELDS:
            near = nearest(field, FIELDS, limit=1)
            hint = f"did you mean {near[0]}:?" if near else "fields are " + ", ".join(FIELDS)
            raise self.error(lexeme.column, f"field {field!r} is not known", hint)
        value = self.accept("phrase", "bare")
        if value is None and field in RANGE_FIELDS and (minus := self.accept("minus")):
            number = self.accept("bare")
            text = minus.text + (number.text if number else "")
            raise self.error(minus.column, f"{text!r} is no {field}", _example(field))
        if value is None:
            column = lexeme.column + len(lexeme.text)
            raise self.error(column, f"{field}: has no value", _example(field))
        if field in RANGE_FIELDS:
            return self.range(field, value)
        if not WORD.search(value.text):
            raise self.error(value.column, f"{field}: has no value", _example(field))
        if field not in TEXT_FIELDS:
            return Value(field, value.text.strip())
        return (
            Phrase(value.text.strip(), field) if value.kind == "phrase" else self.word(value, field)
        )

    def refuse_wildcards(self, lexeme: _Lexeme) -> None:
        """Say that only the end of a word may be left open; a web address means what it says."""
        if not {"*", "?"}.intersection(lexeme.text):
            return
        text = re.sub(_STRESS, lambda stars: " " * len(stars[0]), lexeme.text)
        wildcard = re.search(_WILDCARD, text)
        if wildcard and not re.match(_ADDRESS, text):
            hint = "a star is read at the end of a word alone: safeguard*"
            problem = f"{wildcard[0]!r} stands before the end of a word"
            raise self.error(lexeme.column + wildcard.start(), problem, hint)

    def range(self, field: str, value: _Lexeme) -> Range:
        match = re.fullmatch(_RANGE, value.text)
        if not match or not (match["low"] or match["high"]):
            raise self.error(value.column, f"{value.text!r} is no {field}", _example(field))
        low, high = (int(match[end]) if match[end] else None for end in ("low", "high"))
        if not match["dots"]:
            high = low
        if field == "page" and high == 0:
            raise self.error(value.column, "'0' is no page", "sheets count from 1: page:1")
        if low is not None and high is not None and low > high:
            raise self.error(value.column, f"{field} runs backwards", f"{field}:{high}..{low}")
        return Range(field, low, high)

    def word(self, lexeme: _Lexeme, field: str | None) -> Query | None:
        if not WORD.search(lexeme.text):
            return None
        self.refuse_wildcards(lexeme)
        stripped = lexeme.text.rstrip(".,;:!?")
        if not stripped.endswith("*") or stripped.endswith("**"):
            return Word(lexeme.text, field)
        start = stripped.removesuffix("*")
        if len(forms(start)[-1]) < SHORTEST_PREFIX:
            problem = f"{stripped!r} is too short a beginning"
            raise self.error(lexeme.column, problem, f"give at least {SHORTEST_PREFIX} letters")
        return Prefix(start, field)
