using System.Net;
using System.Text.Json;
using Compliance.Api.Complaints;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Complaints;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Complaints;

public sealed class ComplaintTests(SharedHouse shared) : IClassFixture<SharedHouse>
{
    House House => shared.House;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static ComplaintForm Form(House house, Guid? venue, ComplaintChannel channel = ComplaintChannel.DoorQr, string? district = null) =>
        new(channel, ComplaintCategory.BlockedExit, venue, district, house.Clock.GetUtcNow().AddMinutes(-5), "Есік жабық тұр", "+7 701 555 01 01");

    static async Task<ComplaintStatus> Status(HttpResponseMessage answer)
    {
        using var _ = answer;
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return JsonSerializer.Deserialize<ComplaintStatus>(await answer.Content.ReadAsStringAsync(Ct), EventCatalog.Json)!;
    }

    static async Task<string?> Words(Scene scene, Guid complaint)
    {
        using var answer = await scene.AsAuthority.Ask("POST", $"/complaints/{complaint}/letter-read");
        return JsonSerializer.Deserialize<ComplaintLetter>(await answer.Content.ReadAsStringAsync(Ct), EventCatalog.Json)!.Words;
    }

    [Fact]
    public async Task Anybody_complains_at_the_door_and_learns_what_came_of_it()
    {
        await using var house = new House();
        var scene = await Scene.In(house);
        await scene.NoticeOfABlockedExit();
        var (anybody, id) = (house.CreateClient(), Guid.NewGuid());
        var received = await Status(await anybody.Ask("PUT", $"/public/complaints/{id}", Form(house, scene.Venue)));
        Assert.Equal((ComplaintNumber.Of(id), ComplaintState.Received), (received.Number, received.State));

        var row = (await scene.AsAuthority.Get<Page<ComplaintRow>>("/complaints")).Items.Single();
        Assert.Equal((Scene.Details.District, true, 1), (row.District, row.HasLetter, row.OutageIds.Count));
        Assert.Equal("Есік жабық тұр", await Words(scene, id));

        Assert.Equal(VenueZone.Day(house.Clock.GetUtcNow()), (await Status(await anybody.Ask("GET", $"/public/complaints/{id}"))).ReadOn);

        var done = await scene.AsAuthority.Do("POST", $"/complaints/{id}/answered", new ComplaintCommand.Answer(ComplaintOutcome.Confirmed));
        Assert.Equal((ComplaintState.Answered, ComplaintOutcome.Confirmed), await Status(await anybody.Ask("GET", $"/public/complaints/{id}")) is var told ? (told.State, told.Outcome) : default);
        var figures = await scene.AsAuthority.Get<ComplaintFigures>("/complaints/figures", done);
        Assert.Equal(new ComplaintTally(Scene.Details.District, ComplaintCategory.BlockedExit, 1, 1, 1), figures.Own.Single());
        Assert.Equal(45_992, figures.Published.Max(p => p.Count));
    }

    [Fact]
    public async Task Whom_it_is_about_does_not_hear_of_it_and_an_inspector_does()
    {
        var scene = await Scene.In(House);
        using var owners = await scene.AsOwner.Listen();
        using var inspectors = await House.As(Guid.NewGuid(), "inspector").Listen();
        await Status(await House.CreateClient().Ask("PUT", $"/public/complaints/{Guid.NewGuid()}", Form(House, scene.Venue)));
        await inspectors.Until("complaint-list");
        await scene.AsOwner.Do("POST", $"/venues/{scene.Venue}/people", new VenueCommand.AppointPerson(new(Guid.NewGuid(), Post.Manager, new(2026, 1, 1), null, [])));
        while (await owners.Next() is { } told)
        {
            Assert.DoesNotContain("complaint", told.Data, StringComparison.Ordinal);
            if (told.Data.Contains("venue-card", StringComparison.Ordinal)) break;
        }
    }

    [Fact]
    public async Task The_line_102_tells_it_twice_and_it_is_one_complaint()
    {
        var scene = await Scene.In(House);
        var (line, id) = (House.As(Guid.NewGuid(), "operator"), Guid.NewGuid());
        var form = Form(House, null, ComplaintChannel.Line102, "Медеу");
        var first = await Status(await line.Ask("PUT", $"/complaints/{id}", form));
        var again = await Status(await line.Ask("PUT", $"/complaints/{id}", form with { Words = "other words" }));
        Assert.Equal(first, again);
        Assert.Equal("Есік жабық тұр", await Words(scene, id));
        Assert.Equal("409 complaint.already-received", await (await line.Ask("PUT", $"/complaints/{id}", form with { Category = ComplaintCategory.Drugs })).Refusal());
    }

    [Fact]
    public async Task What_was_written_stands_in_no_fact_and_is_destroyed_with_its_key()
    {
        var scene = await Scene.In(House);
        var id = Guid.NewGuid();
        await Status(await House.CreateClient().Ask("PUT", $"/public/complaints/{id}", Form(House, scene.Venue)));
        var log = (IEventLog)House.Services.GetService(typeof(IEventLog))!;
        await foreach (var fact in log.Read(new("complaint", id), Ct))
            Assert.DoesNotContain("701 555", System.Text.Encoding.UTF8.GetString(fact.Data.Span), StringComparison.Ordinal);

        await House.As(Guid.NewGuid(), "oversight").Do("POST", $"/complaints/{id}/letter-destroyed");
        Assert.Equal("409 complaint.no-letter", await (await scene.AsAuthority.Ask("POST", $"/complaints/{id}/letter-read")).Refusal());
    }

