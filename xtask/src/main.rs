//! Browser facts, benchmark table, tidy checks
fn main() {}
