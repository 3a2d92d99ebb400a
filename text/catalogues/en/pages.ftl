# What the public pages say. Words of the record itself (statuses, kinds, days) are in words.ftl.

site-name = Treatywatch
licence-record = CC BY 4.0
not-recorded = not recorded
day-not-recorded = day not recorded
not-yet-checked = not yet checked against an official source

## Around every page

shell-title = { $page } – { $site }
shell-skip = Skip to the content
shell-edition = Edition { $edition } of the record.
shell-licence = Facts and words of the record: CC BY 4.0. Figures of other publishers keep their own licences.
shell-no-tracking = Public pages set no cookies, run no scripts and load nothing from elsewhere.
shell-old-edition-label = An earlier edition
shell-old-edition = You are reading edition { $edition } of the record, as published on { $day }. The newest is edition { $head }.
shell-old-edition-live = Read this page as it stands now
nav-label = Sections
nav-footer-label = About this record
nav-countries = Countries
nav-treaties = Treaties
nav-incidents = Incidents
nav-indicators = Indicators
nav-changes = Changes
nav-methodology = Methodology
nav-safety = Safety
nav-privacy = Privacy
nav-transparency = Transparency
nav-about = About
nav-desk = Desk

## Parts that several pages share

figure-events = Treaty actions and incidents
figure-table = The figures as a table
figure-files = Download:
download-as = { $name }: { $format }
entry-on-that-day = On that day:
entry-on-that-day-for = On that day, for { $state }:
entry-grade = Grade: { $grade }
entry-grade-sentence = Grade of “it happened”: { $grade }.
entry-answerable = { $state }: { $attribution }
entry-nobody-answerable = Answerable: not established
act-line = { $kind }, { $when }
act-provisions = (on { $provisions })
entry-disputed = Disputed
entry-starter = starter record, not reviewed
starter-note = From the starter record, not reviewed by an organisation.
cite-quote-title = To quote
cite-quote = “{ $sentence }” (Treatywatch, edition { $edition }, { $day })
cite-title = To cite
cite-citation = Treatywatch, “{ $title }”, edition { $edition }, { $day }, { $address }
cite-address = Address at this edition
cite-hash = Content hash (SHA-256)
cite-hash-before = Before a field was withheld for safety, the content hash was { $hash }.
cite-licence = Licence
cite-licence-words = CC BY 4.0: use it freely and name Treatywatch.
downloads = Figures to download
form-error = Error:
form-errors = { $count ->
    [one] There is a problem with one field
   *[other] There are problems with { $count } fields
}

## Marks on charts

mark-signature = { $treaty }: signed
mark-definitive-signature = { $treaty }: signed definitively
mark-ratification = { $treaty }: ratified
mark-acceptance = { $treaty }: accepted
mark-approval = { $treaty }: approved
mark-accession = { $treaty }: acceded
mark-succession = { $treaty }: succeeded
mark-formal-confirmation = { $treaty }: confirmed formally
mark-consent-form-not-recorded = { $treaty }: consented
mark-provisional-application = { $treaty }: applied provisionally
mark-entry-into-force = { $treaty }: in force
mark-territorial-application = { $treaty }: extended
mark-denunciation = { $treaty }: denounced
mark-signature-withdrawal = { $treaty }: signature withdrawn
mark-derogation = { $treaty }: derogation
mark-derogation-end = { $treaty }: derogation ended
indicator-break = break in the series

## Home

home-title = How cybercrime treaties are used
home-description = Documented incidents of how powers over the internet and its users are used, beside what bound each state on that day, and human-rights indicators over time.
home-counts = Counted as alleged misuse: { $counted ->
    [one] one incident
   *[other] { $counted } incidents
}. On record and not counted: { $laws ->
    [one] one law or draft
   *[other] { $laws } laws and drafts
}, { $others ->
    [one] one other
   *[other] { $others } others
}. { $treaties } treaties and other instruments; edition { $edition }. The incidents are documented examples, not a full count.
home-newest = Newest incidents
home-no-incident = No incident on record yet.
home-all-incidents = All incidents
home-countries = States said to be answerable for a recorded incident
home-countries-note = In alphabetical order. That a country is not here may mean silence: the record holds examples.
home-all-countries = All countries and areas
home-how = How to read it
home-how-1 = Every incident stands beside what bound the state on that day: whether the treaty existed, was open, was signed, was ratified, was in force for it. Where the record does not say, the page does not either.
home-how-2 = Every row names its source, or says that it is not yet checked. Every page of the record can be cited as it stands, by its edition.
home-how-link = How standing, counts and analysis come about
home-changes = Newest changes

