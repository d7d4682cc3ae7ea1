//! Finds the points of one face that alignment and pose need, and says whether it is a face at all.
//!
//! The model is facemesh: 192 × 192 × 3 in, 468 points of three numbers out (x and y in input pixels, z in the same
//! unit, growing away from the camera), and a presence score.

use portico_inference::Model;
use portico_types::Point;

use crate::detect::Detection;
use crate::error::VisionError;
use crate::picture::RgbPicture;
use crate::similarity::Similarity;
use crate::warp::Warper;

const SIDE: usize = 192;
/// How many points a mesh has.
pub const MESH_POINTS: usize = 468;
const NUMBERS: usize = MESH_POINTS * 3;
/// The model looks at a square this much wider than the detector's box.
const ROOM: f32 = 1.5;

// Indices into the mesh. Left and right as seen in the picture.
const LEFT_EYE: [usize; 2] = [33, 133];
const RIGHT_EYE: [usize; 2] = [362, 263];
const NOSE_TIP: usize = 4;
const NOSE_BASE: usize = 2;
const LEFT_MOUTH: usize = 61;
const RIGHT_MOUTH: usize = 291;
const LEFT_CHEEK: usize = 234;
const RIGHT_CHEEK: usize = 454;
const FOREHEAD: usize = 10;
const CHIN: usize = 152;

/// Of each eye, left and right as seen: its two corners, then two pairs of places opposite each other on the lids.
const LIDS: [[usize; 6]; 2] = [[33, 133, 160, 144, 158, 153], [362, 263, 385, 380, 387, 373]];

/// How much the line from forehead to chin leans on an upright face, in degrees: the median over 1,715 pictures of
/// people who on the whole look into the camera.
const UPRIGHT_LEAN: f32 = 5.8;

/// What the mesh says of a face. Points are in pixels of the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landmarks {
    /// How sure the model is that there is a face, 0 to 1.
    pub presence: f32,
    /// Eyes (left, right as seen), nose tip, mouth corners (left, right as seen).
    pub points: [Point; 5],
    /// Where the nose meets the upper lip.
    pub nose_base: Point,
    /// Turn to the side in degrees, positive to the picture's right.
    pub yaw_degrees: f32,
    /// Nod in degrees, positive downwards.
    pub pitch_degrees: f32,
    /// Tilt in degrees, positive clockwise as seen.
    pub roll_degrees: f32,
    /// How far the eyes are open (left, right as seen): the height of the gap between the lids as a share of the
    /// eye's width, both as seen. About 0.3 is open, under 0.15 shut; lids of different people differ.
    pub eyes_open: [f32; 2],
}

/// All points of a face in pixels of the picture, in the order of the model.
pub type Mesh = [Point; MESH_POINTS];
/// A place of a face that recognisers are aligned by. Left and right as seen in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Middle of the eye.
    LeftEye,
    /// Middle of the eye.
    RightEye,
    /// The nose's tip.
    NoseTip,
    /// Corner of the mouth.
    LeftMouth,
    /// Corner of the mouth.
    RightMouth,
    /// Where the nose meets the upper lip.
    NoseBase,
}

impl Place {
    /// How many there are.
    pub(crate) const COUNT: usize = 6;
}

impl Landmarks {
    /// Where a place is, in pixels of the picture.
    pub const fn place(&self, place: Place) -> Point {
        match place {
            Place::LeftEye => self.points[0],
            Place::RightEye => self.points[1],
            Place::NoseTip => self.points[2],
            Place::LeftMouth => self.points[3],
            Place::RightMouth => self.points[4],
            Place::NoseBase => self.nose_base,
        }
    }
}

/// The second stage.
pub struct Landmarker {
    net: Box<dyn Model>,
    mesh: usize,
    presence: usize,
    warper: Warper,
    cut: Vec<u8>,
    input: Vec<f32>,
    /// The points of the face that was looked at last.
    found: Box<Mesh>,
}

