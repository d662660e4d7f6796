//! The product from outside: one module per promise.

mod access;
mod agreement;
mod demo;
mod loading;
mod planning;
mod random_places;
mod verifying;
mod nasty;
mod shared;
