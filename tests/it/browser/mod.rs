//! A real browser, driven over WebDriver: Debian's `chromium` and `chromium-driver`.

mod wire;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use wire::Wire;

/// The version that `.ci/run` fetches.
const AXE: &str = "axe-core-4.14.1";

/// Chromium without a window, and the driver that speaks for it.
pub(crate) struct Browser {
    driver: Child,
    wire: Wire,
    session: String,
    _profile: tempfile::TempDir,
}

/// What is missing where a test cannot run: said aloud, and a failure where a browser must be there.
fn skipped(why: &str) {
    let required = std::env::var("ONEROOF_REQUIRE_BROWSER").as_deref() == Ok("1");
    assert!(!required, "{why}");
    println!("SKIPPED: {why}");
}

impl Browser {
    /// Opens one with a window of this size; `None`, said aloud, where none is installed.
    pub(crate) fn open(wide: u32, high: u32) -> Option<Self> {
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let Ok(mut driver) = driver else {
            skipped("chromedriver is not installed (apt-get install chromium chromium-driver)");
            return None;
        };
        let lines = BufReader::new(driver.stdout.take().expect("piped")).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        });
        let wire = Wire::new(port.expect("the driver names its port"));
        let profile = tempfile::tempdir().expect("a temporary folder");
        let arguments = [
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--force-color-profile=srgb".to_owned(),
            format!("--window-size={wide},{high}"),
            format!("--user-data-dir={}", profile.path().display()),
        ];
        let asked = json!({"capabilities": {"alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        }}});
        let session = wire.ask("POST", "/session", &asked);
        let session = session["sessionId"].as_str().expect("a session").to_owned();
        let browser = Self {
            driver,
            wire,
            session,
            _profile: profile,
        };
        browser.ask(
            "POST",
            "/timeouts",
            &json!({"script": 240_000, "pageLoad": 240_000}),
        );
        // The page's own width, whatever the frame of a window takes, and a phone's, which a window is not.
        let size = json!({"width": wide, "height": high, "deviceScaleFactor": 1, "mobile": false});
        browser.devtools("Emulation.setDeviceMetricsOverride", &size);
        Some(browser)
    }

    fn ask(&self, method: &str, what: &str, body: &Value) -> Value {
        let path = format!("/session/{}{what}", self.session);
        self.wire.ask(method, &path, body)
    }

    fn devtools(&self, command: &str, parameters: &Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.ask("POST", "/goog/cdp/execute", &body)
    }

    /// Opens a file, as a double click would.
    pub(crate) fn go(&self, file: &Path) {
        let url = format!("file://{}", file.display());
        self.ask("POST", "/url", &json!({"url": url}));
    }

    /// Runs a script in the page and gives what it returns.
    pub(crate) fn run(&self, script: &str) -> Value {
        let body = json!({"script": script, "args": []});
        self.ask("POST", "/execute/sync", &body)
    }

    /// What a script returns, as text.
    pub(crate) fn text(&self, script: &str) -> String {
        let value = self.run(&format!("return String({script})"));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// How many elements there are.
    pub(crate) fn count(&self, selector: &str) -> usize {
        let script = format!(
            "return document.querySelectorAll({}).length",
            json!(selector)
        );
        self.run(&script).as_u64().unwrap_or_default() as usize
    }

    fn element(&self, selector: &str) -> String {
        let body = json!({"using": "css selector", "value": selector});
        let found = self.ask("POST", "/element", &body);
        let mut ids = found.as_object().expect("an element").values();
        ids.next()
            .and_then(Value::as_str)
            .expect("its id")
            .to_owned()
    }

    /// Clicks on the first element, as a mouse would.
    pub(crate) fn click(&self, selector: &str) {
        const TRIES: u32 = 5;
        for tried in 1..=TRIES {
            // A sticky heading may lie over what has only just been scrolled to.
            self.run(&format!(
                "document.querySelector({}).scrollIntoView({{block: 'center', behavior: 'instant'}})",
                json!(selector)
            ));
            let element = self.element(selector);
            let path = format!("/session/{}/element/{element}/click", self.session);
            let answer = self.wire.try_ask("POST", &path, &json!({}));
            let fault = answer.as_ref().and_then(|one| one.pointer("/value/error"));
            match fault.and_then(Value::as_str) {
                None if answer.is_some() => return,
                // The page was still moving.
                Some("element click intercepted") if tried < TRIES => {
                    std::thread::sleep(Duration::from_millis(200));
                }
                _ => panic!("a click on {selector}: {answer:?}"),
            }
        }
    }

    /// Types into an element that is in focus from then on.
    pub(crate) fn keys(&self, selector: &str, keys: &str) {
        let element = self.element(selector);
        let body = json!({"text": keys});
        self.ask("POST", &format!("/element/{element}/value"), &body);
    }

    /// Chooses an option of a select by its value.
    pub(crate) fn select(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value=\"{value}\"]"));
    }

    /// Moves the mouse with its button held, from the middle of an element.
    pub(crate) fn drag(&self, selector: &str, by: (i32, i32)) {
        let origin = json!({"element-6066-11e4-a52e-4f735466cecf": self.element(selector)});
        let actions = json!([{
            "type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"},
            "actions": [
                {"type": "pointerMove", "x": 0, "y": 0, "origin": origin},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerMove", "x": by.0, "y": by.1, "origin": "pointer", "duration": 60},
                {"type": "pointerUp", "button": 0},
            ],
        }]);
        self.ask("POST", "/actions", &json!({"actions": actions}));
    }

    /// Keeps a picture of the window, or of the whole page, where `ONEROOF_SCREENSHOTS` names a folder to look in.
    pub(crate) fn picture(&self, name: &str, whole: bool) {
        let Some(folder) = std::env::var_os("ONEROOF_SCREENSHOTS") else {
            return;
        };
        let asked = json!({"format": "png", "captureBeyondViewport": whole});
        let taken = self.devtools("Page.captureScreenshot", &asked);
        self.keep(&Path::new(&folder).join(name), &taken["data"]);
    }

    /// Prints the page, on the paper it asks for, and gives the bytes of the PDF.
    pub(crate) fn print(&self, name: &str) -> Vec<u8> {
        let asked = json!({"printBackground": true, "preferCSSPageSize": true});
        let printed = self.devtools("Page.printToPDF", &asked);
        if let Some(folder) = std::env::var_os("ONEROOF_SCREENSHOTS") {
            self.keep(&Path::new(&folder).join(name), &printed["data"]);
        }
        bytes_of(printed["data"].as_str().unwrap_or_default())
    }

    fn keep(&self, file: &Path, data: &Value) {
        let bytes = bytes_of(data.as_str().unwrap_or_default());
        std::fs::write(file, bytes).expect("the folder of pictures is there");
    }

    /// What the page complained of since it was last asked.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.ask("POST", "/se/log", &json!({"type": "browser"}));
        let told = log.as_array().into_iter().flatten();
        told.map(|one| one["message"].to_string()).collect()
    }

    /// Every address that was asked for since the last time.
    pub(crate) fn fetched(&self) -> Vec<String> {
        let log = self.ask("POST", "/se/log", &json!({"type": "performance"}));
        let told = log.as_array().into_iter().flatten();
        told.filter_map(|one| {
            let message: Value = serde_json::from_str(one["message"].as_str()?).ok()?;
            let sent = message["message"]["method"] == "Network.requestWillBeSent";
            let url = message["message"]["params"]["request"]["url"].as_str()?;
            sent.then(|| url.to_owned())
        })
        .collect()
    }

    /// What axe-core finds against WCAG 2.2 AA; `None`, said aloud, where it is not there.
    pub(crate) fn violations(&self) -> Option<Vec<String>> {
        let axe = axe()?;
        self.run(&format!("{axe}; window.axe = axe"));
        let body = json!({"args": [], "script": "
            const done = arguments[arguments.length - 1];
            const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
            axe.run(document, { runOnly: { type: 'tag', values: tags } }).then(
                found => done(found.violations.flatMap(rule =>
                    rule.nodes.slice(0, 3).map(node => rule.id + ': ' + node.target + ': ' + node.failureSummary))),
                fault => done(['axe: ' + fault]));"});
        let found = self.ask("POST", "/execute/async", &body);
        let found = found.as_array().into_iter().flatten();
        Some(
            found
                .map(|one| one.as_str().unwrap_or_default().to_owned())
                .collect(),
        )
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let path = format!("/session/{}", self.session);
        self.wire.try_ask("DELETE", &path, &Value::Null);
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// The text of axe-core, which is fetched and not committed.
fn axe() -> Option<String> {
    let cache = || -> Option<PathBuf> {
        let home = std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".cache"));
        let cache = std::env::var_os("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or(home)?;
        Some(cache.join("oneroof").join(AXE).join("axe.min.js"))
    };
    let file = std::env::var_os("ONEROOF_AXE")
        .map(PathBuf::from)
        .or_else(cache)?;
    match std::fs::read_to_string(&file) {
        Ok(text) => Some(text),
        Err(_) => {
            skipped(&format!("{} is absent: .ci/run fetches it", file.display()));
            None
        }
    }
}

/// Bytes of base 64.
fn bytes_of(text: &str) -> Vec<u8> {
    let value = |letter: u8| match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bytes, mut held, mut bits) = (Vec::with_capacity(text.len() * 3 / 4), 0_u32, 0);
    for six in text.bytes().filter_map(value) {
        held = held << 6 | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    bytes
}
