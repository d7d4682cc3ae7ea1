//! The real window: the built kiosk in the operating system's own web view, on a display without a monitor, driven
//! through `WebDriver`. What the browser tests cannot know is proven here: the preview's own address scheme, the calls
//! through Tauri, and that a guest cannot get out of the kiosk.
//!
//! Linux only: other systems' web views have other drivers.

#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a window that cannot be set up, or does not do what it should, has failed the test"
)]

mod programs;
mod screen;
mod stage;
mod tools;

use std::time::Duration;

use fantoccini::elements::Element;
use portico_tests::guests::{OTHERS, ZHANG_WEI};
use serde_json::json;
use stage::Stage;
use tokio::net::TcpListener;
use tokio::time::timeout;

/// A code that is on nobody's ticket.
const NO_TICKET: &str = "QQ99";
/// The PIN that staff choose.
const PIN: &str = "2468";

#[tokio::test]
#[ignore = "needs the built window, Xvfb and a WebDriver: cargo xtask test runs it"]
async fn a_guest_sees_the_camera_and_types_a_ticket() {
    let stage = Stage::set().await;
    let screen = &stage.screen;
    screen.wait_for("[data-view=idle][data-camera=live]").await;
    screen
        .until(
            "the preview is drawn",
            "const c = document.querySelector('canvas'); return c && c.width >= 320",
        )
        .await;
    let colours = "const c = document.querySelector('canvas'), p = document.createElement('canvas'); p.width = p.height = 8;
        const d = p.getContext('2d'); d.drawImage(c, 0, 0, 8, 8);
        return new Set(d.getImageData(0, 0, 8, 8).data).size";
    assert!(screen.run(colours).await.as_u64() > Some(8), "the picture is the room, not one colour");
    assert!(stage.report().contains("preview_painted"), "the host knows that the picture is on the glass");

    screen.tap("[data-testid=use-ticket]").await;
    screen.wait_for("[data-view=ticket] [data-testid=keyboard]").await;
    screen.tap_keys(NO_TICKET).await;
    screen.tap("[data-testid=ticket-go]").await;
    screen.wait_for("[data-view=not_found]").await;
}

#[tokio::test]
#[ignore = "needs the built window, Xvfb and a WebDriver: cargo xtask test runs it"]
async fn staff_hold_the_corner_choose_a_pin_and_check_a_guest_in() {
    let stage = Stage::set().await;
    let screen = &stage.screen;
    screen.wait_for("[data-view=idle]").await;
    screen.hold("[data-testid=staff-corner]").await;
    screen.wait_for("[data-staff=pin]").await;
    screen.tap_keys("mara").await;
    screen.tap("[data-testid=name-next]").await;
    for _ in ["choose", "repeat"] {
        screen.tap_keys(PIN).await;
        screen.tap("[data-testid=pin-enter]").await;
    }
    screen.wait_for("[data-staff=sheet]").await;

    let (_, name, _) = OTHERS[0];
    screen.tap_keys("beatriz").await;
    let row = screen.wait_for("[data-testid=guest]").await;
    assert!(text(&row).await.contains(name), "staff find the guest by a part of the name");
    assert_eq!(stage.inside(), 0, "nobody is in yet");
    screen.tap("[data-testid=check-in]").await;
    screen.tap("[data-reason=document]").await;
    let state = screen.wait_for("[data-testid=guest] .state.on").await;
    assert!(text(&state).await.starts_with("In"), "the row says that the guest is in");
    screen.until_true("the backend counts the guest", || stage.inside() == 1).await;

    screen.tap("[data-testid=staff-close]").await;
    screen.wait_for_none("[data-staff]").await;
    let left = screen.source().await;
    assert!(!left.contains(name) && !left.contains(ZHANG_WEI.name()), "a locked kiosk shows no names");
}

#[tokio::test]
#[ignore = "needs the built window, Xvfb and a WebDriver: cargo xtask test runs it"]
async fn nothing_leads_out_of_the_kiosk() {
    let outside = TcpListener::bind("127.0.0.1:0").await.expect("a loopback port");
    let address = format!("http://{}/", outside.local_addr().expect("a listener has an address"));
    let stage = Stage::set().await;
    let screen = &stage.screen;
    screen.wait_for("[data-view=idle]").await;
    let home = screen.address().await;

    let eval = screen.run("try { return (0, eval)('1 + 1') } catch (error) { return error.name }").await;
    assert_eq!(eval, "EvalError", "text is never run as code");
    let inline = "const s = document.createElement('script'); s.textContent = 'document.title = \"broken\"';
        document.head.append(s); return document.title";
    assert_eq!(screen.run(inline).await, "Portico", "a script that was slipped into the page does not run");
    let fetched = screen.run_async(
        "const [url, done] = arguments; fetch(url, { mode: 'no-cors' }).then(() => done('sent'), () => done('blocked'))",
        vec![json!(address)],
    );
    assert_eq!(fetched.await, "blocked", "the page talks to nobody but its host");

    screen.run_with("window.open(arguments[0]); location.href = arguments[0]", vec![json!(address)]).await;
    let reached = timeout(Duration::from_secs(2), outside.accept()).await;
    assert!(reached.is_err(), "nothing was asked of the address outside");
    assert_eq!(screen.address().await, home, "the window stays where it is");
    assert_eq!(screen.windows().await, 1, "there is no second window");
    screen.wait_for("[data-view=idle]").await;
}

async fn text(element: &Element) -> String {
    element.text().await.expect("the element is still there")
}
