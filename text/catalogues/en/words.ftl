# What the words of the record are called: closed lists by their slugs, standing in words, days, and small parts of
# sentences that several pages share. A key is the list's name and the slug: kind-throttling.

## Kinds of incident

kind-internet-shutdown = Internet shutdown
kind-throttling = Throttling
kind-platform-blocking = Platform or site blocking
kind-prosecution = Prosecution
kind-arrest-or-detention = Arrest or detention
kind-surveillance = Surveillance or interception
kind-data-request = Data request
kind-cooperation-request = Cooperation request
kind-law-enforcement-operation = Law-enforcement operation on others’ systems
kind-private-hack-back = Private hack-back
kind-law-or-draft = Law or draft
kind-reprisal = Reprisal against researchers or journalists

## Bearing: what an incident is shown as

bearing-alleged-misuse = Alleged misuse
bearing-comparison = Comparison
bearing-remedy = Remedy
bearing-proposal = Proposal
bearing-not-carried-out = Not carried out

bearing-note-alleged-misuse = Alleged by the organisation that published it, on the sources below.
bearing-note-alleged-misuse-starter = Recorded as alleged misuse on the starter record’s own reading of the sources below; not reviewed.
bearing-note-comparison = Lawful or disputed use, shown to compare powers and safeguards. Not an allegation.
bearing-note-remedy = A court, parliament or authority put something right.
bearing-note-proposal = Not in force.
bearing-note-not-carried-out = Ordered, and not carried out.
bearing-note-not-counted = It enters no count.

## Who acted, and who says that a state is answerable

role-ordered = Ordered it
role-carried-out = Carried it out
role-requested = Requested it
role-assisted = Assisted
role-private = Private actor
role-not-recorded = Role not recorded

attribution-found-by-court = found by a court or treaty body
attribution-acknowledged = acknowledged by the state
attribution-attributed = attributed by named sources
attribution-denied = attributed by named sources, denied by the state
attribution-not-established = not established

relation-answerable = Answerable: { $attribution }
# What is not alleged misuse is nothing to answer for.
relation-act = Act of this state: { $attribution }
relation-state = { $state } ({ $attribution })
relation-happened-here = Happened here; said to be answerable: { $states }
relation-happened-here-act = Happened here; act of: { $states }
relation-happened-here-nobody = Happened here; nobody is said to be answerable

authority-kind-court = Court
authority-kind-executive = Executive
authority-kind-regulator = Regulator
authority-kind-police = Police
authority-kind-military = Military
authority-kind-legislature = Legislature
authority-kind-private = Private body
authority-kind-unknown = Authority not known

stance-acknowledged = Acknowledged
stance-denied = Denied
stance-silent = Silent
stance-not-asked = Not asked

context-election = Election
context-protest = Protest
context-conflict = Conflict
context-emergency = Emergency
context-exam = Exam
context-communal-violence = Communal violence
context-visit = Visit
context-court-or-investigation = Court case or investigation
context-none-known = None known

extent-nationwide = The whole country
extent-regional = Regions of it
extent-local = A city, a district, a place

stage-search = Search
stage-arrest = Arrest or summons
stage-detention = Detention before trial
stage-charge = Charge
stage-trial = Trial
stage-judgment = Judgment
stage-appeal = Appeal
stage-release = Release

person-role-journalist = Journalist
person-role-researcher = Researcher
person-role-activist = Activist
person-role-lawyer = Lawyer
person-role-politician = Politician or candidate
person-role-official = Public servant
person-role-artist = Artist
person-role-academic = Student or teacher
person-role-staff = Staff of a company
person-role-user = User of a service

channel-mutual-assistance = Mutual assistance
channel-extradition = Extradition
channel-interpol-notice = Interpol notice
channel-network-24-7 = 24/7 network

source-kind-official = Official
source-kind-court-file = Court file
source-kind-measurement = Network measurement
source-kind-media = Media
source-kind-ngo = Civil-society organisation
source-kind-witness = Witness
source-kind-company = Company
source-kind-not-recorded = Kind of source not recorded