impl Landmarker {
    /// Takes a model and checks that it is a face mesh.
    pub fn new(mut net: Box<dyn Model>) -> Result<Self, VisionError> {
        let wrong = |fault| VisionError::WrongModel { stage: "landmarks", fault };
        if net.input_shape() != [SIDE, SIDE, 3] {
            return Err(wrong("does not take 192x192x3"));
        }
        let input = vec![0.0; SIDE * SIDE * 3];
        let outputs = net.run(&input)?;
        let sized = |length| outputs.iter().position(|output| output.len() == length);
        let mesh = sized(NUMBERS).ok_or(wrong("gives no 468 points"))?;
        let presence = sized(1).ok_or(wrong("gives no presence"))?;
        let cut = vec![0; SIDE * SIDE * 3];
        let found = Box::new([Point::default(); MESH_POINTS]);
        Ok(Self { net, mesh, presence, warper: Warper::default(), cut, input, found })
    }

    /// Looks at the face that `detection` found.
    pub fn find(&mut self, picture: &RgbPicture, detection: &Detection) -> Result<Landmarks, VisionError> {
        let (bounds, roll) = (&detection.bounds, detection.roll());
        let width = bounds.width.max(bounds.height).max(1.0) * ROOM;
        let to_input = Similarity::upright(bounds.centre(), width, roll, SIDE as f32);
        self.warper.warp(picture, &to_input, SIDE, &mut self.cut);
        for (value, byte) in self.input.iter_mut().zip(&self.cut) {
            *value = f32::from(*byte) / 255.0;
        }
        let outputs = self.net.run(&self.input)?;
        let presence = outputs[self.presence][0];
        // Only a box that is not finite has no way back; its points are as meaningless as the box.
        let to_picture = to_input.inverse().unwrap_or(to_input);
        let mesh = outputs[self.mesh];
        for (place, vertex) in self.found.iter_mut().zip(mesh.as_chunks::<3>().0) {
            *place = to_picture.apply(Point::new(vertex[0], vertex[1]));
        }
        Ok(read(mesh, presence, &to_picture, roll))
    }

    /// All points of the face that [`find`](Self::find) looked at last.
    pub fn mesh(&self) -> &Mesh {
        &self.found
    }
}

fn read(mesh: &[f32], presence: f32, to_picture: &Similarity, roll: f32) -> Landmarks {
    let vertex = |index: usize| [mesh[index * 3], mesh[index * 3 + 1], mesh[index * 3 + 2]];
    let place = |index: usize| {
        let [x, y, _] = vertex(index);
        to_picture.apply(Point::new(x, y))
    };
    let middle = |[a, b]: [usize; 2]| place(a).midpoint(place(b));
    let lean = |from: usize, to: usize| {
        let ([x0, y0, z0], [x1, y1, z1]) = (vertex(from), vertex(to));
        (z1 - z0).atan2((x1 - x0).hypot(y1 - y0)).to_degrees()
    };
    Landmarks {
        presence,
        points: [middle(LEFT_EYE), middle(RIGHT_EYE), place(NOSE_TIP), place(LEFT_MOUTH), place(RIGHT_MOUTH)],
        nose_base: place(NOSE_BASE),
        yaw_degrees: lean(LEFT_CHEEK, RIGHT_CHEEK),
        pitch_degrees: lean(FOREHEAD, CHIN) - UPRIGHT_LEAN,
        roll_degrees: roll.to_degrees(),
        eyes_open: LIDS
            .map(|lids| openness(lids.map(|index| Point::new(mesh[index * 3], mesh[index * 3 + 1])))),
    }
}

