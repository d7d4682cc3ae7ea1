//! Measures the calibration of a recogniser and writes it down. Rates and scores only; nothing of any person.
//!
//! Galleries of other sizes are drawn from the enrolled people, many times where they are small, so that thresholds are
//! known for an event of a dozen as for one of hundreds.

mod cohort;
mod weights;

use std::path::Path;

use anyhow::{Context as _, Result, anyhow, ensure};
use portico_identify::{Calibration, PairRate, Provenance, SizedScores, Weights};
use portico_types::ModelId;
use sha2::{Digest as _, Sha256};

use crate::identification::threshold;
use crate::reader::Looks;
use crate::set::LabelledSet;
use crate::verification::Pairs;

use cohort::{Cohort, Scores};

/// Shares of strangers that scores are written down for.
const FPIR: [f64; 5] = [0.1, 0.03, 0.01, 0.003, 0.001];
/// Sizes of gallery; the whole one comes besides.
const SIZES: [usize; 12] = [1, 2, 3, 4, 6, 8, 12, 25, 50, 100, 200, 400];
/// Shares of pairs of different people.
const FMR: [f64; 4] = [1e-2, 1e-3, 1e-4, 1e-5];
/// People drawn for all galleries of one size together: enough for the rarest share of strangers at every size.
const PEOPLE_DRAWN: usize = 3_200;
/// Most galleries of one size.
const MOST_DRAWS: usize = 200;
/// The margin may cost this share of the guests who are found.
const MARGIN_COST: f64 = 0.001;
/// The share of strangers at whose score the margin is measured: where the shipped policy accepts.
const MARGIN_FPIR: f64 = 0.002;

/// Measures `model` on the labelled set.
pub fn measure(set: &LabelledSet, looks: &Looks, model: &ModelId, pairs: &Pairs) -> Result<Calibration> {
    let cohort = Cohort::of(set, looks);
    ensure!(
        cohort.people() >= 100 && cohort.probes() >= 500,
        "a calibration needs at least 100 enrolled people and 500 searches; this set has {} and {}",
        cohort.people(),
        cohort.probes()
    );
    let everybody: Vec<usize> = (0..cohort.people()).collect();
    let whole = cohort.search(&everybody);
    let weights = weights::choose(&whole);
    let mut random = fastrand::Rng::with_seed(1);
    let mut sizes = Vec::new();
    for guests in SIZES.into_iter().filter(|size| *size * 2 <= cohort.people()) {
        let draws = (PEOPLE_DRAWN / guests).min(MOST_DRAWS);
        let mut strangers = Vec::new();
        for _ in 0..draws {
            strangers.extend(cohort.search(&random.choose_multiple(0..cohort.people(), guests)).strangers);
        }
        sizes.push(sized(guests, &strangers, weights));
    }
    sizes.push(sized(cohort.people(), &whole.strangers, weights));
    Ok(Calibration {
        model: model.clone(),
        provenance: provenance(set, &cohort, &whole)?,
        weights,
        margin: margin(&whole, weights),
        fpir: FPIR.to_vec(),
        sizes,
        pairs: FMR.iter().map(|fmr| PairRate { fmr: *fmr, score: rounded(pairs.threshold(*fmr)) }).collect(),
    })
}

/// Writes a calibration, with a line that says where it comes from.
pub fn write(calibration: &Calibration, path: &Path) -> Result<()> {
    let text = calibration.to_text().map_err(|reason| anyhow!(reason))?;
    // What will be read must be what was written.
    Calibration::parse(&text).map_err(|reason| anyhow!("the measured calibration is unusable: {reason}"))?;
    let said = "# Written by `cargo xtask eval --calibrate`. Scores that strangers reach; docs/recognition.md says how.\n\n";
    std::fs::write(path, format!("{said}{text}"))
        .with_context(|| format!("{} cannot be written", path.display()))
}

fn sized(guests: usize, strangers: &[Scores], weights: Weights) -> SizedScores {
    let column = |score: &dyn Fn(&Scores) -> f32| {
        let mut scores: Vec<f32> = strangers.iter().map(score).collect();
        scores.sort_by(|a, b| b.total_cmp(a));
        FPIR.iter().map(|fpir| rounded(threshold(&scores, scores.len(), *fpir))).collect()
    };
    SizedScores {
        guests,
        judged: column(&|scores| scores.judged(weights)),
        plain: column(&|scores| scores.first),
    }
}

/// Up to the next thousandth, so that rounding never lets anybody in.
fn rounded(score: f32) -> f32 {
    (score * 1_000.0).ceil() / 1_000.0
}

fn margin(whole: &cohort::Searched, weights: Weights) -> f32 {
    let mut strangers: Vec<f32> = whole.strangers.iter().map(|scores| scores.judged(weights)).collect();
    strangers.sort_by(|a, b| b.total_cmp(a));
    let accepted = threshold(&strangers, strangers.len(), MARGIN_FPIR);
    let mut leads: Vec<f32> = whole
        .guests
        .iter()
        .filter(|guest| guest.right && guest.scores.judged(weights) >= accepted)
        .map(|guest| guest.scores.lead)
        .collect();
    leads.sort_by(f32::total_cmp);
    let lowest = leads.get((leads.len() as f64 * MARGIN_COST) as usize).copied().unwrap_or(0.0);
    (lowest.clamp(0.0, 1.0) * 1_000.0).floor() / 1_000.0
}

fn provenance(set: &LabelledSet, cohort: &Cohort, whole: &cohort::Searched) -> Result<Provenance> {
    let protocol = std::fs::read(set.root.join("protocol.csv"))?;
    Ok(Provenance {
        pictures: "labelled pictures from public face recognition projects, mostly LFW; docs/recognition.md"
            .to_owned(),
        protocol_sha256: hex::encode(Sha256::digest(&protocol)),
        identities: cohort.people(),
        strangers: whole.strangers.len(),
        guests: whole.guests.len(),
    })
}
