//! What happened in the made-up company, day by day: told in the order of time, whatever the order here.

use super::people::{ADMIN, PEOPLE};
use crate::access::request::Verdict::{self, Approve, Reject, Return};

/// When: so many days ago at an hour and minute in UTC, or so many minutes ago.
#[derive(Clone, Copy, Debug)]
pub(super) enum When {
    Day(i64, i64, i64),
    Minutes(i64),
}

/// What happened. People and courses go by their names.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// The house is opened by its first administrator.
    Open,
    /// Content is put in force: the second edition, or the first.
    Content {
        first_edition: bool,
    },
    Invite {
        who: &'static str,
        comes: bool,
    },
    /// Modules are read: so many of them.
    Read {
        who: &'static str,
        course: &'static str,
        modules: usize,
    },
    /// Everything is read, and the exam passed with so many slips.
    Earn {
        who: &'static str,
        course: &'static str,
        slips: usize,
    },
    Fail {
        who: &'static str,
        course: &'static str,
    },
    /// An exam is begun and left open, with some answers saved.
    Begin {
        who: &'static str,
        course: &'static str,
        answers: usize,
    },
    /// The last failed exam does not count.
    Void {
        who: &'static str,
        reason: &'static str,
    },
    /// An administrator gives more time in every exam.
    Accommodate {
        who: &'static str,
        percent: i64,
        reason: &'static str,
    },
    /// A course is assigned to a team, due in so many days.
    Assign {
        by: &'static str,
        team: &'static str,
        course: &'static str,
        days: i64,
        note: &'static str,
    },
    /// Somebody leads a team from now on.
    Lead {
        who: &'static str,
        team: &'static str,
    },
    Ask {
        who: &'static str,
        role: &'static str,
        reason: &'static str,
    },
    Decide {
        who: &'static str,
        on: &'static str,
        role: &'static str,
        verdict: Verdict,
        comment: &'static str,
        days: Option<i32>,
    },
    Withdraw {
        who: &'static str,
        role: &'static str,
    },
    /// A token is minted, or refused.
    Mint {
        who: &'static str,
        role: &'static str,
    },
    WrongPassword {
        who: &'static str,
    },
    RevokeCertificate {
        who: &'static str,
        course: &'static str,
        reason: &'static str,
    },
    RevokeGrant {
        by: &'static str,
        who: &'static str,
        role: &'static str,
        reason: &'static str,
    },
    Lock {
        who: &'static str,
        reason: &'static str,
    },
    Lift {
        who: &'static str,
    },
    Disable {
        who: &'static str,
        reason: &'static str,
    },
    RotateKeys,
    /// The clock is asked what is due: keys are not in anybody's calendar.
    Sweep,
}

/// The courses by short names.
const BASE: &str = "data-foundations";
const SQL: &str = "warehouse-analyst";
const COST: &str = "warehouse-costs";
const DATA: &str = "personal-data";

/// Every course that the script needs.
pub(super) const COURSES: [&str; 4] = [BASE, SQL, COST, DATA];

/// The day on which the second edition of the course on personal data came into force.
const SECOND_EDITION: i64 = 60;

pub(super) fn script() -> Vec<(When, Step)> {
    let mut script = vec![
        (When::Day(430, 7, 0), Step::Content { first_edition: true }),
        (When::Day(430, 7, 10), Step::Open),
        (When::Day(210, 6, 0), Step::RotateKeys),
        (When::Day(209, 7, 10), Step::Sweep),
        (When::Day(SECOND_EDITION, 6, 30), Step::Content { first_edition: false }),
    ];
    for (index, made) in (0_i64..).zip(PEOPLE) {
        if made.key != ADMIN {
            let comes = made.key != "paul.chevalier";
            script.push((When::Day(made.since, 8, index), Step::Invite { who: made.key, comes }));
        }
    }
    learning(&mut script);
    access(&mut script);
    tokens(&mut script);
    lately(&mut script);
    script
}

