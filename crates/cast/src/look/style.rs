//! The parameters of skin, hair, glasses and clothes.

use serde::{Deserialize, Serialize};

use super::Colour;

/// Colour and age of the skin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Skin {
    /// The tone under white light.
    pub tone: Colour,
    /// How rosy cheeks, nose and ears are, 0 to 1.
    pub flush: f32,
    /// Freckles, 0 to 1.
    pub freckles: f32,
    /// Lines of age, 0 to 1.
    pub age: f32,
}

/// How hair is worn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HairStyle {
    /// Shaved: only a shadow on the scalp.
    Shaved,
    /// Close at the sides, short on top.
    Crop,
    /// Longer on top, parted at one side.
    SideParted,
    /// Combed back from the forehead.
    SweptBack,
    /// Receding, short at the sides.
    Receding,
    /// Straight to below the shoulders, parted in the middle.
    Long,
    /// Straight with a fringe, to the shoulders.
    Fringe,
    /// To the jaw, parted at one side.
    Bob,
    /// In loose waves to the shoulders.
    Wavy,
    /// Tied to a knot on top.
    Bun,
    /// Short curls.
    Curls,
    /// A round crown of tight curls.
    Afro,
    /// Short, lifted off the forehead.
    Pixie,
    /// Covered by a scarf.
    Scarf,
}

/// Hair on the head, or a scarf over it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hair {
    /// How it is worn.
    pub style: HairStyle,
    /// Its colour.
    pub colour: Colour,
    /// Height of the hairline above the eyes.
    pub line: f32,
    /// Extra thickness over the style's own.
    pub volume: f32,
    /// Share of grey strands, 0 to 1.
    pub grey: f32,
}

/// Beard, moustache or stubble.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Beard {
    /// How dense, 0 (none) to 1.
    pub density: f32,
    /// How long, 0 (a shadow) to 0.15.
    pub length: f32,
    /// How dense the moustache is, 0 to 1.
    pub moustache: f32,
    /// How far the beard climbs the cheeks, 0 (chin only) to 1.
    pub cheeks: f32,
    /// Its colour.
    pub colour: Colour,
}

impl Beard {
    /// A smooth face.
    pub const NONE: Self =
        Self { density: 0.0, length: 0.0, moustache: 0.0, cheeks: 0.0, colour: [40, 30, 25] };
}

/// The shape of glasses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GlassesShape {
    /// No glasses.
    None,
    /// Round lenses.
    Round,
    /// Broad lenses with soft corners.
    Square,
}

/// Glasses, if any.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Glasses {
    /// Their shape.
    pub shape: GlassesShape,
    /// Half the thickness of the frame.
    pub rim: f32,
    /// Colour of the frame.
    pub colour: Colour,
}

impl Glasses {
    /// No glasses.
    pub const NONE: Self = Self { shape: GlassesShape::None, rim: 0.02, colour: [30, 30, 34] };
}

/// Clothes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outfit {
    /// A jacket over a shirt with an open collar.
    Blazer {
        /// Colour of the jacket.
        jacket: Colour,
        /// Colour of the shirt.
        shirt: Colour,
    },
    /// A shirt with a collar.
    Shirt {
        /// Its colour.
        shirt: Colour,
    },
    /// A jumper with a round neck.
    Jumper {
        /// Its colour.
        knit: Colour,
    },
    /// A jumper with a high rolled collar.
    RollNeck {
        /// Its colour.
        knit: Colour,
    },
    /// A jacket over a round-necked top.
    JacketAndTop {
        /// Colour of the jacket.
        jacket: Colour,
        /// Colour of the top.
        top: Colour,
    },
}
