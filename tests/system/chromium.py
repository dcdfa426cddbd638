"""A real browser without a window, driven over the pipe it offers to developers."""

import base64
import json
import os
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

PATIENCE = 60.0  # seconds
# It asks for nothing by itself, so that whatever it asks for is the page's doing.
QUIETLY = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--no-default-browser-check"),
)
KEYS = {"Enter": 13, "Tab": 9}


class Browser:
    """
    A browser with one tab.

    Args:
        program: Where it is installed.
        profile: An empty folder for all it keeps.
    """

    def __init__(self, program: str, profile: Path) -> None:
        to_read, self._to = os.pipe()
        self._back, to_write = os.pipe()
        argv = [program, *QUIETLY, "--remote-debugging-pipe", f"--user-data-dir={profile}", "about:blank"]
        wired = f'exec "$@" 3<&{to_read} 4>&{to_write}'
        self.talk = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the browser
        self._process = subprocess.Popen(
            ["bash", "-c", wired, "bash", *argv],
            pass_fds=(to_read, to_write),
            env={"PATH": os.environ["PATH"], "HOME": str(profile), "LANG": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=self.talk,
            stderr=self.talk,
        )
        os.close(to_read)
        os.close(to_write)
        self._read, self._asked, self._session = b"", 0, ""
        self.events: list[dict[str, Any]] = []
        tab = self("Target.createTarget", url="about:blank")["targetId"]
        self._session = self("Target.attachToTarget", targetId=tab, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self(f"{domain}.enable")
        self("Emulation.setFocusEmulationEnabled", enabled=True)

    def __call__(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask the browser for something, and give its answer."""
        self._asked += 1
        said = {"id": self._asked, "method": method, "params": params}
        if self._session:
            said["sessionId"] = self._session
        os.write(self._to, json.dumps(said).encode() + b"\0")
        while (answer := self._next()).get("id") != self._asked:
            self.events.append(answer)
        assert "error" not in answer, answer
        return answer["result"]

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._back, 1 << 20)
            assert more, "the browser has gone"
            self._read += more
        one, _, self._read = self._read.partition(b"\0")
        return json.loads(one)

    def open(self, url: str) -> None:
        """Open an address, and wait until all that belongs to it is there."""
        self("Emulation.clearDeviceMetricsOverride")
        self("Emulation.setEmulatedMedia", media="", features=[])
        # What is left of the page before is gone before anything is counted.
        self("Page.navigate", url="about:blank")
        self.wait_until("location.href == 'about:blank' && document.readyState == 'complete'")
        self.events.clear()
        self("Page.navigate", url=url)
        self.wait_until("document.readyState == 'complete' && location.href != 'about:blank'")

    def ask(self, script: str) -> Any:
        """Give the value of a line of script in the page."""
        answer = self("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_until(self, script: str) -> None:
        end = time.monotonic() + PATIENCE
        while not self.ask(script):
            assert time.monotonic() < end, f"never: {script}"
            time.sleep(0.05)

    def type(self, text: str) -> None:
        """Type into whatever has the cursor."""
        self("Input.insertText", text=text)

    def press(self, key: str) -> None:
        code = {"key": key, "code": key, "windowsVirtualKeyCode": KEYS[key]}
        self("Input.dispatchKeyEvent", type="keyDown", text="\r" if key == "Enter" else "", **code)
        self("Input.dispatchKeyEvent", type="keyUp", **code)

    @property
    def text(self) -> str:
        """What is shown."""
        return self.ask("document.body.innerText")

    @property
    def requests(self) -> list[str]:
        """Every address that was asked for since the page was opened."""
        self.ask("0")
        return [
            event["params"]["request"]["url"] for event in self.events if event["method"] == "Network.requestWillBeSent"
        ]

    @property
    def complaints(self) -> list[str]:
        """What the browser has to say of the page: policies broken, scripts that failed."""
        self.ask("0")
        said = [
            event["params"] for event in self.events if event["method"] in {"Log.entryAdded", "Runtime.exceptionThrown"}
        ]
        return [json.dumps(one) for one in said]

    def picture(self, width: int, height: int = 900, *, dark: bool = False, whole: bool = True) -> bytes:
        """Give a PNG of the page in a window of this size."""
        self("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self("Emulation.setEmulatedMedia", features=[scheme])
        return base64.b64decode(self("Page.captureScreenshot", captureBeyondViewport=whole)["data"])

    def printed(self, paper: tuple[float, float]) -> bytes:
        """Give a PDF of the page on paper of this size, in inches."""
        wide, high = paper
        self("Emulation.setEmulatedMedia", features=[])
        return base64.b64decode(self("Page.printToPDF", paperWidth=wide, paperHeight=high)["data"])

    def close(self) -> None:
        if self._process.poll() is None:
            self._session = ""
            self("Browser.close")
            self._process.wait(PATIENCE)
        os.close(self._to)
        os.close(self._back)
        self.talk.close()