naming-nobody-named = Nobody is named
naming-public-figure = A public figure is named
naming-agreed = The person agreed to be named, or counsel or family did
naming-two-outlets = Two named outlets carry the name, and naming adds no risk
naming-private-named = A private person or company is named
naming-not-recorded = The rule by which a name stands here is not recorded

## Analysis

way-relied-on = Relied on
way-obligation-at-stake = Obligation at stake
way-same-power = Same power
way-implements = Domestic law said to implement it

way-note-relied-on = The authority named the provision in an official text or statement, and it was in force for the state that day.
way-note-obligation-at-stake = A right or safeguard of the treaty that is said to be at stake.
way-note-same-power = A domestic power of the kind that the treaty requires. The treaty was not in force for the state.
way-note-implements = The domestic law used is said to implement the provision.

strength-official-text = official text
strength-official-statement = official statement
strength-inference = an analyst’s inference

finding-kind-national-court = National court
finding-kind-regional-court = Regional court
finding-kind-treaty-body = UN treaty body
finding-kind-special-procedure = UN special procedure

part-outcome-met = met
part-outcome-not-met = not met
part-outcome-unclear = unclear

outcome-met = Met
outcome-not-met = Not met
outcome-open = Open

factor-intent-to-silence = Intent to silence
factor-lack-of-expertise = Lack of expertise or capacity
factor-vague-law = Vague law
factor-overlapping-obligations = Overlapping obligations
factor-unknown = Unknown

basis-finding = A finding
basis-official-statement = An official statement
basis-two-analyses = Two independent analyses
basis-alleged = An allegation

factor-basis-finding = rests on a finding
factor-basis-official-statement = rests on an official statement
factor-basis-two-analyses = rests on two independent analyses
factor-basis-alleged = alleged by { $by }
factor-basis-alleged-nobody = alleged

remedy-intent-to-silence = Repeal, accountability, safeguards
remedy-lack-of-expertise = Training, procedures, technical help
remedy-vague-law = A precise definition
remedy-overlapping-obligations = A reservation, an interpretation, an order of precedence
remedy-unknown = Investigate

grade-not-graded = not graded

## Standing

status-party = party
status-contracting-state = contracting State
status-signatory = signatory
status-not-a-party = not a party
status-denounced = denounced
status-provisionally-applying = provisionally applying
status-by-extension = by extension
status-addressed = addressed
status-did-not-exist-yet = did not exist yet
status-not-open-yet = not open yet
status-not-open-to-this-state = not open to this state
status-state-did-not-exist = the state did not exist
status-no-record = no record
status-open = more than one possible

standing-teach = Signing is not ratifying, and ratifying is not yet being bound: only ● says that the treaty was in force for the state.
standing-legend = What the marks mean
standing-legend-party = In force for the state: it is bound.
standing-legend-contracting-state = It consented; not in force for it yet. Bound by nothing yet but good faith.
standing-legend-signatory = It signed and has not consented.
standing-legend-not-a-party = It neither signed nor consented.
standing-legend-denounced = It was bound and left.
standing-legend-provisionally-applying = It applies the treaty before it is in force for it.
standing-legend-by-extension = A territory to which a state extended the treaty.
standing-legend-addressed = Norms and directives: addressed by membership, without a consent of its own.
standing-legend-open = The record leaves more than one status open; the words say which.
standing-legend-closed = The instrument did not exist yet, was not open yet or not to this state, or the state did not exist.
standing-legend-no-record = Nothing is on record: not recorded, which is not “no”.

