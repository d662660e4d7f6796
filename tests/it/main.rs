//! The product from outside: one module per promise.

mod access;
mod agreement;
mod campus;
mod deciding;
mod demo;
mod docs;
mod faults;
mod folder;
mod forging;
mod gallery;
mod hostile;
mod loading;
mod loading_matching;
mod loading_trafford;
mod metamorphic;
mod nasty;
mod planning;
mod publishing;
mod random_places;
mod real_tables;
mod shared;
mod tampering;
mod verifying;
