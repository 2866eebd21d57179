"""A dump of Burton's tables is read as text: a case a project, an analyst a user."""

from __future__ import annotations

import re

import pytest

from tests.exchange.matrices import (
    MATRICES,
    WORDS,
    expected,
    ids,
    published,
    rules,
    scores,
)
from tests.exchange.test_delimited import codes
from workbench.case.model import EventDate, Kind, Rating, Rule
from workbench.exchange.formats.burton import read, recognises
from workbench.exchange.imported import Imported, Unreadable
from workbench.method.matrix import build
from workbench.method.scoring import assess

# Every trap of the format: columns listed, in the table's own order, in the usual one;
# escapes; several rows a statement; windows-1252; ratings and weights given twice; what
# is deleted; dates of zeros; statements in texts and comments; a password.
DUMP = r"""-- MySQL dump 10.11
/*!40101 SET NAMES latin1 */;
DROP TABLE IF EXISTS `hypotheses`;
CREATE TABLE `hypotheses` (
  `id` int(10) NOT NULL auto_increment,
  `project_id` int(10) NOT NULL,
  `label` varchar(250) NOT NULL default '(,`no` int',
  `description` text NOT NULL,
  `deleted` enum('n','y') NOT NULL default 'n',
  PRIMARY KEY  (`id`), KEY `project_id` (`project_id`,`label`)
) ENGINE=MyISAM AUTO_INCREMENT=9 DEFAULT CHARSET=latin1;
INSERT INTO `hypotheses` VALUES (5,2,'Storm','It broke loose\'s all','n'),
 (6,2,'Trawler','He said ''net'', and\nleft; INSERT INTO `hypotheses` VALUES (1)','n'),
 (7,2,'Gone','','y'),(8,3,'../../etc/passwd','','n');
INSERT INTO `projects` VALUES
 (2,1,'Who moved the buoy?','Off the “old” pier',
  'sea, net','S','n','n','y','2010-04-01'),
 (3,1,'Another','','','U','n','n','y','2010-04-01'),
 (4,1,'Empty','','','U','n','n','y','2010-04-01');
INSERT INTO `evidence` (`id`,`project_id`,`user_id`,`name`,`details`,`classification`,
 `caveat`,`type`,`serial_number`,`date_of_source`,`code`,`flag`,`created`,`deleted`,`diag`)
VALUES (9,2,1,'Calm sea','All week','S','Old log','OSINT','R-7','2010-03-31','T1','',
 '2010-04-01 08:00:00','n',4),
 (10,2,2,'Net found','','C','','assumption','R-7','0000-00-00','','y',NULL,'n',0),
 (11,2,2,'Gone too','','S','','','','0000-00-00','','',NULL,'y',0),
 (12,3,2,'Lonely','','U','','','','2010-13-45','','',NULL,'n',0);
INSERT INTO `ratings` (`id`,`hypothesis_id`,`evidence_id`,`user_id`,`rating`,`note`,
 `created`) VALUES (91,5,9,1,'N/A','','2010-04-03 08:00:00'),
 (90,5,9,1,'Very Inconsistent','No wind','2010-04-02 08:00:00'),
 (92,6,9,1,'Inconsistent','','2010-04-02'),(93,5,10,1,'Very Inconsistent','Dry','x'),
 (94,6,10,1,'Consistent','','x'),(95,6,10,1,'','','x'),(96,5,9,2,'Inconsistent','','x'),
 (97,6,9,2,'Neutral','','x'),(98,5,10,2,'Very Consistent','','x'),
 (99,6,10,2,'Perhaps','','x'),(100,7,9,1,'Inconsistent','','x'),
 (101,5,11,1,'Inconsistent','','x'),(102,8,12,2,'Inconsistent','','x'),
 (103,5,999,1,'Inconsistent','','x');
INSERT INTO `credibility` VALUES (1,1,9,'y','2010-04-01',2),(2,1,10,'n','2010-04-01',2),
 (3,1,10,'n','2010-04-02',0.5),(4,2,9,'0','2010-04-01',1),(5,2,10,'y','2010-04-01',2);
INSERT INTO `users` (`id`,`username`,`password`,`email`,`name`)
VALUES (1,'ana','5f4dcc3b5aa765d61d8327deb882cf99','ana@example.org','Ana'),
 (2,'bo','5f4dcc3b5aa765d61d8327deb882cf99','bo@example.org','');
INSERT INTO `comments` VALUES (1,2,9,0,1,'I ''wonder''','U','',0,'2010-04-01');
INSERT INTO `chat_log` VALUES (1,'hello'),(2,'there');
"""
BYTES = DUMP.encode("cp1252")


