//! Tickets that carry their guest's face, and why a ticket lets nobody in.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::{Zeroize as _, ZeroizeOnDrop};

/// The whole text of a ticket that carries its guest's sealed face. Whoever has the event's key can open it, so it is
/// treated like the face itself: overwritten when it is dropped, and without a `Display`; `Debug` shows only its size.
#[derive(Clone, PartialEq, Eq)]
pub struct FaceTicket(String);

impl FaceTicket {
    /// Takes the ticket's text over.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, to be verified and opened.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl Drop for FaceTicket {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl ZeroizeOnDrop for FaceTicket {}

impl std::fmt::Debug for FaceTicket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FaceTicket({} characters)", self.0.len())
    }
}

/// What is wrong with a ticket. Nothing of it is personal: staff may read it on the public screen's device.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum TicketRefusal {
    /// Looks like a signed ticket and is none: changed, cut off, or signed by somebody else.
    Forged,
    /// Signed for another event.
    OtherEvent,
    /// Its time is over.
    Expired,
    /// Was right once: its guest has left the list, or has a newer ticket.
    Revoked,
    /// A plain code, which this event does not accept.
    Unsigned,
    /// It carries a face, and whoever shows it has another one.
    FaceDiffers,
    /// It carries a face, and nobody looked into the camera long enough to be compared with it.
    FaceUnseen,
    /// It carries a face that this kiosk cannot compare: sealed with another key or for another recogniser, or faces
    /// are not looked at here.
    FaceUnusable,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_line_never_shows_a_ticket_with_a_face() {
        let shown = format!("{:?}", FaceTicket::new("PT2SECRET".to_owned()));
        assert_eq!(shown, "FaceTicket(9 characters)");
    }
}
