//! What an event looks and sounds like reaches the kiosk's screen.

use portico_cast::portrait_jpeg;
use portico_protocol::{LARGEST_BACKGROUND_BYTES, Picture};
use portico_proxy::LinkState;
use portico_tests::Journey;
use portico_tests::guests::AMARA;
use serde_json::{Value, json};

#[tokio::test]
async fn an_events_picture_and_its_quiet_reach_the_screen_and_stay_without_the_backend() {
    let Some(mut journey) = Journey::begin_without_camera().await else { return };
    let before = journey.view();
    assert_eq!(before.event.pictures, None);
    assert!(before.looks.volume > 0);
    assert_eq!(journey.does("event.pictures", json!({})).await["background"], Value::Null);

    let hall = Picture::new(&portrait_jpeg(&AMARA.figure()).unwrap(), LARGEST_BACKGROUND_BYTES).unwrap();
    journey.venue.looks(|branding| {
        branding.background = Some(hall.clone());
        branding.quiet = true;
    });
    let view = journey.in_time("the new looks", |view| view.event.pictures.is_some()).await;
    assert_eq!(view.looks.volume, 0, "a quiet event mutes its kiosks");

    journey.venue.network(LinkState::Refusing);
    journey.starts_again(None).await;
    assert_eq!(journey.view().event.pictures, view.event.pictures, "the same pictures have the same name");
    let told = journey.does("event.pictures", json!({})).await;
    assert_eq!((told["background"].as_str(), &told["logo"]), (Some(hall.url()), &Value::Null));
}
