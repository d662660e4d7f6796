//! The product from outside: one module per promise.

mod access;
mod agreement;
mod asking;
mod classical;
mod command_line;
mod demo;
mod docs;
mod faults;
mod folder;
mod gallery;
mod hostile;
mod loading;
mod loading_matching;
mod loading_trafford;
mod nasty;
mod planning;
mod published;
mod publishing;
mod random_places;
mod real_tables;
mod shared;
mod tampering;
mod verifying;
