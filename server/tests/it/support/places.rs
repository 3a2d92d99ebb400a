//! Addresses of every route: what is crawled.

use domain::fact::FactKind;
use server::ROUTES;

use super::World;

/// Addresses that stand for every route that is read by GET.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    /// Public pages and files of the record: each may be asked for at an edition.
    pub(crate) record: Vec<String>,
    /// Texts, health, assets, errors, the sign-in.
    pub(crate) others: Vec<String>,
    /// The desk.
    pub(crate) desk: Vec<String>,
}

/// Addresses of every route in [`ROUTES`], with these incidents and cases. A route that nobody thought of here fails.
pub(crate) async fn public_places(world: &World, references: &[&str], cases: &[&str]) -> Places {
    let mut places = Places::default();
    for (_, route) in ROUTES.iter().filter(|(method, _)| *method == "GET") {
        let list: &mut Vec<String> = match *route {
            "/methodology"
            | "/safety"
            | "/privacy"
            | "/about"
            | "/transparency"
            | "/transparency/checkpoint"
            | "/.well-known/security.txt"
            | "/assets/{file}"
            | "/healthz"
            | "/readyz"
            | "/sign-in"
            | "/sign-in/code"
            | "/invitations/{token}" => &mut places.others,
            // Kept by nobody, as the desk's.
            "/incidents/{reference}/reply" | "/replies/{token}" => &mut places.desk,
            route if route.starts_with("/desk") => &mut places.desk,
            _ => &mut places.record,
        };
        match *route {
            "/countries/{country}" => list.extend(["bra", "usa", "ata"].map(|c| format!("/countries/{c}"))),
            "/countries" => list.extend(["/countries", "/countries?find=Brazl"].map(str::to_owned)),
            "/treaties/{slug}" => {
                list.extend(["budapest", "un-cybercrime"].map(|t| format!("/treaties/{t}")))
            }
            "/incidents" => list.extend(
                [
                    "",
                    "?country=BRA",
                    "?kind=platform-blocking&year=2016",
                    "?bearing=alleged-misuse&treaty=budapest",
                ]
                .map(|query| format!("/incidents{query}")),
            ),
            "/incidents/{reference}" => list.extend(references.iter().map(|r| format!("/incidents/{r}"))),
            "/incidents/{reference}/record.json"
            | "/incidents/{reference}/replies.json"
            | "/incidents/{reference}/reply" => {
                list.extend(references.iter().map(|r| route.replace("{reference}", r)));
            }
            "/replies/{token}" => list.push(format!("/replies/{}", "0".repeat(64))),
            "/desk/replies/{reply}" => {
                list.extend(world.replies().await.iter().map(|id| format!("/desk/replies/{id}")));
            }
            "/indicators/{code}" => {
                list.push("/indicators/vdem-freedom-of-expression".to_owned());
                list.push("/indicators/wgi-voice-and-accountability?country=BRA".to_owned());
            }
            "/charts/{file}" => {
                for form in ["svg", "csv", "json", "png"] {
                    list.push(format!("/charts/timeline.{form}?country=BRA"));
                    let query = "country=BRA&indicator=vdem-freedom-of-expression";
                    list.push(format!("/charts/indicator.{form}?{query}"));
                }
            }
            "/assets/{file}" => {
                let home = world.stranger().get("/").await.expect(200).page();
                list.extend(home.links().into_iter().filter(|link| link.starts_with("/assets/")));
            }
            "/invitations/{token}" => list.push(format!("/invitations/{}", "0".repeat(64))),
            route if route.contains("/evidence/{file}") => {
                let is_public = route.starts_with("/incidents");
                for (of, file) in world.evidence(is_public).await {
                    let whose = if is_public { "{reference}" } else { "{id}" };
                    list.push(route.replace(whose, &of).replace("{file}", &file));
                }
            }
            "/desk/record/{kind}" => {
                list.extend(FactKind::ALL.iter().map(|kind| route.replace("{kind}", kind.slug())));
            }
            "/desk/record/new/{kind}" => {
                list.extend(FactKind::ALL.iter().map(|kind| route.replace("{kind}", kind.slug())));
            }
            "/desk/record/{kind}/{*fact}" => list.extend(
                [
                    "treaties/budapest",
                    "provisions/iccpr/19%283%29",
                    "areas/BRA",
                    "groups/AU-DZA-0",
                    "coverage/0",
                ]
                .map(|fact| format!("/desk/record/{fact}")),
            ),
            route if route.contains("{id}") => list.extend(cases.iter().map(|id| route.replace("{id}", id))),
            route if route.contains('{') => panic!("no address stands for {route}"),
            route => list.push(route.to_owned()),
        }
    }
    let errors = [
        "/nowhere",
        "/countries/brasilien-x",
        "/treaties/none",
        "/incidents/TW-2016-9999",
        "/fr/",
        "/?edition=x",
    ];
    places.others.extend(errors.map(str::to_owned));
    places
}

/// An address of a route, with this case where it names one, and otherwise with things that do not exist.
pub(crate) fn example(route: &str, case: &str) -> String {
    let none =
        [("{token}", "none"), ("{reference}", "TW-1999-0001"), ("{reply}", "none"), ("{file}", "none")];
    none.iter().fold(route.replace("{id}", case), |path, (name, value)| path.replace(name, value))
}

impl Places {
    /// Every public address, those of the record at each of these editions too.
    pub(crate) fn at_editions(&self, editions: impl IntoIterator<Item = i64>) -> Vec<String> {
        let mut all: Vec<String> = self.record.iter().chain(&self.others).cloned().collect();
        for edition in editions {
            all.extend(self.record.iter().map(|path| {
                let joint = if path.contains('?') { '&' } else { '?' };
                format!("{path}{joint}edition={edition}")
            }));
        }
        all
    }
}
