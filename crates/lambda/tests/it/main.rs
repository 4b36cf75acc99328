//! Films made by real functions in the emulator.

mod cloud;
mod films;