/// The gap between the lids as a share of the eye's width; 0 for an eye without width.
fn openness([corner, other_corner, above, below, above_too, below_too]: [Point; 6]) -> f32 {
    let width = corner.distance(other_corner);
    let gap = f32::midpoint(above.distance(below), above_too.distance(below_too));
    if width > 0.0 { gap / width } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use portico_types::FaceBox;

    use super::*;
    use crate::fakes::{FakeNet, blank, frontal_mesh};

    fn detection() -> Detection {
        let bounds = FaceBox { x: 100.0, y: 80.0, width: 128.0, height: 128.0 };
        Detection { score: 0.9, bounds, key_points: [Point::default(); 6] }
    }

    #[test]
    fn the_points_come_back_to_where_the_face_is() {
        let net = FakeNet::boxed([SIDE, SIDE, 3], vec![vec![0.9], frontal_mesh()]);
        let found = Landmarker::new(net).unwrap().find(&blank(320, 240), &detection());
        let found = found.unwrap();
        // The square is 192 px wide around (164, 144), so input pixels and picture pixels are of one size.
        let nose = found.points[2];
        assert!(nose.distance(Point::new(164.0, 152.0)) < 0.1, "{nose:?}");
        assert!(found.points[0].x < found.points[1].x, "the left eye as seen comes first");
        assert!(found.place(Place::NoseBase).distance(Point::new(164.0, 160.0)) < 0.1, "{found:?}");
        assert!(found.yaw_degrees.abs() < 1e-3 && found.pitch_degrees.abs() < 0.1, "{found:?}");
        assert!((found.presence - 0.9).abs() < 1e-6);
    }

    #[test]
    fn a_cheek_further_away_is_a_turn_towards_it() {
        let mut mesh = frontal_mesh();
        let width = mesh[RIGHT_CHEEK * 3] - mesh[LEFT_CHEEK * 3];
        mesh[RIGHT_CHEEK * 3 + 2] = width;
        mesh[CHIN * 3 + 2] = -20.0;
        let still = Similarity::upright(Point::new(96.0, 96.0), 192.0, 0.0, 192.0);
        let found = read(&mesh, 1.0, &still, 0.0);
        assert!((found.yaw_degrees - 45.0).abs() < 0.1, "right cheek away: the nose points right");
        assert!(found.pitch_degrees < -10.0, "chin towards the camera: the face looks up");
    }

    #[test]
    fn shut_lids_leave_no_gap_and_a_tilt_changes_nothing() {
        let mut mesh = frontal_mesh();
        let place = |mesh: &mut [f32], index: usize, x: f32, y: f32| {
            mesh[index * 3] = x;
            mesh[index * 3 + 1] = y;
        };
        for [_, _, above, below, above_too, below_too] in LIDS {
            for (index, y) in [(above, 77.0), (below, 83.0), (above_too, 77.0), (below_too, 83.0)] {
                place(&mut mesh, index, 74.0, y);
            }
        }
        let [_, _, above, below, above_too, below_too] = LIDS[1];
        for index in [above, below, above_too, below_too] {
            place(&mut mesh, index, 118.0, 80.0);
        }
        let still = Similarity::upright(Point::new(96.0, 96.0), 192.0, 0.0, 192.0);
        let found = read(&mesh, 1.0, &still, 0.0);
        assert!((found.eyes_open[0] - 6.0 / 16.0).abs() < 1e-3, "the left eye is open: {found:?}");
        assert!(found.eyes_open[1] < 1e-3, "the right one is shut: {found:?}");
        let tilted = Similarity::upright(Point::new(96.0, 96.0), 192.0, 0.5, 192.0);
        let [left, right] = read(&mesh, 1.0, &tilted, 0.5).eyes_open;
        let [left_upright, right_upright] = found.eyes_open;
        assert!((left - left_upright).abs() < 1e-6 && (right - right_upright).abs() < 1e-6);
    }

    #[test]
    fn the_mesh_of_the_last_face_can_be_had() {
        let net = FakeNet::boxed([SIDE, SIDE, 3], vec![vec![0.9], frontal_mesh()]);
        let mut landmarker = Landmarker::new(net).unwrap();
        let found = landmarker.find(&blank(320, 240), &detection()).unwrap();
        let mesh = landmarker.mesh();
        assert!(mesh[NOSE_TIP].distance(found.points[2]) < 1e-3, "in the picture's own pixels");
        assert!(mesh[CHIN].y > mesh[FOREHEAD].y);
    }

    #[test]
    fn a_model_without_a_mesh_is_refused() {
        let net = FakeNet::boxed([SIDE, SIDE, 3], vec![vec![0.0; 10]]);
        assert!(matches!(Landmarker::new(net), Err(VisionError::WrongModel { stage: "landmarks", .. })));
    }
}
