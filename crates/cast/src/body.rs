//! The solid of shoulders, arms and clothes, in body space: like head space, but turning with the shoulders.

use crate::look::{Look, Outfit};
use crate::noise::noise3;
use crate::sdf::{Ball, Bounds, Rod, smooth_max, smooth_min, smoothstep};
use crate::vec3::{Vec3, vec3};

/// How much flatter than a round column a torso is.
const FLAT: f32 = 1.55;

/// How far the clothes are raised towards the head.
const RAISE: f32 = 0.34;
/// Folding left onto right is rounded by this, so that no seam shows in the middle.
const SEAM: f32 = 0.16;

/// Which piece of clothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// Jacket.
    Outer,
    /// Shirt, top or jumper.
    Inner,
    /// Button.
    Button,
}

/// The solid of one dressed torso.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    outfit: Outfit,
    slope: Rod,
    chest: Rod,
    upper_arm: Rod,
    lower_arm: Rod,
    /// Radius of the neck, which collars go round.
    neck: f32,
}

impl Body {
    pub fn new(look: &Look) -> Self {
        let (w, neck) = (look.stature.shoulders, look.stature.neck);
        // Under a round neckline the cloth reaches the neck; an open collar shows the throat.
        let throat = match look.outfit {
            Outfit::Blazer { .. } | Outfit::Shirt { .. } => 0.03,
            _ => 0.09,
        };
        Self {
            outfit: look.outfit,
            slope: Rod::new(vec3(0.0, -1.95, -0.42), vec3(w - 0.32, -2.42, -0.42), neck + throat, 0.40),
            chest: Rod::new(
                vec3(w * 0.40, -2.95, -0.42 * FLAT),
                vec3(w * 0.32, -8.8, -0.40 * FLAT),
                w * 0.50,
                w * 0.46,
            ),
            upper_arm: Rod::new(vec3(w - 0.30, -2.52, -0.42), vec3(w + 0.12, -4.9, -0.52), 0.40, 0.32),
            lower_arm: Rod::new(vec3(w + 0.12, -4.9, -0.52), vec3(w + 0.06, -8.6, -0.25), 0.32, 0.24),
            neck,
        }
    }

    /// A box around all of it.
    pub fn bounds() -> Bounds {
        Bounds { low: vec3(-2.6, -8.6, -1.7), high: vec3(2.6, -0.85, 1.1) }
    }

    /// Distance to the clothes.
    pub fn distance(&self, p: Vec3) -> f32 {
        let (p, s) = fold(p);
        let torso = self.torso(p, s);
        if torso > 0.6 {
            return torso - 0.35;
        }
        self.inner(p, s, torso).min(self.outer(s, torso)).min(self.buttons(p))
    }

    /// The piece of clothing at a point of the surface.
    pub fn piece(&self, p: Vec3) -> Piece {
        let (p, s) = fold(p);
        let torso = self.torso(p, s);
        let (inner, outer, buttons) = (self.inner(p, s, torso), self.outer(s, torso), self.buttons(p));
        if buttons <= inner.min(outer) {
            Piece::Button
        } else if outer < inner {
            Piece::Outer
        } else {
            Piece::Inner
        }
    }

    fn torso(&self, p: Vec3, s: Vec3) -> f32 {
        let s = vec3((s.x * s.x + SEAM * SEAM).sqrt(), s.y, s.z);
        let flat = vec3(s.x, s.y, s.z * FLAT);
        let chest = self.chest.distance(flat) * 0.74;
        let mut d = smooth_min(chest, self.slope.distance(s), 0.45);
        let arm = smooth_min(self.upper_arm.distance(s), self.lower_arm.distance(s), 0.2);
        d = smooth_min(d, arm, 0.16);
        let crease = noise3(vec3(p.x * 1.6 + p.y * 0.5, p.y * 1.3, p.z * 1.5)) - 0.5;
        d + crease * 0.05
    }

    /// The cone that collars lie on; grows downwards.
    fn cone(&self, p: Vec3, slack: f32) -> f32 {
        let low = (-1.30 - p.y).max(0.0);
        let radius = self.neck + slack + low * 0.30;
        (vec3(p.x, 0.0, p.z + 0.31 + 0.10 * low).length() - radius) * 0.92
    }