## Countries

countries-title = Countries
countries-description = Every country and area, with its standing today under three treaties and the incidents on record.
countries-find = Find a country
countries-find-hint = Any usual name or code: Türkiye, Turkey, TUR
countries-find-button = Find
countries-near = No country or area is listed as “{ $find }”. The nearest:
countries-not-found = No country or area is listed as “{ $find }”.
countries-note = The list follows the United Nations’ M49 standard, with what publishers list beside it. A row says nothing about what a place should be.
countries-former = States that no longer exist
countries-organisations = Organisations that can consent to treaties
countries-no-region = Other areas
countries-caption = { $region }: standing on { $day }, and incidents of alleged misuse that the state is said to be answerable for
countries-incidents = Incidents
countries-count-others = { $count } and { $others } other
countries-none-on-record = none on record

## A country

country-kind-territory = A territory for whose foreign relations a state answers.
country-kind-area = An area that publishers list. Whether it is a state is not this record’s to decide.
country-kind-organisation = An organisation that can itself consent to some treaties.
country-kind-former = A state that no longer exists.
country-incidents = { $count ->
    [0] no incident recorded
    [1] one incident recorded
    [2] two incidents recorded
    [3] three incidents recorded
    [4] four incidents recorded
    [5] five incidents recorded
    [6] six incidents recorded
    [7] seven incidents recorded
    [8] eight incidents recorded
    [9] nine incidents recorded
    [10] ten incidents recorded
   *[other] { $count } incidents recorded
}, from { $from } to { $to }
country-incidents-in = { $count ->
    [1] one incident recorded
    [2] two incidents recorded
    [3] three incidents recorded
    [4] four incidents recorded
   *[other] { $count } incidents recorded
}, in { $when }
country-examples = { $incidents }: examples, not a full count
country-no-incident = no incident of alleged misuse recorded, which may mean silence
country-no-incident-watched = no incident of alleged misuse recorded by those who watch it
country-only-here = no incident recorded that it is said to answer for; { $count ->
    [1] one happened here
    [2] two happened here
    [3] three happened here
    [4] four happened here
   *[other] { $count } happened here
}
clause-party = party to the { $treaty }, since when not recorded
clause-party-since = party to the { $treaty } since { $when }
clause-signature = signed the { $treaty } { $when }
clause-definitive-signature = signed the { $treaty } definitively { $when }
clause-ratification = ratified the { $treaty } { $when }
clause-acceptance = accepted the { $treaty } { $when }
clause-approval = approved the { $treaty } { $when }
clause-accession = acceded to the { $treaty } { $when }
clause-succession = succeeded to the { $treaty } { $when }
clause-formal-confirmation = confirmed the { $treaty } { $when }
clause-consent-form-not-recorded = consented to the { $treaty } { $when }
clause-denunciation = denounced the { $treaty } { $when }
clause-act-unknown = an act under the { $treaty } on a day not recorded
clause-contracting = { $act }, not in force for it yet
clause-not-a-party = not a party to the { $treaty }
clause-provisionally = provisionally applying the { $treaty }
clause-extension = under the { $treaty } by extension
clause-addressed = addressed by the { $treaty }
clause-did-not-exist = the { $treaty } did not exist yet
clause-not-open-yet = the { $treaty } was not open yet
clause-not-open = the { $treaty } is not open to it
clause-no-record = no record on the { $treaty }
clause-invited = invited { $when } to accede to the { $treaty }, whether it acceded is not recorded
clause-unchecked = the { $treaty }: only a source not yet checked
clause-signed-only = { $act }, whether it ratified is not recorded
clause-consented-only = { $act }, whether it was in force for it is not recorded
clause-bound-by-later = party to the { $treaty } by { $day }, since when not recorded
clause-open = the { $treaty }: more than one status possible
country-findings = Alleged misuse
country-findings-note = Newest first, each with the state’s standing on that day, and who holds the state answerable.
country-none = No incident of alleged misuse on record. That may mean silence: nobody declares to watch { $country }.
country-none-examples = No incident of alleged misuse on record. That may mean silence: only examples were gathered for { $country }.
country-none-answerable = No incident on record that { $country } is said to answer for. What happened here stands further down.
country-others = Not counted
country-others-note = Remedies, comparisons, proposals, what was not carried out, and laws and drafts of any kind: listed, and in no count.
country-bearing-remedy = Remedies
country-bearing-comparison = Comparisons
country-bearing-proposal = Proposals
country-bearing-not-carried-out = Not carried out
country-laws = Laws and drafts
country-laws-note = Listed, never counted as incidents.
country-happened-here = Happened here
country-happened-here-note = These happened in { $country }, which is not the state said to be answerable; each line says who is, or that nobody is said to be.
country-timeline = Timeline
country-treaties = Treaties
country-treaties-caption = Standing of { $country } on { $day }
country-treaties-treaty = Treaty
country-treaties-standing = Standing
country-treaties-acts = Acts on record
country-treaties-none = No act of this country under any treaty is on record.
country-treaties-no-record = No record: { $treaties }. That is not “not a party”: no list on record that reaches to this day is complete.
country-treaties-not-then = { $treaties }: { $standing }.
country-treaties-closed = { $status }: { $treaties }.
# Where membership of an organisation decides.
country-treaties-closed-by-list = { $status }, by lists of members that are not yet checked: { $treaties }.
country-no-act = no act on record
country-statements = { $count ->
    [one] One reservation, declaration or other statement
   *[other] { $count } reservations, declarations and other statements
}
country-indicators = Indicators
country-indicators-note = Treaty actions and incidents stand on the time axis so that one sees what came before and after. That does not say what caused what.
country-indicators-none = None of the record’s indicators has a value for this country.
indicator-about = How it is made
country-unknown = What is not known
country-watched = How this country is watched
unknown-open = The record leaves more than one status open under: { $treaties }.
unknown-unchecked = { $count ->
    [one] One treaty action is
   *[other] { $count } treaty actions are
} not yet checked against an official source.
unknown-statements = Reservations, declarations and derogations are not on record in full.
unknown-of = { $count } of { $all ->
    [one] { $all } entry
   *[other] { $all } entries
} on this page (laws and comparisons included)
unknown-not-analysed = Not yet analysed: { $of }.
unknown-justification = Whether there was an official justification is not recorded: { $of }.
unknown-end = When it ended is not recorded: { $of }.
unknown-not-established = Who is answerable is not established: { $of }.
unknown-grade = Not graded: { $of }.
unknown-indicator = { $indicator }: not available for this country.
unknown-indicator-after = { $indicator }: not available after { $year }.
unknown-laws = Its laws and overlapping obligations are not part of the record yet.
watched-by-nobody = Nobody declares to watch this country. That nothing is on record then says nothing.
watched-all-found = { $source } declares to publish all that it finds: { $kinds }, from { $from } to { $to }.
watched-examples = { $source }: examples only, not all that it found: { $kinds }, from { $from } to { $to }.
watched-every-kind = every kind
source-starter-record-documented-incidents = The starter record
watched-open = no day named
country-ahead = Key dates ahead
country-ahead-none = None on record.
country-ahead-line = { $day }: { $what }
country-ahead-in-force = the { $treaty } enters into force for it
country-ahead-leaves = the { $treaty } ends for it
country-ahead-last-day = last day to sign the { $treaty }
country-quote-title = Quote, cite, download
country-quote = { $country }: { $sentence }.
country-press = Press contact
country-press-note = Questions about a page, or something to correct?
country-press-link = Who runs this copy, and how to reach them