standing-also = { $head }; { $next }
standing-with = { $status } ({ $detail })
standing-party-since = party since { $when }
standing-party-by = party { $when }; since when: not recorded
standing-party-unknown = party; since when: not recorded
standing-extension-through = by extension, through { $state }
standing-contracting = not in force for it yet
standing-contracting-from = in force for it { $when }
standing-signatory = { $act }; not ratified
standing-left-in-effect = { $act }; left with effect { $when }
standing-list-seen = list last seen { $day }
standing-signed = { $act }; whether it ratified: not recorded
standing-signed-briefly = signed; ratification not recorded
standing-consented = { $act }; whether it was in force for it: not recorded
standing-before-entry = not in force for it before { $when }; whether it had signed or consented: not recorded
standing-bound-by-later = party by { $day }; since when: not recorded
standing-consented-by-later = consented by { $day }; since when, and whether it was in force for it: not recorded
standing-signed-by-later = signed by { $day }; whether before that day, and whether it ratified: not recorded
standing-only-later = only a later act is on record
standing-only-later-act = only a later act is on record: { $act }
standing-perhaps-left = perhaps left: { $act }, day of effect not known
standing-set = { $list }: the record does not say which
standing-claim = { $words }; { $claimed } according to a source not yet checked
standing-claim-alone = { $claimed } according to a source not yet checked
standing-not-then = not a party on { $day }; since then not recorded
standing-computed = { $when }, computed from the treaty’s rule
standing-until = { $before } until { $day }, then { $after }
standing-in = in { $when }: { $changes }
standing-during = from { $day }, while it lasted: { $after }
standing-during-perhaps = from { $day }, if it still lasted: { $after }
standing-on-that-day = On that day

## What states did

action-signature = Signature
action-definitive-signature = Definitive signature
action-ratification = Ratification
action-acceptance = Acceptance
action-approval = Approval
action-accession = Accession
action-succession = Succession
action-formal-confirmation = Formal confirmation
action-consent-form-not-recorded = Consent to be bound, form not recorded
action-provisional-application = Provisional application
action-entry-into-force = Entry into force
action-reservation = Reservation
action-declaration = Declaration
action-reservation-withdrawal = Withdrawal of a reservation
action-objection = Objection
action-derogation = Derogation
action-derogation-end = End of a derogation
action-territorial-application = Extension to a territory
action-invitation-to-accede = Invitation to accede
action-denunciation = Denunciation
action-signature-withdrawal = Withdrawal of a signature
action-depositary-correction = Correction by the depositary
action-domestic-approval = Domestic approval (shown, never counted)
action-reported-ratified = Reported as ratified (shown, never counted)

done-signature = signed { $when }
done-definitive-signature = signed without reservation as to ratification { $when }
done-ratification = ratified { $when }
done-acceptance = accepted { $when }
done-approval = approved { $when }
# After an earlier participation had ended.
done-again = { $act }, after an earlier participation had ended
done-accession = acceded { $when }
done-succession = succeeded { $when }
done-formal-confirmation = confirmed formally { $when }
done-consent-form-not-recorded = consented { $when }, form not recorded
done-provisional-application = applied it provisionally { $when }
done-entry-into-force = in force for it { $when }
done-reservation = reservation { $when }
done-declaration = declaration { $when }
done-reservation-withdrawal = reservation withdrawn { $when }
done-objection = objection { $when }
done-derogation = derogation { $when }
done-derogation-end = derogation ended { $when }
done-territorial-application = extended { $when }
done-invitation-to-accede = invited to accede { $when }
done-denunciation = denounced { $when }
done-signature-withdrawal = signature withdrawn { $when }
done-depositary-correction = list corrected { $when }
done-domestic-approval = approved at home { $when }
done-reported-ratified = reported as ratified { $when }

instrument-treaty = Treaty
instrument-norms = Norms: voluntary, nobody is party
instrument-directive = Directive: addresses the members of an organisation

## Days

day-by = by { $day }
day-from = on or after { $day }
day-between = between { $first } and { $last }
# After “since”, where the day itself is not known.
day-some-between = a day between { $first } and { $last }
day-on = on { $day }
day-in = in { $date }
day-unknown = on a day not recorded
date-day-month = { $day } { $month }
date-span = { $from } to { $to }
date-since-ongoing = from { $from }, ongoing at the last source
# Days of the calendar that it touches: a night over midnight touches two.
duration = { $days ->
    [one] within one calendar day
   *[other] over { $days } calendar days
}
duration-between = over { $least } to { $most } calendar days

