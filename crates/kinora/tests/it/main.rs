//! The real binary in a temporary folder: files, messages, exit codes.

mod around;
mod batch;
mod cached;
mod checked;
mod cloud;
mod copied;
mod documented;
mod drawn;
mod faults;
mod finished;
mod formats;
mod frames;
mod granted;
mod inspected;
mod machine;
mod network;
mod rendered;
mod scripts;
mod served;
mod server;
mod shown;
mod stopped;
mod studio;
mod typed;
mod vectors;
