"""A throw-away PostgreSQL server for the suite, and the template databases in it.

The server is made of the installed binaries, listens on a free loopback port only, writes nothing that was typed
into its log, and keeps fsync on (the crash tests mean what they say). `TEST_DATABASE_URL` names another server
instead; its user must be allowed to create databases.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg
from psycopg import sql

from tests.environment import CACHE, make_home
from tests.template import ensure, key_of, locked, manifest, migrate

UNPRIVILEGED = ("postgres", "nobody")
# What a database may log: that something failed, never with which values.
SETTINGS = {
    "fsync": "on",
    "full_page_writes": "on",
    "synchronous_commit": "on",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "max_connections": "200",
}


class ServerMissing(RuntimeError):
    """No PostgreSQL server is installed here."""


def binaries() -> Path:
    """Folder of `initdb` and `pg_ctl`, the newest one; raises ServerMissing."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda path: float(path.parent.name),
        reverse=True,
    )
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    if found and shutil.which("pg_ctl"):
        return Path(found).resolve().parent
    raise ServerMissing(
        "No PostgreSQL server is installed (Debian: apt-get install postgresql). "
        "Install one, or set TEST_DATABASE_URL."
    )


class Server:
    """One cluster in a temporary folder, started at once, gone after `remove`.

    `seed` is the folder of a cluster that was stopped cleanly: it is copied instead of made anew.
    """

    def __init__(self, seed: Path | None = None) -> None:
        self.bin = binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="scriptorium-pg-"))
        self.user = self._unprivileged()
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self.port = free_port()
        self.url = f"postgresql://scriptorium@127.0.0.1:{self.port}/postgres"
        if seed and seed.exists():
            self._take(seed)
        else:
            self._make()
        self.start()

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> None:
        self._run(
            "pg_ctl",
            "-D",
            self.data,
            "-l",
            str(self.log),
            "-o",
            f"-p {self.port}",
            "-w",
            "-t",
            "60",
            "start",
        )

    def stop(self, *, mode: str = "fast") -> None:
        """End the server; `immediate` is the nearest thing to pulling the plug."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "stop")

    def configure(self, **settings: str) -> None:
        """Other settings than those of the suite; it is started again."""
        self.stop()
        with (Path(self.data) / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in settings.items())
        self.start()

    def remove(self) -> None:
        self.stop(mode="immediate")
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self) -> None:
        self._run(
            "initdb",
            "-D",
            self.data,
            "-U",
            "scriptorium",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        lines = {**SETTINGS, "listen_addresses": "'127.0.0.1'", "unix_socket_directories": "''"}
        with (self.folder / "data" / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = {value}\n" for name, value in lines.items())

    def _take(self, seed: Path) -> None:
        shutil.copytree(seed, self.data)
        Path(self.data).chmod(0o700)
        if self.user:
            for place in (Path(self.data), *Path(self.data).rglob("*")):
                os.chown(place, self.user.pw_uid, self.user.pw_gid)

    def save(self, seed: Path) -> None:
        """Keep the cluster as it is now as a seed for later servers."""
        self.stop()
        fresh = seed.with_name(f"{seed.name}-{os.getpid()}")
        shutil.copytree(self.data, fresh)
        shutil.rmtree(seed, ignore_errors=True)
        fresh.rename(seed)
        self.start()

    def _unprivileged(self) -> pwd.struct_passwd | None:
        if os.geteuid() != 0:
            return None
        for name in UNPRIVILEGED:
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise ServerMissing(
            "PostgreSQL does not run as root, and there is no user 'postgres' or 'nobody'."
        )

    def _run(self, program: str, *arguments: str) -> None:
        who = (
            {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
            if self.user
            else {}
        )
        with (self.folder / "commands.log").open("ab") as log:
            done = subprocess.run(
                [str(self.bin / program), *arguments],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
                check=False,
                **who,
            )
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{(self.folder / 'commands.log').read_text()}")


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def with_name(url: str, name: str) -> str:
    """The same server, another database."""
    return f"{url.rsplit('/', 1)[0]}/{name}"


def own_name() -> str:
    """Name of this process's database on a PostgreSQL server."""
    return f"scriptorium_test_{os.getpid()}"


def urls(server: str, name: str) -> dict[str, str]:
    """The environment that points Django at the pair `name` of a PostgreSQL server."""
    return {
        "DATABASE_URL": with_name(server, name),
        "KEYS_DATABASE_URL": with_name(server, f"{name}_keys"),
    }


class PostgresStore:
    """Template pairs as databases `scriptorium_template_<key>` and `.._keys` of one server."""

    def __init__(self, url: str) -> None:
        self.url = url

    def _do(self, statement: str, *names: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(
                sql.SQL(statement).format(*(sql.Identifier(name) for name in names))  # type: ignore[arg-type]
            )
            return cursor.fetchall() if cursor.description else []

    @staticmethod
    def name(key: str) -> str:
        return f"scriptorium_template_{key}"

    def has(self, key: str) -> bool:
        names = {row[0] for row in self._do("SELECT datname FROM pg_database")}
        return {self.name(key), f"{self.name(key)}_keys"} <= names

    def build(self, key: str, base: str | None) -> None:
        making = f"{self.name(key)}_making"
        if base:
            self.copy(base, making)
        else:
            self.create(making)
        home = make_home("scriptorium-template-")
        migrate(
            DATA_DIR=str(home / "data"),
            KEY_DIR=str(home / "keys"),
            DATABASE_URL=with_name(self.url, making),
            KEYS_DATABASE_URL=with_name(self.url, f"{making}_keys"),
        )
        for suffix in ("", "_keys"):
            self._do("DROP DATABASE IF EXISTS {}", self.name(key) + suffix)
            self._do("ALTER DATABASE {} RENAME TO {}", making + suffix, self.name(key) + suffix)

    def create(self, name: str) -> None:
        self.drop(name)
        for suffix in ("", "_keys"):
            self._do("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", name + suffix)

    def copy(self, key: str, name: str) -> None:
        self.take(self.name(key), name)

    def take(self, source: str, name: str) -> None:
        """Copy a pair of databases that nobody is connected to."""
        self.drop(name)
        for suffix in ("", "_keys"):
            self._do("CREATE DATABASE {} TEMPLATE {}", name + suffix, source + suffix)

    def drop(self, name: str) -> None:
        for suffix in ("", "_keys"):
            self._do("DROP DATABASE IF EXISTS {} WITH (FORCE)", name + suffix)

    def keep_only(self, key: str) -> None:
        """Drop the templates of other migrations."""
        for (name,) in self._do(
            "SELECT datname FROM pg_database WHERE datname LIKE 'scriptorium_template_%'"
        ):
            if not str(name).startswith(self.name(key)):
                self._do("DROP DATABASE IF EXISTS {}", str(name))


def serve() -> Server:
    """A running server that holds the template of today's migrations."""
    seed = CACHE / f"postgresql-{binaries().parent.name}"
    with locked("cluster"):
        server = Server(seed)
        store = PostgresStore(server.url)
        if not store.has(key_of(manifest())):
            store.keep_only(ensure(store, "postgresql"))
            server.save(seed)
    return server