fn learning(script: &mut Vec<(When, Step)>) {
    let earned: &[(i64, &'static str, &'static str, usize)] = &[
        (424, "camille.roux", BASE, 0),
        (423, "lea.fontaine", BASE, 1),
        (422, "marc.delmas", BASE, 0),
        (421, "ines.ferrer", BASE, 0),
        (420, "nuria.vidal", BASE, 1),
        (420, "joan.serra", BASE, 0),
        (419, "helene.garnier", BASE, 0),
        (418, "thomas.lacoste", BASE, 0),
        (310, "helene.garnier", DATA, 0),
        (308, "nuria.vidal", DATA, 1),
        (58, "helene.garnier", DATA, 0),
        (55, "nuria.vidal", DATA, 0),
        (340, "lea.fontaine", SQL, 0),
        (338, "joan.serra", COST, 1),
        (412, "carles.roca", BASE, 1),
        (408, "carles.roca", SQL, 0),
        (405, "carles.roca", COST, 1),
        (398, "sandrine.petit", BASE, 0),
        (300, "sandrine.petit", DATA, 1),
        (388, "pau.riera", BASE, 1),
        (200, "pau.riera", DATA, 0),
        (378, "laia.font", BASE, 0),
        (374, "laia.font", COST, 0),
        (298, "mathilde.girard", BASE, 1),
        (290, "mathilde.girard", SQL, 1),
        (280, "mathilde.girard", DATA, 0),
        (208, "hugo.bernard", BASE, 0),
        (204, "hugo.bernard", SQL, 1),
        (201, "hugo.bernard", COST, 0),
        (198, "jordi.mas", BASE, 0),
        (195, "jordi.mas", SQL, 1),
        (190, "jordi.mas", COST, 1),
        (173, "gabriel.simon", BASE, 0),
        (170, "gabriel.simon", COST, 0),
        (158, "etienne.caron", BASE, 1),
        (150, "etienne.caron", SQL, 0),
        (146, "etienne.caron", COST, 0),
        (148, "julien.moreau", BASE, 1),
        (145, "julien.moreau", SQL, 1),
        (141, "julien.moreau", COST, 1),
        (138, "oriol.pons", BASE, 0),
        (134, "oriol.pons", SQL, 0),
        (130, "oriol.pons", COST, 1),
        (128, "amelie.rousseau", BASE, 0),
        (125, "amelie.rousseau", SQL, 1),
        (100, "amelie.rousseau", DATA, 1),
        (118, "nicolas.fabre", BASE, 1),
        (113, "nicolas.fabre", SQL, 0),
        (110, "nicolas.fabre", COST, 0),
        (108, "sophie.blanc", BASE, 0),
        (104, "sophie.blanc", SQL, 1),
        (35, "sophie.blanc", DATA, 0),
        (98, "aina.casals", BASE, 0),
        (40, "aina.casals", DATA, 1),
        (93, "claire.aubert", BASE, 1),
        (90, "claire.aubert", DATA, 0),
        (50, "claire.aubert", DATA, 0),
        (88, "manon.lefevre", BASE, 0),
        (85, "manon.lefevre", SQL, 1),
        (30, "manon.lefevre", DATA, 0),
        (22, "marta.soler", BASE, 1),
    ];
    for (day, who, course, slips) in earned {
        script.push((When::Day(*day, 8, 30), Step::Earn { who, course, slips: *slips }));
    }
    let read: &[(i64, &'static str, &'static str, usize)] = &[
        (28, "lucas.robert", BASE, 2),
        (15, "marta.soler", SQL, 1),
        (11, "marta.soler", SQL, 3),
        (9, "chloe.dubois", BASE, 3),
        (6, "chloe.dubois", BASE, 4),
        (18, "quentin.leroy", BASE, 4),
        (5, "berta.vila", BASE, 4),
        (60, "camille.roux", COST, 2),
    ];
    for (day, who, course, modules) in read {
        script.push((When::Day(*day, 13, 0), Step::Read { who, course, modules: *modules }));
    }
    script.extend([
        (When::Day(115, 9, 0), Step::Read { who: "nicolas.fabre", course: SQL, modules: 4 }),
        (When::Day(115, 14, 0), Step::Fail { who: "nicolas.fabre", course: SQL }),
        (When::Day(114, 9, 0), Step::Void { who: "nicolas.fabre", reason: "power cut in the office during the exam" }),
        (When::Day(16, 10, 0), Step::Fail { who: "lucas.robert", course: BASE }),
        (When::Day(65, 9, 0), Step::Lead { who: "marc.delmas", team: "merchant-support" }),
        (
            When::Day(62, 9, 30),
            Step::Assign {
                by: "marc.delmas",
                team: "merchant-support",
                course: DATA,
                days: 56,
                note: "For everybody who sees merchants' returns",
            },
        ),
        (When::Day(18, 9, 0), Step::Assign { by: ADMIN, team: "marketing", course: BASE, days: 30, note: "" }),
        (
            When::Day(17, 9, 30),
            Step::Accommodate { who: "quentin.leroy", percent: 150, reason: "as agreed with occupational health" },
        ),
    ]);
}