## Treaties

treaties-title = Treaties
treaties-description = The treaties on cybercrime, and the human-rights and data-protection treaties that their use is held against.
treaties-treaties = Treaties
treaties-caption = Treaties: when opened, whether in force, how far the list of what states did reaches
treaties-others = Norms and directives
treaties-others-note = They address states without a consent of their own. Nobody is party to them.
treaties-others-caption = Norms and directives
treaties-name = Title
treaty-in-force-since = Since { $day }
treaty-not-in-force = Not in force on { $day }, the last day checked
treaty-never-in-force = Does not enter into force
treaty-list = How far the list reaches
treaty-list-both = Complete for joining to { $joining }, for leaving to { $leaving }
treaty-list-joining = Complete for joining to { $joining }; not for leaving
treaty-list-leaving = Complete for leaving to { $leaving }; not for joining
treaty-list-incomplete = Not complete: a state without a row is “no record”, never “not a party”
treaty-list-none-needed = No list: membership decides
treaty-particulars = Particulars
treaty-depositary = Depositary
treaty-adopted = Adopted
treaty-opened = Opened for signature
treaty-opened-at = { $when }, { $place }
treaty-open-until = Open for signature until
treaty-open-to = Open to
treaty-in-force = In force
treaty-entry-rule = Rule for entering into force
treaty-effect-rule = Rule for one more state
treaty-denunciation-rule = Rule for leaving
treaty-languages = Languages of the text
treaty-parties-count = Parties, as counted by a source
treaty-parties-counted = { $count } ({ $when })
treaty-list-seen = List last seen
treaty-text = Text
treaty-source = Source of these particulars
treaty-rules-unchecked = To whom it is open and its rules are in our own words and not yet checked against the official text. Days computed from them are marked.
treaty-participants = Participants
treaty-no-participants = Nobody is party to it: it addresses states by membership or by invitation to follow it.
treaty-participants-none = No act of any state is on record.
treaty-participants-caption = States with acts on record, and their standing on { $day }
treaty-counts = On record here, by standing today: { $counts }.
treaty-count = { $status }: { $count }
treaty-state = State
treaty-standing-today = Standing today
treaty-sources = Source used
treaty-also-seen = { $count ->
    [one] Also seen in one more
   *[other] Also seen in { $count } more
}
treaty-notices = Invitations, approvals at home and reports
treaty-notices-note = They change no state’s standing and are counted nowhere. That a state was invited does not say whether it acceded.
treaty-statements = Reservations, declarations and other statements
treaty-statements-note = As seen in the sources, not in full. That none is here does not say that none was made.
treaty-statements-of = { $state } ({ $count })
treaty-provisions = Provisions by topic
treaty-provisions-none = No provision of it is on record.
treaty-provisions-note = A provision stands under each of its topics. Headings are those of the source unless marked as ours.
provision-number = Number
provision-heading = Heading
provision-checked = Checked
provision-is-checked = seen in a source
provision-unchecked = not yet checked against the official text
provision-heading-ours = (our heading)
provision-binding = Binding words: “{ $words }”

