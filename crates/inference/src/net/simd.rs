//! Which vector instructions this processor has, and compiling one piece of code for each kind.
//!
//! The kernels are plain Rust over small arrays. `compiled_for_each!` compiles such code several times, once with
//! every set of instructions, and picks the right one at run time; it is the only place that needs `unsafe`.
#![expect(
    clippy::inline_always,
    reason = "kernels must be compiled into the function that enables the instructions they are compiled for"
)]

/// The widest instructions to use. Values other than portable exist only where the processor has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Simd(Level);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Simd {
    /// The widest that this processor has.
    pub fn detect() -> Self {
        Self::available().next_back().unwrap_or(Self(Level::Portable))
    }

    /// All that this processor has, from narrow to wide.
    pub fn available() -> impl DoubleEndedIterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let found = {
            let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
            let avx512 = avx2 && is_x86_feature_detected!("avx512f");
            [Some(Level::Portable), avx2.then_some(Level::Avx2), avx512.then_some(Level::Avx512)]
        };
        #[cfg(not(target_arch = "x86_64"))]
        let found = [Some(Level::Portable)];
        found.into_iter().flatten().map(Self)
    }

    pub const fn level(self) -> Level {
        self.0
    }

    /// How many floats one register holds: the width that weights are packed for.
    pub const fn lanes(self) -> usize {
        match self.0 {
            Level::Portable => 8,
            #[cfg(target_arch = "x86_64")]
            Level::Avx2 => 8,
            #[cfg(target_arch = "x86_64")]
            Level::Avx512 => 16,
        }
    }
}

/// How `a · b + c` is computed.
pub(super) trait MultiplyAdd {
    fn multiply_add(a: f32, b: f32, c: f32) -> f32;
}

/// In one instruction with one rounding. Slow where the processor lacks it.
pub(super) struct Fused;

/// In two instructions.
pub(super) struct Separate;

impl MultiplyAdd for Fused {
    #[inline(always)]
    fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
        a.mul_add(b, c)
    }
}

impl MultiplyAdd for Separate {
    #[inline(always)]
    fn multiply_add(a: f32, b: f32, c: f32) -> f32 {
        a * b + c
    }
}

/// What suits the instructions that every processor of this architecture has.
#[cfg(target_arch = "aarch64")]
pub(super) type Baseline = Fused;
/// What suits the instructions that every processor of this architecture has.
#[cfg(not(target_arch = "aarch64"))]
pub(super) type Baseline = Separate;

/// `compiled_for_each! { fn name(arguments) = body }` defines `fn name(simd, arguments)`, which calls
/// `body::<M, LANES>(arguments)` compiled for the instructions of `simd`. `body` must be `#[inline(always)]`, and so
/// must be all that it spends time in.
macro_rules! compiled_for_each {
    ($(#[$attribute:meta])* fn $name:ident($($argument:ident: $kind:ty),* $(,)?) = $body:ident) => {
        $(#[$attribute])*
        pub(in crate::net) fn $name(simd: $crate::net::simd::Simd, $($argument: $kind),*) {
            use $crate::net::simd::{Baseline, Level};

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,fma")]
            fn avx2($($argument: $kind),*) {
                $body::<$crate::net::simd::Fused, 8>($($argument),*);
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx512f,avx2,fma")]
            fn avx512($($argument: $kind),*) {
                $body::<$crate::net::simd::Fused, 16>($($argument),*);
            }
            match simd.level() {
                Level::Portable => $body::<Baseline, 8>($($argument),*),
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calling code compiled for instructions that not all processors have")]
                // SAFETY: `Simd::detect` yields this level only on a processor that has AVX2 and FMA.
                Level::Avx2 => unsafe { avx2($($argument),*) },
                #[cfg(target_arch = "x86_64")]
                #[expect(unsafe_code, reason = "calling code compiled for instructions that not all processors have")]
                // SAFETY: `Simd::detect` yields this level only on a processor that has AVX-512F, AVX2 and FMA.
                Level::Avx512 => unsafe { avx512($($argument),*) },
            }
        }
    };
}
pub(super) use compiled_for_each;
