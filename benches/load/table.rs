//! The table that the run prints.

use super::Work;

pub struct Table {
    only: Option<String>,
    lines: Vec<[String; 8]>,
    notes: Vec<String>,
}

impl Table {
    /// A table of every line, or only of those whose name has the word `only`.
    pub fn new(only: Option<String>) -> Self {
        Self { only, lines: Vec::new(), notes: Vec::new() }
    }

    pub fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    pub fn wants_any(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.wants(name))
    }

    pub fn note(&mut self, name: &str, value: String) {
        self.notes.push(format!("{name}: {value}"));
    }

    pub fn row(&mut self, name: &str, work: &Work, limit: Option<(&str, f64)>) {
        let millis = |share| format!("{:.2}", work.percentile(share).as_secs_f64() * 1_000.0);
        let (limit_name, limit_rate, ratio) = match limit {
            None => (String::new(), String::new(), String::new()),
            Some((name, rate)) => (name.to_owned(), format!("{rate:.0}"), format!("{:.2}", work.rate() / rate)),
        };
        self.lines.push([
            name.to_owned(),
            format!("{:.0}", work.rate()),
            millis(0.5),
            millis(0.99),
            work.processor_each().as_micros().to_string(),
            limit_name,
            limit_rate,
            ratio,
        ]);
        println!("{}", self.lines.last().unwrap().join(" | "));
    }

    pub fn print(&self) {
        let cores = std::thread::available_parallelism().map_or(0, std::num::NonZero::get);
        println!("\n{cores} cores; {}\n", self.notes.join("; "));
        println!("| work | /s | p50 ms | p99 ms | program µs | its limit | limit /s | ratio |");
        println!("| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: |");
        for line in &self.lines {
            println!("| {} |", line.join(" | "));
        }
    }
}