    [Fact]
    public async Task The_public_form_speaks_for_itself_only_and_of_real_places()
    {
        var scene = await Scene.In(House);
        var anybody = House.CreateClient();
        async Task<string> Says(ComplaintForm form) => await (await anybody.Ask("PUT", $"/public/complaints/{Guid.NewGuid()}", form)).Refusal();
        Assert.Equal("400 complaint.channel-foreign channel", await Says(Form(House, scene.Venue, ComplaintChannel.Line102)));
        Assert.Equal("400 complaint.venue-foreign venueId", await Says(Form(House, Guid.NewGuid())));
        Assert.Equal("400 complaint.place-missing district", await Says(Form(House, null)));
        Assert.Equal("400 complaint.time-impossible happenedAt", await Says(Form(House, scene.Venue) with { HappenedAt = House.Clock.GetUtcNow().AddHours(1) }));
        foreach (var never in (DateTimeOffset[])[DateTimeOffset.MinValue, DateTimeOffset.MaxValue])
            Assert.Equal("400 complaint.time-impossible happenedAt", await Says(Form(House, scene.Venue) with { HappenedAt = never }));
        Assert.Equal("400 complaint.place-missing district", await Says(Form(House, null, district: "Айгүл, 5-пәтер")));
        Assert.Equal(Scene.Details.NameRu, (await anybody.Get<VenueSign>($"/public/venues/{scene.Venue}/sign")).NameRu);
    }

    [Fact]
    public async Task What_broke_off_before_the_log_took_it_is_completed_by_the_same_call()
    {
        var (scene, id, line) = (await Scene.In(House), Guid.NewGuid(), Guid.NewGuid());
        var (form, letters) = (Form(House, null, ComplaintChannel.Line102, "Медеу"), House.Services.GetRequiredService<Letters>());
        var broken = new Receive(new FullDisk(), House.Services.GetRequiredService<IViewStore>(), letters, House.Clock);
        await Assert.ThrowsAsync<IOException>(() => Receive.ByOffice(id, form, new(line, ["operator"]), broken, Ct));
        await Status(await House.As(line, "operator").Ask("PUT", $"/complaints/{id}", form));
        Assert.Equal(form.Words, await Words(scene, id));
        await Status(await House.As(line, "operator").Ask("PUT", $"/complaints/{id}", form with { Words = "other" }));
        Assert.Equal(form.Words, letters.Find(id)!.Words);
    }

    sealed class FullDisk : IEventLog
    {
        public IAsyncEnumerable<Recorded> Read(StreamId stream, CancellationToken ct) => AsyncEnumerable.Empty<Recorded>();

        public IAsyncEnumerable<Recorded> Follow(LogPosition after, CancellationToken ct) => AsyncEnumerable.Empty<Recorded>();

        public Task<Appended?> Append(StreamId stream, long expectedRevision, IReadOnlyList<object> facts, Origin origin, CancellationToken ct) =>
            throw new IOException("no space left on device");
    }

    [Fact]
    public async Task One_address_has_a_limit()
    {
        await using var house = new House(("Complaints:PerHour", "2"));
        var scene = await Scene.In(house);
        var anybody = house.CreateClient();
        for (var i = 0; i < 2; i++) await Status(await anybody.Ask("PUT", $"/public/complaints/{Guid.NewGuid()}", Form(house, scene.Venue)));
        Assert.Equal("429 request.too-many", await (await anybody.Ask("PUT", $"/public/complaints/{Guid.NewGuid()}", Form(house, scene.Venue))).Refusal());
    }

    [Fact]
    public async Task A_year_after_the_answer_nobody_can_read_it_any_more()
    {
        var (scene, id, letters, log) = (await Scene.In(House), Guid.NewGuid(), House.Services.GetRequiredService<Letters>(), House.Services.GetRequiredService<IEventLog>());
        await scene.AsAuthority.Get<Page<ComplaintRow>>("/complaints", scene.Ready); // the register is a view: it follows the log
        await Status(await House.CreateClient().Ask("PUT", $"/public/complaints/{id}", Form(House, scene.Venue)));
        var answered = await scene.AsAuthority.Do("POST", $"/complaints/{id}/answered", new ComplaintCommand.Answer(ComplaintOutcome.Confirmed));
        await scene.AsAuthority.Get<Page<ComplaintRow>>("/complaints", answered);
        var later = new FakeTimeProvider(House.Clock.GetUtcNow() + Complaint.LetterKept - TimeSpan.FromMinutes(1));
        var old = new OldLetters(log, House.Services.GetRequiredService<IViewStore>(), letters, later);
        await old.DestroyAll(Ct);
        Assert.Equal("Есік жабық тұр", letters.Find(id)?.Words);
        later.Advance(TimeSpan.FromMinutes(2));
        await old.DestroyAll(Ct);
        await old.DestroyAll(Ct);
        Assert.Null(letters.Find(id));
        Assert.IsType<Complaint.Known>((await log.Load(Complaint.Decider, new("complaint", id), Ct)).State);
        Assert.Equal(1, await log.Read(new("complaint", id), Ct).CountAsync(fact => fact.Name == "complaint.letter-destroyed.v1", Ct));
    }
}