def imported(data: bytes | str) -> tuple[Imported, ...]:
    data = data.encode("cp1252") if isinstance(data, str) else data
    assert recognises(data)
    return read(data)


def refused(text: str) -> str:
    with pytest.raises(Unreadable) as fault:
        read(text.encode())
    return str(fault.value)


def test_each_project_is_a_case_and_what_is_deleted_is_not_in_it():
    buoy, other = imported(BYTES)
    assert buoy.case.question.question == "Who moved the buoy?"
    assert buoy.case.question.background == "Off the “old” pier"
    assert buoy.case.question.handling == "Secret"
    assert [h.title for h in buoy.case.hypotheses] == ["Storm", "Trawler"]
    assert [e.title for e in buoy.case.evidence] == ["Calm sea", "Net found"]
    assert [h.id for h in other.case.hypotheses] == ["etc-passwd"]


def test_texts_keep_their_quotes_lines_and_statements():
    storm, trawler = imported(BYTES)[0].case.hypotheses
    assert storm.statement == "It broke loose's all"
    assert trawler.statement == (
        "He said 'net', and\nleft; INSERT INTO `hypotheses` VALUES (1)"
    )


def test_items_keep_dates_origins_markings_and_kinds():
    calm, net = imported(BYTES)[0].case.evidence
    assert (calm.date, net.date) == (EventDate("2010-03-31"), None)
    assert (calm.origin, net.origin) == ("r-7", "r-7")
    assert "Origins are named by ids: “R-7” is r-7" in imported(BYTES)[0].understood
    assert (calm.kind, net.kind) == (Kind.EVIDENCE, Kind.ASSUMPTION)
    assert (calm.tags, net.tags) == (("T1", "open source"), ("Confidential",))
    assert (calm.statement, calm.caveat) == ("All week", "Old log")


def test_users_are_kept_apart_and_the_highest_id_stands():
    found = imported(BYTES)[0]
    calm, net = found.case.evidence
    storm, trawler = found.case.hypotheses
    assert not calm.ratings
    ana, bo = found.analysts["Ana"], found.analysts["bo"]
    assert {
        cell: rating and rating.consistency for cell, rating in ana.ratings.items()
    } == {
        (calm.id, storm.id): "NA",
        (calm.id, trawler.id): "I",
        (net.id, storm.id): "II",
    }
    assert ana.ratings[net.id, storm.id] == Rating("II", "Dry")
    assert {
        cell: rating and rating.consistency for cell, rating in bo.ratings.items()
    } == {
        (calm.id, storm.id): "I",
        (calm.id, trawler.id): "N",
        (net.id, storm.id): "CC",
    }
    assert ana.credibility == {calm.id: 2.0, net.id: 0.5}
    assert bo.credibility == {calm.id: 1.0, net.id: 2.0}


def test_a_single_user_has_the_cases_own_ratings():
    other = imported(BYTES)[1]
    assert other.analysts == {}
    assert codes(other) == ["I"]


def test_each_analysts_score_is_burtons_inconsistency_with_their_own_weights():
    """Sum of weight times I 1, II 2, over the items; deleted rows count for nothing."""
    found = imported(BYTES)[0]
    formula = {"Ana": [0.5 * 2, 2 * 1], "bo": [1 * 1, 0]}
    for name, own in found.analysts.items():
        matrix = build(found.case, own, Rule.WEIGHTED_INCONSISTENCY, count_all=True)
        got = {one.id: one.score for one in assess(matrix).hypotheses}
        assert [got[h.id] for h in found.case.hypotheses] == formula[name]


def test_neither_passwords_nor_addresses_are_kept():
    told = repr(imported(BYTES))
    assert "5f4dcc3b5aa765d61d8327deb882cf99" not in told
    assert "example.org" not in told


