using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Venues.Venue;
using static Compliance.Domain.Venues.VenueCommand;
using static Compliance.Domain.Venues.VenueEvent;

namespace Compliance.Domain.Tests.Venues;

public sealed class VenueSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-00000000000a");
    static readonly Guid Person = new("00000000-0000-0000-0000-00000000000b");
    static readonly DateOnly June = new(2026, 6, 1);
    static readonly VenueDetails Aurora = new(
        "Аврора", "Аврора", "260640012344", "пр. Абая, 1", "Алмалы", new(43.24, 76.9), Uto: false);
    static readonly OpeningHours[] Friday = [new(DayOfWeek.Friday, new(22, 0), new(5, 0))];
    static readonly Registered Card = new(Id, Aurora, 300, Friday);
    static readonly Appointment Owner = new(Person, Post.Owner, June, null, []);
    static readonly LegalBasis Consent = new(Person, LegalBasisKind.Consent, "Consent 1", "all feeds", June, null);

    [Fact] public void An_installer_is_named_to_a_device_on_the_term_that_holds_today() => Decider
        .Given(Card, new PersonAppointed(Id, Owner with { Post = Post.Installer, Until = June.AddDays(9), Devices = [Id] }),
            new PersonAppointed(Id, Owner with { Post = Post.Installer, From = June.AddDays(20), Devices = [Id] }))
        .When(new NameDevice(Person, Person, June.AddDays(20)))
        .Then(new PersonAppointed(Id, Owner with { Post = Post.Installer, From = June.AddDays(20), Devices = [Id, Person] }));

    [Fact] public void Nobody_is_named_to_a_device_on_a_term_that_is_over() => Decider
        .Given(Card, new PersonAppointed(Id, Owner with { Post = Post.Installer, Until = June }))
        .When(new NameDevice(Person, Person, June.AddDays(1)))
        .ThenRefused("venue.person-not-appointed");

    [Fact] public void A_provider_is_named() => Decider.Given(Card).When(new NameProvider(" Қазақтелеком ")).Then(new ProviderNamed(Id, "Қазақтелеком"));
    [Fact] public void The_same_provider_is_named_once() => Decider.Given(Card, new ProviderNamed(Id, "Қазақтелеком")).When(new NameProvider("Қазақтелеком")).ThenNothing();
    [Fact] public void Nobody_has_to_be_named_any_more() => Decider.Given(Card, new ProviderNamed(Id, "Қазақтелеком")).When(new NameProvider("")).Then(new ProviderNamed(Id, ""));
    [Theory, InlineData("x"), InlineData("one\ntwo")]
    public void A_provider_has_a_name_on_one_line(string provider) => Decider.Given(Card).When(new NameProvider(provider)).ThenRefused("venue.provider-malformed", "provider");

    static readonly DateTimeOffset Tomorrow = VenueZone.Midnight(June.AddDays(1));
    static readonly OpeningHours[] Shorter = [new(DayOfWeek.Friday, new(23, 0), new(5, 0))], Longer = [new(DayOfWeek.Friday, new(21, 0), new(6, 0))];

    [Fact] public void Hours_count_from_when_they_are_said_to() => Decider
        .Given(Card)
        .When(new SetOpeningHours(Shorter, Tomorrow))
        .Then(new OpeningHoursSet(Id, Shorter, Tomorrow, null));

    [Fact] public void Nobody_makes_the_hours_shorter_in_which_he_has_to_mend() => Decider
        .Given(Card)
        .When(new SetOpeningHours(Shorter, Tomorrow, IsOwed: true))
        .ThenRefused("venue.hours-owed");

    [Fact] public void Nobody_names_hours_where_all_of_them_are_asked_while_he_has_to_mend() => Decider
        .Given(Card with { OpeningHours = [] })
        .When(new SetOpeningHours(Longer, Tomorrow, IsOwed: true))
        .ThenRefused("venue.hours-owed");

    [Fact] public void Longer_hours_are_welcome_at_any_time() => Decider
        .Given(Card)
        .When(new SetOpeningHours(Longer, Tomorrow, IsOwed: true))
        .Then(new OpeningHoursSet(Id, Longer, Tomorrow, null));

    [Fact] public void The_authority_sets_any_hours_and_names_its_grounds() => Decider
        .Given(Card)
        .When(new SetOpeningHours(Shorter, Tomorrow, "№ 7", IsOwed: true))
        .Then(new OpeningHoursSet(Id, Shorter, Tomorrow, "№ 7"));

    [Fact] public void The_authority_sets_no_hours_without_grounds() => Decider
        .Given(Card)
        .When(new SetOpeningHours(Shorter, Tomorrow, " "))
        .ThenRefused("venue.grounds-missing", "grounds");

    [Fact] public void Hours_that_are_to_count_later_may_be_made_to_count_now() => Decider
        .Given(Card, new OpeningHoursSet(Id, Shorter, Tomorrow, null))
        .When(new SetOpeningHours(Shorter, Tomorrow.AddHours(-5), "№ 7"))
        .Then(new OpeningHoursSet(Id, Shorter, Tomorrow.AddHours(-5), "№ 7"));

    [Fact] public void A_new_venue_is_registered() => Decider
        .Given()
        .When(new Register(Id, Aurora, 300, Friday))
        .Then(Card);

    [Fact] public void An_id_is_not_reused_for_another_venue() => Decider
        .Given(Card)
        .When(new Register(Id, Aurora with { NameRu = "Другая" }, 300, Friday))
        .ThenRefused("venue.already-registered");

    [Theory]
    [InlineData("26064001234"), InlineData("26064001234x"), InlineData("")]
    public void A_bin_has_twelve_digits(string bin) => Decider
        .Given()
        .When(new Register(Id, Aurora with { Bin = bin }, 300, Friday))
        .ThenRefused("venue.bin-malformed", "details.bin");

    [Theory, InlineData("940140000385", true), InlineData("971240001315", true), InlineData("180040900203", true)]
    [InlineData("940140000386", false), InlineData("904140000385", false), InlineData("180040900290", false)]
    public void A_mistyped_bin_does_not_fit_its_control_digit(string bin, bool fits) => Assert.Equal(fits, Bin.HasItsControlDigit(bin));

    [Fact] public void A_mistyped_bin_is_refused() => Decider
        .Given()
        .When(new Register(Id, Aurora with { Bin = Aurora.Bin[..11] + (char)('0' + ((Aurora.Bin[11] - '0' + 1) % 10)) }, 300, Friday))
        .ThenRefused("venue.bin-mistyped", "details.bin");

    [Fact] public void All_that_is_wrong_is_said_at_once()
    {
        var refused = Decider.Decide(Decider.Initial, new Register(Id, Aurora with { NameRu = "", Bin = "1", Position = new(0, 0) }, 0, Friday)).Refusal!;
        Assert.Equal(["details.nameRu", "details.bin", "details.position", "capacity"], refused.Others!.Select(other => other.Field).Prepend(refused.Field));
    }

    [Theory, InlineData(40.4, 76), InlineData(43, 46), InlineData(76.9, 43.24)]
    public void A_venue_stands_in_the_country(double latitude, double longitude) => Decider
        .Given(Card)
        .When(new CorrectDetails(Aurora with { Position = new(latitude, longitude) }))
        .ThenRefused("venue.position-impossible", "details.position");

    [Fact] public void A_venue_has_a_name_in_both_languages() => Decider
        .Given()
        .When(new Register(Id, Aurora with { NameKk = " " }, 300, Friday))
        .ThenRefused("venue.name-missing", "details.nameKk");

    [Theory, InlineData(0), InlineData(-5), InlineData(100_001)]
    public void A_capacity_is_a_number_of_persons(int capacity) => Decider
        .Given(Card)
        .When(new SetCapacity(capacity))
        .ThenRefused("venue.capacity-impossible", "capacity");

    [Fact] public void The_venue_does_not_declare_itself_out_of_a_rule() => Decider
        .Given(Card with { Details = Aurora with { Uto = true } })
        .When(new CorrectDetails(Aurora with { Uto = false }, ByOwner: true))
        .ThenRefused("venue.scope-authority", "details.uto");

    [Fact] public void Nor_does_it_shrink_out_of_one() => Decider
        .Given(Card)
        .When(new SetCapacity(Card.Capacity - 1, ByOwner: true))
        .ThenRefused("venue.scope-authority", "capacity");

    [Fact] public void It_may_grow_and_the_authority_may_say_less() => Decider
        .Given(Card, new CapacitySet(Id, Card.Capacity + 50))
        .When(new SetCapacity(Card.Capacity))
        .Then(new CapacitySet(Id, Card.Capacity));

    [Fact] public void Details_are_corrected_once() => Decider
        .Given(Card)
        .When(new CorrectDetails(Aurora with { Address = "пр. Абая, 2" }))
        .Then(new DetailsCorrected(Id, Aurora with { Address = "пр. Абая, 2" }));

    [Fact] public void A_person_is_appointed() => Decider
        .Given(Card)
        .When(new AppointPerson(Owner))
        .Then(new PersonAppointed(Id, Owner));

    [Fact] public void A_person_is_relieved_of_a_post_held() => Decider
        .Given(Card, new PersonAppointed(Id, Owner))
        .When(new RelievePerson(Person, Post.Owner, June.AddDays(9)))
        .Then(new PersonRelieved(Id, Person, Post.Owner, June.AddDays(9)));

    [Fact] public void Nobody_is_relieved_of_a_post_never_held() => Decider
        .Given(Card, new PersonAppointed(Id, Owner))
        .When(new RelievePerson(Person, Post.Manager, June))
        .ThenRefused("venue.person-not-appointed");

    [Fact] public void An_end_does_not_lie_before_its_beginning() => Decider
        .Given(Card)
        .When(new GrantLegalBasis(Consent with { Until = June.AddDays(-1) }))
        .ThenRefused("venue.dates-backward", "until");

    [Fact] public void A_legal_basis_is_not_overwritten_by_another() => Decider
        .Given(Card, new LegalBasisGranted(Id, Consent with { Kind = LegalBasisKind.CourtOrder }))
        .When(new GrantLegalBasis(Consent))
        .ThenRefused("venue.basis-taken");

    [Fact] public void A_basis_of_before_languages_were_recorded_is_read_without_one() => Assert.Equal(
        new LegalBasisGranted(Id, Consent),
        EventCatalog.Decode("venue.legal-basis-granted.v1", EventCatalog.Encode(new LegalBasisGrantedV1(Id, new(Person, LegalBasisKind.Consent, "Consent 1", "all feeds", June, null)))));

    [Fact] public void A_basis_keeps_the_language_it_was_signed_in() => Decider
        .Given(Card)
        .When(new GrantLegalBasis(Consent with { Language = TextLanguage.Russian }))
        .Then(new LegalBasisGranted(Id, Consent with { Language = TextLanguage.Russian }));

    [Fact] public void Consent_can_be_withdrawn() => Decider
        .Given(Card, new LegalBasisGranted(Id, Consent))
        .When(new WithdrawLegalBasis(Consent.BasisId, "sold"))
        .Then(new LegalBasisWithdrawn(Id, Consent.BasisId, "sold"));

    [Fact] public void A_closed_venue_answers_nobody() => Decider
        .Given(Card, new Closed(Id, "gone"))
        .When(new SetCapacity(10))
        .ThenRefused("venue.closed");

    [Fact] public void An_unknown_venue_is_said_to_be_unknown() => Decider
        .Given()
        .When(new SetCapacity(10))
        .ThenRefused("venue.unknown");

    [Fact]
    public void The_card_remembers_who_was_relieved_and_when()
    {
        var card = VenueCard.View.Build(Story.Of(
            (Id, Card), (Id, new PersonAppointed(Id, Owner)), (Id, new PersonRelieved(Id, Person, Post.Owner, June))))[Id];
        Assert.Equal(June, Assert.Single(card.People).Until);
        Assert.True(card.People[0].HoldsOn(June));
        Assert.False(card.People[0].HoldsOn(June.AddDays(1)));
    }
}
