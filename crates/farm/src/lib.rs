//! Many segments: plan, schedule, cache, assemble
