"""What is compared with: the same people in clear under pg_trgm and btrees, on the same server."""

from collections.abc import Iterable
from typing import Any

from tests.bench.finding.asking import FIRST, Found, Typed, words
from tests.bench.population import Citizen

TABLE = """
    CREATE UNLOGGED TABLE bench_clear (id bigserial PRIMARY KEY, full_name text, family text, given_name text, family_name text,
        born date, phone text, national text)
"""
INDEXES = (
    "CREATE INDEX bench_trigram ON bench_clear USING gin (full_name gin_trgm_ops)",
    "CREATE INDEX bench_phone ON bench_clear (reverse(phone) text_pattern_ops)",
    "CREATE INDEX bench_national ON bench_clear (national)",
    "CREATE INDEX bench_born ON bench_clear (born)",
)
ROW = "SELECT given_name, family_name, national FROM bench_clear WHERE "
LIMIT = f" LIMIT {FIRST}"
WAYS = {
    "name": ROW + "full_name %% %(text)s ORDER BY similarity(full_name, %(text)s) DESC" + LIMIT,
    "family": ROW + "%(text)s <%% full_name ORDER BY word_similarity(%(text)s, full_name) DESC" + LIMIT,
    "full": ROW + "full_name LIKE %(value)s || '%%'" + LIMIT,
    "begun": ROW + "full_name LIKE '%% ' || %(value)s || '%%'" + LIMIT,
    "phone": ROW + "reverse(phone) LIKE reverse(%(value)s) || '%%'" + LIMIT,
    "national": ROW + "national = %(value)s" + LIMIT,
    "dated": ROW + "born = %(value)s::date ORDER BY word_similarity(%(rest)s, full_name) DESC" + LIMIT,
}  # fmt: skip


def make(people: Iterable[Citizen]) -> None:
    """The table and its indexes."""
    run("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    run("DROP TABLE IF EXISTS bench_clear")
    run(TABLE)
    raw = _cursor()
    columns = "full_name, family, given_name, family_name, born, phone, national"
    with raw.copy(f"COPY bench_clear ({columns}) FROM STDIN") as copy:
        for one in people:
            copy.write_row(row_of(one))
    run("SET maintenance_work_mem = '1GB'")
    for sql in INDEXES:
        run(sql)
    run("VACUUM ANALYZE bench_clear")


def row_of(one: Citizen) -> tuple[str, ...]:
    full = " ".join(words(f"{one.given_name} {one.family_name}"))
    family = " ".join(words(one.family_name))
    return (full, family, one.given_name, one.family_name, one.birth_date, one.phone, one.national_number)  # fmt: skip


def steady() -> None:
    """The same for both sides: no sequential scans, no compiling of statements."""
    run("SET enable_seqscan = off")
    run("SET jit = off")


def threshold(value: float) -> None:
    """How alike names must be; a surname in a name: 0.4 as the design says, or more where the names must be more."""
    run(f"SET pg_trgm.similarity_threshold = {value}")
    run(f"SET pg_trgm.word_similarity_threshold = {max(value, 0.4)}")


def search(typed: Typed) -> list[Found]:
    way = typed.way
    if way == "prefix":
        way = "full" if typed.rest == "full" else "begun"
    told = typed._asdict() | {
        "text": " ".join(words(typed.text)),
        "rest": " ".join(words(typed.rest)),
    }
    cursor = _cursor()
    cursor.execute(WAYS[way], told)
    return [Found(*row) for row in cursor.fetchall()]


def insert(one: Citizen) -> None:
    columns = "full_name, family, given_name, family_name, born, phone, national"
    _cursor().execute(
        f"INSERT INTO bench_clear ({columns}) VALUES (%s,%s,%s,%s,%s,%s,%s)", row_of(one)
    )


def size() -> tuple[int, int]:
    """Bytes of the indexes (without the primary key) and of the table."""
    cursor = _cursor()
    cursor.execute(
        "SELECT sum(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = 'bench_clear'::regclass AND NOT indisprimary"
    )
    (indexes,) = cursor.fetchone()
    cursor.execute("SELECT pg_table_size('bench_clear')")
    return int(indexes), int(cursor.fetchone()[0])


def run(sql: str) -> None:
    _cursor().execute(sql)


def _cursor() -> Any:
    from django.db import connection

    connection.ensure_connection()
    return connection.connection.cursor()
