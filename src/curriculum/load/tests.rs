use super::*;
use std::path::Path;

/// Prints what is found in a real content root: `HABILIS_CONTENT=courses cargo test --lib -- --ignored --nocapture real_content`.
#[test]
#[ignore = "reads the folder named by HABILIS_CONTENT"]
fn real_content() {
    let folder = std::env::var("HABILIS_CONTENT").unwrap_or_else(|_| "courses".to_owned());
    let source = Source::folder(Path::new(&folder)).unwrap();
    let mut report = Report::new();
    let curriculum = load(&source, &mut report);
    let catalogue = crate::access::catalogue::load(&source, &curriculum, &mut report);
    println!("{report}{} errors, {} warnings", report.errors(), report.warnings());
    for course in curriculum.courses.values() {
        let counts: Vec<String> =
            course.quizzes.iter().map(|quiz| format!("{} {}", quiz.id, quiz.question_count())).collect();
        println!(
            "{} v{} {:?}: {} modules, {}",
            course.id,
            course.version,
            course.languages,
            course.modules.len(),
            counts.join(", ")
        );
        for module in &course.modules {
            for body in module.bodies.values() {
                let rendered =
                    super::super::render::markdown(body, &super::super::render::Links::of(course, &module.folder));
                assert!(!rendered.html.is_empty() && !rendered.headings.is_empty());
            }
        }
    }
    println!("{} warehouses, {} roles", catalogue.warehouses.len(), catalogue.roles.len());
}
