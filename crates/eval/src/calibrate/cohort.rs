//! Searches among some of the enrolled people, from scores that are computed once.
//!
//! Does what the gallery does, for thousands of small galleries at a time. That both agree is tested.

use portico_identify::{LOOK_ALIKES, Weights, judged};
use portico_types::Embedding;

use crate::reader::Looks;
use crate::set::LabelledSet;

/// Scores of every probe and every enrolled person with every enrolled person, the first template of each.
pub struct Cohort {
    /// Probe by probe.
    probes: Vec<Probe>,
    /// Person by person.
    people: Vec<Vec<f32>>,
}

struct Probe {
    /// Which enrolled person it is.
    person: Option<usize>,
    /// Scores with each enrolled person.
    scores: Vec<f32>,
}

/// What a search came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scores {
    /// The first candidate's.
    pub first: f32,
    /// How far it leads the second; infinite without one.
    pub lead: f32,
    /// Mean of the look-alikes after the first.
    pub look_alikes: f32,
    /// How crowded the gallery is around the first.
    pub crowding: f32,
}

/// A search for somebody who is enrolled.
#[derive(Clone, Copy, Debug)]
pub struct Guest {
    /// Whether they come first.
    pub right: bool,
    /// What the search came to.
    pub scores: Scores,
}

/// All searches in one gallery.
#[derive(Debug, Default)]
pub struct Searched {
    /// Every probe without the person whom it shows.
    pub strangers: Vec<Scores>,
    /// Probes of people who are in the gallery.
    pub guests: Vec<Guest>,
}

impl Scores {
    /// The first score judged against look-alikes.
    pub fn judged(&self, weights: Weights) -> f32 {
        judged(self.first, &[self.look_alikes], self.crowding, weights)
    }
}

impl Cohort {
    /// Takes everybody with a face.
    pub fn of(set: &LabelledSet, looks: &Looks) -> Self {
        let enrolled = set.gallery.iter().filter_map(|(name, files)| {
            let first = files.iter().find_map(|file| looks.of(file).face())?;
            Some((name.as_str(), &first.embedding))
        });
        let probes = set.queries.iter().filter_map(|query| {
            Some((query.expected.as_deref(), &looks.of(&query.picture).face()?.embedding))
        });
        Self::new(&enrolled.collect::<Vec<_>>(), probes)
    }

    /// Compares everybody of `enrolled` with everybody, and with every one of `probes` and who that is.
    fn new<'p>(
        enrolled: &[(&str, &Embedding)],
        probes: impl Iterator<Item = (Option<&'p str>, &'p Embedding)>,
    ) -> Self {
        let row = |face: &Embedding| enrolled.iter().map(|(_, other)| face.cosine(other)).collect();
        let place = |expected: &str| enrolled.iter().position(|(name, _)| *name == expected);
        Self {
            probes: probes
                .map(|(expected, face)| Probe { person: expected.and_then(place), scores: row(face) })
                .collect(),
            people: enrolled.iter().map(|(_, face)| row(face)).collect(),
        }
    }

    /// How many people are enrolled.
    pub fn people(&self) -> usize {
        self.people.len()
    }

    /// How many searches there are.
    pub fn probes(&self) -> usize {
        self.probes.len()
    }

    /// Every search among the people of `gallery`.
    pub fn search(&self, gallery: &[usize]) -> Searched {
        let crowding: Vec<f32> = gallery
            .iter()
            .map(|person| {
                let others = gallery.iter().filter(|other| *other != person);
                mean(&best::<LOOK_ALIKES>(others.map(|other| (self.people[*person][*other], *other))))
            })
            .collect();
        let mut searched = Searched::default();
        for probe in &self.probes {
            let all = gallery.iter().enumerate().map(|(place, person)| (probe.scores[*person], place));
            let without = all.clone().filter(|(_, place)| Some(gallery[*place]) != probe.person);
            if let Some((scores, _)) = scores(without, &crowding) {
                searched.strangers.push(scores);
            }
            if !gallery.iter().any(|person| Some(*person) == probe.person) {
                continue;
            }
            if let Some((scores, place)) = scores(all, &crowding) {
                searched.guests.push(Guest { right: Some(gallery[place]) == probe.person, scores });
            }
        }
        searched
    }
}

