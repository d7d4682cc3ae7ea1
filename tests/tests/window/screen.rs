//! What is on the glass, and the finger on it. Every wait has an end and says what it waited for.

use std::path::Path;
use std::time::Duration;

use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::{interval, timeout};

/// Longest wait for anything on the screen; a debug build on a busy machine needs a part of it.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a condition is looked at.
const LOOK: Duration = Duration::from_millis(50);
/// Longer than staff's corner is held.
const HOLD: Duration = Duration::from_millis(1_600);

/// The kiosk's window.
pub struct Screen(Client);

impl Screen {
    /// Starts `kiosk` with `arguments` through the driver at `url`.
    pub async fn open(url: &str, kiosk: &Path, arguments: &[String]) -> Self {
        let wanted = json!({ "tauri:options": { "application": kiosk, "args": arguments } });
        let wanted = wanted.as_object().cloned().unwrap_or_default();
        let session = ClientBuilder::new(HttpConnector::new()).capabilities(wanted).connect(url).await;
        Self(session.expect("the driver starts the kiosk"))
    }

    /// Waits until `selector` stands for something on the page.
    pub async fn wait_for(&self, selector: &str) -> Element {
        let found = self.0.wait().at_most(PATIENCE).every(LOOK).for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("waited for {selector}: {error}"))
    }

    /// Waits until nothing on the page is `selector`.
    pub async fn wait_for_none(&self, selector: &str) {
        let gone = "return document.querySelector(arguments[0]) === null";
        self.until_script(selector, gone, vec![json!(selector)]).await;
    }

    /// Waits until `script` returns true.
    pub async fn until(&self, what: &str, script: &str) {
        self.until_script(what, script, Vec::new()).await;
    }

    async fn until_script(&self, what: &str, script: &str, arguments: Vec<Value>) {
        let come = async {
            let mut looks = interval(LOOK);
            while self.run_with(script, arguments.clone()).await != true {
                looks.tick().await;
            }
        };
        assert!(timeout(PATIENCE, come).await.is_ok(), "waited until: {what}");
    }

    /// Waits until `condition`, which is not on the page, holds.
    pub async fn until_true(&self, what: &str, condition: impl Fn() -> bool) {
        let come = async {
            let mut looks = interval(LOOK);
            while !condition() {
                looks.tick().await;
            }
        };
        assert!(timeout(PATIENCE, come).await.is_ok(), "waited until: {what}");
    }

    /// Taps `selector` as soon as it is there.
    pub async fn tap(&self, selector: &str) {
        let tapped = self.wait_for(selector).await.click().await;
        tapped.unwrap_or_else(|error| panic!("{selector} cannot be tapped: {error}"));
    }

    /// Taps the keys of our own keyboard or keypad.
    pub async fn tap_keys(&self, keys: &str) {
        for key in keys.chars() {
            self.tap(&format!("[data-key=\"{key}\"]")).await;
        }
    }

    /// Presses `selector` and holds it.
    pub async fn hold(&self, selector: &str) {
        let element = self.wait_for(selector).await;
        let finger = MouseActions::new("finger".into())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Pause { duration: HOLD })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.0.perform_actions(finger).await.expect("a finger can be held down");
    }

    /// What `script` returns.
    pub async fn run(&self, script: &str) -> Value {
        self.run_with(script, Vec::new()).await
    }

    /// What `script` returns for `arguments`.
    pub async fn run_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.0.execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("`{script}`: {error}"))
    }

    /// What `script` hands to its last argument.
    pub async fn run_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.0.execute_async(script, arguments).await;
        result.unwrap_or_else(|error| panic!("`{script}`: {error}"))
    }

    /// The page's address.
    pub async fn address(&self) -> String {
        self.0.current_url().await.expect("the window has an address").to_string()
    }

    /// How many windows there are.
    pub async fn windows(&self) -> usize {
        self.0.windows().await.expect("windows can be counted").len()
    }

    /// Everything that stands in the page, also where nobody sees it.
    pub async fn source(&self) -> String {
        self.0.source().await.expect("the page can be read")
    }
}
