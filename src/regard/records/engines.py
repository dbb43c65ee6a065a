"""The engines that count: DuckDB on this machine, or Spark where one machine is too small.

Both are spoken to through Narwhals, so that a measure is written once. An engine reads
Parquet files lazily, holds small relations, and hands back plain Python rows.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import duckdb
import narwhals.stable.v2 as nw

from regard.core.errors import EngineMissing, NotKnown, StoreDamaged

DUCKDB, SPARK = "duckdb", "spark"
ENGINES = (DUCKDB, SPARK)
THREADS = 2
MEMORY_LIMIT = "1GB"  # DuckDB writes to its temporary folder rather than pass this
ROWS_A_STATEMENT = 500  # rows of a small relation put into DuckDB at once
ALL_CORES = "local[*]"

Row = tuple[Any, ...]


class Engine(Protocol):
    """What counting asks of an engine."""

    @property
    def described(self) -> str:
        """Which engine this is and where it runs, in words."""
        ...

    def scan(self, files: Sequence[Path]) -> nw.LazyFrame[Any]:
        """The rows of Parquet files of one shape, read when they are needed."""
        ...

    def relation(self, columns: Mapping[str, type], rows: Iterable[Row]) -> nw.LazyFrame[Any]:
        """A small relation of whole numbers (`int`) and text (`str`)."""
        ...

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The rows of a frame, in no particular order."""
        ...

    def close(self) -> None:
        """Give back what the engine holds."""
        ...


class Held(ABC):
    """What is given back at the end of a `with`."""

    @abstractmethod
    def close(self) -> None:
        """Give back what is held."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class DuckDB(Held):
    """DuckDB in this process: the default, with its threads and memory bounded."""

    def __init__(self, *, threads: int = THREADS, memory_limit: str = MEMORY_LIMIT) -> None:
        self._threads = threads
        self._connection = duckdb.connect(
            config={
                "threads": threads,
                "memory_limit": memory_limit,
                "preserve_insertion_order": False,
                "temp_directory": str(Path(tempfile.gettempdir()) / f"regard-{os.getpid()}"),
                "autoinstall_known_extensions": False,
            }
        )
        self._connection.execute("SET enable_progress_bar = false")

    @property
    def described(self) -> str:
        """The engine and its threads."""
        return f"DuckDB {duckdb.__version__} in this process, {self._threads} threads"

    def scan(self, files: Sequence[Path]) -> nw.LazyFrame[Any]:
        """The rows of Parquet files of one dataset, read when they are needed.

        A file kept before its contract had a column has that column empty.
        """
        with _damage_told():
            names = [str(file) for file in files]
            return nw.from_native(self._connection.read_parquet(names, union_by_name=True))

    def relation(self, columns: Mapping[str, type], rows: Iterable[Row]) -> nw.LazyFrame[Any]:
        """A small relation of whole numbers and text."""
        types = [{int: "BIGINT", str: "VARCHAR"}[kind] for kind in columns.values()]
        places = "(" + ", ".join(f"?::{kind}" for kind in types) + ")"
        kept = list(rows)
        names = ", ".join(f'"{name}"' for name in columns)
        parts = []
        for start in range(0, len(kept), ROWS_A_STATEMENT):
            batch = kept[start : start + ROWS_A_STATEMENT]
            values = ", ".join([places] * len(batch))
            flat = [value for row in batch for value in row]
            query = f"FROM (VALUES {values}) AS held({names})"  # noqa: S608 - only our own names
            parts.append(self._connection.sql(query, params=flat))
        whole = parts[0]
        for part in parts[1:]:
            whole = whole.union(part)
        return nw.from_native(whole)

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The rows of a frame, in no particular order."""
        with _damage_told():
            return rows_of(frame)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


