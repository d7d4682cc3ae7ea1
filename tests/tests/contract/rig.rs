//! The clients of one paired kiosk at one venue.

use std::sync::Once;

use portico_app::BackendAccess;
use portico_identify::HttpIdentify;
use portico_tests::Venue;
use portico_ticketing::{Delivery, DoorAct, PorticoBackend, PorticoParams};
use portico_types::{
    AttendeeId, CheckIn, CheckInId, Clock as _, DeviceId, GateId, Method, ModelId, UtcMillis,
};
use uuid::Uuid;

/// One kiosk's clients.
pub struct Rig {
    pub venue: Venue,
    pub device: DeviceId,
    pub backend: PorticoBackend,
    pub identify: HttpIdentify,
    /// The recogniser whose templates the venue holds.
    pub model: ModelId,
}

/// The client as the kiosk builds it.
pub fn client() -> reqwest::Client {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| drop(rustls::crypto::ring::default_provider().install_default()));
    reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// The backend as a device with `token` sees it.
pub fn backend(venue: &Venue, token: &str) -> PorticoBackend {
    PorticoBackend::new(client(), &venue.url(), token, PorticoParams::default()).unwrap()
}

impl Rig {
    /// `None` without models.
    pub async fn new() -> Option<Self> {
        let venue = Venue::open().await?;
        let (device, access) = venue.pair();
        let BackendAccess::Paired { url, token } = access else { return None };
        let identify = HttpIdentify::new(client(), &url, &token).unwrap();
        let model = portico_vision::Models::load(venue.models()).unwrap().model_id().clone();
        Some(Self { device, backend: backend(&venue, &token), identify, model, venue })
    }

    /// A guest enters now; `number` makes the ids.
    pub fn entry(&self, number: u128, guest: &AttendeeId) -> Delivery {
        let check_in = CheckIn {
            id: id(number),
            attendee: guest.clone(),
            gate: GateId::new("main"),
            method: Method::Ticket,
            at: self.now(),
            score: None,
            reason: None,
        };
        Delivery { id: check_in.id, sequence: number as i64, act: DoorAct::CheckIn(check_in) }
    }

    /// The venue's time.
    pub fn now(&self) -> UtcMillis {
        self.venue.clock.utc()
    }
}

/// A `UUIDv7` with this number.
pub fn id(number: u128) -> CheckInId {
    CheckInId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + number))
}
