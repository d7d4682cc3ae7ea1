//! Search helper, temporary: each stdin line names a TOML of looks; raw pictures go to the file named after it.
use std::collections::BTreeMap;
use std::error::Error;
use std::io::{BufRead, Write};
use portico_cast::{Camera, Light, Look, Pose, Smoothing, Studio, cast};
use rayon::prelude::*;
fn main() -> Result<(), Box<dyn Error>> {
    let camera = Camera { width: 192, height: 192, focal_px: 700.0, noise: 0.5, smoothing: Smoothing::Edges };
    let base = cast()[0];
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let looks: BTreeMap<String, Look> = toml::from_str(&std::fs::read_to_string(&line)?)?;
        let pose = Pose { distance_m: 0.80, above_m: 0.035, ..Pose::FRONTAL };
        let poses = [pose, Pose { yaw: -19.0, pitch: 4.0, shoulders: -8.0, ..pose }, Pose { yaw: 19.0, pitch: -7.0, shoulders: 8.0, ..pose }];
        let all: Vec<(String, Vec<u8>)> = looks.par_iter().map(|(k, look)| {
            let studio = Studio::new(&base.with_look(*look), Light::FOYER, camera);
            (k.clone(), poses.iter().flat_map(|p| studio.picture(Some(p), 0).rgb).collect())
        }).collect();
        let mut bytes = Vec::new();
        for (_, rgb) in &all { bytes.extend_from_slice(rgb); }
        std::fs::write(format!("{line}.raw"), &bytes)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "ok {}", all.len())?;
        out.flush()?;
    }
    Ok(())
}
