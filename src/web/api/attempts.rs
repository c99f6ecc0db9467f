//! Attempts: starting, reading, saving, handing in, voiding.

use super::{
    kit::{Answer, Asked, Body, Group, created, get, nothing, post, put, shown, told},
    shapes::{
        AttemptId, Why,
        attempt::{AttemptDetail, AttemptLine, SaveBody, SavedBody, Start},
        marking::{AnswerToMark, MarkedBody, Marks},
    },
};
use crate::{
    academy::{answer::decimal, attempt::AttemptRefusal},
    actions::{
        mark_answer::{self, Given},
        my_records, read_attempt,
        save_answer::{self, Save},
        start_attempt, submit_attempt, void_attempt,
    },
    base::{refusal::Fault, text::Slug},
    curriculum::render::Links,
    web::kit::{caller::Caller, desk::Desk, failure::Failure},
};
use actix_web::web::{Data, Path};

pub(super) fn group() -> Group {
    let unknown = &["no-such-attempt"];
    Group {
        name: "Attempts",
        about: "Runs at quizzes: the form is frozen at the start, answers are saved one by one over their revision.",
        endpoints: vec![
            post("/attempts", start)
                .says("Start an attempt", "Where one is open at this quiz already, that one is given.")
                .takes::<Start>()
                .once()
                .creates::<AttemptDetail>("The open attempt with its paper.")
                .refuses(403, &["prerequisite-missing", "exam-for-holders"])
                .refuses(404, &["no-such-content"])
                .refuses(409, &["exam-passed-already", "exam-passed", "attempt-being-marked"])
                .refuses(429, &["attempt-limit-reached", "attempt-cooldown"]),
            get("/attempts", list)
                .says("List my attempts", "The latest first.")
                .lists::<AttemptLine>("The caller's attempts."),
            get("/attempts/{id}", read)
                .says(
                    "Show my attempt",
                    "While it is open: the paper, which holds nothing that tells what is right. Once it is marked: the \
                     result by objective, and every question with its key where the quiz shows everything.",
                )
                .answers::<AttemptDetail>(200, "The attempt.")
                .refuses(404, unknown),
            put("/attempts/{id}/answers/{question}", save)
                .says(
                    "Save an answer",
                    "Over the revision it was made from. A stale revision is refused with the newer answer: the problem \
                     carries `revision`, `answer` and `saved_at`. Answered after the durable commit.",
                )
                .takes::<SaveBody>()
                .answers::<SavedBody>(200, "It is saved.")
                .refuses(404, &["no-such-attempt", "no-such-question"])
                .refuses(409, &["answer-stale", "attempt-closed"])
                .refuses(422, &["bad-answer"]),
            post("/attempts/{id}/submission", submit)
                .says("Hand in my attempt", "It is marked at once; where prose counts, once a person has marked that. Doing it again gives the same.")
                .answers::<AttemptDetail>(200, "The attempt with its result.")
                .refuses(404, unknown)
                .refuses(409, &["attempt-closed"]),
            post("/attempts/{id}/voiding", void)
                .says("Void an attempt", "For admins: it does not count any more, and neither does a certificate that rests on it.")
                .takes::<Why>()
                .done("It is voided.")
                .refuses(403, &["capability-missing"])
                .refuses(404, unknown)
                .refuses(409, &["attempt-voided-already", "attempt-closed"])
                .refuses(422, &["reason-needed"]),
            get("/answers-to-mark", to_mark)
                .says(
                    "List the answers to mark",
                    "For authors and admins: prose of exams that waits for a person, the oldest first, without a word of \
                     whose it is. The caller's own is left out.",
                )
                .lists::<AnswerToMark>("The answers.")
                .refuses(403, &["capability-missing"]),
            post("/attempts/{id}/marks/{question}", mark)
                .says(
                    "Mark an answer",
                    "By its rubric; a mark stays. The attempt is graded, and its certificate issued, with the last one.",
                )
                .takes::<Marks>()
                .answers::<MarkedBody>(200, "It is marked.")
                .refuses(403, &["capability-missing", "own-answer"])
                .refuses(404, unknown)
                .refuses(409, &["nothing-to-mark"])
                .refuses(422, &["bad-mark", "bad-answer"]),
        ],
    }
}

