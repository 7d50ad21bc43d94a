"""A RabbitMQ of our own: one node in a temporary folder, on loopback, that can be killed and started again."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.postgres import free_port

SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
PATIENCE = 60.0


class Broker:
    """`url` is where clients go. Debian's package is used: apt-get install rabbitmq-server."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="scriptorium-broker-"))
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}//"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_EPMD_PORT": str(free_port()),
            "RABBITMQ_NODENAME": f"scriptorium-{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
            "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
            "RABBITMQ_LOG_BASE": str(self.folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "plugins"),
            "RABBITMQ_GENERATED_CONFIG_DIR": str(self.folder / "config"),
            "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq"),
            "RABBITMQ_CONF_ENV_FILE": str(self.folder / "environment"),
        }
        for name in ("data", "log", "config"):
            (self.folder / name).mkdir()
        self.names = self._spawn("epmd")
        self.node: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start the node and wait until it answers."""
        self.node = self._spawn(str(SERVER))
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if self.node.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"RabbitMQ did not start:\n{self.log.read_text()}")
            time.sleep(0.2)

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def kill(self) -> None:
        """The node dies at once."""
        if self.node is not None:
            _end(self.node)
            self.node = None

    def remove(self) -> None:
        self.kill()
        _end(self.names)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _spawn(self, command: str) -> "subprocess.Popen[bytes]":
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [command],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        """Whether it speaks AMQP: what it sends to who says nonsense begins so."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as line:
                line.sendall(b"AMQP\x00\x00\x00\x00")
                return line.recv(4) == b"AMQP"
        except OSError:
            return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait(timeout=20)