fn scores(among: impl Iterator<Item = (f32, usize)>, crowding: &[f32]) -> Option<(Scores, usize)> {
    let best = best::<{ LOOK_ALIKES + 1 }>(among);
    let ((first, place), others) = best.split_first()?;
    let lead = others.first().map_or(f32::INFINITY, |second| first - second.0);
    Some((Scores { first: *first, lead, look_alikes: mean(others), crowding: crowding[*place] }, *place))
}

/// The `N` highest scores with whose they are, best first.
fn best<const N: usize>(scores: impl Iterator<Item = (f32, usize)>) -> Vec<(f32, usize)> {
    let mut best: Vec<(f32, usize)> = Vec::with_capacity(N + 1);
    for entry in scores {
        if best.len() == N && best[N - 1].0 >= entry.0 {
            continue;
        }
        let place = best.partition_point(|other| other.0 >= entry.0);
        best.insert(place, entry);
        best.truncate(N);
    }
    best
}

fn mean(scores: &[(f32, usize)]) -> f32 {
    let sum: f32 = scores.iter().map(|(score, _)| score).sum();
    sum / scores.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use portico_identify::{Evidence, Strength};
    use portico_types::ModelId;

    use super::*;
    use crate::trial::gallery;

    /// Three people; the one probe is of the first.
    fn cohort() -> Cohort {
        let people = vec![vec![1.0, 0.3, 0.1], vec![0.3, 1.0, 0.2], vec![0.1, 0.2, 1.0]];
        Cohort { probes: vec![Probe { person: Some(0), scores: vec![0.8, 0.4, 0.2] }], people }
    }

    #[test]
    fn the_strength_is_the_one_that_a_kiosk_finds_in_its_gallery() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut face = || {
            let numbers = (0..24).map(|_| random.f32() - 0.4).collect();
            Embedding::normalised(numbers).unwrap()
        };
        let people: Vec<(String, Embedding)> = (0..30).map(|n| (format!("p{n}"), face())).collect();
        let enrolled: Vec<(&str, &Embedding)> = people.iter().map(|(name, f)| (name.as_str(), f)).collect();
        let probes: Vec<Embedding> = (0..20).map(|_| face()).collect();
        let cohort = Cohort::new(&enrolled, probes.iter().map(|probe| (None, probe)));
        let searched = cohort.search(&(0..people.len()).collect::<Vec<_>>());
        let weights = Weights { probe: 0.4, gallery: 0.3 };
        let model = ModelId("test/1".into());
        let gallery = gallery(&model, enrolled).unwrap();
        for (probe, scores) in probes.iter().zip(&searched.strangers) {
            let evidence = Evidence::of(&gallery.find(probe, 1.0), weights).unwrap();
            let Strength::Judged(found) = evidence.strength else { panic!("the gallery knows its crowding") };
            let calibrated = scores.judged(weights);
            assert!((found - calibrated).abs() < 1e-5, "{found} at the door, {calibrated} in the file");
        }
    }

    #[test]
    fn a_guest_is_searched_with_and_without_themselves() {
        let searched = cohort().search(&[0, 1, 2]);
        let guest = searched.guests[0];
        assert!(guest.right && (guest.scores.lead - 0.4).abs() < 1e-6);
        assert!((guest.scores.look_alikes - 0.3).abs() < 1e-6, "the mean of the two others");
        assert!((guest.scores.crowding - 0.2).abs() < 1e-6, "the first person's own look-alikes");
        let stranger = searched.strangers[0];
        assert!((stranger.first - 0.4).abs() < 1e-6, "the person themselves is not there");
        assert!((stranger.crowding - 0.25).abs() < 1e-6);
    }

    #[test]
    fn somebody_who_was_not_drawn_is_only_a_stranger() {
        let searched = cohort().search(&[1, 2]);
        assert!(searched.guests.is_empty());
        assert_eq!(searched.strangers.len(), 1);
    }

    #[test]
    fn the_only_guest_is_judged_against_nobody() {
        let searched = cohort().search(&[0]);
        let scores = searched.guests[0].scores;
        assert!(scores.look_alikes.abs() < 1e-9 && scores.crowding.abs() < 1e-9, "{scores:?}");
        assert!(scores.lead.is_infinite());
    }
}
