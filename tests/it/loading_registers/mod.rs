//! Registers and tables as publishers of many places and years write them. Every table here is made
//! up; the headers, formats and habits are real ones.

mod abroad;
mod britain;
mod formats;
mod grids;
mod health;
mod layouts;
mod reader;
mod sums;
mod unstated;
mod words;
mod zones;