## Countries inside a sentence

country-in-sentence = { $code ->
    [ARE] the United Arab Emirates
    [BHS] the Bahamas
    [CAF] the Central African Republic
    [COD] the Democratic Republic of the Congo
    [COM] the Comoros
    [DOM] the Dominican Republic
    [EUU] the European Union
    [GBR] the United Kingdom of Great Britain and Northern Ireland
    [GMB] the Gambia
    [KOR] the Republic of Korea
    [LAO] the Lao People’s Democratic Republic
    [MDA] the Republic of Moldova
    [MDV] the Maldives
    [MHL] the Marshall Islands
    [NLD] the Netherlands
    [PHL] the Philippines
    [PRK] the Democratic People’s Republic of Korea
    [PSE] the State of Palestine
    [RUS] the Russian Federation
    [SDN] the Sudan
    [SLB] the Solomon Islands
    [SYR] the Syrian Arab Republic
    [TZA] the United Republic of Tanzania
    [USA] the United States of America
   *[other] { $name }
}

## Indicators

direction-higher-is-freer = higher is freer
direction-higher-is-better = higher is better
direction-lower-is-freer = lower is freer

## Editions

cause-starter = The starter record was loaded
cause-publication = Published
cause-correction = Corrected
cause-retraction = Retracted
cause-facts = Treaties, actions, areas and other facts
cause-dispute = Marked as disputed
cause-dispute-lifted = No longer disputed

## Fields that can be withheld, where the page of an incident has no name for them

redactable-actors = Names of actors
redactable-article = Article
redactable-analysis = Analysis
redactable-reason = Published reasons

## Topics of provisions

topic-attempt-aiding = Attempt, aiding and abetting
topic-capacity-building = Capacity building
topic-child-abuse-material = Child sexual abuse material
topic-content-morals = Content: public morals
topic-content-speech = Content: speech
topic-content-terrorism = Content: terrorism
topic-copyright = Copyright
topic-corporate-liability = Corporate liability
topic-critical-infrastructure = Critical infrastructure
topic-data-interference = Data interference
topic-data-protection = Data protection
topic-definitions = Definitions
topic-direct-request-provider = Direct request to a foreign provider
topic-due-diligence = Due diligence
topic-entry-into-force = Entry into force
topic-expedited-preservation-cross-border = Expedited preservation across borders
topic-extradition = Extradition
topic-forgery = Forgery
topic-fraud = Fraud
topic-freezing = Freezing and confiscation
topic-grooming = Grooming
topic-human-rights-clause = Human-rights clause
topic-illegal-access = Illegal access
topic-illegal-interception = Illegal interception
topic-interception-content = Interception of content
topic-intimate-images = Intimate images
topic-joint-investigation = Joint investigation
topic-jurisdiction = Jurisdiction
topic-law-enforcement-cooperation = Law-enforcement cooperation
topic-misuse-of-devices = Misuse of devices
topic-money-laundering = Money laundering
topic-monitoring-body = Monitoring body
topic-mutual-legal-assistance = Mutual legal assistance
topic-network-24-7 = 24/7 network
topic-other = Other
topic-participation-civil-society = Participation of civil society
topic-preservation = Preservation of data
topic-prevention = Prevention
topic-production-order = Production order
topic-racism-xenophobia = Racism and xenophobia
topic-real-time-traffic = Real-time collection of traffic data
topic-refusal-grounds = Grounds for refusal
topic-safeguards = Conditions and safeguards
topic-scope-of-powers = Scope of powers
topic-search-seizure = Search and seizure
topic-system-interference = System interference
topic-traffic-data-disclosure = Disclosure of traffic data
topic-transborder-access = Trans-border access

## Marks of what the public will see, in forms

sight-public = Public
sight-blurred = Public, made less exact
sight-sealed = Sealed: never leaves the organisation
sight-desk = Stays at the desk

## Sizes of files
size-bytes = { $n } bytes
size-kilobytes = { $n } kB
size-megabytes = { $n } MB
size-gigabytes = { $n } GB
