//! What the runners answer about tickets that carry a face.

use portico_session::{Effect, IdentifyOutcome, Input};
use portico_types::{AttendeeId, Decision, DecisionSource, FaceTicket};

use super::Encounter;

impl Encounter {
    /// The ticket is good, is `name`'s, and carries a face.
    pub fn ticket_has_face_of(&mut self, name: &str) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::LookUpTicket { request, .. } => Some(*request),
            _ => None,
        });
        let ticket = FaceTicket::new(format!("PT2 OF {name}"));
        self.gets(Input::TicketWithFace { request, attendee: AttendeeId::new(name), ticket })
    }

    /// What came of the comparison with the ticket's face.
    pub fn face_is(&mut self, decision: Decision) -> &mut Self {
        self.comparison_is(decision, false)
    }

    pub fn comparison_is(&mut self, decision: Decision, warning: bool) -> &mut Self {
        let source = DecisionSource::Ticket;
        self.comparison_ends(IdentifyOutcome::Decided { decision, source, quality: 0.7, warning })
    }

    pub fn comparison_ends(&mut self, outcome: IdentifyOutcome) -> &mut Self {
        let request = self.newest(|effect| match effect {
            Effect::CompareFace { request, .. } => Some(*request),
            _ => None,
        });
        self.gets(Input::Identified { request, outcome })
    }

    pub fn comparisons(&self) -> usize {
        self.all.iter().filter(|effect| matches!(effect, Effect::CompareFace { .. })).count()
    }
}