fn ask(day: i64, who: &'static str, role: &'static str, reason: &'static str) -> (When, Step) {
    (When::Day(day, 12, 0), Step::Ask { who, role, reason })
}

fn decide(
    day: i64,
    who: &'static str,
    on: &'static str,
    role: &'static str,
    verdict: Verdict,
    comment: &'static str,
) -> (When, Step) {
    let days = (role == "price-modeller").then_some(60);
    (When::Day(day, 15, 0), Step::Decide { who, on, role, verdict, comment, days })
}

fn access(script: &mut Vec<(When, Step)>) {
    script.extend([
        ask(410, "carles.roca", "explorer", ""),
        ask(404, "carles.roca", "analyst", "Weekly sales figures for the Iberian merchants"),
        ask(230, "carles.roca", "analyst", "Weekly sales figures for the Iberian merchants"),
        ask(60, "carles.roca", "analyst", "Weekly sales figures for the Iberian merchants"),
        ask(370, "laia.font", "price-watcher", "Prices of our ten largest competitors"),
        ask(200, "laia.font", "price-watcher", "Prices of our ten largest competitors"),
        ask(12, "laia.font", "price-watcher", "Prices of our ten largest competitors"),
        ask(297, "mathilde.girard", "explorer", ""),
        ask(278, "mathilde.girard", "returns-desk", "Disputes about returned furniture"),
        decide(277, "sandrine.petit", "mathilde.girard", "returns-desk", Approve, "As agreed with the team"),
        ask(150, "mathilde.girard", "returns-desk", "Disputes about returned furniture"),
        decide(149, "marc.delmas", "mathilde.girard", "returns-desk", Approve, ""),
        (When::Day(70, 17, 0), Step::Disable { who: "mathilde.girard", reason: "left the company" }),
        ask(207, "hugo.bernard", "explorer", ""),
        ask(199, "hugo.bernard", "analyst", "Sales by region for the monthly review"),
        ask(25, "hugo.bernard", "analyst", "Sales by region for the monthly review"),
        ask(80, "hugo.bernard", "merchant-finance", "Commissions of the merchants whose contracts end this year"),
        decide(79, "ines.ferrer", "hugo.bernard", "merchant-finance", Approve, "Only for the contract review"),
        ask(58, "hugo.bernard", "stock-desk", "Deliveries behind the sales of the monthly review"),
        ask(62, "hugo.bernard", "price-watcher", "Our prices beside the competitors' in the monthly review"),
        ask(197, "jordi.mas", "explorer", ""),
        (
            When::Day(50, 10, 0),
            Step::RevokeGrant {
                by: "camille.roux",
                who: "jordi.mas",
                role: "explorer",
                reason: "moved to another team",
            },
        ),
        ask(188, "jordi.mas", "analyst", "Complaints by merchant"),
        ask(30, "jordi.mas", "merchant-finance", "I would like to see the payouts"),
        decide(
            29,
            "ines.ferrer",
            "jordi.mas",
            "merchant-finance",
            Reject,
            "Payouts are not part of your work; ask the finance team for a report",
        ),
        ask(168, "gabriel.simon", "price-watcher", "Weekly price index"),
        (
            When::Day(41, 9, 0),
            Step::Lock { who: "gabriel.simon", reason: "sign-ins from two countries within an hour" },
        ),
        (When::Day(40, 16, 0), Step::Lift { who: "gabriel.simon" }),
        ask(145, "etienne.caron", "analyst", "Campaign results by product group"),
        ask(140, "julien.moreau", "analyst", "Which campaigns bring orders"),
        ask(120, "oriol.pons", "price-watcher", "Price elasticity study"),
        ask(39, "oriol.pons", "price-modeller", "Build the elasticity model for household goods"),
        decide(38, "joan.serra", "oriol.pons", "price-modeller", Approve, "For the pilot only"),
        ask(98, "amelie.rousseau", "returns-desk", "Returns with damage claims"),
        decide(97, "marc.delmas", "amelie.rousseau", "returns-desk", Approve, ""),
        ask(109, "nicolas.fabre", "analyst", "Reconciling orders with invoices"),
        ask(88, "claire.aubert", "customer-care", "Customers who write to us about a delivery"),
        decide(87, "nuria.vidal", "claire.aubert", "customer-care", Approve, "Front desk"),
        decide(86, "helene.garnier", "claire.aubert", "customer-care", Approve, "Purpose and training are in order"),
        ask(10, "claire.aubert", "customer-care", "Customers who write to us about a delivery"),
        decide(9, "pau.riera", "claire.aubert", "customer-care", Approve, ""),
        decide(8, "helene.garnier", "claire.aubert", "customer-care", Approve, "Unchanged purpose"),
        ask(20, "lucas.robert", "explorer", ""),
        ask(14, "marta.soler", "analyst", "Delivery times by carrier"),
        (When::Day(10, 11, 0), Step::Withdraw { who: "marta.soler", role: "analyst" }),
        ask(21, "marta.soler", "explorer", ""),
        ask(20, "marta.soler", "stock-desk", "Stock of the Barcelona warehouse, every morning"),
    ]);
}

