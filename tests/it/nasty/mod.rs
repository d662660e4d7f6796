//! Every fault of `../shared/realdata/nasty` is found where it stands, cell by cell.

mod faults;
mod places;
mod reader;
mod values;
