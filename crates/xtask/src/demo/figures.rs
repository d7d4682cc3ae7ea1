//! The demo's figures, from what the kiosk reported and who stood at the door. Pure.

use std::time::Duration;

use serde::Serialize;

use super::programme::{Expected, Programme, Visit};
use super::report::{Kind, Moment};

/// What the demo measured. The names are those of the project's issues.
#[derive(Debug, Default, PartialEq, Serialize)]
pub struct Figures {
    /// Different guests on the list who came.
    pub guests: usize,
    /// Guests whom the backend counts as entered.
    pub checked_in: usize,
    /// Entries of somebody else than who stood there.
    pub recognised_wrong: usize,
    /// Strangers who were told that they are not on the list.
    pub strangers_refused: usize,
    /// Guests who came back and were told so.
    pub already_in: usize,
    /// Guests let in while the network was cut.
    pub offline_checked_in: usize,
    /// Entries that still wait to be sent.
    pub waiting: u64,
    /// Face comparisons per visit.
    pub identifications_per_guest: f64,
    /// Median time from the capture of the chosen frame to the decision.
    pub decision_ms_p50: u64,
    /// 95th percentile of the same.
    pub decision_ms_p95: u64,
    /// Median time from the first frame with a face of 60 px to the painted greeting.
    pub glance_ms_p50: u64,
    /// 95th percentile of the same.
    pub glance_ms_p95: u64,
    /// Median time from the first frame that shows a ticket's code to the painted greeting.
    pub qr_greeting_ms_p50: u64,
    /// 95th percentile of the time from the first frame with somebody in it to the painted sign that they were seen.
    pub feedback_ms_p95: u64,
    /// From the start of the process to the first painted camera picture.
    pub first_preview_ms: u64,
    /// Most memory that the kiosk's processes held together.
    pub rss_mb: u64,
    /// Pictures saved.
    pub screens: usize,
}

/// Counts what `moments` tell; by `first_painted_ms` the programme had begun. The rest of the figures stays zero.
pub fn count(programme: &Programme, moments: &[Moment], first_painted_ms: u64) -> Figures {
    let first_frame_ms = began_ms(programme, moments, first_painted_ms);
    let mut tally = Tally { programme, first_frame_ms, figures: Figures::default() };
    let (mut decisions, mut glances) = (Vec::new(), Vec::new());
    let (mut by_code, mut noticed) = (Vec::new(), Vec::new());
    let mut identified_visits = std::collections::BTreeSet::new();
    for moment in moments {
        match &moment.kind {
            Kind::Identified { decision_ms, .. } => {
                decisions.push(*decision_ms);
                identified_visits.extend(tally.visit_at(moment.at_ms).map(|(index, _)| index));
            }
            Kind::Greeted { glance_ms } => glances.push(*glance_ms),
            Kind::GreetedByCode { frame, code_ms } => {
                // The code is in sight from its visit's first frame on, also in those in which it was not read.
                let unread = programme.since_visit_began(*frame).unwrap_or_default();
                by_code.push(unread.as_millis() as u64 + code_ms);
            }
            Kind::Noticed { feedback_ms } => noticed.push(*feedback_ms),
            Kind::Waiting { entries } => tally.figures.waiting = *entries,
            Kind::Admitted { attendee, admission, offline } => {
                tally.admitted(moment.at_ms, attendee, admission, *offline);
            }
            Kind::Shown { view } if view == "not_found" => tally.not_found(moment.at_ms),
            Kind::Shown { .. } | Kind::PreviewPainted => {}
        }
    }
    let mut figures = tally.figures;
    figures.guests = programme.visits.iter().filter(|visit| visit.expected == Expected::Welcome).count();
    figures.identifications_per_guest =
        rounded(decisions.len() as f64 / identified_visits.len().max(1) as f64);
    (figures.decision_ms_p50, figures.decision_ms_p95) =
        (percentile(&mut decisions, 50), percentile(&mut decisions, 95));
    (figures.glance_ms_p50, figures.glance_ms_p95) =
        (percentile(&mut glances, 50), percentile(&mut glances, 95));
    (figures.qr_greeting_ms_p50, figures.feedback_ms_p95) =
        (percentile(&mut by_code, 50), percentile(&mut noticed, 95));
    figures
}

