//! Guests who stand before the camera meanwhile: the backend is asked over the same link, and within the budget there
//! is an answer, from it or from the kiosk's own gallery.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use anyhow::Result;
use fastrand::Rng;
use portico_identify::{Gallery, HttpIdentify, Identify as _, Probe};
use portico_types::{Clock as _, Crop, Point};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::clock::{RealClock, Stopwatch};
use crate::{client, server};

/// Candidates that are asked for.
const CANDIDATES: usize = 6;
/// Longest pause between two guests.
const PAUSE_MS: u64 = 60;

/// How long guests have waited.
#[derive(Clone, Debug, Default)]
pub struct Waits {
    /// Each wait, in milliseconds.
    pub ms: Vec<f64>,
    /// Guests whom the backend identified.
    pub by_backend: u64,
    /// Guests whom the kiosk's own gallery identified.
    pub by_gallery: u64,
    /// Guests who were taken for somebody else, or for nobody although they are enrolled.
    pub mistaken: u64,
}

/// Where guests stand.
pub struct Mark {
    /// The backend as this kiosk reaches it.
    pub url: String,
    /// The kiosk's token.
    pub token: String,
    /// The kiosk's own gallery.
    pub gallery: Arc<RwLock<Gallery>>,
    /// How many of the crowd are enrolled.
    pub enrolled: usize,
}

/// One guest after the other, until `over`.
pub async fn identify(mark: Mark, seed: u64, over: CancellationToken) -> Result<Waits> {
    let identifier = HttpIdentify::new(client::client()?, &mark.url, &mark.token)?;
    let budget = Duration::from_millis(u64::from(server::BUDGET_MS));
    let (clock, mut rng, mut waits) = (RealClock::start(), Rng::with_seed(seed), Waits::default());
    while !over.is_cancelled() {
        let number = rng.usize(..mark.enrolled);
        let crop = Crop {
            jpeg: server::picture(number),
            width: 224,
            height: 224,
            landmarks: [Point { x: 9.0, y: 9.0 }; 5],
        };
        let probe = Probe { request_id: Uuid::from_u128(rng.u128(..)), captured_at: clock.utc(), crop };
        let watch = Stopwatch::start();
        let candidates = match identifier.identify(&probe, budget).await {
            Ok(found) if found.face_found => {
                waits.by_backend += 1;
                found.candidates
            }
            _ => {
                waits.by_gallery += 1;
                let gallery = mark.gallery.read().unwrap_or_else(PoisonError::into_inner);
                server::embedding(number as u64)
                    .map_or_else(Vec::new, |face| gallery.search(&face, CANDIDATES))
            }
        };
        waits.ms.push(watch.ms());
        let best = candidates.into_iter().next();
        waits.mistaken += u64::from(best.is_none_or(|best| best.attendee != crate::crowd::id(number)));
        tokio::time::sleep(Duration::from_millis(rng.u64(1..PAUSE_MS))).await;
    }
    Ok(waits)
}
