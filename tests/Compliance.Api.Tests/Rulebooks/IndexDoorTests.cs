using Compliance.Api.Cases;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Cases;
using Compliance.Domain.Duties;
using Compliance.Domain.Kernel;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;
using Route = Compliance.Domain.Cases.Route;

namespace Compliance.Api.Tests.Rulebooks;

/// <summary>A fine of a year whose index nobody has entered: charged in indices, refused as a penalty, told in tenge once it is entered.</summary>
public sealed class IndexDoorTests
{
    const string Law = "Law on the national budget, art. 9";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_amount_waits_for_the_index_of_its_year_and_stays_as_it_was_told()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        var officer = scene.AsAuthority;
        var year = 2027;
        var (id, offence) = (Guid.NewGuid(), new DateTimeOffset(year, 2, 1, 12, 0, 0, TimeSpan.Zero));
        house.Clock.Advance(offence.AddDays(1) - house.Clock.GetUtcNow());
        var log = house.Services.GetRequiredService<IEventLog>();
        await log.Execute(Case.Decider, id, new CaseCommand.Open(id, scene.Venue, Guid.NewGuid(), DutyTerms.Of(Domain.Devices.DeviceKind.Exit).Matter,
            new(Route.Article462Part3, "KOAP-462-3", "462(3)", Stage.First, null, null, Confidence.Secondary, null), null, offence, offence.AddDays(59), offence), new(Guid.NewGuid(), "reaction:test"), Ct);
        Assert.Equal(year, (await officer.Get<MciShown>("/mci")).Missing);
        Assert.Equal(year, (await officer.Get<WaitingFigures>("/waiting/figures")).MissingMci);
        Assert.Null((await house.As(Guid.NewGuid(), "inspector").Get<WaitingFigures>("/waiting/figures")).MissingMci);

        await officer.Do("POST", $"/cases/{id}/size-set", new CaseSize(SizeClass.Small));
        await officer.Do("POST", $"/cases/{id}/decided", new CaseRuling(CaseOutcome.Referred, "the order was not executed"));
        using (var early = await officer.Ask("POST", $"/cases/{id}/penalty-set", new CasePenalty(100, "№ 7"))) Assert.Equal("409 case.mci-unknown", await early.Refusal());
        using (var nameless = await officer.Ask("POST", "/mci", new MciWord(new(year, 1, 1), 4_700, " "))) Assert.Equal("400 mci.source-missing source", await nameless.Refusal());

        using var changes = await officer.Listen();
        await officer.Do("POST", "/mci", new MciWord(new(year, 1, 1), 4_700, Law));
        for (var twice = 0; twice < 2; twice++) await house.Services.GetRequiredService<CaseWatch>().Tick(Ct);
        while ((await officer.Get<CaseShown>($"/cases/{id}")).Case.Charge.Fine is null) await changes.Until("case-list");
        var corrected = await officer.Do("POST", "/mci/corrected", new MciCorrection(new(year, 1, 1), 4_650, Law, "mistyped"));
        await house.Services.GetRequiredService<CaseWatch>().Tick(Ct);
        Assert.Equal(470_000, (await officer.Get<CaseShown>($"/cases/{id}", corrected)).Case.Charge.Fine!.FromTenge);
        Assert.Single(await log.Read(new("case", id), Ct).Where(f => f.Name == "case.amount-told.v1").ToListAsync(Ct));

        var penalised = await officer.Do("POST", $"/cases/{id}/penalty-set", new CasePenalty(100, "№ 7"));
        Assert.Equal((465_000m, year), (await officer.Get<CaseShown>($"/cases/{id}", penalised)).Case.Penalty is { } penalty ? (penalty.Tenge, penalty.MciYear) : default);
        var shown = await officer.Get<MciShown>("/mci");
        Assert.Equal((null, 4_650m, 4_700m), (shown.Missing, shown.Entries[0].Tenge, shown.Entries[0].Was!.Value));
    }
}
