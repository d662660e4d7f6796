//! The product from outside: one module per promise.

mod access;
mod agreement;
mod classical;
mod demo;
mod docs;
mod faults;
mod folder;
mod gallery;
mod hostile;
mod loading;
mod loading_matching;
mod loading_mutations;
mod loading_registers;
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
