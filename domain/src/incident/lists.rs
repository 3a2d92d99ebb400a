//! The closed lists an incident's fields take their values from. The slugs are those of files, addresses and
//! tables.

use crate::treaty::slugs;

slugs! {
    /// What kind of act it was.
    Kind {
        /// A whole network cut off.
        InternetShutdown = "internet-shutdown",
        /// Slowed until it is of no use.
        Throttling = "throttling",
        /// A platform or site blocked.
        PlatformBlocking = "platform-blocking",
        /// A prosecution.
        Prosecution = "prosecution",
        /// An arrest or detention.
        ArrestOrDetention = "arrest-or-detention",
        /// Surveillance or interception.
        Surveillance = "surveillance",
        /// A request for data to a provider.
        DataRequest = "data-request",
        /// Mutual assistance, extradition, Interpol notice.
        CooperationRequest = "cooperation-request",
        /// Law enforcement on others' systems.
        LawEnforcementOperation = "law-enforcement-operation",
        /// A private actor striking back.
        PrivateHackBack = "private-hack-back",
        /// A law or draft: listed, never counted.
        LawOrDraft = "law-or-draft",
        /// Reprisal against researchers or journalists.
        Reprisal = "reprisal",
    }
}

impl Kind {
    /// Its shape, which stands beside its word in page, chart and print.
    pub fn shape(self) -> &'static str {
        match self {
            Self::InternetShutdown => "■",
            Self::Throttling => "▤",
            Self::PlatformBlocking => "▣",
            Self::Prosecution => "▲",
            Self::ArrestOrDetention => "△",
            Self::Surveillance => "◆",
            Self::DataRequest => "⬖",
            Self::CooperationRequest => "⬘",
            Self::LawEnforcementOperation => "✚",
            Self::PrivateHackBack => "✖",
            Self::LawOrDraft => "§",
            Self::Reprisal => "▼",
        }
    }
}

slugs! {
    /// What an incident is shown as.
    Bearing {
        /// Alleged misuse: the only one that enters counts.
        AllegedMisuse = "alleged-misuse",
        /// Lawful or disputed use, shown to compare powers and safeguards.
        Comparison = "comparison",
        /// A court, parliament or authority put something right.
        Remedy = "remedy",
        /// Not in force.
        Proposal = "proposal",
        /// Ordered and not carried out.
        NotCarriedOut = "not-carried-out",
    }
}

slugs! {
    /// What an actor did.
    ActorRole {
        /// Ordered it.
        Ordered = "ordered",
        /// Carried it out.
        CarriedOut = "carried-out",
        /// Requested it.
        Requested = "requested",
        /// Assisted.
        Assisted = "assisted",
        /// A private actor.
        Private = "private",
        /// Nobody recorded the role.
        NotRecorded = "not-recorded",
    }
}

slugs! {
    /// Who says that a state is answerable, strongest first.
    Attribution {
        /// A court or treaty body found so.
        FoundByCourt = "found-by-court",
        /// The state says so itself.
        Acknowledged = "acknowledged",
        /// Named sources say so.
        Attributed = "attributed",
        /// Named sources say so and the state denies it.
        Denied = "denied",
        /// Not established: nobody is shown as answerable.
        NotEstablished = "not-established",
    }
}

slugs! {
    /// What kind of authority decided.
    AuthorityKind {
        /// A court.
        Court = "court",
        /// Government, ministry, president.
        Executive = "executive",
        /// A regulator.
        Regulator = "regulator",
        /// Police.
        Police = "police",
        /// Armed forces.
        Military = "military",
        /// Parliament.
        Legislature = "legislature",
        /// A private body.
        Private = "private",
        /// Not known.
        Unknown = "unknown",
    }
}

slugs! {
    /// What the authority said of it.
    Stance {
        /// Acknowledged it.
        Acknowledged = "acknowledged",
        /// Denied it.
        Denied = "denied",
        /// Said nothing.
        Silent = "silent",
        /// Nobody asked.
        NotAsked = "not-asked",
    }
}

slugs! {
    /// What went on at the time.
    Context {
        /// An election.
        Election = "election",
        /// A protest.
        Protest = "protest",
        /// An armed conflict.
        Conflict = "conflict",
        /// An emergency.
        Emergency = "emergency",
        /// A school or university examination.
        Exam = "exam",
        /// Communal violence.
        CommunalViolence = "communal-violence",
        /// A visit.
        Visit = "visit",
        /// A court case or investigation.
        CourtOrInvestigation = "court-or-investigation",
        /// None known.
        NoneKnown = "none-known",
    }
}

slugs! {
    /// How far a disruption reached.
    Extent {
        /// The whole country.
        Nationwide = "nationwide",
        /// Regions or provinces of it.
        Regional = "regional",
        /// A city, a district, a place.
        Local = "local",
    }
}

slugs! {
    /// A stage of what happens to a person before the law, from search to release.
    StageKind {
        /// A search, with or without seizure.
        Search = "search",
        /// An arrest or summons.
        Arrest = "arrest",
        /// Detention before trial.
        Detention = "detention",
        /// A charge or indictment.
        Charge = "charge",
        /// A trial.
        Trial = "trial",
        /// The judgment of first instance.
        Judgment = "judgment",
        /// An appeal.
        Appeal = "appeal",
        /// Release.
        Release = "release",
    }
}

