//! Three-component vectors and rotations, as far as ray marching needs them.

use std::ops::{Add, Mul, Neg, Sub};

/// A point, direction or linear colour.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Vec3 {
    pub x: f32,
    pub y: f32,
    pub z: f32,
}

/// Shorthand for building a [`Vec3`].
pub(crate) const fn vec3(x: f32, y: f32, z: f32) -> Vec3 {
    Vec3 { x, y, z }
}

impl Vec3 {
    pub const ZERO: Self = vec3(0.0, 0.0, 0.0);

    /// The same value in all components.
    pub const fn splat(v: f32) -> Self {
        vec3(v, v, v)
    }

    pub fn dot(self, o: Self) -> f32 {
        self.x * o.x + self.y * o.y + self.z * o.z
    }

    pub fn cross(self, o: Self) -> Self {
        vec3(self.y * o.z - self.z * o.y, self.z * o.x - self.x * o.z, self.x * o.y - self.y * o.x)
    }

    pub fn length(self) -> f32 {
        self.dot(self).sqrt()
    }

    pub fn normalised(self) -> Self {
        self * (1.0 / (self.length() + 1e-9))
    }

    /// Component by component.
    pub fn times(self, o: Self) -> Self {
        vec3(self.x * o.x, self.y * o.y, self.z * o.z)
    }

    /// `self` at `t` = 0, `o` at `t` = 1.
    pub fn mix(self, o: Self, t: f32) -> Self {
        self + (o - self) * t
    }

    /// Folded onto the right half: left and right of a face share one description.
    pub fn folded(self) -> Self {
        vec3(self.x.abs(), self.y, self.z)
    }

    /// The part of `self` that lies in the plane with normal `n`, normalised.
    pub fn along_plane(self, n: Self) -> Self {
        (self - n * self.dot(n)).normalised()
    }

    pub fn map(self, f: impl Fn(f32) -> f32) -> Self {
        vec3(f(self.x), f(self.y), f(self.z))
    }
}

impl Add for Vec3 {
    type Output = Self;
    fn add(self, o: Self) -> Self {
        vec3(self.x + o.x, self.y + o.y, self.z + o.z)
    }
}

impl Sub for Vec3 {
    type Output = Self;
    fn sub(self, o: Self) -> Self {
        vec3(self.x - o.x, self.y - o.y, self.z - o.z)
    }
}

impl Mul<f32> for Vec3 {
    type Output = Self;
    fn mul(self, s: f32) -> Self {
        vec3(self.x * s, self.y * s, self.z * s)
    }
}

impl Neg for Vec3 {
    type Output = Self;
    fn neg(self) -> Self {
        self * -1.0
    }
}

/// A rotation; the columns are the images of the axes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rotation {
    x: Vec3,
    y: Vec3,
    z: Vec3,
}

impl Rotation {
    /// Yaw about y (positive turns the face to the viewer's right), then pitch about x (positive looks down), then
    /// roll about z; all in degrees.
    pub fn from_degrees(yaw: f32, pitch: f32, roll: f32) -> Self {
        let ((sy, cy), (sp, cp), (sr, cr)) =
            (yaw.to_radians().sin_cos(), pitch.to_radians().sin_cos(), roll.to_radians().sin_cos());
        let turn = |v: Vec3| {
            let v = vec3(cr * v.x - sr * v.y, sr * v.x + cr * v.y, v.z);
            let v = vec3(v.x, cp * v.y - sp * v.z, sp * v.y + cp * v.z);
            vec3(cy * v.x + sy * v.z, v.y, cy * v.z - sy * v.x)
        };
        Self { x: turn(vec3(1.0, 0.0, 0.0)), y: turn(vec3(0.0, 1.0, 0.0)), z: turn(vec3(0.0, 0.0, 1.0)) }
    }

    /// First `before`, then this.
    pub fn after(&self, before: &Self) -> Self {
        Self { x: self.apply(before.x), y: self.apply(before.y), z: self.apply(before.z) }
    }

    pub fn apply(&self, v: Vec3) -> Vec3 {
        self.x * v.x + self.y * v.y + self.z * v.z
    }

    /// The inverse rotation.
    pub fn undo(&self, v: Vec3) -> Vec3 {
        vec3(self.x.dot(v), self.y.dot(v), self.z.dot(v))
    }
}
