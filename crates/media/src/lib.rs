//! FFmpeg behind a safe surface: probe, decode, encode, join, mix
