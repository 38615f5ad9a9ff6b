"""browser.py - drives headless Chromium through chromedriver (WebDriver), with the standard library alone.

Reads steps from a JSON file, one list, and writes what each gave to another:

    {"open": URL, "width": 1280, "height": 900, "dark": false}   a page of its own, what is wrong with it is forgotten
    {"script": "return …"}      what JavaScript gives
    {"click": "CSS"}            clicks the first element
    {"type": "CSS", "text": T}  types into it
    {"keys": [K, …]}            keys, as WebDriver names them
    {"shot": PATH}, {"pdf": PATH}
    {"back": true}
    {"wrong": true}             the console's errors, and addresses that were asked for beside the page itself

    python3 tests/html/browser.py STEPS.json RESULTS.json
"""
import base64
import http.client
import json
import shutil
import subprocess
import sys
import tempfile
import time

ARGUMENTS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Browser:
    def __init__(self, port, folder):
        self.http = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        options = {"args": ARGUMENTS + ["--user-data-dir=" + folder], "binary": shutil.which("chromium")}
        wanted = {"browserName": "chrome", "goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
        self.session = None
        self.session = self.call("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})["sessionId"]
        self.page = None

    def call(self, method, path, body=None):
        where = path if self.session is None else "/session/" + self.session + path
        self.http.request(method, where, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
        answer = json.loads(self.http.getresponse().read())["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise RuntimeError(path + ": " + answer["error"] + ": " + answer.get("message", "").split("\n")[0])
        return answer

    def devtools(self, command, **parameters):
        return self.call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def find(self, css):
        return list(self.call("POST", "/element", {"using": "css selector", "value": css}).values())[0]

    def logs(self, kind):
        return self.call("POST", "/se/log", {"type": kind})

    def open(self, step):
        self.call("POST", "/url", {"url": "about:blank"})
        self.logs("browser")
        self.logs("performance")
        self.page = step["open"].split("#")[0]
        self.devtools("Emulation.setDeviceMetricsOverride", width=step.get("width", 1280), height=step.get("height", 900), deviceScaleFactor=1,
                      mobile=step.get("width", 1280) < 600)
        self.devtools("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": "dark" if step.get("dark") else "light"}])
        self.call("POST", "/url", {"url": step["open"]})
        return True

    def wrong(self):
        said = [entry["message"] for entry in self.logs("browser") if entry["level"] in ("SEVERE", "WARNING")]
        asked = []
        for entry in self.logs("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if url.split("#")[0] not in (self.page, "about:blank") and not url.startswith("data:"):
                    asked.append(url)
        return {"said": said, "asked": asked}

    def keys(self, names):
        actions = []
        for key in names:
            actions += [{"type": "keyDown", "value": key}, {"type": "keyUp", "value": key}]
        self.call("POST", "/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})
        return True

    def do(self, step):
        if "open" in step:
            return self.open(step)
        if "script" in step:
            return self.call("POST", "/execute/sync", {"script": step["script"], "args": []})
        if "click" in step:
            self.call("POST", "/element/" + self.find(step["click"]) + "/click", {})
            return True
        if "type" in step:
            self.call("POST", "/element/" + self.find(step["type"]) + "/value", {"text": step["text"]})
            return True
        if "keys" in step:
            return self.keys(step["keys"])
        if "back" in step:
            self.call("POST", "/back", {})
            return True
        if "wrong" in step:
            return self.wrong()
        what = self.devtools("Page.captureScreenshot", captureBeyondViewport=bool(step.get("whole"))) if "shot" in step else None
        data = what["data"] if what else self.call("POST", "/print", {"background": True})
        with open(step.get("shot") or step["pdf"], "wb") as file:
            file.write(base64.b64decode(data))
        return True


def main():
    folder = tempfile.mkdtemp()
    driver = subprocess.Popen(["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    results = []
    try:
        line = ""
        while "on port" not in line or "started" not in line:
            line = driver.stdout.readline()
            if not line:
                raise RuntimeError("chromedriver does not start")
        browser = Browser(int(line.split("port")[1].strip(" .\n")), folder)
        with open(sys.argv[1], encoding="utf-8") as file:
            steps = json.load(file)
        for step in steps:
            started = time.monotonic()
            try:
                value = browser.do(step)
            except RuntimeError as error:
                value = {"failed": str(error)}
            results.append({"value": value, "seconds": time.monotonic() - started})
        browser.call("DELETE", "")
    finally:
        driver.terminate()
        driver.wait()
        shutil.rmtree(folder, ignore_errors=True)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(results, file)


main()
