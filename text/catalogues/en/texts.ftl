# Pages of text: methodology, safety, privacy, about. A section is a heading and its numbered paragraphs.

## Methodology

methodology-title = Methodology
methodology-description = How standing, counts and analysis come about, so that every number can be defended and every claim checked.
methodology-version = Methodology version { $version }.
methodology-rules = Rules over everything
methodology-rules-1 = Unknown is a value. Days have bounds and a precision, lists say how far they reach, a missing value is never zero, and “not recorded” is never “no”.
methodology-rules-2 = Nothing is accused by implication. Who says so, how strongly, and what bound whom on that day stand beside every claim.
methodology-rules-3 = Derived, never typed. Standing, duration and outcome are computed from what is recorded.
methodology-rules-4 = Describe before scoring. This record has no score and ranks no country.
methodology-standing = Standing on a day
methodology-standing-1 = A state’s standing under a treaty on a day is the set of statuses that the acts on record and the reach of the list allow. One status is shown plainly; of more, the words say which are open.
methodology-standing-2 = Signing is not ratifying, and ratifying is not yet being bound. A consent makes a contracting State from the day it is given, and a party from the day it takes effect for that state. Where no source gives that day, it is computed by the treaty’s own rule and marked so.
methodology-standing-3 = A first consent proves that there was none before it; a first accession, that there was no signature either. An entry into force proves a consent on an earlier day. Who became a party stays one until an end is seen.
methodology-standing-4 = “Not a party” needs a list that is complete to that day, or a later first consent. Otherwise the page says “no record”, or what is known: “signed 23 November 2001; whether it ratified: not recorded”.
methodology-standing-5 = An act not yet checked against an official source adds its status with those words, and proves nothing about other days. These examples are computed from the record as it stands:
methodology-examples-caption = Worked examples, computed from edition { $edition }
methodology-example-state = State
methodology-example-day = Day
methodology-incidents = Incidents
methodology-incidents-1 = An incident is one order, decision or act of authority, and what it caused, in one country, without a break of more than 48 hours. Repeated orders are incidents of one series.
methodology-incidents-2 = Each is shown as alleged misuse, comparison, remedy, proposal, or not carried out. Only alleged misuse enters counts and headlines; the others stand under their own heading. A law or draft is listed and never counted.
methodology-incidents-3 = A state’s standing is shown where the state is said to be answerable: acknowledged, found by a court or treaty body, attributed by named sources, or denied. Where attribution is not established, the incident is listed as “happened here” and no standing stands beside it. Where the start is known only to the month or year, standing is taken over every day that it may be.
methodology-counts = Counts and coverage
methodology-counts-1 = Every source of incidents declares which countries, kinds and years it watches, and whether it publishes all that it finds or examples.
methodology-counts-2 = A number of incidents is called a count only inside a declared “all found”. Everywhere else the page says “examples, not a full count”, and an absence of incidents says nothing.
methodology-counts-3 = The starter record holds documented examples, chosen to show every kind and region. They were not reviewed by an organisation and are not graded.
methodology-analysis = Analysis
methodology-analysis-1 = A link between an incident and a treaty provision names the way in which the provision is engaged (relied on, obligation at stake, same power, domestic law said to implement it), how strongly that is founded, and who says so. Standing on the day, reservations and derogations stand beside it.
methodology-analysis-2 = Findings of courts, UN treaty bodies and special procedures stand above any assessment. An assessment takes a right’s test part by part: it is “not met” if any part is not, “met” only if all are, and otherwise “open”.
methodology-analysis-3 = A contributing factor says what it rests on. “Intent to silence” needs a finding, an official statement or two independent analyses; without one of these it stands as alleged by whoever says so.
methodology-indicators = Indicators
methodology-indicators-1 = Indicators are shown as their publishers give them: release, licence and interval where there is one. A line is never drawn across a gap, and the latest year is never filled from an earlier one.
methodology-indicators-2 = Treaty actions and incidents are marked beside the line. States choose when to ratify, so what comes together on a chart is not thereby cause and effect.
methodology-indicators-3 = Indicators and incidents are never added together: experts who code an indicator know the same events.
methodology-editions = Editions
methodology-editions-1 = Every publication act raises the number of the record by one. Any page of the record can be read as it stood at an edition, with the standing of the day that edition was published.
methodology-editions-2 = A correction is a new version of an incident; the earlier one stays readable at its editions. A retraction leaves a page with the reason. A reference is never used again.
methodology-editions-3 = The content hash of an incident is the SHA-256 of its stored form. It changes only with a new version, or when a field is withheld for safety, and then the earlier hash is named.
methodology-limits = Limits
methodology-limits-1 = Lists of signatures and consents come from public pages of different ages. Most are not complete, and the page of each treaty says how far its list reaches.
methodology-limits-2 = To whom a treaty is open, and its rules for entering into force, are written in our own words and not yet checked against the official texts.
methodology-limits-3 = Most incidents are not yet linked to treaty provisions, and most are not yet analysed.
methodology-limits-4 = Laws, overlapping obligations and comparisons of treaties with one another are not part of the record yet.