class Spark(Held):
    """A Spark session at a master given by its URL.

    Raises:
        EngineMissing: pyspark or Java is not on this machine.
    """

    def __init__(self, master: str = "", *, settings: Mapping[str, str] | None = None) -> None:
        self.master = master or ALL_CORES
        self._told = bool(master)
        if find_spec("pyspark") is None:
            raise EngineMissing(
                "the engine spark was asked for and the package pyspark is not installed",
                expected="Regard with its spark extra, and Java 17 or later",
                next_step="python -m pip install 'regard[spark]', or set REGARD_ENGINE=duckdb",
            )
        if not _java_is_here():
            raise EngineMissing(
                "the engine spark was asked for and no Java is on this machine",
                expected="Java 17 or later: `java` on the path, or JAVA_HOME",
                next_step="install a Java runtime, or set REGARD_ENGINE=duckdb",
            )
        sessions = import_module("pyspark.sql").SparkSession
        self._found = sessions.getActiveSession() is not None
        builder = sessions.builder.appName("regard")
        builder = builder.master(self.master).config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.session.timeZone", "UTC")
        builder = builder.config("spark.ui.showConsoleProgress", "false")
        for key, value in (settings or {}).items():
            builder = builder.config(key, value)
        self._session = builder.getOrCreate()

    @property
    def described(self) -> str:
        """The engine and its master, and whether somebody chose that master."""
        at = f"Spark {self._session.version} at {self.master}"
        if self._told:
            return at
        return f"{at}: every core of this machine, since REGARD_SPARK_MASTER is not set"

    def scan(self, files: Sequence[Path]) -> nw.LazyFrame[Any]:
        """The rows of Parquet files of one dataset, read when they are needed."""
        reader = self._session.read.option("mergeSchema", "true")
        return nw.from_native(reader.parquet(*(str(file) for file in files)))

    def relation(self, columns: Mapping[str, type], rows: Iterable[Row]) -> nw.LazyFrame[Any]:
        """A small relation of whole numbers and text."""
        types = {int: "BIGINT", str: "STRING"}
        schema = ", ".join(f"`{name}` {types[kind]}" for name, kind in columns.items())
        return nw.from_native(self._session.createDataFrame(list(rows), schema))

    def rows(self, frame: nw.LazyFrame[Any]) -> list[Row]:
        """The rows of a frame, in no particular order."""
        return rows_of(frame)

    def close(self) -> None:
        """Stop the session, unless it was running before."""
        if not self._found:
            self._session.stop()


def rows_of(frame: nw.LazyFrame[Any] | nw.DataFrame[Any]) -> list[Row]:
    """The rows of any frame as plain tuples, without pandas or Arrow where the engine can."""
    if isinstance(frame, nw.DataFrame):
        return list(frame.rows())
    if frame.implementation is nw.Implementation.DUCKDB:
        return list(frame.to_native().fetchall())
    if frame.implementation is nw.Implementation.PYSPARK:
        return [tuple(row) for row in frame.to_native().collect()]
    return list(frame.collect().rows())


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        raise StoreDamaged(
            f"stored rows could not be read: {str(error).splitlines()[0]}",
            expected="Parquet files as they were stored",
            next_step="find the file with `regard records verify`, and restore it from its backup",
        ) from error


def _java_is_here() -> bool:
    home = os.environ.get("JAVA_HOME", "")
    return bool(shutil.which("java")) or (bool(home) and (Path(home) / "bin" / "java").exists())


def engine_named(name: str = "", *, environment: Mapping[str, str] = os.environ) -> Engine:
    """The engine of that name; without a name, the one that REGARD_ENGINE names, or DuckDB.

    Spark runs at the master that REGARD_SPARK_MASTER gives as a URL, or on every core of
    this machine.

    Raises:
        NotKnown: there is no engine of that name.
        EngineMissing: it needs something that is not on this machine.
    """
    chosen = (name or environment.get("REGARD_ENGINE", "") or DUCKDB).strip().lower()
    if chosen not in ENGINES:
        raise NotKnown("engine", chosen, ENGINES, next_step="set REGARD_ENGINE to duckdb or spark")
    if chosen == SPARK:
        return Spark(environment.get("REGARD_SPARK_MASTER", ""))
    return DuckDB()
