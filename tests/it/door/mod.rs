//! The door of the house: guesses at passwords that come all at once, and who is kept out by them and who is not.

mod guesses;
