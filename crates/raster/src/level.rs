use fearless_simd::Level;

/// Which of the processor's vector instructions are used; its name is the identity
/// of the renderer, which decides the bytes that come out.
///
/// Pictures of two levels may differ by one in 255, so a level is chosen once
/// for a job and travels with it.
#[derive(Clone, Copy, Debug)]
pub struct SimdLevel(Level);

impl SimdLevel {
    /// The best level of this machine.
    pub fn detect() -> Self {
        Self(Level::try_detect().unwrap_or(Level::baseline()))
    }

    /// The level that films are drawn at unless another is asked for: the best one
    /// that practically every machine has (AVX2 on x86), so that a laptop, a server
    /// and a cloud function draw the same bytes; on a machine without it, its best.
    pub fn common() -> Self {
        Self::from_name("avx2").unwrap_or_else(Self::detect)
    }

    /// The level that every machine of this architecture has.
    pub fn baseline() -> Self {
        Self(Level::baseline())
    }

    /// Its name: `avx512`, `avx2`, `sse4.2`, `sse2`, `neon`, or `none`.
    pub fn name(self) -> &'static str {
        match self.0 {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Sse2(_) => "sse2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Sse4_2(_) => "sse4.2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx2(_) => "avx2",
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            Level::Avx512(_) => "avx512",
            #[cfg(target_arch = "aarch64")]
            Level::Neon(_) => "neon",
            #[allow(unreachable_patterns)] // other architectures have a scalar level
            _ => "none",
        }
    }

    /// The level of this name, when this machine has it.
    pub fn from_name(name: &str) -> Option<Self> {
        let best = Level::try_detect().unwrap_or(Level::baseline());
        match name {
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            "sse2" => best.as_sse2().map(Level::Sse2),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            "sse4.2" => best.as_sse4_2().map(Level::Sse4_2),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            "avx2" => best.as_avx2().map(Level::Avx2),
            #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
            "avx512" => best.as_avx512().map(Level::Avx512),
            #[cfg(target_arch = "aarch64")]
            "neon" => best.as_neon().map(Level::Neon),
            "none" => best.is_fallback().then_some(best),
            _ => None,
        }
        .map(Self)
    }

    pub(crate) fn level(self) -> Level {
        self.0
    }
}

impl PartialEq for SimdLevel {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for SimdLevel {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_level_leads_back_to_it() {
        for level in [
            SimdLevel::detect(),
            SimdLevel::common(),
            SimdLevel::baseline(),
        ] {
            assert_eq!(SimdLevel::from_name(level.name()), Some(level));
        }
        assert_eq!(SimdLevel::from_name("mmx"), None);
    }
}
