//! The plots, as SVG.

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::identification::{misses, stranger_strengths, threshold};
use crate::trial::Trial;
use crate::verification::Pairs;

const SIZE: (u32, u32) = (860, 420);
/// Bars of a histogram.
const BARS: usize = 80;
const OWN: RGBColor = RGBColor(20, 110, 90);
const OTHERS: RGBColor = RGBColor(190, 80, 40);

/// Misses at every share of strangers, both in percent on logarithmic axes.
pub fn detection_error_tradeoff(trials: &[Trial]) -> Result<String> {
    let mut strangers = stranger_strengths(trials);
    strangers.sort_by(|a, b| b.total_cmp(a));
    let all: Vec<&Trial> = trials.iter().collect();
    let shares = (0..=60).map(|step| 10_f64.powf(-3.3 + 3.2 * f64::from(step) / 60.0));
    let points = shares.filter_map(|fpir| {
        let missed = misses(&all, threshold(&strangers, trials.len(), fpir)).share()?;
        (missed > 0.0).then_some((fpir * 100.0, missed * 100.0))
    });
    let points: Vec<(f64, f64)> = points.collect();
    draw(|area| {
        let mut chart = ChartBuilder::on(area)
            .margin(12)
            .x_label_area_size(44)
            .y_label_area_size(60)
            .build_cartesian_2d((0.05_f64..80.0).log_scale(), (0.5_f64..100.0).log_scale())?;
        chart
            .configure_mesh()
            .x_desc("strangers let through (FPIR, %)")
            .y_desc("guests missed (FNIR, %)")
            .draw()?;
        chart.draw_series(LineSeries::new(points.iter().copied(), OWN.stroke_width(2)))?;
        Ok(())
    })
}

/// How strong the first candidate is, for guests and for strangers.
pub fn strengths(guests: &[f32], strangers: &[f32]) -> Result<String> {
    histograms("strength of the first candidate", guests, strangers)
}

/// Scores of pairs of one person and of different people.
pub fn pair_scores(pairs: &Pairs) -> Result<String> {
    histograms("score of a pair", &pairs.same, &pairs.different)
}

fn histograms(name: &str, own: &[f32], others: &[f32]) -> Result<String> {
    let finite = || own.iter().chain(others).copied().filter(|score| score.is_finite());
    let (low, high) = (finite().fold(f32::MAX, f32::min), finite().fold(f32::MIN, f32::max));
    if low >= high {
        return Ok(String::new());
    }
    let [own, others] = [own, others].map(|scores| shares(scores, low, high));
    let top = own.iter().chain(&others).map(|(_, share)| *share).fold(0.0, f64::max);
    draw(|area| {
        let mut chart = ChartBuilder::on(area)
            .margin(12)
            .x_label_area_size(44)
            .y_label_area_size(60)
            .build_cartesian_2d(f64::from(low)..f64::from(high), 0.0..top * 1.1)?;
        chart.configure_mesh().x_desc(name).y_desc("share (%)").draw()?;
        for (label, points, colour) in [("the same person", &own, OWN), ("somebody else", &others, OTHERS)] {
            chart
                .draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(2)))?
                .label(label)
                .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
        }
        chart.configure_series_labels().border_style(BLACK.mix(0.2)).background_style(WHITE).draw()?;
        Ok(())
    })
}

/// Share of the scores in each bar, in percent, with the bar's middle.
fn shares(scores: &[f32], low: f32, high: f32) -> Vec<(f64, f64)> {
    let mut counts = [0_usize; BARS];
    let width = (high - low) / BARS as f32;
    for score in scores.iter().filter(|score| score.is_finite()) {
        counts[(((score - low) / width) as usize).min(BARS - 1)] += 1;
    }
    let share = |count: usize| 100.0 * count as f64 / scores.len().max(1) as f64;
    let middle = |bar: usize| f64::from(low + (bar as f32 + 0.5) * width);
    counts.iter().enumerate().map(|(bar, count)| (middle(bar), share(*count))).collect()
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;
type Fault = Box<dyn std::error::Error>;

/// Runs `paint` on an empty picture.
fn draw(paint: impl FnOnce(&Area<'_>) -> Result<(), Fault>) -> Result<String> {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
    let painted =
        area.fill(&WHITE).map_err(Fault::from).and_then(|()| paint(&area)).and_then(|()| Ok(area.present()?));
    painted.map_err(|error| anyhow!("a plot cannot be drawn: {error}"))?;
    drop(area);
    Ok(svg)
}
