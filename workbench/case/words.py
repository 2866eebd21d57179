"""What people write for a rating, in many languages: one table, and how it is read.

A text means one Consistency or none; where it stands, and what may stand beside it, is
not known here. Others extend `LANGUAGES`; nothing else has to change.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from workbench.case.model import Consistency

_CC, _C, _N, _I, _II, _NA = Consistency
_RAISED: Final[Mapping[Consistency, Consistency]] = {_C: _CC, _I: _II}
_LONGEST: Final = 60  # characters; no rating is longer
_KEPT: Final = 1 << 16  # texts that are remembered; a sheet repeats its own
_MOST: Final = 4  # words, or characters where no space parts them, of an adverb


@dataclass(frozen=True)
class Language:
    """The words of a language, parted by bars, in lower case.

    `strong` and `weak` are adverbs that stand before a word or after it; the strong
    ones make CC of C and II of I, the weak ones change nothing. `joined` says that
    no space stands between.
    """

    name: str
    consistent: str
    inconsistent: str
    neutral: str
    not_applicable: str
    unrated: str
    strong: str
    weak: str
    joined: bool = False


LANGUAGES: Final = (
    Language(
        "English",
        "consistent|consistent with|is consistent|compatible|supports|support"
        "|supported|supporting|supportive|confirms|confirm|confirmed|confirming"
        "|corroborates|corroborated|fits|fit|fitting|matches|match|agrees|agree"
        "|in favor|in favour|favors|favours|speaks for",
        "inconsistent|inconsistent with|is inconsistent|not consistent|incompatible"
        "|contradicts|contradict|contradicted|contradicting|contradictory|refutes"
        "|refute|refuted|refuting|disconfirms|disconfirmed|disconfirming|conflicts"
        "|conflict|conflicting|disagrees|disagree|does not fit|speaks against|opposes",
        "neutral|neither|no effect|no impact|no bearing"
        "|neither consistent nor inconsistent",
        "na|n/a|n.a|n. a|n.a.|not applicable|not relevant|inapplicable|irrelevant"
        "|does not apply|not relevant/not applicable|not applicable/not relevant"
        "|na/not applicable|n/a/not applicable|not applicable/na|not applicable/n/a",
        "unrated|not rated|not yet rated|not assessed|not yet assessed|tbd|to do|todo"
        "|to be determined|unknown|pending|blank|empty",
        "very|strongly|highly|significantly|extremely|completely|fully|totally"
        "|entirely|absolutely|clearly|definitely|firmly|heavily|considerably"
        "|substantially|markedly|very strongly|very highly|very much|strong|directly"
        "|wholly|decidedly|powerfully",
        "weakly|slightly|somewhat|partly|partially|mildly|moderately|fairly|rather"
        "|marginally|a bit|a little|to some extent|in part|weak|broadly|generally"
        "|mostly|largely|mainly|possibly|quite",
    ),
    Language(
        "German",
        "konsistent|vereinbar|stimmig|passt|passend|stützt|stuetzt|unterstützt"
        "|unterstuetzt|bestätigt|bestaetigt|spricht dafür|spricht dafuer|dafür"
        "|stimmt überein|übereinstimmend",
        "inkonsistent|nicht konsistent|unvereinbar|unstimmig|passt nicht|widerspricht"
        "|widersprüchlich|widerspruechlich|widerlegt|spricht dagegen|dagegen"
        "|nicht vereinbar",
        "neutral|weder noch",
        "nicht anwendbar|nicht zutreffend|trifft nicht zu|entfällt|entfaellt"
        "|nicht relevant|k.a.|irrelevant",
        "unbewertet|nicht bewertet|offen|unbekannt|noch offen",
        "sehr|stark|äußerst|aeusserst|völlig|voellig|vollständig|vollstaendig|klar"
        "|eindeutig|hoch|höchst|deutlich|ganz|sehr stark|absolut|total|erheblich"
        "|extrem",
        "schwach|leicht|etwas|teilweise|teils|eher|mäßig|maessig|bedingt|ziemlich"
        "|weitgehend",
    ),
    Language(
        "French",
        "cohérent|cohérente|compatible|concordant|concordante|conforme|confirme"
        "|soutient|appuie|corrobore|correspond|favorable",
        "incohérent|incohérente|non cohérent|pas cohérent|incompatible|contredit"
        "|contradictoire|réfute|infirme|discordant|défavorable",
        "neutre|sans effet",
        "sans objet|non applicable|s.o.|s/o|ne s'applique pas|non pertinent"
        "|pas applicable|pas pertinent",
        "non évalué|non noté|à évaluer|inconnu",
        "très|fortement|hautement|extrêmement|totalement|complètement|entièrement"
        "|absolument|clairement|nettement|tout à fait|très fortement"
        "|significativement|pleinement",
        "faiblement|légèrement|partiellement|assez|plutôt|un peu|en partie"
        "|modérément|moyennement",
    ),
    Language(
        "Spanish",
        "consistente|congruente|coherente|compatible|concuerda|apoya|respalda"
        "|confirma|corrobora|encaja|a favor|favorable",
        "inconsistente|incongruente|incoherente|no consistente|incompatible|contradice"
        "|refuta|desmiente|no encaja|en contra|desfavorable|no coherente",
        "neutral|neutro|neutra|sin efecto",
        "no aplica|no aplicable|n.a|no procede|no relevante|no pertinente|irrelevante"
        "|no corresponde",
        "sin evaluar|no evaluado|sin calificar|pendiente|desconocido",
        "muy|fuertemente|altamente|sumamente|extremadamente|totalmente|completamente"
        "|claramente|absolutamente|plenamente|muy fuertemente|significativamente"
        "|del todo",
        "débilmente|ligeramente|levemente|parcialmente|algo|un poco|poco|en parte"
        "|bastante|moderadamente",
    ),
    Language(
        "Russian",
        "согласуется|согласовано|совместимо|совместим|соответствует|подтверждает"
        "|подтверждено|поддерживает|непротиворечиво|не противоречит|подходит|за"
        "|последовательно|консистентно",
        "не согласуется|несогласовано|несовместимо|несовместим|не соответствует"
        "|противоречит|противоречиво|опровергает|опровергнуто|против|не подходит"
        "|непоследовательно|неконсистентно",
        "нейтрально|нейтральный|нейтральная|нейтральное|безразлично",
        "неприменимо|не применимо|не относится|н/п|не применяется|нерелевантно",
        "не оценено|без оценки|неизвестно|не определено",
        "очень|сильно|весьма|полностью|совершенно|крайне|явно|однозначно|абсолютно"
        "|значительно|вполне|категорически|очень сильно|прямо|решительно",
        "слабо|слегка|частично|отчасти|немного|несколько|умеренно|скорее|в основном",
    ),
    Language(
        "Ukrainian",
        "узгоджується|узгоджено|сумісно|відповідає|підтверджує|підтверджено|підтримує"
        "|несуперечливо|не суперечить|підходить|за|послідовно",
        "не узгоджується|неузгоджено|несумісно|не відповідає|суперечить|суперечливо"
        "|спростовує|спростовано|проти|не підходить|непослідовно",
        "нейтрально|нейтральний|нейтральна|нейтральне|байдуже",
        "незастосовно|не застосовно|не стосується|н/з|не застосовується|нерелевантно",
        "не оцінено|без оцінки|невідомо|не визначено",
        "дуже|сильно|вельми|повністю|цілком|вкрай|явно|однозначно|абсолютно|значно"
        "|категорично|дуже сильно|прямо|рішуче",
        "слабко|слабо|злегка|частково|трохи|почасти|дещо|помірно|радше|здебільшого",
    ),
    Language(
        "Chinese",
        "一致|相符|符合|支持|吻合|证实|證實|相容|兼容",
        "不一致|不相符|不符合|不符|矛盾|反对|反對|反驳|反駁|不支持|不吻合|不相容|冲突|衝突"
        "|相矛盾|否定",
        "中性|中立|无影响|無影響|无关联",
        "不适用|不適用|不相关|不相關|无关|無關",
        "未评|未评价|未評價|未评级|未評級|未评分|待定|未知|未评估|未評估",
        "强|強|非常|很|高度|极|極|极其|極其|完全|强烈|強烈|十分|显著|顯著|明显|明顯|极为|極為"
        "|严重|嚴重|绝对|絕對",
        "弱|部分|轻微|輕微|略|略微|稍|较|較|比较|比較|有些|基本|大致|稍微|一般",
        joined=True,
    ),
    Language(
        "Arabic",
        "متسق|متسقة|متوافق|متوافقة|يتفق|يدعم|تدعم|يؤيد|يؤكد|تؤكد|منسجم|مطابق",
        "غير متسق|غير متسقة|غير متوافق|غير متوافقة|لا يتفق|يناقض|يتناقض|تناقض|متناقض"
        "|متناقضة|متعارض|يتعارض|ينفي|يدحض|يعارض|لا يدعم",
        "محايد|محايدة|حيادي",
        "لا ينطبق|غير منطبق|غير قابل للتطبيق|غير ذي صلة|لا علاقة",
        "غير مقيم|لم يقيم|غير معروف|لم يحدد",
        "جدا|جداً|بشدة|بقوة|تماما|تماماً|للغاية|بشكل كبير|بوضوح|كليا|كلياً",
        "قليلا|قليلاً|جزئيا|جزئياً|نوعا ما|إلى حد ما|بشكل طفيف|بعض الشيء|بشكل جزئي",
    ),
)
# Letters: the codes themselves, also as PARC prints them.
CODES: Final[Mapping[str, Consistency]] = {
    **{code.value.casefold(): code for code in Consistency},
    "c c": _CC,
    "i i": _II,
}
SIGNS: Final[Mapping[str, Consistency]] = {
    "++": _CC,
    "+": _C,
    "0": _N,
    "-": _I,
    "--": _II,
}
HYPHENS: Final = "\u2010\u2011\u2212\ufe63\uff0d"  # hyphens and minus signs
DASHES: Final = "\u2013\u2014\u2015"  # which may stand for one sign or for two
PLUSES: Final = "\ufe62\uff0b"
NOTHING: Final = frozenset("?·•․…∙⋅")  # noqa: RUF001  what stands where nothing is said
_EDGE: Final = " \t\n.,;:!*_\"'“”„«»‘’`"  # noqa: RUF001
_TATWEEL: Final = "\u0640"  # which only makes an Arabic word longer
_SLASH: Final = re.compile(r"\s*/\s*")


def key(text: str) -> str:
    """Put a text in the form that words are compared in."""
    if text.isascii():
        return " ".join(text.casefold().split())
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


@lru_cache(_KEPT)
def word(text: str) -> str:
    """Put a text in the form of the table: as `key`, without accents and edges."""
    parts = key(text)
    if parts.isascii():
        return _SLASH.sub("/", parts.strip(_EDGE)) if parts else ""
    parts = unicodedata.normalize("NFKD", parts)
    plain = "".join(c for c in parts if c != _TATWEEL and not unicodedata.combining(c))
    return _SLASH.sub("/", plain.strip(_EDGE))


@cache
def _words() -> dict[str, Consistency | None]:
    found: dict[str, Consistency | None] = dict(CODES)
    for language in LANGUAGES:
        for words, code in (
            (language.unrated, None),
            (language.not_applicable, _NA),
            (language.neutral, _N),
            (language.inconsistent, _I),
            (language.consistent, _C),
        ):
            found |= {word(one): code for one in words.split("|")}
    return found


@cache
def _adverbs() -> Mapping[str, tuple[bool, bool]]:
    """Give by adverb whether it raises, and whether no space parts it from a word."""
    return {
        word(one): (raises, language.joined)
        for language in LANGUAGES
        for words, raises in ((language.strong, True), (language.weak, False))
        for one in words.split("|")
    }


def known(text: str) -> bool:
    """Tell whether a text is a code or a word with a meaning, `unrated` included."""
    return _read(text) is not ...


def meaning(text: str) -> Consistency | None:
    """Give what a code or a word means; None for unrated, and for what is unknown."""
    found = _read(text)
    return found if isinstance(found, Consistency) else None


@lru_cache(_KEPT)
def _read(text: str) -> object:
    """Give the Consistency, None for a word that says unrated, `...` for no word."""
    if len(text) > _LONGEST:
        return ...
    bare = word(text)
    if bare in _words():
        return _words()[bare]
    for rest, raises in _without_adverb(bare):
        code = _words().get(rest)
        if code and code in _RAISED and rest not in CODES:
            return _RAISED[code] if raises else code
    return ...


def _without_adverb(bare: str) -> Iterator[tuple[str, bool]]:
    """Walk what is left of a text without the adverb that it begins or ends with."""
    parts, adverbs = bare.split(" "), _adverbs()
    for many in range(min(_MOST, len(parts) - 1), 0, -1):
        for adverb, rest in (
            (parts[:many], parts[many:]),
            (parts[-many:], parts[:-many]),
        ):
            raises, joined = adverbs.get(" ".join(adverb), (False, True))
            if not joined:
                yield " ".join(rest), raises
    for many in range(0 if bare.isascii() else min(_MOST, len(bare) - 1), 0, -1):
        for adverb_, rest_ in (
            (bare[:many], bare[many:]),
            (bare[-many:], bare[:-many]),
        ):
            raises, joined = adverbs.get(adverb_, (False, False))
            if joined:
                yield rest_, raises


def sign(text: str) -> str:
    """Give a text of signs in hyphens and pluses; a lone long dash as it stands.

    Empty where the text is no sign, or more than two.
    """
    bare = "".join(text.split())
    if len(bare) > 2 or not bare:  # noqa: PLR2004  two signs at the most
        return ""
    for dash in HYPHENS + (DASHES if len(bare) > 1 else ""):
        bare = bare.replace(dash, "-")
    for plus in PLUSES:
        bare = bare.replace(plus, "+")
    return bare if bare in SIGNS or (len(bare) == 1 and bare in DASHES) else ""


def says_nothing(text: str) -> bool:
    """Tell whether a text is a mark of nothing, as a middle dot or question marks."""
    return bool(text) and set(text) <= NOTHING


def table() -> dict[str, object]:
    """Give the table to those who read it elsewhere, as the grid does for a paste.

    A text is put in the form of `word` (lower case, one space between words, accents
    taken off, a slash without spaces), then looked for in `words` (null is unrated);
    else an adverb is taken off its beginning or its end, the longest first, with a
    space between unless it is among `joined`, and C and I are raised by `strong`.
    """
    return {
        "words": {one: code.value if code else None for one, code in _words().items()},
        "signs": {one: code.value for one, code in SIGNS.items()},
        "strong": [one for one, (raises, _) in _adverbs().items() if raises],
        "weak": [one for one, (raises, _) in _adverbs().items() if not raises],
        "joined": [one for one, (_, joined) in _adverbs().items() if joined],
    }