/// When the first frame came. The screen paints it some hundred milliseconds later, in which a ticket is read and its guest
/// greeted; but whoever was greeted by a code also tells in which frame it was.
fn began_ms(programme: &Programme, moments: &[Moment], first_painted_ms: u64) -> u64 {
    let told = moments.iter().filter_map(|moment| match moment.kind {
        Kind::GreetedByCode { frame, code_ms } => {
            let shown_at = programme.shown_at(frame).as_millis() as u64;
            moment.at_ms.checked_sub(code_ms + shown_at)
        }
        _ => None,
    });
    told.fold(first_painted_ms, u64::min)
}

struct Tally<'a> {
    programme: &'a Programme,
    first_frame_ms: u64,
    figures: Figures,
}

impl Tally<'_> {
    fn visit_at(&self, at_ms: u64) -> Option<(usize, Visit)> {
        let elapsed = Duration::from_millis(at_ms.checked_sub(self.first_frame_ms)?);
        let index = self.programme.visit_at(elapsed)?;
        Some((index, self.programme.visits[index]))
    }

    fn admitted(&mut self, at_ms: u64, attendee: &str, admission: &str, offline: bool) {
        let visit = self.visit_at(at_ms);
        if visit.is_none_or(|(_, visit)| visit.guest.id() != attendee) {
            self.figures.recognised_wrong += 1;
            return;
        }
        match admission {
            "recorded" if offline => self.figures.offline_checked_in += 1,
            "already_in" => self.figures.already_in += 1,
            _ => {}
        }
    }

    fn not_found(&mut self, at_ms: u64) {
        if self.visit_at(at_ms).is_some_and(|(_, visit)| visit.expected == Expected::NotFound) {
            self.figures.strangers_refused += 1;
        }
    }
}

/// The smallest value that at least `percent` of the values do not exceed; 0 without values.
fn percentile(values: &mut [u64], percent: usize) -> u64 {
    values.sort_unstable();
    let rank = (values.len() * percent).div_ceil(100);
    values.get(rank.saturating_sub(1)).copied().unwrap_or(0)
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::super::programme::tests::programme;
    use super::*;

    fn admitted(at_ms: u64, attendee: &str) -> Moment {
        let kind = Kind::Admitted { attendee: attendee.into(), admission: "recorded".into(), offline: true };
        Moment { at_ms, kind }
    }

    #[test]
    fn an_entry_of_somebody_else_than_who_stood_there_counts_as_wrong() {
        let programme = programme();
        let right = count(&programme, &[admitted(4_000, "guest-01")], 500);
        assert_eq!((right.recognised_wrong, right.offline_checked_in), (0, 1));
        let wrong = count(&programme, &[admitted(4_000, "guest-02")], 500);
        assert_eq!((wrong.recognised_wrong, wrong.offline_checked_in), (1, 0));
    }

    #[test]
    fn a_ticket_that_is_read_sooner_than_the_first_picture_was_painted_is_its_own_visits() {
        // The first frame came at 300 ms and was painted at 700; the second guest's ticket is in sight from frame 89 on.
        let greeted = Moment { at_ms: 6_333, kind: Kind::GreetedByCode { frame: 90, code_ms: 100 } };
        let figures = count(&programme(), &[admitted(6_280, "other-01"), greeted], 700);
        assert_eq!((figures.recognised_wrong, figures.offline_checked_in), (0, 1));
    }

    #[test]
    fn frames_in_which_a_code_was_not_read_count() {
        let at_once = Moment { at_ms: 4_000, kind: Kind::GreetedByCode { frame: 16, code_ms: 100 } };
        let late = Moment { at_ms: 9_000, kind: Kind::GreetedByCode { frame: 19, code_ms: 100 } };
        let moments = [at_once, late.clone(), late];
        assert_eq!(count(&programme(), &moments, 500).qr_greeting_ms_p50, 300);
    }

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        assert_eq!(percentile(&mut [30, 10, 20], 50), 20);
        assert_eq!(percentile(&mut [30, 10, 20], 95), 30);
        assert_eq!(percentile(&mut [], 95), 0);
    }
}