## Safety

safety-title = Safety
safety-description = The risks of keeping such a record, in plain words, and what is done about them.
safety-not-for = What this is not for
safety-not-for-1 = This is not an anonymous drop box. Members sign in, and the server knows who saved what and when.
safety-not-for-2 = If being found out would put you in danger, do not send it through this site. Newsrooms and organisations run SecureDrop or GlobaLeaks for that.
safety-not-for-3 = A court or a ministry can order whoever runs this copy to hand over what it holds. Do not enter what must not be found, and think twice even in a sealed note: whoever runs the copy has its key.
safety-do = What is done
safety-do-1 = Nothing is public before two persons have agreed: one who enters and submits, another who changed nothing, verifies and publishes. The one exception is the starter record: it was loaded as a whole, no organisation reviewed it, and its incidents are marked so.
safety-do-2 = Sealed notes, for the identity of sources, witnesses and victims, are encrypted with a key that is kept outside the database. No public page, file or search can read them; revealing one at the desk is logged.
safety-do-3 = Everything else at the desk (drafts, reasons, who wrote what) is not encrypted in the database. Identities belong in sealed notes only.
safety-do-4 = The public side of this site reads a record of its own. It has no access to the tables where cases are worked on.
safety-do-5 = Drafts are saved on the server; the browser keeps none of them in its storage. Signing out clears what it kept of the desk.
safety-do-6 = Every step is written to a log: who saved, submitted, verified, published, hid or revealed what, and when. Each entry is chained to the one before, so that none can be altered alone without being seen.
# check: the second factor
safety-do-7 = Reviewers, managers and stewards sign in with a password and a code from a device of theirs.
# check: evidence files
safety-do-8 = Files of evidence are kept encrypted, as they came. The public never gets the file: of pictures it gets a copy made anew, without the place and device that a camera writes into it; of other files, type and size only.
safety-people = People in the record
safety-people-1 = People are described by their role. A name may stand only if the person agreed, or is a public figure, or two named outlets carry it and naming adds no risk. The form asks which, and why, before anything is published; it cannot find a name by itself, so people have to look.
safety-people-2 = Children, witnesses and victims of sexual offences must never be named, whoever agreed.
safety-people-3 = The starter record names only people whose case is widely reported. Names may still stand in the address of a source.
safety-back = Taking something back
safety-back-1 = A reviewer, manager or steward can hide an incident from the public at once and alone. Only another person can bring it back.
safety-back-2 = Whoever runs this copy can withhold a field in every edition, also in the earlier ones. The page says that a field was withheld, never what it said. The desk’s own drafts keep it.
safety-back-3 = If you are named here, or know that something here puts somebody at risk, write to whoever runs this copy (the page “About” says who). Say which page and which words; you need not say who you are.
safety-cannot = What cannot be prevented
safety-cannot-1 = A court order to whoever runs this copy, or force. Somebody who holds both the database and its key reads everything, sealed notes too.
safety-cannot-2 = A laptop or phone that is taken while signed in. A session ends two hours after its last use, and after twelve in all; your other sessions can be ended from your account.
# check: the second factor
safety-cannot-3 = A stolen phone with the codes, and the password beside it; a password and a code typed into a page that only looks like this one.
safety-cannot-4 = A colleague who reads what their role lets them read, and passes it on. The log has an entry; it stops nobody.
safety-cannot-5 = Two accounts in one hand. Two persons publish, as far as those who invite members see to it that they are two.
safety-cannot-6 = Copies. What was public may have been saved, indexed or printed before it was taken back.
safety-cannot-7 = Backups and replicas that the operator keeps elsewhere: withholding a field here does not reach them.
safety-cannot-8 = That somebody is known without a name: by the place, the day, or by being the only one who could know.
safety-cannot-9 = That a network operator sees that you visited this site, though not which page.
safety-you = What you can do
safety-you-1 = Read on a connection and a device that you trust. The public pages need neither script nor cookie and work in Tor Browser at its safest level.
safety-you-2 = As a member, use a long password that you use nowhere else, sign out on shared machines, and keep your recovery codes away from your phone and your password.
safety-you-3 = Leave out what a case does not need. What was never entered cannot leak.

