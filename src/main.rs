//! The program: reads the command line, does what it says, and starts the server where that is what was asked for.

mod serve;

use clap::Parser;
use habilis::cli::{Cli, Next};
use std::process::ExitCode;

/// A page is made of many small pieces: this allocator takes half the time for them, and gives memory back that is idle.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A command line that makes no sense ends here with code 2.
    let outcome = Cli::parse().run().and_then(|next| match next {
        Next::Done => Ok(ExitCode::SUCCESS),
        Next::NotGood => Ok(ExitCode::FAILURE),
        Next::Serve(ready) => serve::serve(*ready).map(|()| ExitCode::SUCCESS).map_err(Into::into),
    });
    outcome.unwrap_or_else(|failed| {
        failed.tell();
        ExitCode::FAILURE
    })
}