fn tokens(script: &mut Vec<(When, Step)>) {
    let minted: &[(i64, &'static str, &'static str)] = &[
        (380, "carles.roca", "analyst"),
        (300, "carles.roca", "analyst"),
        (220, "carles.roca", "analyst"),
        (120, "carles.roca", "explorer"),
        (35, "carles.roca", "analyst"),
        (20, "carles.roca", "analyst"),
        (270, "mathilde.girard", "returns-desk"),
        (120, "mathilde.girard", "returns-desk"),
        (190, "hugo.bernard", "analyst"),
        (150, "hugo.bernard", "analyst"),
        (100, "hugo.bernard", "explorer"),
        (70, "hugo.bernard", "merchant-finance"),
        (45, "hugo.bernard", "price-watcher"),
        (10, "hugo.bernard", "analyst"),
        (2, "hugo.bernard", "analyst"),
        (360, "laia.font", "price-watcher"),
        (8, "laia.font", "price-watcher"),
        (180, "jordi.mas", "analyst"),
        (5, "jordi.mas", "analyst"),
        (160, "gabriel.simon", "price-watcher"),
        (40, "gabriel.simon", "price-watcher"),
        (130, "etienne.caron", "analyst"),
        (130, "julien.moreau", "analyst"),
        (110, "oriol.pons", "price-watcher"),
        (30, "oriol.pons", "price-modeller"),
        (90, "amelie.rousseau", "returns-desk"),
        (26, "amelie.rousseau", "returns-desk"),
        (60, "nicolas.fabre", "analyst"),
        (80, "claire.aubert", "customer-care"),
        (6, "claire.aubert", "customer-care"),
    ];
    for (day, who, role) in minted {
        script.push((When::Day(*day, 13, 30), Step::Mint { who, role }));
    }
}

/// The last days: what still waits, runs or has just gone wrong.
fn lately(script: &mut Vec<(When, Step)>) {
    script.extend([
        (When::Day(7, 7, 45), Step::WrongPassword { who: "sophie.blanc" }),
        ask(6, "sophie.blanc", "returns-desk", "Customers ask about their returns"),
        decide(5, "marc.delmas", "sophie.blanc", "returns-desk", Return, "For which merchants, and for how long?"),
        ask(4, "gabriel.simon", "price-watcher", "Weekly price index"),
        ask(3, "aina.casals", "customer-care", "Complaints that need the customer's address"),
        decide(2, "nuria.vidal", "aina.casals", "customer-care", Approve, "New in the front desk"),
        (
            When::Day(3, 9, 0),
            Step::RevokeCertificate {
                who: "julien.moreau",
                course: SQL,
                reason: "the exam was taken with somebody else's help",
            },
        ),
        ask(2, "manon.lefevre", "returns-desk", "Settling returns with merchants in the south-west"),
        ask(1, "nicolas.fabre", "merchant-finance", "Closing the books of the quarter"),
        (When::Minutes(26 * 60), Step::Fail { who: "quentin.leroy", course: BASE }),
        (When::Minutes(22 * 60), Step::Lock { who: "etienne.caron", reason: "laptop stolen on the train" }),
        (When::Minutes(5 * 60), Step::Fail { who: "quentin.leroy", course: BASE }),
        (When::Minutes(90), Step::Mint { who: "hugo.bernard", role: "merchant-finance" }),
        (When::Minutes(80), Step::Mint { who: "etienne.caron", role: "analyst" }),
        (When::Minutes(4), Step::Begin { who: "berta.vila", course: BASE, answers: 4 }),
    ]);
}