## Privacy

privacy-title = Privacy
privacy-description = What is kept about readers, members and the people in the record, why, and how to object.
privacy-controller = Who is responsible
privacy-controller-named = Responsible for this copy: { $operator }.
privacy-controller-unnamed = The operator of this copy has not named themselves yet. Until they do, treat it as a trial copy.
privacy-readers = Readers
privacy-readers-1 = Public pages set no cookie, store nothing in your browser, load nothing from other hosts and run no script.
privacy-readers-2 = Nothing that you look at or search for is recorded with your name. The program keeps no profile of readers and counts none.
privacy-readers-3 = A network or hosting company that stands between you and this site can see that you came, and when.
privacy-readers-4 = A web server or hosting company in front of it may keep logs of its own. Ask the operator for how long.
privacy-members = Members
# check: the second factor
privacy-members-1 = Of members this keeps the e-mail address, the organisation and role, a password in a form that cannot be turned back, the sealed secret of the device that makes their codes, when their sessions began and were last used, and who did what to which case, and when.
privacy-members-2 = Signing in sets one cookie. It is needed to know that it is you. It goes when you sign out, and opens nothing once the session behind it has ended.
privacy-members-3 = Neither the network address nor the device of a member is kept. The address of who tries to sign in is held in memory for a short while, to slow down guessing.
privacy-members-4 = No member’s name or address stands on a public page, and an organisation’s name only where an analysis says whose it is.
privacy-record = People in the record
privacy-record-1 = The record tells of people whose case is public, and of officials. Some of it is of the kinds that the law protects most: what somebody is accused of, what they think, what was done to them.
privacy-record-2 = People are described by their role wherever that is enough; the safety page gives the rule by which anybody is named.
privacy-record-3 = Where somebody’s safety or rights weigh more, an incident is withheld, or the words that do harm are blanked in every edition.
privacy-basis = On what basis
privacy-basis-1 = The record is kept in the public interest in how powers over the internet are used: for journalism, research and the defence of rights. Where the European Union’s General Data Protection Regulation holds, that is a legitimate interest (Article 6(1)(f)), together with what the law of the country provides for journalism and research (Articles 85 and 89). Whoever runs this copy answers for it and may name another basis.
privacy-basis-2 = Data of members are kept because the desk cannot work without them, and because it must be possible to show afterwards who published what.
privacy-kept = For how long
privacy-kept-1 = What is published stays, with its corrections and earlier editions, because others cite it. Cases, their versions and the log of who did what stay as long as this copy is kept.
privacy-kept-2 = A session ends two hours after its last use, and after twelve hours in all. A link to join ends after three days, or when it was used.
privacy-kept-3 = A member who leaves is kept out at once. Their address stays, because the log refers to it; the program cannot take it out yet, but whoever runs this copy can be asked to.
privacy-kept-4 = Backups are kept as long as whoever runs this copy has decided. Ask them.
privacy-object = To object
privacy-object-1 = Write to whoever runs this copy: say which page and which words, and what should change. You need not prove who you are to point out a danger.
privacy-object-2 = You can ask what is kept about you, have it put right, and object to it. Where it may put somebody in danger it can be hidden at once, while the question is looked at.
privacy-object-3 = Somebody who was acquitted, or whose case ended, may ask for that to stand beside it, or for the name to be taken off.
privacy-object-4 = If the answer does not satisfy you, you can complain to the data-protection authority of your country, where there is one.

