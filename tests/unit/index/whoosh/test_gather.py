"""What is gathered of a text is what its own analysis says."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searcher.analysis.tokens import WORD, exact_form, is_stop, stem
from searcher.index.whoosh.fields import EXACT
from searcher.index.whoosh.gather import NO_TERM, Lexicon, Texts
from searcher.index.whoosh.pieces import lengths_of, words_of

written = st.lists(
    st.text(max_size=6)
    | st.sampled_from(["10,000 ", "£1.2m", "children's", " care\u0301 ", "\x1f"])
).map("".join)


@given(st.lists(written, max_size=6))
def test_the_words_of_a_texts_pieces_are_the_words_of_the_text(texts: list[str]) -> None:
    lexicon, gathered = Lexicon(), Texts()
    for text in texts:
        numbers = map(lexicon.__getitem__, text.split())
        before = len(gathered.pieces)
        gathered.pieces.extend(numbers)
        gathered.counts.append(len(gathered.pieces) - before)
    words, counts = words_of(gathered, lexicon)
    forms = list(lexicon.words)
    assert [forms[number] for number in words] == [w for text in texts for w in WORD.findall(text)]
    assert counts.tolist() == [len(WORD.findall(text)) for text in texts]
    assert lengths_of(gathered, lexicon).tolist() == [
        sum(1 if is_stop(exact_form(word)) else 2 for word in WORD.findall(text)) for text in texts
    ]


def test_a_word_has_the_term_of_its_form_and_unless_it_is_a_stop_word_its_stem() -> None:
    lexicon = Lexicon()
    lexicon["(The"], lexicon["Families,"]
    terms = list(lexicon.words.terms)
    assert [terms[number] for number in lexicon.words.exact] == [EXACT + "the", EXACT + "families"]
    assert lexicon.words.stems[0] == NO_TERM
    assert terms[lexicon.words.stems[1]] == stem("families")
