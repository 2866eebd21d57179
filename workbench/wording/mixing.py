"""Whether a sentence mixes a likelihood with a level of confidence (ICD 203).

The confidence meant is the writer's in a judgment. What others have or lose (public
confidence, Baku's confidence in Moscow) is part of the story and mixes nothing.
"""

from __future__ import annotations

import re
from typing import Final

from workbench.method.scales import ICD_203, PHIA

_SENTENCE: Final = re.compile(
    r"(?<=[.!?])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]*[A-Z])|(?<=;)\s+|"
    r"\n\s*\n|\n(?=[^a-z\n])"
)
_TERMS: Final = sorted(
    {word for scale in (ICD_203, PHIA) for term in scale for word in term.words},
    key=lambda word: (-len(word), word),
)
_GRADE: Final = (
    r"(?:roughly |about |almost |very |quite |nearly )?(?:even|equal|good|better|fair|"
    r"slim|small|little|remote|poor|no|some|high|low)"
)
_PERCENT: Final = r"[0-9]+(?:[.,][0-9]+)?\s?(?:%|per cent|percent)"
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)"
)
_RATIO: Final = (
    r"\b(?:one|two|three|[0-9]+) (?:chances? )?in (?:two|three|four|five|ten|[0-9]+)\b"
    rf"(?!\s*{_MONTH})"
)
_LIKELIHOOD: Final = re.compile(
    "|".join(
        (
            rf"\b(?:{'|'.join(map(re.escape, _TERMS))})\b",
            r"\b(?:likelihoods?|probabilit(?:y|ies)|probably|likelier|likeliest)\b",
            r"\bchances?(?:\s+(?:of|that|are|is|were|was|stands?)\b|\s*:)",
            rf"\b{_GRADE}\s+chances?\b",
            rf"{_PERCENT}(?!\s+of\b)(?![\w-])",
            r"(?<!\bat )(?<!\bagainst the )(?<!\bagainst all )\bodds\b",
            _RATIO,
        )
    ),
    re.IGNORECASE,
)
_LEVEL: Final = (
    r"(?:(?:very |fairly |only |rather )?(?:low|moderate|medium|high|limited|full|"
    r"great|reasonable|considerable))"
)
_LEVELS: Final = rf"{_LEVEL}(?:[\s-]+(?:to|or|and)[\s-]+{_LEVEL})?"
_JUDGED: Final = (
    r"(?:it|this|that|these|those|(?:the|this|that|our|my|any|each) (?:\w+ )?"
    r"(?:judg\w+|assessments?|conclusions?|findings?|estimates?|analys[ei]s|answers?|"
    r"evidence|sources?|data|information|reporting|ranking|verdict|statements?|claims?))"
)
_SAYS: Final = (
    r"(?:assess\w*|judge[sd]?|judging|say|says|said|state[sd]?|conclude[sd]?|"
    r"estimate[sd]?|hold|held|believe[sd]?|think|find|found|report\w*)"
)
_OURS: Final = (
    r"(?:our|my|the (?:analyst|author|writer|team)s?['\u2019]s?|analytic(?:al)?)"
)
_IS: Final = r"(?:['\u2019](?:re|m)|\s+(?:are|am|remain|feel|stay))"
_HAVE: Final = r"(?:have|hold|put|place|attach|express)"
# Whose confidence it is: the writer's, by who has it, what it is in or how it is said.
_WRITERS: Final = re.compile(
    "|".join(
        (
            rf"\b(?:we|i){_IS}\s+(?:\w+\s+){{0,2}}confident\b",
            rf"\b(?:we|i)\s+(?:\w+\s+)?{_HAVE}\s+(?:\w+\s+){{0,4}}confidence\b",
            rf"\b{_OURS}\s+(?:\w+\s+){{0,3}}confidence\b",
            r"\b(?:levels?|degrees?) of confidence\b|\bconfidence levels?\b",
            rf"\b{_SAYS}\s+(?:\w+\s+){{0,4}}with (?:\w+ ){{0,3}}confidence\b",
            rf"\b{_SAYS}\s+(?:\w+\s+){{0,4}}confidently\b|\bconfidently\s+{_SAYS}\b",
            r"\b(?:one|analysts?|readers?) (?:can|may|could) be (?:\w+ )?confident\b",
            r"^\W*(?:quite |fairly |very )?confident\b",
            rf"\bconfidence in {_JUDGED}\b",
        )
    ),
    re.IGNORECASE,
)
# A level, and then what it is confidence in: of a person or a state, it is no writer's.
_GRADED: Final = re.compile(
    rf"\b{_LEVELS}[\s-]+confidence\b(?!\s+(?:in|of|among)\b)|"
    rf"\bconfidence(?:\s+(?:is|are|was|remains?|stays?|being))?\s*[:=,(]?\s*"
    rf"(?:therefore |thus |still |only |also )*{_LEVELS}\b|"
    r"^\W*confidence\b(?!\s+(?:in|of|among|between|has|had|was lost)\b|[\s-]+building)",
    re.IGNORECASE,
)
_OTHERS: Final = re.compile(
    r"(?:\b\w+['\u2019]s|\w+s['\u2019]|\b(?:its|his|her|their|public|popular|mutual|"
    r"investor|business|consumer|self|national))[\s-]+"
    rf"(?:{_LEVELS}\s+)?confidence\b|"
    r"\b(?:had|has|have|having|lost|lose[sd]?|losing|won|win|gain(?:ed|s)?|show(?:s|ed)?|"
    r"restor\w+|shak\w+|shook)\s+(?:\w+\s+){0,2}confidence\b",
    re.IGNORECASE,
)


def mixed(text: str) -> bool:
    """Tell whether a sentence has both a likelihood and the writer's confidence."""
    return any(
        _LIKELIHOOD.search(one) and _of_writer(one)
        for one in (" ".join(part.split()) for part in _SENTENCE.split(text))
    )


def _of_writer(sentence: str) -> bool:
    if _WRITERS.search(sentence):
        return True
    told_of_others = _OTHERS.sub(" ", sentence)
    return _GRADED.search(told_of_others) is not None