## About

about-title = About
about-description = Treatywatch keeps a public record of how the powers in cybercrime treaties are used.
about-who = Who runs this copy
about-operator = { $operator }
about-operator-unnamed = The operator of this copy has not named themselves yet.
about-what = What it is
about-what-1 = Cybercrime treaties ask states to criminalise, investigate and help one another. The same powers can be used to silence people.
about-what-2 = Here organisations of civil society log incidents, a second person reviews them, and they stand beside what the state had signed, ratified and was bound by on that day, and beside human-rights indicators over time.
about-what-3 = The program is free software. Anybody can run a copy, so ask who runs the one that you are reading.
about-admission = How organisations are admitted
about-admission-1 = The operator admits organisations and appoints the first manager of each. There is no open registration.
about-admission-2 = An organisation owns its cases. Its members are researchers, analysts, reviewers or managers, and nobody publishes alone.
about-admission-3 = The starter record was gathered from public pages and was not reviewed by an organisation. Every row names its source, or says that it is not yet checked.
about-press = Press contact
about-press-operator = Write to the operator named above.
about-press-unnamed = This copy has no press contact, because its operator has not named themselves yet.
about-press-cite = The page of each country ends with a sentence to quote, its address at this edition and the figures to download.
about-corrections = Corrections
about-corrections-1 = Tell the operator which page and which words are wrong, and how you know.
about-corrections-2 = A correction is published as a new edition; what stood before stays readable and is marked as earlier.
about-licences = Licences
about-licences-1 = The facts and words of the record are under the Creative Commons Attribution 4.0 licence (CC BY 4.0).
about-licences-2 = Figures of other publishers keep their licences, which stand with each indicator, in each chart and in each download.
about-licences-3 = The program is under the Apache Licence 2.0 or the MIT licence, as you choose.
about-more = More

## Transparency
transparency-title = Transparency
transparency-description = How anybody can check later that nothing was taken out of the log of what was done here.
transparency-log = The log
transparency-log-1 = Whatever is entered, verified, published, corrected, hidden or taken back is written to a log, in the same step as the change itself.
transparency-log-2 = Each entry carries the hash of the one before it. None can be altered, dropped or moved without breaking the chain.
transparency-log-3 = Who did something and why stands behind a salted commitment. It can be erased for somebody’s safety, and the chain still holds.
transparency-keep = Keep a checkpoint
transparency-keep-1 = A checkpoint says how long the log was and which entry came last, and is signed. One is made each day. Save it, and the key below, where whoever runs this copy cannot change them.
transparency-keep-2 = Later, ask the operator for the log. With your checkpoint it shows that what was in it then is still in it. The program’s own check and a short script that needs nothing of the program both do that.
transparency-checkpoint = The newest checkpoint
transparency-key = It is checked with this key:
transparency-not = What it does not show
transparency-not-1 = The log is a chain and not a tree: to check a checkpoint takes the whole log. It holds nothing private, so it can be given out.
transparency-not-2 = Nothing here shows that what was entered is true, nor that something was done outside of the program. It shows that the log you are given continues the one of your checkpoint.