    fn inner(&self, p: Vec3, s: Vec3, torso: f32) -> f32 {
        match self.outfit {
            Outfit::Blazer { .. } => smooth_min(torso, self.collar(s), 0.01),
            Outfit::Shirt { .. } => smooth_min(torso, self.collar(s), 0.01).min(placket(p, torso)),
            Outfit::Jumper { .. } | Outfit::JacketAndTop { .. } => self.round_neck(p, torso),
            Outfit::RollNeck { .. } => self.roll(p, torso),
        }
    }

    /// A turned-down collar with two points, open at the throat.
    fn collar(&self, s: Vec3) -> f32 {
        let height = s.y + 1.62 - 0.20 * (-s.z - 0.1).max(0.0);
        let shell = self.cone(s, 0.10 + 0.05 * smoothstep(0.0, -0.4, height)).abs() - 0.022;
        let gap = 0.02 + 0.55 * (height + 0.44).max(0.0);
        let opening = gap - s.x - 3.0 * (-0.2 - s.z).max(0.0);
        let point = -0.26 - 0.30 * smoothstep(-0.25, 0.25, s.z) * smoothstep(0.66, 0.34, s.x);
        let band = height.max(point - height);
        smooth_max(smooth_max(shell, band, 0.03), opening * 0.8, 0.03)
    }

    fn round_neck(&self, p: Vec3, torso: f32) -> f32 {
        let tilt = p.y + 1.86 + 0.36 * (p.z + 0.1);
        let radius = self.neck + 0.16;
        let ring = (vec3(p.x, 0.0, p.z + 0.40).length() - radius).hypot(tilt) - 0.062;
        smooth_min(torso, ring, 0.05)
    }

    fn roll(&self, p: Vec3, torso: f32) -> f32 {
        let height = p.y + 1.52 + 0.10 * (p.z + 0.3);
        let fold = 0.035 * (1.0 - (height / 0.26).powi(2)).max(0.0);
        let shell = (self.cone(p, 0.075) - fold).abs() - 0.045;
        let band = (height.abs() - 0.24).max(shell);
        smooth_min(torso, smooth_max(band, shell, 0.05), 0.06)
    }

    /// A jacket: the torso grown a little, open in front, with lapels along the opening.
    fn outer(&self, s: Vec3, torso: f32) -> f32 {
        let closed = match self.outfit {
            Outfit::Blazer { .. } => -4.1,
            Outfit::JacketAndTop { .. } => -9.0,
            _ => return 9.0,
        };
        let open = 0.50 * smoothstep(closed, -1.9, s.y) + if closed < -8.0 { 0.12 } else { 0.0 };
        let edge = open - s.x - 3.0 * (-0.42 - s.z).max(0.0);
        let shell = smooth_max(torso - 0.055, edge * 0.9, 0.03);
        let notch = (s.y + 2.72 - (s.x - open) * 0.35).abs();
        let width = (0.34 * smoothstep(closed.max(-5.5), -2.7, s.y) + 0.05
            - 0.16 * smoothstep(0.10, 0.0, notch))
        .max(0.02);
        let lapel = smooth_max(torso - 0.10, (s.x - open - width).max(edge), 0.02);
        let lapel = lapel.max(s.y + 1.75).max(-0.42 - s.z);
        let back =
            smooth_max(self.cone(s, 0.17).abs() - 0.03, (s.y + 1.72).abs() - 0.16, 0.04).max(s.z + 0.10);
        smooth_min(shell.min(lapel), back, 0.04)
    }

    fn buttons(&self, p: Vec3) -> f32 {
        let at = |y: f32, z: f32| Ball { centre: vec3(0.0, y, z), radius: 0.055 }.distance(p);
        match self.outfit {
            Outfit::Shirt { .. } => at(-2.55, 0.20).min(at(-3.25, 0.43)).min(at(-3.95, 0.46)),
            _ => 9.0,
        }
    }

    /// The outfit this was built from.
    pub fn outfit(&self) -> &Outfit {
        &self.outfit
    }
}

/// Into the space the clothes are described in, plain and folded onto the right half.
fn fold(p: Vec3) -> (Vec3, Vec3) {
    let p = vec3(p.x, p.y - RAISE, p.z);
    (p, p.folded())
}

/// The doubled strip of a shirt's front.
fn placket(p: Vec3, torso: f32) -> f32 {
    smooth_max(torso - 0.022, (p.x.abs() - 0.13).max(-p.z), 0.015)
}
