using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Compliance.Api.Inspections;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Inspections;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Compliance.Domain.Rulebooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Inspections;

/// <summary>An inspection through its doors: from the plan to the act, and the owner's own check.</summary>
public sealed class InspectionDoorTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    const string Book = "kz-nightclub-2025-2026";
    static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4];

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    House House => shared.House;

    /// <summary>A visit of an inspector at a venue, planned and registered.</summary>
    async Task<(Scene Scene, HttpClient Officer, Guid Id)> Planned(InspectionKind kind = InspectionKind.Scheduled)
    {
        var scene = await Scene.In(House);
        var (subject, id) = (Guid.NewGuid(), Guid.NewGuid());
        var officer = House.As(subject, "inspector");
        await officer.Do("PUT", $"/venues/{scene.Venue}/inspections/{id}", Plan(scene, id, kind, subject));
        return (scene, officer, id);
    }

    static InspectionCommand.Schedule Plan(Scene scene, Guid id, InspectionKind kind, Guid walker) => kind == InspectionKind.SelfCheck
        ? new(id, scene.Venue, kind, new(2026, 6, 1), Book, "", "", [walker]) : new(id, scene.Venue, kind, new(2026, 6, 1), Book, "Fire department", "Plan, line 7", [walker]);

    async Task<(Scene Scene, HttpClient Officer, Guid Id)> Begun(InspectionKind kind = InspectionKind.Scheduled)
    {
        var (scene, officer, id) = await Planned(kind);
        await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        await officer.Do("POST", $"/inspections/{id}/started");
        return (scene, officer, id);
    }

    static async Task<HttpResponseMessage> Attach(HttpClient client, Guid inspection, Guid photo, byte[] bytes, string? hash = null, string rule = "KZ.CAM.017")
    {
        using var request = new HttpRequestMessage(HttpMethod.Put,
            $"/inspections/{inspection}/photos/{photo}?ruleId={rule}&sha256={hash ?? Convert.ToHexStringLower(SHA256.HashData(bytes))}&takenAt=2026-06-01T12:00:00Z&device=tablet&latitude=43.2&longitude=76.9")
        {
            Content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("image/jpeg") } },
        };
        return await client.SendAsync(request, Ct);
    }

    static Statement OfVenue(string attribute, bool value) => new("venue", "venue", "", attribute, new Known.Flag(value));

    /// <summary>Says of every item that nobody could check it, but for those said already.</summary>
    static async Task AnswerTheRest(HttpClient walker, Guid id)
    {
        foreach (var rule in (await walker.Get<InspectionSheet>($"/inspections/{id}")).Unanswered)
            await walker.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, Found.NotChecked, [], [], null, null));
        foreach (var rule in (await walker.Get<InspectionSheet>($"/inspections/{id}")).WithoutPhoto)
            await walker.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(rule, null, [], [], null, NoPhoto.NothingToSee));
    }

    [Fact]
    public async Task From_the_plan_to_the_act()
    {
        var (scene, officer, id) = await Planned();
        Assert.Equal("409 inspection.not-registered", await (await officer.Ask("POST", $"/inspections/{id}/started")).Refusal());
        await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        await officer.Do("POST", $"/inspections/{id}/started");
        await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem(
            "KZ.CAM.017", Found.NotMet, [OfVenue("recorderLocked", false)], [], "The recorder stands open behind the bar.", null));
        var sheet = await officer.Get<InspectionSheet>($"/inspections/{id}");
        Assert.Equal(["KZ.CAM.017"], sheet.Failed.Where(rule => rule.StartsWith("KZ.CAM.017", StringComparison.Ordinal)));
        Assert.Contains("KZ.CAM.017", sheet.WithoutPhoto);

        var photo = Guid.NewGuid();
        using (var attached = await Attach(officer, id, photo, Jpeg)) attached.EnsureSuccessStatusCode();
        await AnswerTheRest(officer, id);
        Assert.Equal("409 inspection.signature-missing", await (await officer.Ask("POST", $"/inspections/{id}/act")).Refusal());
        await officer.Do("POST", $"/inspections/{id}/signatures");
        await scene.AsOwner.Do("POST", $"/inspections/{id}/signatures");
        var issued = await officer.Do("POST", $"/inspections/{id}/act");

        var over = await scene.AsOwner.Get<InspectionSheet>($"/inspections/{id}");
        var finding = over.Findings!.Single(f => f.RuleId == "KZ.CAM.017");
        Assert.Equal((InspectionStage.Done, "The recorder stands open behind the bar."), (over.Stage, finding.Remark));
        Assert.Equal([Signatory.Inspector, Signatory.Venue], over.Signatures.Select(s => s.As));
        var rule = (await scene.AsOwner.Get<VenueCompliance>($"/venues/{scene.Venue}/compliance", issued)).Rules.Single(r => r.RuleId == "KZ.CAM.017");
        Assert.Equal(Outcome.Fail, rule.Outcome);
        Assert.Contains(rule.Grounds, g => g is { Attribute: "recorderLocked", From: Provenance.Inspector, By: [_] });
        Assert.Contains((await officer.Get<Page<InspectionRow>>("/inspections?limit=200", issued)).Items, row => row.InspectionId == id && row.Findings == over.Findings!.Count);
    }

    [Fact]
    public async Task The_owners_check_walks_exactly_the_inspectors_list()
    {
        var (scene, officer, id) = await Begun();
        var own = Guid.NewGuid();
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/inspections/{own}", Plan(scene, own, InspectionKind.SelfCheck, scene.Owner));
        await scene.AsOwner.Do("POST", $"/inspections/{own}/started");
        var (inspectors, owners) = ((await officer.Get<InspectionSheet>($"/inspections/{id}")).List!, (await scene.AsOwner.Get<InspectionSheet>($"/inspections/{own}")).List!);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(inspectors), System.Text.Json.JsonSerializer.Serialize(owners));
        Assert.NotEmpty(owners.Items);
        await AnswerTheRest(scene.AsOwner, own);
        var done = await scene.AsOwner.Do("POST", $"/inspections/{own}/completed");
        Assert.Contains((await scene.AsOwner.Get<Page<InspectionRow>>($"/venues/{scene.Venue}/inspections", done)).Items, row => row is { Kind: InspectionKind.SelfCheck, Stage: InspectionStage.Done });
    }

    [Fact]
    public async Task Only_those_named_walk_it()
    {
        var (scene, _, id) = await Begun();
        var item = new InspectionCommand.RecordItem("KZ.CAM.017", Found.Met, [], [], null, null);
        using var other = House.As(Guid.NewGuid(), "inspector");
        Assert.Equal("409 inspection.not-yours", await (await other.Ask("POST", $"/inspections/{id}/items", item)).Refusal());
        Assert.Equal("409 inspection.not-yours", await (await scene.AsOwner.Ask("POST", $"/inspections/{id}/items", item)).Refusal());
        Assert.Equal("409 inspection.not-yours", await (await other.Ask("POST", $"/inspections/{id}/signatures")).Refusal());
    }

    [Fact]
    public async Task An_owner_plans_no_inspection_and_an_inspector_no_self_check()
    {
        var scene = await Scene.In(House);
        var (id, inspector) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.Equal("409 inspection.not-yours", await (await scene.AsOwner.Ask("PUT", $"/venues/{scene.Venue}/inspections/{id}", Plan(scene, id, InspectionKind.Scheduled, scene.Owner))).Refusal());
        Assert.Equal("409 inspection.not-yours", await (await House.As(inspector, "inspector").Ask("PUT", $"/venues/{scene.Venue}/inspections/{id}", Plan(scene, id, InspectionKind.SelfCheck, inspector))).Refusal());
        Assert.Equal("409 inspection.not-yours", await (await House.As(inspector, "inspector").Ask("PUT", $"/venues/{scene.Venue}/inspections/{id}", Plan(scene, id, InspectionKind.Scheduled, Guid.NewGuid()))).Refusal());
        await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/inspections/{id}", Plan(scene, id, InspectionKind.Scheduled, inspector));
    }

    [Fact]
    public async Task An_inspector_who_owns_another_venue_plans_and_walks_no_self_check_here()
    {
        var (here, elsewhere) = (await Scene.In(House), await Scene.In(House));
        var (own, id, both) = (Guid.NewGuid(), Guid.NewGuid(), House.As(elsewhere.Owner, "owner", "inspector"));
        await here.AsOwner.Do("PUT", $"/venues/{here.Venue}/inspections/{own}", Plan(here, own, InspectionKind.SelfCheck, here.Owner));
        Assert.Equal("409 inspection.not-yours", await (await both.Ask("POST", $"/inspections/{own}/started")).Refusal());
        Assert.Equal("409 inspection.not-yours", await (await both.Ask("PUT", $"/venues/{here.Venue}/inspections/{id}", Plan(here, id, InspectionKind.SelfCheck, elsewhere.Owner))).Refusal());
        await both.Do("PUT", $"/venues/{elsewhere.Venue}/inspections/{id}", Plan(elsewhere, id, InspectionKind.SelfCheck, elsewhere.Owner));
        await both.Do("POST", $"/inspections/{id}/started");
    }

    [Fact]
    public async Task A_visit_that_names_nobody_is_walked_by_the_inspector_who_takes_it()
    {
        var scene = await Scene.In(House);
        var (id, subject) = (Guid.NewGuid(), Guid.NewGuid());
        await scene.AsAuthority.Do("PUT", $"/venues/{scene.Venue}/inspections/{id}", Plan(scene, id, InspectionKind.Scheduled, subject) with { Walkers = [] });
        var (officer, other) = (House.As(subject, "inspector"), House.As(Guid.NewGuid(), "inspector"));
        await officer.Do("POST", $"/inspections/{id}/taken");
        Assert.Equal("409 inspection.taken", await (await other.Ask("POST", $"/inspections/{id}/taken")).Refusal());
        await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-17"));
        Assert.Equal([subject], (await officer.Get<InspectionSheet>($"/inspections/{id}")).Walkers);
    }

    [Fact]
    public async Task The_owners_own_check_is_nobody_elses_until_it_is_over()
    {
        var scene = await Scene.In(House);
        var (own, officer) = (Guid.NewGuid(), House.As(Guid.NewGuid(), "inspector"));
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/inspections/{own}", Plan(scene, own, InspectionKind.SelfCheck, scene.Owner));
        var begun = await scene.AsOwner.Do("POST", $"/inspections/{own}/started");
        Assert.Equal(HttpStatusCode.NotFound, (await officer.Ask("GET", $"/inspections/{own}")).StatusCode);
        Assert.Empty((await officer.Get<Page<InspectionRow>>($"/venues/{scene.Venue}/inspections", begun)).Items);
        Assert.Single((await scene.AsOwner.Get<Page<InspectionRow>>($"/venues/{scene.Venue}/inspections", begun)).Items);
        await AnswerTheRest(scene.AsOwner, own);
        var done = await scene.AsOwner.Do("POST", $"/inspections/{own}/completed");
        Assert.Single((await officer.Get<Page<InspectionRow>>($"/venues/{scene.Venue}/inspections", done)).Items);
        Assert.Equal(InspectionStage.Done, (await officer.Get<InspectionSheet>($"/inspections/{own}")).Stage);
    }

    [Fact]
    public async Task A_visit_out_of_turn_comes_unannounced()
    {
        var (scene, officer, id) = await Planned(InspectionKind.Unscheduled);
        var registered = await officer.Do("POST", $"/inspections/{id}/registered", new InspectionCommand.RegisterCheck("26-18"));
        Assert.Equal(HttpStatusCode.NotFound, (await scene.AsOwner.Ask("GET", $"/inspections/{id}")).StatusCode);
        Assert.DoesNotContain((await scene.AsOwner.Get<Page<InspectionRow>>("/inspections", registered)).Items, row => row.InspectionId == id);
        Assert.Contains((await officer.Get<Page<InspectionRow>>("/inspections?limit=200", registered)).Items, row => row.InspectionId == id);
        var begun = await officer.Do("POST", $"/inspections/{id}/started");
        Assert.Contains((await scene.AsOwner.Get<Page<InspectionRow>>("/inspections", begun)).Items, row => row.InspectionId == id);
    }

    [Fact]
    public async Task A_photo_arrives_as_it_was_taken_or_not_at_all()
    {
        var (scene, officer, id) = await Begun();
        var photo = Guid.NewGuid();
        Assert.Equal("400 inspection.photo-changed sha256", await (await Attach(officer, id, photo, Jpeg, new string('0', 64))).Refusal());
        Assert.Equal("400 inspection.malformed body", await (await Attach(officer, id, photo, [1, 2, 3])).Refusal());
        using (var attached = await Attach(officer, id, photo, Jpeg)) attached.EnsureSuccessStatusCode();
        using (var again = await Attach(officer, id, photo, Jpeg)) again.EnsureSuccessStatusCode();
        Assert.Equal("409 inspection.photo-taken", await (await Attach(officer, id, photo, [.. Jpeg, 5])).Refusal());
        Assert.Null(House.Services.GetRequiredService<PhotoStore>().Get(id, Convert.ToHexStringLower(SHA256.HashData([.. Jpeg, 5]))));
        Assert.Equal("400 inspection.malformed body", await (await Attach(officer, id, Guid.NewGuid(), [.. Jpeg, .. new byte[9 << 20]])).Refusal());
        Assert.Single((await officer.Get<InspectionSheet>($"/inspections/{id}")).Photos);

        var path = $"/inspections/{id}/photos/{photo}";
        foreach (var reader in (HttpClient[])[officer, scene.AsOwner, scene.AsAuthority, House.As(Guid.NewGuid(), "oversight")])
        {
            using var shown = await reader.Ask("GET", path);
            Assert.Equal("image/jpeg", shown.Content.Headers.ContentType?.MediaType);
            Assert.Equal(Jpeg, await shown.Content.ReadAsByteArrayAsync(Ct));
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await House.As(Guid.NewGuid(), "inspector").Ask("GET", path)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await House.As(Guid.NewGuid(), "owner").Ask("GET", path)).StatusCode);
    }

    [Fact]
    public async Task What_the_list_does_not_ask_is_not_recorded()
    {
        var (_, officer, id) = await Begun();
        Assert.Equal("400 inspection.rule-unknown ruleId", await (await officer.Ask("POST", $"/inspections/{id}/items",
            new InspectionCommand.RecordItem("KZ.PRV.003", Found.Met, [], [], null, null))).Refusal());
    }

    [Fact]
    public async Task An_answer_branches_the_list()
    {
        var (_, officer, id) = await Begun();
        async Task<ItemState> Alcohol() => (await officer.Get<InspectionSheet>($"/inspections/{id}")).List!.Items.Single(i => i.Rule.RuleId == "KZ.GRD.001").State;
        Assert.Equal(ItemState.Asked, await Alcohol());
        await officer.Do("POST", $"/inspections/{id}/items", new InspectionCommand.RecordItem("KZ.GRD.001", null, [OfVenue("guardsHired", false)], [], null, null));
        Assert.Equal(ItemState.FoldedAway, await Alcohol());
    }

    [Fact]
    public async Task The_authority_may_cancel_an_officers_visit_and_no_owners_check()
    {
        var (scene, _, id) = await Planned();
        await scene.AsAuthority.Do("POST", $"/inspections/{id}/cancelled", new InspectionCommand.Cancel("Withdrawn"));
        var own = Guid.NewGuid();
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/inspections/{own}", Plan(scene, own, InspectionKind.SelfCheck, scene.Owner));
        Assert.Equal("409 inspection.not-yours", await (await scene.AsAuthority.Ask("POST", $"/inspections/{own}/cancelled", new InspectionCommand.Cancel("No"))).Refusal());
    }

    [Fact]
    public async Task That_a_self_check_runs_is_told_to_no_official()
    {
        var scene = await Scene.In(House);
        var own = Guid.NewGuid();
        using var inspector = await House.As(Guid.NewGuid(), "inspector").Listen();
        using var owner = await scene.AsOwner.Listen();
        await scene.AsOwner.Do("PUT", $"/venues/{scene.Venue}/inspections/{own}", Plan(scene, own, InspectionKind.SelfCheck, scene.Owner));
        await owner.Until("inspection-list");
        await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/people", new VenueCommand.AppointPerson(new(Guid.NewGuid(), Post.Manager, new(2026, 1, 1), null, [])));
        while (await inspector.Next() is var told)
        {
            Assert.DoesNotContain(own.ToString(), told.Data, StringComparison.Ordinal);
            if (told.Data.Contains("venue-card", StringComparison.Ordinal) && told.Data.Contains(scene.Venue.ToString(), StringComparison.Ordinal)) break;
        }
    }
}