## Incidents

incidents-title = Incidents
incidents-description = Acts of authority, and what they caused: what happened, who is said to be answerable, and what bound the state on that day.
incidents-count = { $count ->
    [0] No incident found
    [one] One incident found
   *[other] { $count } incidents found
}
incidents-laws = { $laws ->
    [one] One of them is a law or draft, which is never counted.
   *[other] { $laws } of them are laws and drafts, which are never counted.
}
incidents-examples = Documented examples, not a full count.
incidents-none = No incident on record fits. That may mean silence: the record holds what was gathered, not all that happened.
incidents-no-more = No older incident fits.
incidents-older = Older incidents
incidents-newest = Back to the newest
filter-title = Choose
filter-all = All
filter-country = Country, answerable or where it happened
filter-kind = Kind
filter-bearing = Shown as
filter-treaty = Linked to the treaty
filter-year = Year
filter-apply = Show
filter-clear = Show all
filter-not-understood = “{ $value }” is not something that { $name } can be, so it was left out.

## An incident

incident-what = What happened
incident-title = Title
incident-start = Began
incident-end = Ended
incident-ongoing = ongoing at the last source
incident-lasted = Lasted
incident-lasted-unknown = not known: its first and last day are not both on record to the day
incident-places = Countries
incident-place-name = Where
incident-authority-kind = Kind of authority
incident-authority = Authority
incident-decision = Decision
incident-law = Law, as named
incident-law-article = { $law }, { $article }
incident-contexts = At the time
incident-services = Services
incident-networks = Networks
incident-people-affected = People affected
incident-start-time = Began at
incident-end-time = Ended at
incident-time-there = { $time }, by the clocks there
incident-extent = How far it reached
incident-aimed-at = Aimed at
incident-channel = Way of the request
incident-requesting = Requested by
incident-requested = Requested of
incident-provider = Company or provider asked
incident-targets = Directed at
incident-persons = To whom it happened
incident-persons-number = { $role } ({ $number })
incident-stages = Stages
incident-stage = { $stage }, { $when }
incident-outcome = Outcome
incident-narrative = Narrative
incident-transnational = Across borders
incident-transnational-words = A state reached for people abroad
incident-series = Series
incident-related = Related
incident-answerable = Who acted, and who is answerable
incident-stance = What the authority said of it
incident-naming = Names
actor-caption = Who acted; which state is said to be answerable, and who says so
actor-state = State
actor-attribution = Attribution
actor-role = Role
actor-name = Name or office
actor-no-state = none said to be
actor-none = Nobody on record is said to have acted.
incident-reasons = Reasons given
incident-justification = Official justification
incident-documented-cause = Documented cause
justification-none-found = Looked for; none found.
justification-not-recorded = Not recorded.
documented-cause-none = Not recorded.
incident-standing = What bound the state
incident-standing-nobody = Nobody is said to be answerable, so no state’s standing is shown.
incident-standing-caption = Standing of { $state } on that day ({ $when })
incident-findings = Findings of courts and bodies
incident-findings-none = No finding of a court or body is on record.
finding-provision = on { $provision }
incident-links = Treaty provisions engaged
incident-links-none = Not yet linked to a treaty.
link-provision = { $treaty }, { $provision }
link-standing = On that day
link-reservation = Reservation on it
link-derogation = Derogation
link-reservation-or-derogation = Reservation or derogation
link-not-in-force = not concerned: the treaty was not in force for the state
link-of-state = { $what } ({ $state })
link-reservation-no-provision = shown once a provision is named
link-reservation-none = none on record; the list is not complete
link-reservation-text = { $line }: “{ $text }”
link-derogation-notified = notified { $when } { $provisions }
link-derogation-not-recorded = not recorded
link-said-by = { $strength }; said by { $by }
incident-assessments = Assessments
incident-assessments-none = Not yet assessed.
incident-assessments-note = A reading, part by part, by those named. Not met if any part is not; met only if all are; otherwise open.
assessment-title = { $right }: { $outcome }
assessment-part = Part of the test
assessment-outcome = Outcome
assessment-reason = Reasons
assessment-by = { $by }, { $when }
part-provided-by-law = Provided by law
part-legitimate-aim = Legitimate aim
part-necessary = Necessary
part-proportionate = Proportionate
part-lawful = Lawful
part-not-arbitrary = Not arbitrary
part-fair-hearing = Fair hearing
part-competent-tribunal = Competent tribunal
part-law-in-force-when-done = Law in force when it was done
part-promptly-before-a-judge = Promptly before a judge
incident-factors = What contributed, and what it points to
incident-factors-none = Not yet analysed.
incident-factors-note = Each as said by those named. The remedy is what such a factor points to, not a recommendation for this case.
factor-title = { $factor }, { $basis }
factor-remedy = Points to: { $remedy }
incident-sources = Sources
source-published = published { $when }
source-day-not-recorded = day of publication not recorded
source-first = first published by { $by }
incident-evidence = Evidence
incident-evidence-note = Pictures are copies, made anew from what can be seen, so that nothing hidden in a file comes along. The originals stay with the organisation.
incident-evidence-kind = { $type }, about { $size }
incident-evidence-withheld = A file was withheld on { $day }.
incident-comment = Comment sought
comment-asked = Asked: { $from }, { $when }.
comment-no-answer = No answer on record.
comment-not-asked = Not asked: { $reason }
comment-not-recorded = Whether anybody was asked for comment is not recorded.
incident-history = History
incident-history-line = { $cause }, { $day }
incident-since-edition = In the record since edition { $edition }.
incident-at-edition = edition { $edition }
incident-disputed = Since edition { $edition }. What stands below is as it was published.
incident-disputed-by = { $by } disputes this since edition { $edition }. What stands below is as it was published.
incident-field-withheld = { $field }: withheld for safety on { $day }.
incident-retracted-title = { $reference } was retracted
incident-retracted-on = This incident was taken back on { $day }. Nothing of it counts any more.
incident-retracted-reason = Reason
incident-retracted-no-reason = No reason is on record.
incident-retracted-before = What it said stands at the editions before:
incident-withheld-title = { $reference } is withheld
incident-withheld = Withheld pending review.
incident-erased-title = { $reference } was erased
incident-erased = What stood here was erased for good. Its reference is not used again.

