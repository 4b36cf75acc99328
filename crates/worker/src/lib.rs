//! One segment to one encoded chunk
