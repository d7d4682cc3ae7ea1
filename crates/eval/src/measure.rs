//! Puts a run together: read the pictures once, then every measure from what was found.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail};
use portico_identify::{Calibrations, DecisionParams, DecisionPolicy};
use portico_types::{Embedding, ModelId};
use portico_vision::Models;

use crate::Options;
use crate::detection::Detection;
use crate::figures::{Figures, Headline};
use crate::identification::{Identification, Thresholds};
use crate::rate::Rate;
use crate::reader::{Looks, Reader};
use crate::set::LabelledSet;
use crate::spoofing::Spoofing;
use crate::trial::{Searches, Trial, enrolled};
use crate::verification::Pairs;
use crate::{calibrate, rejection, report, second_picture};

/// The source that most sets are mostly made of; the others together are reported beside it.
const LARGEST_SOURCE: &str = "lfw";

/// Measures everything, writes the report, and returns the text to print.
pub fn run(options: &Options) -> Result<String> {
    let set = LabelledSet::read(&options.faces)?;
    let load = || Models::load_with(&options.models, &options.recognition);
    let model = load().context("the models cannot be loaded")?.model_id().clone();
    let reader = Reader { root: &set.root, models: &load };
    let looks = reader.read("faces", &set.faces())?;
    for (path, reason) in looks.refused() {
        eprintln!("not taken: {}: {reason}", path.display());
    }
    let people = enrolled(&set, &looks);
    let pairs = Pairs::of(&probes(&set, &looks), &people);
    let policy = policy(options, &set, &looks, &model, &pairs)?;
    let searches = Searches::among(&model, people.iter().copied(), &policy)?;
    let trials: Vec<Trial> = set.queries.iter().map(|query| searches.trial(query, &looks)).collect();

    let (thresholds, verification) = (Thresholds::of(&trials), pairs.verification());
    let all = Identification::of(&trials.iter().collect::<Vec<_>>(), &thresholds);
    let detection = Detection::of(&set, &reader)?;
    let spoofing = Spoofing::of(&set, &reader, &options.clips, options.attacked)?;
    let figures = Figures {
        identities: searches.people(),
        probes: set.queries.iter().filter(|query| query.expected.is_some()).count(),
        distractors: set.queries.iter().filter(|query| query.expected.is_none()).count(),
        headline: Headline::of(&all, &verification, &detection, &spoofing),
        by_source: by_source(&trials, &thresholds),
        rejection: rejection::curve(&trials),
        second_picture: second_picture::compare(&set, &looks, &model, &policy)?,
        enrolment_failures: enrolment_failures(&set, &looks),
        stage_ms: looks.times.medians(),
        model: model.0,
        all,
        thresholds,
        verification,
        detection,
        spoofing,
    };
    let page = report::write(&options.report, &figures, &trials, &pairs)?;
    let text =
        if options.json { serde_json::to_string(&figures)? } else { serde_json::to_string_pretty(&figures)? };
    Ok(format!("report: {}\n{text}", page.display()))
}

/// The shipped policy, with the calibration that is there or that is measured now.
fn policy(
    options: &Options,
    set: &LabelledSet,
    looks: &Looks,
    model: &ModelId,
    pairs: &Pairs,
) -> Result<DecisionPolicy> {
    let mut calibrations = Calibrations::load(&options.models.join("calibration"))?;
    if let Some(path) = &options.calibrate {
        let calibration = calibrate::measure(set, looks, model, pairs)?;
        calibrate::write(&calibration, path)?;
        calibrations.insert(calibration);
    }
    if calibrations.get(model).is_none() {
        bail!(
            "{} has no calibration in {}; measure it with --calibrate FILE",
            model.0,
            options.models.display()
        );
    }
    Ok(DecisionPolicy::new(calibrations, DecisionParams::default()))
}

/// Every probe with a face, and who it is.
fn probes<'s>(set: &'s LabelledSet, looks: &'s Looks) -> Vec<(Option<&'s str>, &'s Embedding)> {
    let face = |query: &'s crate::set::Query| {
        Some((query.expected.as_deref(), &looks.of(&query.picture).face()?.embedding))
    };
    set.queries.iter().filter_map(face).collect()
}

fn enrolment_failures(set: &LabelledSet, looks: &Looks) -> Rate {
    Rate::counting(set.gallery.values().flatten(), |picture| looks.of(picture).face().is_none())
}

/// The rates of each source, and of all but the largest together. The thresholds are those of the whole set.
fn by_source(trials: &[Trial], thresholds: &Thresholds) -> BTreeMap<String, Identification> {
    let mut groups: BTreeMap<String, Vec<&Trial>> = BTreeMap::new();
    for trial in trials {
        groups.entry(trial.source.0.clone()).or_default().push(trial);
        if trial.source.0 != LARGEST_SOURCE {
            groups.entry(format!("all but {LARGEST_SOURCE}")).or_default().push(trial);
        }
    }
    groups.into_iter().map(|(name, trials)| (name, Identification::of(&trials, thresholds))).collect()
}
