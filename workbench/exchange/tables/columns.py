"""What a column holds: by the name over it first, then by what is in it.

Names of rows are read here as well: what says that a row is worked out from the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Final

from workbench.case import words
from workbench.exchange.choices import Role
from workbench.exchange.tables import written

SAID: Final[Mapping[Role, str]] = {
    Role.HYPOTHESIS: "a hypothesis",
    Role.LABEL: "the items' labels",
    Role.ITEM: "what the items say",
    Role.NOTE: "the items' statements",
    Role.KIND: "the kind of item",
    Role.DATE: "the dates of events",
    Role.SOURCE: "the items' sources",
    Role.LOCATOR: "the place in the source",
    Role.CREDIBILITY: "the items' credibility",
    Role.RELIABILITY: "the reliability of the items' sources",
    Role.RELEVANCE: "the items' relevance",
    Role.WEIGHT: "the items' weight",
    Role.GRADE: "the items' grades",
    Role.ORIGIN: "the items' origins",
    Role.TAGS: "the items' tags",
    Role.CAVEAT: "the items' caveats",
    Role.REASON: "reasons",
    Role.COUNTED: "whether the items take part",
    Role.EMPHASIS: "an analyst's own factor, which a case does not hold",
    Role.DERIVED: "worked out from the rest",
    Role.LEAVE_OUT: "left out, as was chosen",
}
_NAMES: Final[Mapping[Role, str]] = {
    Role.LABEL: "label|id|no|nr|number|#|ref|item no|item number|evidence no|s/n|serial"
    "|evidence id|evidence number|item id|lfd nr|nummer|numero|n°|№|номер|编号|序号"
    "|رقم",
    Role.ITEM: "title|evidence|item|items|evidence item|evidence items|argument"
    "|arguments|evidence or argument|evidence and arguments|fact|facts|observation"
    "|observations|information|relevant information|item of evidence|evidence/argument"
    "|items of evidence|evidence title|evidence name|name of evidence"
    "|evidence/arguments"
    "|finding|findings|indicator|indicators|data point|data points|event|events|claim"
    "|claims|evidence and assumptions"
    "|evidence/assumption|evidence/assumptions"
    "|significant information|criterion|criteria|beweis|beweise|indiz"
    "|indizien|beleg|belege"
    "|hinweis"
    "|hinweise|beobachtung|beobachtungen|preuve|preuves|element|elements|indice|indices"
    "|fait|faits|evidencia|evidencias|prueba|pruebas|indicio|indicios|hecho|hechos"
    "|доказательство|доказательства|свидетельство|свидетельства|факт|факты|улика|улики"
    "|доказ|докази|свідчення|факти|证据|證據|证据项|信息|事实|事實|线索|الدليل|الأدلة|دليل|أدلة",
    Role.NOTE: "statement|description|details|detail|evidence description|text|notes"
    "|note|comment|comments|remark|remarks|beschreibung|bemerkung|bemerkungen|anmerkung"
    "|kommentar|remarque|remarques|commentaire|commentaires|notas|nota|comentario"
    "|comentarios|observaciones|примечание|примечания|комментарий|описание|примітка"
    "|примітки|коментар|опис|备注|說明|说明|评论|ملاحظات|ملاحظة",
    Role.KIND: "kind|type|evidence type|item type|type of evidence|art|тип|类型",
    Role.DATE: "date|event date|date of event|date of information|datum|fecha|дата|日期"
    "|时间|التاريخ|تاريخ|when",
    Role.SOURCE: "source|sources|source(s|source name|evidence source|link|links|url"
    "|urls|hyperlink|web|quelle|quellen|fuente|fuentes|источник|источники|джерело"
    "|джерела|来源|來源|المصدر|مصدر",
    Role.LOCATOR: "locator|page|pages|paragraph|par|para|section|page number|seite"
    "|seiten|pagina|paginas|страница|сторінка|页码|الصفحة|place in source",
    Role.CREDIBILITY: "credibility|cred|credibility of source|source credibility"
    "|evidence credibility|glaubwürdigkeit|crédibilité|credibilidad|достоверность"
    "|достовірність|可信度|المصداقية|information credibility|credibility of information"
    "|info credibility|information accuracy|accuracy|validity",
    Role.RELIABILITY: "reliability|source reliability|reliability of source"
    "|evidence reliability|zuverlässigkeit|fiabilité|fiabilidad|надежность|надійність"
    "|可靠性|الموثوقية|source rating",
    Role.RELEVANCE: "relevance|rel|relevancy|importance|relevanz|pertinence|relevancia"
    "|значимость|релевантность|важность|релевантність|важливість|相关性|重要性|الأهمية",
    Role.WEIGHT: "weight|weights|wt|weighting|evidence weight|weight of evidence"
    "|weight factor|factor|multiplier|gewicht|gewichtung|poids|pondération|coefficient"
    "|peso|ponderación|вес|вага|权重|權重|الوزن|وزن",
    Role.GRADE: "grade|admiralty|admiralty grade|admiralty code|nato grade|grading"
    "|source grade|source grading|evaluation|admiralty rating|nato code|nato rating",
    Role.ORIGIN: "origin|ursprung",
    Role.TAGS: "tags|tag|keywords|category|categories|theme|themes|topic|topics|area"
    "|domain|group|phase|cluster|dimension|subject|kategorie|thema|catégorie|thème"
    "|categoría|tema|категория|тема|категорія|类别|類別|主题|الفئة|motive/means",
    Role.CAVEAT: "caveat|caveats|limitations|limitation",
    Role.REASON: "because|reason|reasons|reasoning|rationale|justification|why"
    "|explanation|begründung|grund|raison|raisons|razón|razones|motivo|причина"
    "|обоснование|обґрунтування|理由|原因|السبب",
    Role.DERIVED: "diagnosticity|diagnostic value|diagnostic|weighted diagnosticity",
    Role.COUNTED: "counted|counts|takes part",
    Role.EMPHASIS: "emphasis",
}
ROLE: Final = {
    words.word(name): role
    for role, names in _NAMES.items()
    for name in names.split("|")
}
# A name of which this is a part is never taken for labels, nor left unread.
_PARTS: Final = (
    (re.compile("reliab|zuverlass|fiabili|надежн|надійн|可靠"), Role.RELIABILITY),
    (re.compile("credib|glaubw|достоверн|可信"), Role.CREDIBILITY),
    (re.compile(r"weight|gewicht|ponder|权重|poids"), Role.WEIGHT),
    (re.compile(r"\bgrad(?:e|ing)\b|admiralty"), Role.GRADE),
    (re.compile("relevan|relevanz|pertinence"), Role.RELEVANCE),
)
OWN: Final = (
    "label",
    "title",
    "kind",
    "date",
    "sources",
    "credibility",
    "relevance",
    "weight",
    "diagnosticity",
)
# The names of a table that was written for another copy.
EXCHANGED: Final = (
    "label",
    "title",
    "statement",
    "kind",
    "date",
    "sources",
    "grade",
    "credibility",
    "relevance",
    "origin",
    "tags",
    "caveat",
)
# What makes an item count for more or less.
WEIGHING: Final = frozenset({Role.CREDIBILITY, Role.RELEVANCE, Role.WEIGHT})
# Names that tell rows of items from rows of hypotheses.
OF_ITEMS: Final = frozenset(
    {Role.KIND, Role.DATE, Role.SOURCE, Role.CREDIBILITY, Role.RELEVANCE, Role.GRADE}
    | {Role.WEIGHT, Role.ORIGIN, Role.CAVEAT, Role.RELIABILITY}
)
EVIDENCE: Final = frozenset(
    words.word(n) for n in _NAMES[Role.ITEM].split("|")
) - frozenset({"title"})
HYPOTHESES: Final = frozenset(
    words.word(n)
    for n in [
        "hypothesis",
        "hypotheses",
        "hypothesis title",
        "hypothese",
        "hypothesen",
        "hypothèse",
        "hypothèses",
        "hipótesis",
        "гипотеза",
        "гипотезы",
        "гіпотеза",
        "гіпотези",
        "假设",
        "假設",
        "الفرضية",
        "الفرضيات",
        "scenario",
        "scenarios",
        "explanation",
        "explanations",
    ]
)
RATING: Final = frozenset(
    {"rating", "ratings", "code", "consistency", "score", "value", "answer"}
)
_FOOT: Final = re.compile(
    r"(?:(?:weighted|un-?weighted|total|sum(?: of)?|overall|net|final|number of"
    r"|no\.? of|count of|#(?: of)?|raw|grand) )*"
    r"(?:(?:in)?consistenc(?:y|ies)|inconsistents?|scores?|totals?|sums?|rank(?:ing|s)?"
    r"|counts?|support|contradictions|result|coverage|margin|informative"
    r"|sub-?totals?|points?|weighted)"
    r"(?: (?:score|total|count|sum|rank|index|share|point)s?)*"
    r"|(?:total|sum|overall)(?: of)?(?: the| all)? weights?"
    r"|(?:gewichtete |gesamt)?(?:summe|gesamt|punkt(?:e|zahl)|rang|inkonsistenz"
    r"|ergebnis)"
    r"|(?:somme|score|total|rang|resultat)(?: (?:total|pondere|global)e?)?"
    r"|(?:suma|total|puntuacion|puntaje|rango|resultado)(?: total| ponderad[oa])?"
    r"|(?:итог|итого|сумма|всего|балл|баллы|ранг|место|підсумок|сума|разом|усього|бал|бали)"
    r"|合计|合計|总计|總計|总分|總分|得分|排名|小计|المجموع|النتيجة|الترتيب|الاجمالي"
)
_LONG_LABEL: Final = (
    "hyp\\.?|hypothes[ie]s|hypothese|hypothèse|hipótesis|гипотеза|гіпотеза|假设|假設"
    "|الفرضية|فرضية|scenario"
)
_HYPOTHESIS: Final = re.compile(
    rf"(?:(?:[HГ]|{_LONG_LABEL})"
    r"\s*[#№.\-]?\s*(?P<n>[0-9]{1,4})|(?:hyp\.?|hypothesis|hypothese)\s+(?P<l>[A-Z]))"
    r"(?:\s*[.:)\]：、]\s*|\s+[–—-]\s+|\s+|$)(?P<rest>.*)",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_ITEM: Final = re.compile(
    r"(?:E|Ev\.?|Evidence|Item|Argument)\s*[#№.\-]?\s*(?P<n>[0-9]{1,4})"
    r"(?:\s*[.:)\]：、]\s*|\s+[–—-]\s+|\s+|$)(?P<rest>.*)",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_NOTED: Final = (
    "because|reasons?|reasoning|rationale|justification|notes?|comments?|remarks?|why"
    "|explanation"
)
_BECAUSE: Final = re.compile(
    rf"(.+?)(?:\s*[:,\-–]\s*|\s+|\s*\()(?:{_NOTED})\)?",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_BECAUSE_OF: Final = re.compile(
    rf"(?:{_NOTED})(?:\s*[:,\-–]\s*|\s+)(?:(?:on|for|of|about)\s+)?(.+)",  # noqa: RUF001
    re.IGNORECASE | re.DOTALL,
)
_BRACKET: Final = re.compile(r"(.+?)\s*[(\[{].*[)\]}]?")
_PLAIN_NAME: Final = re.compile(r"[^\W\d]+(?:[ /-][^\W\d]+){0,3}")
LONGEST: Final = 400
_KEPT: Final = 1 << 16


def name(text: str) -> str:
    """Put a column's name in the form that names are compared in."""
    return words.word(text[:LONGEST])


