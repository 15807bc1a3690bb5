using Compliance.Domain.Kernel;
using Compliance.Domain.Licences;
using Compliance.Domain.Notices;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Venues;
using static Compliance.Domain.Tests.Licences.Stages;

namespace Compliance.Domain.Tests.Licences;

public sealed class LicenceViewTests
{
    static readonly VenueDetails Details = new("Түн", "Ночь", "180040900100", "пр. Абая, 1", "Медеу", new(43.2, 76.9), false);
    static readonly VenueEvent.Registered Registered = new(Club, Details, 300, []);

    static RegisterRow Row(VenueDetails details, params LicenceEvent[] facts) => RegisterRow.View.Build(Story.Of(
        [(Club, new VenueEvent.Registered(Club, details, 300, [])), .. facts.Select(f => (Club, (object)f))]))[Club];

    [Theory]
    [InlineData("none", CertificateState.None), InlineData("submitted", CertificateState.None), InlineData("refused", CertificateState.None)]
    [InlineData("granted", CertificateState.InForce), InlineData("proposed", CertificateState.InForce), InlineData("suspended", CertificateState.Suspended)]
    [InlineData("renewing", CertificateState.InForce), InlineData("expired", CertificateState.Expired), InlineData("revoked", CertificateState.Revoked)]
    public void The_public_is_told_of_certificates_and_not_of_applications(string stage, CertificateState state)
    {
        var row = Row(Details, At(stage));
        Assert.Equal(state, row.On(First.AddDays(5)).State);
        Assert.Equal(state == CertificateState.None ? null : Number, row.Number);
    }

    [Fact]
    public void A_draft_after_a_revocation_hides_nothing() =>
        Assert.Equal(CertificateState.Revoked, Row(Details, Facts([.. Ways["revoked"], (Drafting with { ApplicationId = Broken }).By(Owner)])).State);

    [Fact]
    public void Days_count_and_not_when_somebody_noted_them()
    {
        var row = Row(Details, At("granted"));
        Assert.Equal(
            [CertificateState.NotYet, CertificateState.InForce, CertificateState.InForce, CertificateState.Expired],
            ((DateOnly[])[First.AddDays(-1), First, Last, Last.AddDays(1)]).Select(day => row.On(day).State));
    }

    [Fact]
    public void After_a_gap_it_begins_on_the_day_it_was_renewed()
    {
        var late = VenueZone.At(Last.AddDays(20), new(12, 0));
        LicenceEvent[] facts = [.. Facts([.. Ways["expired-renewing"], new LicenceCommand.Renew(Last.AddYears(1), Why).By(at: late)])];
        var permit = Assert.IsType<Licence.Granted>(Licence.Decider.Fold(facts)).Permit;
        Assert.Equal((Last.AddDays(20), Last.AddYears(1)), (permit.From, permit.Until));
        Assert.Equal((permit.From, permit.Until), (Row(Details, facts).From, Row(Details, facts).Until));
    }

    [Theory, InlineData("180040900100", "180040900100"), InlineData("850312300112", null)]
    public void An_individual_number_is_not_public(string bin, string? shown) => Assert.Equal(shown, Row(Details with { Bin = bin }).Bin);

    [Fact]
    public void What_is_due_first_stands_on_top()
    {
        Guid late = new("00000000-0000-0000-0000-0000000000aa"), soon = new("00000000-0000-0000-0000-0000000000ab"), calm = new("00000000-0000-0000-0000-0000000000ac");
        var cards = LicenceCard.View.Build(Story.Of(
        [
            .. At("granted").Select(f => (calm, (object)(f with { VenueId = calm }))),
            .. At("submitted").Select(f => (soon, (object)(f with { VenueId = soon }))),
            .. Facts(Submitting.By(Owner, Monday.AddDays(-30))).Select(f => (late, (object)(f with { VenueId = late }))),
        ]));
        Assert.Equal([late, soon, calm], cards.Values.OrderBy(LicenceCard.View.SortOf, StringComparer.Ordinal).Select(c => c.VenueId));
        Assert.Equal([true, true, false], ((Guid[])[late, soon, calm]).Select(id => cards[id].Awaits));
    }

    [Fact]
    public void A_card_survives_the_store()
    {
        var card = LicenceCard.View.Build(Story.Of([.. At("proposed").Select(f => (Club, (object)f))]))[Club];
        var json = System.Text.Json.JsonSerializer.Serialize(card, EventCatalog.Json);
        var read = System.Text.Json.JsonSerializer.Deserialize<LicenceCard>(json, EventCatalog.Json)!;
        Assert.Equal(json, System.Text.Json.JsonSerializer.Serialize(read, EventCatalog.Json));
        Assert.Equal(OneProposal, Assert.Single(Assert.IsType<Licence.Granted>(read.State).Proposals).ProposalId);
    }

    [Fact]
    public void Its_holder_hears_of_every_turn_once()
    {
        var facts = Story.Of([.. Facts([.. Ways["renewing"], Suspending.By(), new LicenceCommand.Reinstate(Why).By(), new LicenceCommand.Revoke(Why).By()]).Select(f => (Club, (object)f))]);
        var told = facts.SelectMany(r => NotifyWhenCertificateTurns.Policy.React(EventCatalog.Decode(r)!, r)).Select(r => r.ToString()!).ToArray();
        Assert.Equal(4, told.Length);
        Assert.All(told.Zip(["LicenceGranted", "LicenceSuspended", "LicenceReinstated", "LicenceRevoked"]), pair => Assert.Contains(pair.Second, pair.First, StringComparison.Ordinal));
    }
}
