//! The product from outside: one module per promise.

mod access;
mod agreement;
mod demo;
mod loading;
mod nasty;
mod planning;
mod random_places;
mod shared;
mod verifying;
