//! The script runtime: TSX in, film out