def ours(names: Sequence[str]) -> tuple[str, ...]:
    """Give the first names of a table of ours where these begin with them."""
    for known in (OWN, EXCHANGED):
        if tuple(names[: len(known)]) == known:
            return known
    return ()


@lru_cache(_KEPT)
def role(text: str) -> Role | None:
    """Tell what a column of this name holds; None where the name does not say."""
    if len(text) >= LONGEST or hypothesis(text):
        return None
    bare = name(text)
    if found := ROLE.get(bare):
        return found
    if within := _BRACKET.fullmatch(bare):
        bare = within[1]
        if found := ROLE.get(bare):
            return found
    if is_foot(bare):
        return Role.DERIVED
    if _PLAIN_NAME.fullmatch(bare):  # a name, no sentence
        return next((found for part, found in _PARTS if part.search(bare)), None)
    return None


@lru_cache(_KEPT)
def is_foot(text: str) -> bool:
    """Tell whether a row or column of this name holds what is worked out."""
    bare = name(text)
    if words.known(bare):
        return False
    within = _BRACKET.fullmatch(bare)
    return bool(_FOOT.fullmatch(bare) or (within and _FOOT.fullmatch(within[1])))


@lru_cache(_KEPT)
def hypothesis(text: str) -> tuple[str, str] | None:
    """Split “H1 Storm” into label and title; None where it bears no label."""
    found = _HYPOTHESIS.fullmatch(text.strip()[:LONGEST])
    if not found:
        return None
    return f"H{found['n'] or found['l'].upper()}", found["rest"].strip()