fn parsed(id: &str) -> Result<AttemptId, Failure> {
    id.parse().map_err(|_| Fault::from(AttemptRefusal::NoSuchAttempt).into())
}

async fn detail(desk: &Desk, caller: &Caller, id: AttemptId) -> Result<AttemptDetail, Failure> {
    let seen = read_attempt::read_attempt(&desk.app, &caller.actor, id).await?;
    let content = desk.app.content()?;
    Ok(AttemptDetail::of(seen, &content, caller.language, desk.app.now()))
}

async fn start(desk: Data<Desk>, caller: Caller, asked: Asked, Body(sent): Body<Start>) -> Answer {
    let unknown = || Fault::from(AttemptRefusal::NoSuch { what: "quiz", id: sent.quiz.clone() });
    let (course, quiz) = sent.quiz.split_once('/').ok_or_else(unknown)?;
    let (course, quiz): (Slug, Slug) = (course.parse().map_err(|_| unknown())?, quiz.parse().map_err(|_| unknown())?);
    let once = asked.once(&sent)?;
    let id = start_attempt::start_attempt_once(&desk.app, &caller.actor, course, quiz, once).await?;
    created(&format!("/api/v1/attempts/{id}"), &detail(&desk, &caller, id).await?)
}

async fn list(desk: Data<Desk>, caller: Caller) -> Answer {
    let attempts = my_records::my_attempts(&desk.app, &caller.actor).await?;
    let now = desk.app.now();
    told(attempts.into_iter().map(|attempt| AttemptLine::of(attempt, now)))
}

async fn read(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    shown(&detail(&desk, &caller, parsed(&id)?).await?)
}

async fn save(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>, Body(sent): Body<SaveBody>) -> Answer {
    let id = parsed(&place.0)?;
    // A place that is no number is on no form.
    let no = place.1.parse().unwrap_or(0);
    let save = Save { no, revision: sent.revision, answer: sent.answer, flagged: sent.flagged };
    let saved = save_answer::save_answer(&desk.app, &caller.actor, id, save).await?;
    shown(&SavedBody { revision: saved.revision, saved_at: saved.saved_at })
}

async fn submit(desk: Data<Desk>, caller: Caller, id: Path<String>) -> Answer {
    let id = parsed(&id)?;
    submit_attempt::submit_attempt(&desk.app, &caller.actor, id, Vec::new()).await?;
    shown(&detail(&desk, &caller, id).await?)
}

async fn void(desk: Data<Desk>, caller: Caller, id: Path<String>, Body(sent): Body<Why>) -> Answer {
    void_attempt::void_attempt(&desk.app, &caller.actor, parsed(&id)?, sent.reason).await?;
    nothing()
}

async fn to_mark(desk: Data<Desk>, caller: Caller) -> Answer {
    let waiting = mark_answer::answers_to_mark(&desk.app, &caller.actor).await?;
    let content = desk.app.content()?;
    let shown = |one: &mark_answer::Waiting| {
        let links = match content.curriculum.courses.get(&one.course) {
            Some(course) => Links::of(course, &format!("{}/banks", course.id)),
            None => Links::none(),
        };
        AnswerToMark::of(one, caller.language, &links)
    };
    told(waiting.iter().map(shown))
}

async fn mark(desk: Data<Desk>, caller: Caller, place: Path<(String, String)>, Body(sent): Body<Marks>) -> Answer {
    let id = parsed(&place.0)?;
    let no = place.1.parse().unwrap_or(0);
    // A number that can not be read exactly is none, and its criterion is the one that misses its mark.
    let points = sent.criteria.into_iter().filter_map(|(id, number)| Some((id, decimal(&number.to_string())?)));
    let given = Given { criteria: points.collect(), comment: sent.comment };
    let state = mark_answer::mark_answer(&desk.app, &caller.actor, id, no, given).await?;
    shown(&MarkedBody { attempt: id, state })
}
