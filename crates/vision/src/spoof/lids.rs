//! Whether a pair of eyes blinked while it was watched.

use std::time::Duration;

use portico_types::Tick;

use crate::params::SpoofParams;

/// Whether the lids shut and opened again within a blink's time. `None` if nothing was seen and the eyes were watched
/// for less than the time in which people usually blink. `looks` are in order, with how far the eyes were open.
pub(super) fn blinked(
    looks: impl Iterator<Item = (Tick, f32)> + Clone,
    params: &SpoofParams,
) -> Option<bool> {
    // Lids differ between people, so they are compared with themselves.
    let widest = looks.clone().map(|(_, open)| open).fold(0.0, f32::max);
    let (mut open_at, mut shut_at) = (None, None);
    for (at, open) in looks.clone() {
        if open >= widest * params.eyes_open {
            if shut_at.is_some_and(|since: Tick| at.since(since) <= params.longest_blink) {
                return Some(true);
            }
            (open_at, shut_at) = (Some(at), None);
        } else if open <= widest * params.eyes_shut && shut_at.is_none() {
            // Eyes that were never seen open may be those of somebody who looks down.
            shut_at = open_at;
        }
    }
    let first = looks.clone().next().map(|(at, _)| at);
    let watched = looks.last().zip(first).map_or(Duration::ZERO, |((last, _), first)| last.since(first));
    (watched >= params.watched_for_blink).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(openness: &[f32]) -> Option<bool> {
        let looks = openness.iter().enumerate().map(|(i, open)| (Tick::from_millis(i as u64 * 66), *open));
        blinked(looks, &SpoofParams::default())
    }

    #[test]
    fn lids_that_shut_and_open_have_blinked() {
        assert_eq!(seen(&[0.3, 0.31, 0.12, 0.08, 0.2, 0.3]), Some(true));
        assert_eq!(seen(&[0.3, 0.31, 0.29, 0.3]), None, "a moment without a blink says nothing");
        assert_eq!(seen(&[0.3; 80]), Some(false), "five seconds without one say a little");
    }

    #[test]
    fn eyes_that_stay_shut_or_open_slowly_have_not_blinked() {
        assert_eq!(seen(&[0.3, 0.3, 0.1, 0.1, 0.1]), None);
        let mut looking_down = vec![0.3];
        looking_down.extend([0.1; 25]);
        looking_down.push(0.3);
        assert_eq!(seen(&looking_down), None, "a look at the phone is no blink");
        assert_eq!(seen(&[0.1, 0.1, 0.3, 0.3]), None, "nor are eyes that were shut from the start");
    }
}
