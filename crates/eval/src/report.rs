//! The report as a web page with its plots drawn in: one file, nothing loaded from elsewhere.

mod plot;
mod table;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::figures::Figures;
use crate::identification::stranger_strengths;
use crate::trial::Trial;
use crate::verification::Pairs;

use table::Table;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}
table{border-collapse:collapse;margin:1rem 0}td,th{padding:.25rem .8rem;text-align:right;border-bottom:1px solid #d6dbe2}
td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}small{color:#596475}";

/// Writes `index.html` into `folder` and returns its path.
pub fn write(folder: &Path, figures: &Figures, trials: &[Trial], pairs: &Pairs) -> Result<PathBuf> {
    std::fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let path = folder.join("index.html");
    let page = page(figures, trials, pairs)?;
    std::fs::write(&path, page).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(path)
}

fn page(figures: &Figures, trials: &[Trial], pairs: &Pairs) -> Result<String> {
    let mut page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Recognition</title><style>{STYLE}</style>\
         <h1>Recognition, measured</h1><p>{} · {} enrolled people, {} searches for them, {} for others.</p>",
        table::escaped(&figures.model),
        figures.identities,
        figures.probes,
        figures.distractors
    );
    let mut section = |title: &str, content: &str| write!(page, "<h2>{title}</h2>{content}");
    section("One against all", &identification(figures))?;
    section("What the shipped policy does", &policy(figures))?;
    section("Misses against strangers", &plot::detection_error_tradeoff(trials)?)?;
    section(
        "Strength of the first candidate",
        &plot::strengths(&guest_strengths(trials), &stranger_strengths(trials))?,
    )?;
    section("One against one", &verification(figures))?;
    section("Scores of pairs", &plot::pair_scores(pairs)?)?;
    section("Refusing poor pictures", &rejection(figures))?;
    section("Faces found", &detection(figures))?;
    section("The spoof warning", &spoofing(figures))?;
    section("Time", &times(figures))?;
    page.push_str(
        "<small>Intervals: Wilson, 95 %. FNIR counts pictures without a found face as missed.</small></html>",
    );
    Ok(page)
}

fn guest_strengths(trials: &[Trial]) -> Vec<f32> {
    trials.iter().filter(|t| t.is_right()).filter_map(|t| Some(t.guest()?.strength)).collect()
}

fn identification(figures: &Figures) -> String {
    let mut table = Table::new(&["searches", "no face", "rank 1", "FNIR at FPIR 10 %", "at 1 %", "at 0.1 %"]);
    let groups = std::iter::once(("all", &figures.all));
    for (name, group) in groups.chain(figures.by_source.iter().map(|(name, group)| (name.as_str(), group))) {
        table.row(
            name,
            &[
                group.failure_to_acquire,
                group.rank1,
                group.fnir_at_fpir_10,
                group.fnir_at_fpir_1,
                group.fnir_at_fpir_01,
            ],
        );
    }
    table.into_html()
}

fn policy(figures: &Figures) -> String {
    let policy = &figures.all.policy;
    let mut table = Table::new(&["of", "rate"]);
    for (name, rate) in [
        ("strangers greeted (FPIR)", policy.fpir),
        ("strangers asked", policy.strangers_asked),
        ("guests greeted by their name", policy.accepted_right),
        ("guests greeted by another's name", policy.accepted_wrong),
        ("guests asked for their second fact", policy.asked_right_first),
        ("guests asked for another's", policy.asked_wrong_first),
        ("guests not found", policy.unknown),
    ] {
        table.row(name, &[rate]);
    }
    table.into_html()
}

fn verification(figures: &Figures) -> String {
    let verification = &figures.verification;
    let mut table = Table::new(&["false match rate", "true accepts"]);
    for (name, accepts) in [
        ("1e-2", verification.tar_at_fmr_1e2),
        ("1e-3", verification.tar_at_fmr_1e3),
        ("1e-4", verification.tar_at_fmr_1e4),
        ("1e-5", verification.tar_at_fmr_1e5),
    ] {
        table.row(&format!("{name} (score {:.3})", accepts.threshold), &[accepts.accepted]);
    }
    format!("<p>Equal error rate {:.2} %.</p>{}", verification.eer * 100.0, table.into_html())
}

fn rejection(figures: &Figures) -> String {
    let mut table = Table::new(&["worst pictures refused", "FNIR at FPIR 1 %"]);
    for step in &figures.rejection {
        table.row(
            &format!("{:.0} % (quality below {:.2})", step.refused * 100.0, step.least_quality),
            &[step.fnir_at_fpir_1],
        );
    }
    let second = &figures.second_picture;
    let mut pictures = Table::new(&["enrolment pictures", "FNIR at FPIR 1 %"]);
    pictures.row("one", &[second.one]);
    pictures.row("two", &[second.two]);
    format!("{}<p>{} people with two:</p>{}", table.into_html(), second.people, pictures.into_html())
}

fn detection(figures: &Figures) -> String {
    let mut table = Table::new(&["of", "rate"]);
    table.row("counted faces found", &[figures.detection.recall]);
    table.row("faces per picture without any", &[figures.detection.false_faces]);
    table.row("enrolment pictures without a found face", &[figures.enrolment_failures]);
    table.into_html()
}

fn spoofing(figures: &Figures) -> String {
    let spoofing = &figures.spoofing;
    let mut table = Table::new(&["of", "rate"]);
    table.row("single pictures of attacks without a warning (APCER)", &[spoofing.apcer]);
    table.row("single pictures of people with a warning (BPCER)", &[spoofing.bpcer]);
    for attack in &spoofing.generated {
        table.row(&format!("generated: {} without a warning", attack.kind.name()), &[attack.apcer]);
    }
    table.row("generated visits with a warning", &[spoofing.generated_bpcer]);
    table.into_html()
}

fn times(figures: &Figures) -> String {
    let rows = figures.stage_ms.0.iter().fold(String::new(), |mut rows, (stage, ms)| {
        // Writing to a `String` cannot fail.
        let _ = write!(rows, "<tr><td>{stage}</td><td>{ms:.2} ms</td></tr>");
        rows
    });
    format!("<table><tr><th>stage</th><th>median</th></tr>{rows}</table>")
}
