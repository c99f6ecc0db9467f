//! Commands that need no service: `config`, `completions` and `man`; and `migrate`.

use super::{Cli, Failed, Next, open::Desk, print};
use crate::{base::refusal::Broken, settings::Settings};
use clap::CommandFactory;
use clap_complete::Shell;
use std::{io::Write, path::PathBuf};

/// An example of a settings file, with every key explained.
pub(super) fn config() -> Next {
    print::say(Settings::example().trim_end());
    Next::Done
}

/// What makes a shell complete our commands.
pub(super) fn completions(shell: Shell) -> Next {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "habilis", &mut script);
    let _ = std::io::stdout().write_all(&script);
    Next::Done
}

/// The manual: one page on standard output, or one a command in a folder.
pub(super) fn man(folder: Option<PathBuf>) -> Result<Next, Failed> {
    let Some(folder) = folder else {
        let mut page = Vec::new();
        clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(Broken::defect)?;
        let _ = std::io::stdout().write_all(&page);
        return Ok(Next::Done);
    };
    std::fs::create_dir_all(&folder).map_err(Broken::defect)?;
    let mut root = Cli::command();
    root.build();
    pages(&root, &folder)?;
    Ok(Next::Done)
}

fn pages(command: &clap::Command, folder: &std::path::Path) -> Result<(), Failed> {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut page).map_err(Broken::defect)?;
    std::fs::write(folder.join(format!("{name}.1")), page).map_err(Broken::defect)?;
    for part in command.get_subcommands().filter(|part| part.get_name() != "help") {
        pages(part, folder)?;
    }
    Ok(())
}

/// Brings the database to this program's schema, making it where it is not there.
pub(super) fn migrate() -> Result<Next, Failed> {
    let desk = Desk::open(true)?;
    print::say(&format!("{:?} is up to date", desk.app.db.location()));
    Ok(Next::Done)
}