## Indicators

indicators-title = Indicators
indicators-description = Yearly series of named publishers, as published, each under its publisher’s licence.
indicators-all = Indicators
indicators-caption = Indicators, with publisher, scale and licence
indicators-none = No indicator on record.
indicators-note = Indicators and incidents are never added together: experts who code an indicator know the same events.
indicator-name = Indicator
indicator-publisher = Publisher
indicator-publisher-release = { $publisher }, { $release }
indicator-scale = Unit and scale
indicator-scale-ends = { $unit }, { $low } to { $high }; { $direction }
indicator-scale-open = { $unit }; { $direction }
indicator-licence = Licence
indicator-chart = Over time
indicator-highlight = With so many lines only the first country of the list stands out. Any other can be drawn alone, from the table below.
indicator-show-all = Show all countries
indicator-countries = By country
indicator-no-country = No value on record.
indicator-countries-caption = First and latest value of { $count ->
    [one] one country
   *[other] { $count } countries
} ({ $scale })
indicator-first = First
indicator-latest = Latest
indicator-draw = Chart
indicator-draw-country = { $country } alone
indicator-value = { $value } ({ $year })
indicator-value-interval = { $value } ({ $year }; { $low } to { $high })
indicator-terms = Where it comes from
indicator-release = Release used
indicator-newer = Newer release known
indicator-newer-none = none known
indicator-interval = Interval
indicator-breaks = Breaks in the series
indicator-breaks-none = none recorded
indicator-attribution = To be named as
indicator-source = Source
indicator-since-edition = In the record since edition
indicator-note = A line is never drawn across a gap, and the latest year is never filled from an earlier one.