slugs! {
    /// What somebody is to whom it happened: by role, not by name.
    PersonRole {
        /// A journalist or blogger.
        Journalist = "journalist",
        /// A researcher, of security or otherwise.
        Researcher = "researcher",
        /// A defender of human rights, an activist.
        Activist = "activist",
        /// A lawyer.
        Lawyer = "lawyer",
        /// A politician or candidate.
        Politician = "politician",
        /// A public servant.
        Official = "official",
        /// An artist.
        Artist = "artist",
        /// A student or teacher.
        Academic = "academic",
        /// Staff of a company.
        Staff = "staff",
        /// Somebody who used a service, and nothing more is known.
        User = "user",
    }
}

slugs! {
    /// The way a request between states took.
    Channel {
        /// Mutual assistance.
        MutualAssistance = "mutual-assistance",
        /// Extradition.
        Extradition = "extradition",
        /// An Interpol notice or diffusion.
        InterpolNotice = "interpol-notice",
        /// The 24/7 network of a treaty.
        Network247 = "network-24-7",
    }
}

slugs! {
    /// What kind of source.
    SourceKind {
        /// An official text or statement.
        Official = "official",
        /// A court file.
        CourtFile = "court-file",
        /// A network measurement.
        Measurement = "measurement",
        /// News media.
        Media = "media",
        /// A civil-society organisation.
        Ngo = "ngo",
        /// A witness.
        Witness = "witness",
        /// A company.
        Company = "company",
    }
}

slugs! {
    /// The rule by which a person is named, or that nobody is.
    NamingRule {
        /// Nobody is named.
        NobodyNamed = "nobody-named",
        /// A public figure.
        PublicFigure = "public-figure",
        /// The person (or counsel, or family) agreed, and that is recorded.
        Agreed = "agreed",
        /// Two named outlets carry the name, and naming adds no risk.
        TwoOutlets = "two-outlets",
        /// A private person or company is named.
        PrivateNamed = "private-named",
    }
}

slugs! {
    /// The way a treaty provision is engaged.
    Way {
        /// The authority relied on it, in an official text or statement, while it was in force for the state.
        ReliedOn = "relied-on",
        /// A right or safeguard in force for the state that day is at stake.
        ObligationAtStake = "obligation-at-stake",
        /// A domestic power of the kind the treaty requires; the treaty was not in force for the state.
        SamePower = "same-power",
        /// Domestic law said to implement it.
        Implements = "implements",
    }
}

slugs! {
    /// How strongly a treaty link is founded.
    Strength {
        /// An official text.
        OfficialText = "official-text",
        /// An official statement.
        OfficialStatement = "official-statement",
        /// An analyst's inference.
        Inference = "inference",
    }
}

slugs! {
    /// What kind of body made a finding.
    FindingKind {
        /// A national court.
        NationalCourt = "national-court",
        /// A regional court.
        RegionalCourt = "regional-court",
        /// A UN treaty body.
        TreatyBody = "treaty-body",
        /// A UN special procedure.
        SpecialProcedure = "special-procedure",
    }
}

slugs! {
    /// The outcome of one part of a test.
    PartOutcome {
        /// Met.
        Met = "met",
        /// Not met.
        NotMet = "not-met",
        /// Unclear.
        Unclear = "unclear",
    }
}

slugs! {
    /// What contributed to an incident; each points to a remedy.
    FactorKind {
        /// Intent to silence: needs a finding, an official statement or two analyses, else it is alleged by someone.
        IntentToSilence = "intent-to-silence",
        /// Lack of expertise or capacity.
        LackOfExpertise = "lack-of-expertise",
        /// A vague law.
        VagueLaw = "vague-law",
        /// Overlapping obligations.
        OverlappingObligations = "overlapping-obligations",
        /// Unknown.
        Unknown = "unknown",
    }
}

slugs! {
    /// What a contributing factor rests on.
    FactorBasis {
        /// A finding.
        Finding = "finding",
        /// An official statement.
        OfficialStatement = "official-statement",
        /// Two independent analyses.
        TwoAnalyses = "two-analyses",
        /// Alleged by somebody named.
        Alleged = "alleged",
    }
}

slugs! {
    /// A right with the test that a restriction of it has to pass. A right that none fits is named in words.
    RightTest {
        /// Freedom of expression.
        Expression = "ICCPR 19(3)",
        /// Peaceful assembly.
        Assembly = "ICCPR 21",
        /// Privacy.
        Privacy = "ICCPR 17",
        /// Liberty of the person.
        Liberty = "ICCPR 9",
        /// A fair trial.
        FairTrial = "ICCPR 14",
    }
}

impl RightTest {
    /// What a draft holds for its right where no test of the list fits.
    pub const NONE_FITS: &'static str = "none-fits";

    /// The parts of the test, by their slugs. A restriction stands only where each is met.
    pub fn parts(self) -> &'static [&'static str] {
        match self {
            Self::Expression | Self::Assembly => {
                &["provided-by-law", "legitimate-aim", "necessary", "proportionate"]
            }
            Self::Privacy => &["lawful", "not-arbitrary"],
            Self::Liberty => &["lawful", "not-arbitrary", "promptly-before-a-judge"],
            Self::FairTrial => &["competent-tribunal", "fair-hearing"],
        }
    }
}
