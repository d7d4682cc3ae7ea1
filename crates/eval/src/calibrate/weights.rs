//! Chooses how much is taken off a score for look-alikes: the weight with the fewest misses, the same for both sides.
//!
//! Two free weights would find lower figures on the set that they are chosen on (0.1 and 0.7 on the labelled set), but
//! the misses hardly differ between neighbours, and what is gained so does not carry over to other people.

use portico_identify::Weights;

use crate::identification::threshold;

use super::cohort::Searched;

/// Weights are tried in steps of a tenth up to this many tenths; beyond, misses grow on every set that was tried.
const MOST_TENTHS: u8 = 7;
/// Misses are averaged over these shares of strangers: one alone rests on a handful of searches.
const FPIR: [f64; 4] = [0.03, 0.01, 0.005, 0.003];

/// The weights with the fewest misses; of equals the smallest.
pub fn choose(searched: &Searched) -> Weights {
    let tenths = (0..=MOST_TENTHS).map(|tenth| f32::from(tenth) / 10.0);
    let tried = tenths.map(|weight| Weights { probe: weight, gallery: weight });
    let none = Weights { probe: 0.0, gallery: 0.0 };
    let (best, _) = tried.fold((none, f64::INFINITY), |(best, least), weights| {
        let misses = misses(searched, weights);
        if misses < least { (weights, misses) } else { (best, least) }
    });
    best
}

fn misses(searched: &Searched, weights: Weights) -> f64 {
    let mut strangers: Vec<f32> = searched.strangers.iter().map(|scores| scores.judged(weights)).collect();
    strangers.sort_by(|a, b| b.total_cmp(a));
    let missed = |fpir: f64| {
        let threshold = threshold(&strangers, strangers.len(), fpir);
        searched
            .guests
            .iter()
            .filter(|guest| !guest.right || guest.scores.judged(weights) < threshold)
            .count()
    };
    FPIR.iter().map(|fpir| missed(*fpir) as f64).sum::<f64>() / FPIR.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calibrate::cohort::{Guest, Scores};

    fn scores(first: f32, crowding: f32) -> Scores {
        Scores { first, lead: 0.2, look_alikes: 0.0, crowding }
    }

    #[test]
    fn a_crowded_neighbourhood_is_taken_off_where_it_explains_the_strangers() {
        // Strangers score high only where it is crowded, guests where it is not.
        let strangers = (0..100).map(|n| scores(0.3 + 0.004 * n as f32, 0.01 * n as f32)).collect();
        let guests = (0..100).map(|_| Guest { right: true, scores: scores(0.5, 0.0) }).collect();
        let weights = choose(&Searched { strangers, guests });
        assert!(weights.gallery > 0.0, "{weights:?}");
        let alike = |first: f32| Scores { first, lead: 0.2, look_alikes: 0.0, crowding: first };
        let strangers = (0..100).map(|n| alike(0.3 + 0.001 * n as f32)).collect();
        let guests =
            (0..100).map(|n| Guest { right: true, scores: alike(0.35 + 0.001 * n as f32) }).collect();
        let none = choose(&Searched { strangers, guests });
        assert!(none.gallery.abs() < 1e-6, "where it explains nothing, nothing is taken off: {none:?}");
    }
}