def item(text: str) -> tuple[str, str] | None:
    """Split “E1 Calm sea” into label and title; None where it bears no label."""
    found = _ITEM.fullmatch(text.strip())
    return (f"E{found['n']}", found["rest"].strip()) if found else None


def reasons_for(text: str) -> str:
    """Give the name of the column whose reasons a column of this name holds."""
    text = text.strip()[:LONGEST]
    found = _BECAUSE.fullmatch(text) or _BECAUSE_OF.fullmatch(text)
    return found[1].strip() if found else ""


# ------------------------------------------------------------------ by contents

_URL: Final = re.compile(r"https?://\S{1,2000}|www\.\S{4,300}")
_PERCENT: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]+)? ?%")
_AT: Final = re.compile(
    r"(?:par|para|pp?|pages?|sec|section|ch|chapter|§|S)\.? ?[0-9].{0,40}",
    re.IGNORECASE,
)
_GRADED: Final = 4  # characters of a grade and nothing else


def _is_bare_grade(text: str) -> bool:
    return len(text.strip()) <= _GRADED and bool(written.grade(text))


_BY_CONTENT: Final[tuple[tuple[Callable[[str], object], Role], ...]] = (
    (_is_bare_grade, Role.GRADE),
    (lambda text: _URL.fullmatch(text.strip()), Role.SOURCE),
    (lambda text: _PERCENT.fullmatch(text.strip()), Role.WEIGHT),
    (lambda text: _AT.fullmatch(text.strip()), Role.LOCATOR),
    (written.date, Role.DATE),
)


def by_content(texts: Sequence[str]) -> Role | None:
    """Tell what a column holds whose name does not say; None where it may be anything.

    Every text of it has to be a grade, a link, a percentage, a locator or a date.
    """
    few = texts[:1000]
    if not few or all(map(item, few)):  # E1, E2 are labels
        return None
    return next(
        (found for fits, found in _BY_CONTENT if all(fits(text) for text in few)), None
    )
