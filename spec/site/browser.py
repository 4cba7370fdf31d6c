"""browser.py - a headless Chromium, driven through two pipes.

Chromium speaks its DevTools protocol on the descriptors 3 and 4, one JSON message after the other with a
zero byte behind each: nothing but Python's own library is needed.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30


class Failure(Exception):
    pass


def find():
    """The path of a Chromium, or None."""
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return path
    return None


class Browser:
    """One browser with one page. Use it as a context: with Browser() as browser."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="sheaf-browser-")
        self.count, self.held, self.problems = 0, b"", []
        to_them, self.write = os.pipe()
        self.read, from_them = os.pipe()

        def descriptors():
            os.dup2(to_them, 203)
            os.dup2(from_them, 204)
            os.dup2(203, 3)
            os.dup2(204, 4)

        line = [find(), "--headless=new", "--remote-debugging-pipe", "--no-first-run", "--disable-gpu",
                "--disable-extensions", "--disable-background-networking", "--disable-dev-shm-usage",
                "--hide-scrollbars", "--force-color-profile=srgb", "--user-data-dir=" + self.profile]
        if os.geteuid() == 0:
            line.append("--no-sandbox")
        self.process = subprocess.Popen(line + ["about:blank"], preexec_fn=descriptors, close_fds=False,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_them)
        os.close(from_them)
        self.session = None
        self.attach()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)
        shutil.rmtree(self.profile, ignore_errors=True)

    # ---- messages ----

    def receive(self, until):
        while b"\0" not in self.held:
            ready, _, _ = select.select([self.read], [], [], max(0, until - time.monotonic()))
            if not ready:
                raise Failure("the browser does not answer")
            part = os.read(self.read, 1 << 20)
            if not part:
                raise Failure("the browser has gone")
            self.held += part
        line, _, self.held = self.held.partition(b"\0")
        return json.loads(line)

    def note(self, message):
        """Events of interest: errors of the console, exceptions, and what was refused."""
        method, params = message.get("method"), message.get("params", {})
        if method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.problems.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.problems.append(" ".join(str(value.get("value")) for value in params["args"]))
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.problems.append(params["entry"]["text"] + " " + params["entry"].get("url", ""))
        elif method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith(("file:", "data:", "about:")):
                self.problems.append("asked the network for " + url)

    def call(self, method, **params):
        self.count += 1
        message = {"id": self.count, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write, json.dumps(message).encode() + b"\0")
        until = time.monotonic() + PATIENCE
        while True:
            answer = self.receive(until)
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise Failure(method + ": " + answer["error"]["message"])
                return answer["result"]
            self.note(answer)

    def attach(self):
        pages = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        self.session = self.call("Target.attachToTarget", targetId=pages[0]["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    # ---- what a person does ----

    def run(self, expression):
        """The value of an expression of JavaScript in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failure(expression + ": " + (details.get("exception", {}).get("description") or details["text"]))
        return answer["result"].get("value")

    def wait(self, expression, what=None):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                if self.run("!!(" + expression + ")"):
                    return
            except Failure:
                pass  # the page is changing
            time.sleep(0.02)
        raise Failure("waited in vain for " + (what or expression))

    def open(self, url):
        self.call("Page.navigate", url="about:blank")
        self.wait("location.href === 'about:blank'")
        self.call("Page.navigate", url=url)
        self.wait("document.readyState === 'complete' && location.href !== 'about:blank'", url)

    def key(self, key, shift=False):
        codes = {"Enter": 13, "Escape": 27, "Tab": 9}
        params = {"key": key, "windowsVirtualKeyCode": codes.get(key, ord(key[0].upper())),
                  "modifiers": 8 if shift else 0}
        if key == "Enter":
            params["text"] = "\r"
        elif len(key) == 1:
            params["text"] = key
        self.call("Input.dispatchKeyEvent", type="keyDown", **params)
        self.call("Input.dispatchKeyEvent", type="keyUp", **{k: v for k, v in params.items() if k != "text"})

    def type(self, text):
        for letter in text:
            if ord(letter) < 128:
                self.key(letter)
            else:
                self.call("Input.insertText", text=letter)

    def click(self, selector):
        place = self.run("""(function () {
            var node = document.querySelector(%s);
            if (!node) return null;
            node.scrollIntoView({ block: "center", behavior: "instant" });
            var box = node.getClientRects()[0];
            return box ? [box.x + box.width / 2, box.y + box.height / 2] : null;
        })()""" % json.dumps(selector))
        if not place:
            raise Failure("nothing to click: " + selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=place[0], y=place[1], button="left", clickCount=1)

    def look(self, width, height, theme="light", media=""):
        """The size of the window, and the theme of the system."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                  mobile=width < 600)
        self.call("Emulation.setEmulatedMedia", media=media,
                  features=[{"name": "prefers-color-scheme", "value": theme}])

    def picture(self, path, whole=False):
        data = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))