## Changes

changes-title = Changes
changes-description = Every publication act, newest first. Each has a number, its edition, and every page can be read as it stood then.
changes-editions = Editions
changes-edition = Edition { $edition }
changes-incident = { $reference }, { $title }
changes-not-shown = An incident that is not shown
changes-none = Nothing was published yet.
changes-older = Older changes
changes-newest = Back to the newest
changes-note = What was hidden, withheld or erased for somebody’s safety goes through all editions and has no number here.

## Errors

page-error-home = To the first page
page-error-near = The nearest that exist:
page-error-bad-request-title = This request cannot be understood
page-error-bad-request = Something in the address or the form does not fit:
page-error-forbidden-title = Not allowed
page-error-forbidden = You may not do this, or the form did not come from this site. Go back, load the page again and try once more.
page-error-not-found-title = Nothing stands here
page-error-not-found = Nothing stands at this address, or not in this edition.
page-error-no-such-edition-title = No such edition
page-error-no-such-edition = Editions are numbered from 1. The newest is { $head }.
page-error-method-not-allowed-title = This address does not take that
page-error-method-not-allowed = The address exists, but not for this kind of request.
page-error-gone-title = Gone for good
page-error-gone = What stood here was erased.
page-error-too-large-title = Too large
page-error-too-large = More was sent than is taken. Nothing of it was kept.
page-error-too-many-requests-title = Too many requests
page-error-too-many-requests = Please wait { $seconds ->
    [one] one second
   *[other] { $seconds } seconds
} and try again.
page-error-internal-title = Something went wrong
page-error-internal = The mistake is on our side. Nothing half-done was kept. Please try again.
page-error-unavailable-title = Not available just now
page-error-unavailable = The record cannot answer at this moment. Please try again in a minute.
language-not-available-title = Not available in { $language } yet
language-not-available = This page is not translated yet. The record’s words are kept in English; other languages follow.
language-read-in-english = Read it in English

incident-title-withheld = Title withheld for safety
