//! Measures the spoof warning on recordings: `spoof_signs MODELS live|attack FOLDER...`.
//!
//! Each folder holds the JPEG frames of one clip, 15 a second. For each it prints what a kiosk would say, and at the end
//! how many of the clips that were identified would be warned of, with a Wilson 95 % interval: the BPCER of live clips, or
//! one less the APCER of attacks.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use portico_types::{Frame, PixelFormat, Sample, Tick};
use portico_vision::{Models, VisionParams, Watcher, rehearse};

/// The kiosk's intent time.
const HELD: Duration = Duration::from_millis(600);

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [models, kind, folders @ ..] = arguments.as_slice() else {
        return Err("usage: spoof_signs MODELS live|attack FOLDER...".into());
    };
    let mut watcher = Watcher::new(Models::load(Path::new(models))?, VisionParams::default());
    let mut out = std::io::stdout();
    let mut first = Count::default();
    let mut every = Count::default();
    for folder in folders {
        let frames = frames(Path::new(folder))?;
        watcher.reset();
        let samples = rehearse(&mut watcher, frames.into_iter(), HELD)?;
        describe(&mut out, folder, &samples)?;
        if let Some(sample) = samples.first() {
            first.add(sample);
        }
        for sample in &samples {
            every.add(sample);
        }
    }
    writeln!(out, "{kind}: {} clips", folders.len())?;
    writeln!(out, "warned, first sample of a clip: {first}")?;
    writeln!(out, "warned, every sample: {every}")?;
    Ok(())
}

fn describe(out: &mut impl Write, folder: &str, samples: &[Sample]) -> std::io::Result<()> {
    let each = samples.iter().map(|sample| {
        let signs = &sample.spoof;
        let planarity = signs.planarity.map_or_else(|| "-".to_owned(), |left| format!("{left:.2}"));
        let blinked = if signs.blinked == Some(true) { " blinked" } else { "" };
        format!("{planarity}{blinked}{}", if signs.warning { " WARNING" } else { "" })
    });
    writeln!(out, "{folder}: {}", each.collect::<Vec<_>>().join(", "))
}

fn frames(folder: &Path) -> Result<Vec<Frame>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.sort();
    let frame = |(index, path): (usize, &std::path::PathBuf)| {
        let bytes = std::fs::read(path)?.into();
        let captured_at = Tick::from_millis(index as u64 * 1000 / 15);
        let format = PixelFormat::Jpeg;
        Ok(Frame { sequence: index as u64 + 1, captured_at, width: 0, height: 0, format, bytes })
    };
    paths.iter().enumerate().map(frame).collect()
}

/// How many of how many.
#[derive(Default)]
struct Count {
    warned: u32,
    told: u32,
    all: u32,
}

impl Count {
    fn add(&mut self, sample: &Sample) {
        self.all += 1;
        self.told += u32::from(sample.spoof.planarity.is_some());
        self.warned += u32::from(sample.spoof.warning);
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (n, share) = (f64::from(self.all.max(1)), f64::from(self.warned) / f64::from(self.all.max(1)));
        let z = 1.96_f64;
        let middle = (share + z * z / (2.0 * n)) / (1.0 + z * z / n);
        let half = z / (1.0 + z * z / n) * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
        let (low, high) = ((middle - half).max(0.0) * 100.0, (middle + half).min(1.0) * 100.0);
        write!(
            f,
            "{} of {} ({:.1} %, {low:.1} to {high:.1}); of {} something could be said",
            self.warned,
            self.all,
            share * 100.0,
            self.told
        )
    }
}
