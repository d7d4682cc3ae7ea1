//! Models and pictures for this crate's own tests.

use std::sync::{Arc, Mutex};

use portico_inference::models::{Normalisation, PerChannel};
use portico_inference::{Model, RunError};
use portico_types::{ModelId, Point};

use crate::align::Template;
use crate::detect::Detector;
use crate::landmarks::{Landmarker, Landmarks};
use crate::models::Models;
use crate::picture::RgbPicture;
use crate::recognise::{ChannelOrder, Preparation, Recogniser};

type Compute = Box<dyn FnMut(&[f32]) -> Vec<Vec<f32>> + Send>;

/// A model that answers what it is told to.
pub(crate) struct FakeNet {
    shape: [usize; 3],
    names: Vec<String>,
    compute: Compute,
    outputs: Vec<Vec<f32>>,
}

impl FakeNet {
    /// Always the same `outputs`.
    pub(crate) fn boxed(shape: [usize; 3], outputs: Vec<Vec<f32>>) -> Box<dyn Model> {
        Self::computing(shape, move |_| outputs.clone())
    }

    /// Whatever `compute` makes of the input.
    pub(crate) fn computing(
        shape: [usize; 3],
        compute: impl FnMut(&[f32]) -> Vec<Vec<f32>> + Send + 'static,
    ) -> Box<dyn Model> {
        Box::new(Self { shape, names: Vec::new(), compute: Box::new(compute), outputs: Vec::new() })
    }
}

impl Model for FakeNet {
    fn input_shape(&self) -> [usize; 3] {
        self.shape
    }

    fn output_names(&self) -> &[String] {
        &self.names
    }

    fn run(&mut self, input: &[f32]) -> Result<Vec<&[f32]>, RunError> {
        self.outputs = (self.compute)(input);
        Ok(self.outputs.iter().map(Vec::as_slice).collect())
    }
}

/// A grey picture.
pub(crate) fn blank(width: u32, height: u32) -> RgbPicture {
    RgbPicture::new(width, height, vec![128; width as usize * height as usize * 3]).unwrap()
}

/// A mesh of a face that looks straight into the camera, in the middle of a 192 px input.
pub(crate) fn frontal_mesh() -> Vec<f32> {
    let mut mesh = vec![96.0; 468 * 3];
    let places = [
        (33, 66.0, 80.0),
        (133, 82.0, 80.0),
        (362, 110.0, 80.0),
        (263, 126.0, 80.0),
        (160, 72.0, 77.5),
        (144, 72.0, 82.5),
        (158, 77.0, 77.5),
        (153, 77.0, 82.5),
        (385, 115.0, 77.5),
        (380, 115.0, 82.5),
        (387, 120.0, 77.5),
        (373, 120.0, 82.5),
        (4, 96.0, 104.0),
        (2, 96.0, 112.0),
        (61, 80.0, 124.0),
        (291, 112.0, 124.0),
        (234, 50.0, 92.0),
        (454, 142.0, 92.0),
        (10, 96.0, 40.0),
        (152, 96.0, 152.0),
    ];
    for (index, x, y) in places {
        mesh[index * 3..][..3].copy_from_slice(&[x, y, 0.0]);
    }
    // The chin of an upright face lies a little behind its forehead.
    mesh[152 * 3 + 2] = 11.4;
    mesh
}

/// Landmarks at these points, of a face that looks straight into the camera.
pub(crate) const fn landmarks(points: [Point; 5], nose_base: Point) -> Landmarks {
    Landmarks {
        presence: 1.0,
        points,
        nose_base,
        yaw_degrees: 0.0,
        pitch_degrees: 0.0,
        roll_degrees: 0.0,
        eyes_open: [0.3; 2],
    }
}

/// How a fake recogniser wants its picture: in `ArcFace`'s way, mirrored too.
pub(crate) fn preparation(side: usize, dimension: usize) -> Preparation {
    Preparation {
        template: Template::arcface(side),
        channels: ChannelOrder::Rgb,
        normalisation: Normalisation { subtract: PerChannel::All(127.5), divide: PerChannel::All(128.0) },
        mirrored: true,
        dimension,
    }
}

/// What the fake models see, changed while they run.
#[derive(Clone)]
pub(crate) struct Stage(Arc<Mutex<Script>>);

struct Script {
    /// Centre and width of each face in pixels of the detector's input.
    faces: Vec<(f32, f32, f32)>,
    presence: f32,
    detector_runs: usize,
}

impl Stage {
    /// An empty scene in which every face is confirmed.
    pub(crate) fn empty() -> Self {
        Self(Arc::new(Mutex::new(Script { faces: Vec::new(), presence: 1.0, detector_runs: 0 })))
    }

    /// Puts faces on: (x, y, width) in pixels of the detector's 192 px input.
    pub(crate) fn show(&self, faces: &[(f32, f32, f32)]) {
        self.0.lock().unwrap().faces = faces.to_vec();
    }

    /// What the landmark model says of every face from now on.
    pub(crate) fn confirm(&self, presence: f32) {
        self.0.lock().unwrap().presence = presence;
    }

    /// Models that see what is on.
    pub(crate) fn models(&self) -> Models {
        let (faces, presence) = (self.clone(), self.clone());
        let detector = FakeNet::computing([192, 192, 3], move |_| faces.detections());
        let landmarks =
            FakeNet::computing([192, 192, 3], move |_| vec![frontal_mesh(), vec![presence.presence()]]);
        let recogniser = FakeNet::boxed([112, 112, 3], vec![vec![3.0, 4.0]]);
        Models {
            detector: Detector::new(detector).unwrap(),
            landmarker: Landmarker::new(landmarks).unwrap(),
            recogniser: Recogniser::new(recogniser, preparation(112, 2), ModelId("fake/1".into())).unwrap(),
        }
    }

    /// How often the detector has looked.
    pub(crate) fn detector_runs(&self) -> usize {
        self.0.lock().unwrap().detector_runs
    }

    /// What the landmark model says: where nobody is, it sees nobody.
    fn presence(&self) -> f32 {
        let script = self.0.lock().unwrap();
        if script.faces.is_empty() { 0.0 } else { script.presence }
    }

    fn detections(&self) -> Vec<Vec<f32>> {
        let (mut boxes, mut scores) = (vec![0.0; 2304 * 16], vec![-20.0; 2304]);
        let mut script = self.0.lock().unwrap();
        script.detector_runs += 1;
        for (x, y, width) in &script.faces {
            let (column, row) = ((x / 4.0) as usize, (y / 4.0) as usize);
            let anchor = row * 48 + column;
            let (dx, dy) = (x - (column as f32 + 0.5) * 4.0, y - (row as f32 + 0.5) * 4.0);
            let eye = width / 5.0;
            let numbers = [dx, dy, *width, *width, dx - eye, dy - eye, dx + eye, dy - eye];
            boxes[anchor * 16..][..8].copy_from_slice(&numbers);
            scores[anchor] = 4.0;
        }
        vec![boxes, scores]
    }
}

/// A picture full of detail, neither dark nor bright.
pub(crate) fn checkered(width: u32, height: u32) -> RgbPicture {
    let level = |x: u32, y: u32| if (x / 3 + y / 3).is_multiple_of(2) { 80 } else { 160 };
    let pixels = (0..height).flat_map(|y| (0..width).flat_map(move |x| [level(x, y); 3])).collect();
    RgbPicture::new(width, height, pixels).unwrap()
}
