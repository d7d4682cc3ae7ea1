//! The event's pictures, for whoever stands before the screen.

use portico_protocol::{EventRecord, LARGEST_BACKGROUND_BYTES, LARGEST_LOGO_BYTES, Picture};
use portico_store::MetaKey;

use super::staff::ask;
use crate::contract::{EventPictures, RpcError};
use crate::runner::Equipment;

/// Logo and background of the event as it is stored; what is no picture within bounds is left out.
pub(super) async fn pictures(equipment: &Equipment) -> Result<EventPictures, RpcError> {
    let stored = ask(equipment, |store| store.meta(MetaKey::Event)).await?;
    let event = stored.and_then(|json| serde_json::from_str::<EventRecord>(&json).ok());
    Ok(event.map(|event| sound(&event)).unwrap_or_default())
}

fn sound(event: &EventRecord) -> EventPictures {
    let shown = |picture: &Option<Picture>, most| {
        let picture = picture.as_ref()?;
        match picture.check(most) {
            Ok(()) => Some(picture.url().to_owned()),
            Err(error) => {
                tracing::warn!(%error, "a picture of the event is not shown");
                None
            }
        }
    };
    EventPictures {
        logo: shown(&event.branding.logo, LARGEST_LOGO_BYTES),
        background: shown(&event.branding.background, LARGEST_BACKGROUND_BYTES),
    }
}