def test_without_a_list_of_columns_users_have_no_names():
    bare = re.sub(r"INSERT INTO `users` \([^)]*\)", "INSERT INTO `users`", DUMP)
    assert set(imported(bare)[0].analysts) == {"analyst 1", "analyst 2"}


def test_whatever_is_not_carried_is_told():
    buoy, other = imported(BYTES)
    lost = "ratings against a hypothesis that is deleted, or not of the project"
    assert buoy.dropped == (
        "1 hypothesis, marked as deleted",
        "1 item, marked as deleted",
        "1 comment",
        "the keywords “sea, net”",
        "the flag of an item: “Net found”",
        f"{lost}: hypothesis 7",
        "2 rows of the table chat_log",
        "a rating that a later one replaced (2 rows)",
        "a rating of evidence that is deleted or not in the dump (2 rows)",
        "a weight that a later one replaced (1 row)",
        "1 project without hypotheses and evidence",
    )
    assert other.dropped == ("“2010-13-45”, which is no date: “Lonely”",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_dump_in_another_encoding_is_the_same(encoding):
    assert imported(DUMP.encode(encoding)) == imported(BYTES)


def test_a_dump_of_two_tables_alone_is_read_in_the_usual_order():
    found = imported(
        "INSERT INTO `hypotheses` VALUES (5,'Storm','It broke loose\\'s all',1,2,"
        "'2010-04-01 08:00:00','n');\n"
        "INSERT INTO `evidence` VALUES (9,2,1,'Calm sea','','U','','','',"
        "'0000-00-00','','','','n',0);\n"
        "INSERT INTO `ratings` (`id`,`hypothesis_id`,`evidence_id`,`user_id`,`rating`,"
        "`note`,`created`)\nVALUES (90,5,9,1,'Very Inconsistent','No wind',"
        "'2010-04-02 08:00:00'),(91,5,9,1,'N/A','','2010-04-03 08:00:00');\n"
    )[0]
    assert codes(found) == ["NA"]
    assert "Project 2 has no title in the dump" in found.understood


@pytest.mark.parametrize("name", MATRICES)
def test_a_published_matrix_scores_as_published(name):
    rows = [
        f"INSERT INTO hypotheses VALUES ({n},'{id_}','',1,1,'','n');"
        for n, id_ in enumerate(ids(name), start=1)
    ]
    for n, item in enumerate(published(name)["evidence"], start=1):
        title = item["title"].replace("'", "''")
        rows.append(
            f"INSERT INTO evidence VALUES ({n},1,1,'{title}','','U','','','','','','',"
            "'','n',0);"
        )
        rows += [
            f"INSERT INTO ratings VALUES ({n}{h},{h},{n},1,'{WORDS[code]}','','');"
            for h, id_ in enumerate(ids(name), start=1)
            if (code := item["ratings"].get(id_))
        ]
    (found,) = imported("\n".join(rows))
    got = scores(found.case, "inconsistency")
    points = {"I": 1, "II": 2}
    assert got == [
        sum(points.get(e["ratings"].get(h), 0) for e in published(name)["evidence"])
        for h in ids(name)
    ]
    if "inconsistency" in rules(name):
        assert got == pytest.approx(expected(name, "inconsistency"), abs=1e-8)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("\n\nINSERT INTO ratings VALUES (1,2,'never closed", "line 3: a value that"),
        ("INSERT INTO ratings VALUES (1,2", "line 1: a value that cannot be read"),
        ("INSERT INTO ratings VALUES (1,2)", "a row of ratings has 2 values for 7 col"),
        ("INSERT INTO chat_log VALUES (1) garbage", "is followed by neither , nor ;"),
        ("INSERT INTO projects VALUES;", "a row of values is expected"),
        ("CREATE TABLE `projects` (`id` int);", "the dump holds no project"),
    ],
)
def test_a_damaged_dump_is_refused_with_its_line(text, says):
    assert says in refused(text)


def test_other_texts_are_no_dump_of_burtons():
    for data in (
        b"INSERT INTO `posts` VALUES (1);",
        b"",
        b'{"a": "INSERT INTO ratings "}',
    ):
        assert not recognises(data)
