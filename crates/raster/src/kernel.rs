//! Running a loop with the vector instructions of a level.

use fearless_simd::{Level, Simd, dispatch};

use crate::SimdLevel;

/// A loop over plain numbers that the compiler turns into vector instructions.
///
/// Implementations use whole numbers, or floats without reordering, so that
/// every level gives the same result. `run` has to be inlined, with all that it
/// calls, to be compiled for the level's instructions.
pub(crate) trait Kernel {
    type Output;

    fn run(self) -> Self::Output;
}

/// Runs `kernel` compiled for `level`.
pub(crate) fn run<K: Kernel>(level: SimdLevel, kernel: K) -> K::Output {
    let level: Level = level.level();
    dispatch!(level, simd => simd.vectorize(
        #[inline(always)]
        || kernel.run()
    ))
}
