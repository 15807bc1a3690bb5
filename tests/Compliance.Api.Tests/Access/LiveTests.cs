using System.Net;
using System.Net.WebSockets;
using Compliance.Api.Live;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.TransparentLog;
using Compliance.Domain.Access;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;
using Compliance.Domain.Subjects;
using Compliance.Domain.TransparentLog;
using Compliance.Domain.Venues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Compliance.Api.Tests.Access;

/// <summary>From the reason to the picture and into the ledger of those who were watched: a box, a screen and the relay between them, by real WebSockets.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    const string Portal = "http://127.0.0.1:8080";
    readonly House _house = new();
    Scene _scene = null!;

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    Guid Officer { get; } = Guid.NewGuid();
    HttpClient AsOfficer => _house.As(Officer, "operator");

    public async ValueTask InitializeAsync()
    {
        _scene = await Scene.In(_house);
        await _scene.AsAdministrator.Get<Page<ProbeCard>>("/probes", _scene.Ready);
        (await _scene.AsProbe.Ask("GET", "/probe/assignments")).Dispose(); // by asking, the box takes the venue
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    AccessCommand.Open Reason(Guid? id = null) => new(id ?? Guid.NewGuid(), _scene.Venue, "ЦОУ-2", AccessPurpose.CallTo102, "102-4711", null, false, [_scene.Camera]);

    async Task<Guid> Open(AccessCommand.Open? reason = null)
    {
        reason ??= Reason();
        await AsOfficer.Do("PUT", $"/access/{reason.SessionId}", reason);
        return reason.SessionId;
    }

    async Task<LiveAdmission> Ticket(Guid session)
    {
        using var answer = await AsOfficer.Ask("POST", $"/access/{session}/tickets", new LiveWanted(_scene.Camera));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return System.Text.Json.JsonSerializer.Deserialize<LiveAdmission>(await answer.Content.ReadAsStringAsync(Ct), EventCatalog.Json)!;
    }

    Task<WebSocket> Screen(string ticket, string origin = Portal)
    {
        var client = _house.Server.CreateWebSocketClient();
        client.SubProtocols.Add(LiveMessage.Protocol);
        client.SubProtocols.Add($"ticket.{ticket}");
        client.ConfigureRequest = request => request.Headers.Origin = origin;
        return client.ConnectAsync(new("ws://localhost/live"), Ct);
    }

    async Task<WebSocket> Box()
    {
        var wish = await _scene.AsProbe.Get<LiveWish>("/probe/live-wishes?wait=20");
        Assert.Equal(_scene.Camera, wish.DeviceId);
        return await Bring(wish.Id, _scene.Probe);
    }

    Task<WebSocket> Bring(Guid wish, Guid probe)
    {
        var client = _house.Server.CreateWebSocketClient();
        client.ConfigureRequest = request => request.Headers.Authorization = $"Badge probe-{probe:N} probe";
        return client.ConnectAsync(new($"ws://localhost/probe/live/{wish}"), Ct);
    }

    static byte[] Unit(byte flags, byte content) => LiveMessage.Make(flags, DateTimeOffset.UnixEpoch.AddSeconds(5), [0, 0, 1, content]);

    static Task Send(WebSocket socket, byte[] message) => socket.SendAsync(message, WebSocketMessageType.Binary, true, Ct);

    static async Task<byte[]> Read(WebSocket socket)
    {
        var buffer = new byte[1 << 16];
        var read = await socket.ReceiveAsync(buffer, Ct);
        return read.MessageType == WebSocketMessageType.Binary ? buffer[..read.Count] : throw new InvalidOperationException($"closed: {socket.CloseStatus} {socket.CloseStatusDescription}");
    }

    static async Task<(int Code, string? Why)> Closed(WebSocket socket)
    {
        while ((await socket.ReceiveAsync(new byte[1 << 16], Ct)).MessageType != WebSocketMessageType.Close)
        {
        }

        return ((int)socket.CloseStatus!.Value, socket.CloseStatusDescription);
    }

    [Fact]
    public async Task An_officer_with_a_reason_sees_what_the_box_brings_and_the_owner_reads_that_he_did()
    {
        var session = await Open();
        using var screen = await Screen((await Ticket(session)).Ticket);
        using var box = await Box();
        byte[] key = Unit(LiveMessage.Keyframe, 7), delta = Unit(0, 8);
        await Send(box, delta); // nobody can begin with it
        await Send(box, key);
        await Send(box, delta);
        Assert.Equal(key, await Read(screen));
        Assert.Equal(delta, await Read(screen));

        using var second = await Screen((await Ticket(session)).Ticket); // at once, from the last keyframe on
        Assert.Equal(key, await Read(second));
        Assert.Equal(delta, await Read(second));

        await AsOfficer.Do("POST", $"/access/{session}/stills", new AccessCommand.TakeStill(_scene.Camera, new('a', 64)));
        using var changes = await _scene.AsOwner.Listen();
        await screen.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        await second.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        await Closed(box); // nobody looks any more

        var ledger = $"/venues/{_scene.Venue}/seen-by-police";
        SeenByPolice seen;
        while ((seen = Assert.Single((await _scene.AsOwner.Get<Page<SeenByPolice>>(ledger)).Items)).Views.Count < 2) await changes.Until("access-list");
        Assert.Equal((1, null), (seen.Stills, seen.Why));
        Assert.All(seen.Views, view => Assert.Equal(_scene.Camera, view.DeviceId));
        var totals = await _scene.AsOwner.Get<SeenTotals>($"{ledger}/totals");
        Assert.Equal((1, 1, _scene.Camera), (totals.Sessions, totals.Stills, Assert.Single(totals.Cameras).DeviceId));
        var looked = await _house.As(Guid.NewGuid(), "supervisor").Get<FeedsLooked>("/access/feeds-looked-at");
        Assert.Equal((1, looked.Demanded - 1), (looked.Viewed, looked.NeverViewed));
        var (day, sealedUntil) = ($"{VenueZone.Day(_house.Clock.GetUtcNow()):yyyy-MM-dd}", VenueZone.Day(seen.SealedUntil));
        var leaf = await Asking.Until(() => Task.FromResult(_house.Services.GetRequiredService<TreeStore>().LeafAt(seen.OpenedAtPosition)), at => at is not null);
        var printed = await Printed(_scene.AsOwner, day);
        Assert.Contains($"опечатано до {sealedUntil:dd.MM.yyyy}", printed, StringComparison.Ordinal);
        Assert.Contains($"лист {leaf!.Value.Leaf}: {TreeHash.Leaf(leaf.Value.Entry)}", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("ЦОУ-2", printed, StringComparison.Ordinal);
        _house.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Contains("ЦОУ-2, вызов на 102, дело № 102-4711", await Printed(_scene.AsOwner, day), StringComparison.Ordinal);
        Assert.DoesNotContain("102-4711", await Printed(_scene.AsAuthority, day), StringComparison.Ordinal); // whom no page tells it either
        Assert.Equal("102-4711", Assert.Single((await _scene.AsOwner.Get<Page<SeenByPolice>>(ledger)).Items).Why?.CaseNumber);
    }

    /// <summary>The ledger of one day, as words.</summary>
    async Task<string> Printed(HttpClient reader, string day)
    {
        using var answer = await reader.Ask("GET", $"/venues/{_scene.Venue}/access-ledger?from={day}&to={day}&language=ru&as=html");
        var html = await answer.Content.ReadAsStringAsync(Ct);
        Assert.True(answer.IsSuccessStatusCode, html);
        return WebUtility.HtmlDecode(html);
    }

    [Fact]
    public async Task A_ticket_is_good_once_soon_unaltered_and_on_the_officer_s_own_page()
    {
        var session = await Open();
        var (good, shared, old, altered) = ((await Ticket(session)).Ticket, (await Ticket(session)).Ticket, (await Ticket(session)).Ticket, (await Ticket(session)).Ticket);
        (await Screen(good)).Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => Screen(good));
        await Assert.ThrowsAnyAsync<Exception>(() => Screen(shared, "https://elsewhere.example"));
        (await Screen(shared)).Dispose(); // refused elsewhere, it is still good at home
        await Assert.ThrowsAnyAsync<Exception>(() => Screen((altered[0] == 'A' ? 'B' : 'A') + altered[1..]));
        _house.Clock.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAnyAsync<Exception>(() => Screen(old));
    }

    [Fact]
    public async Task Nobody_gets_a_ticket_for_another_officer_s_session_or_for_a_camera_that_was_not_named()
    {
        var session = await Open();
        using (var foreign = await _house.As(Guid.NewGuid(), "operator").Ask("POST", $"/access/{session}/tickets", new LiveWanted(_scene.Camera))) Assert.Equal("403 request.not-allowed", await foreign.Refusal());
        using (var unnamed = await AsOfficer.Ask("POST", $"/access/{session}/tickets", new LiveWanted(Guid.NewGuid()))) Assert.Equal("400 access.camera-not-named deviceId", await unnamed.Refusal());
        using (var never = await AsOfficer.Ask("POST", $"/access/{Guid.NewGuid()}/tickets", new LiveWanted(_scene.Camera))) Assert.StartsWith("404 ", await never.Refusal(), StringComparison.Ordinal);
        await AsOfficer.Do("POST", $"/access/{session}/closed");
        using var late = await AsOfficer.Ask("POST", $"/access/{session}/tickets", new LiveWanted(_scene.Camera));
        Assert.Equal("409 access.over", await late.Refusal());
    }

    [Theory, InlineData("basis", nameof(AccessEnd.BasisEnded)), InlineData("venue", nameof(AccessEnd.VenueClosed)), InlineData("time", nameof(AccessEnd.TimeEnded)), InlineData("officer", nameof(AccessEnd.ByOfficer)), InlineData("supervisor", nameof(AccessEnd.BySupervisor)), InlineData("suspended", nameof(AccessEnd.OfficerGone)), InlineData("role", nameof(AccessEnd.OfficerGone))]
    public async Task The_screen_goes_dark_when_the_right_to_look_ends(string what, string why)
    {
        var session = await Open();
        using var screen = await Screen((await Ticket(session)).Ticket);
        using var box = await Box();
        await Send(box, Unit(LiveMessage.Keyframe, 7));
        await Read(screen);
        switch (what)
        {
            case "basis": await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(_scene.Consent, "no more")); break;
            case "venue": await _scene.AsAuthority.Do("POST", $"/venues/{_scene.Venue}/closed", new VenueCommand.Close("sold")); break;
            case "time": _house.Clock.Advance(AccessSession.Usual); break;
            case "suspended": await Say(new StandingCommand.Suspend(Officer, Guid.NewGuid(), _house.Clock.GetUtcNow())); break;
            case "role": await Say(new StandingCommand.SetRoles(Officer, ["inspector"], Guid.NewGuid(), _house.Clock.GetUtcNow())); break;
            case "officer": await AsOfficer.Do("POST", $"/access/{session}/closed"); break;
            default: await _house.As(Guid.NewGuid(), "supervisor").Do("POST", $"/access/{session}/closed"); break;
        }

        Assert.Equal((Watch.SessionOver, why), await Closed(screen));
        await Closed(box); // and it is told to bring nothing more
    }

    /// <summary>The picture stops within two seconds: one until it is asked, and the sockets are closed at once. The clock of the question is made up, so a busy machine changes nothing.</summary>
    [Theory, InlineData("consent", AccessEnd.BasisEnded), InlineData("day", AccessEnd.BasisEnded), InlineData("suspended", AccessEnd.OfficerGone), InlineData("role", AccessEnd.OfficerGone)]
    public async Task One_second_after_the_right_to_look_ended_it_is_known(string what, AccessEnd why)
    {
        var today = VenueZone.Day(_house.Clock.GetUtcNow());
        if (what == "day")
        {
            await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases", new VenueCommand.GrantLegalBasis(new(Guid.NewGuid(), LegalBasisKind.Consent, "№ 2", "all", today, today)));
            await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(_scene.Consent, "for today only"));
        }

        var session = await Open();
        var clock = new FakeTimeProvider(_house.Clock.GetUtcNow());
        using var sessions = new LiveSessions(_house.Services.GetRequiredService<IEventLog>(), _house.Services.GetRequiredService<Compliance.Api.Access.AccessWatch>(), clock);
        await sessions.StartAsync(Ct);
        var (over, running) = (sessions.Enter(Guid.NewGuid()), sessions.Enter(session));
        using (var again = new PeriodicTimer(TimeSpan.FromMilliseconds(10)))
            for (; !over.Ended.IsCompleted; clock.Advance(TimeSpan.FromMilliseconds(100))) await again.WaitForNextTickAsync(Ct); // it has begun to ask
        Assert.False(running.Ended.IsCompleted);
        switch (what)
        {
            case "consent": await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(_scene.Consent, "no more")); break;
            case "day": _house.Clock.Advance(TimeSpan.FromDays(1)); break;
            case "suspended": await Say(new StandingCommand.Suspend(Officer, Guid.NewGuid(), _house.Clock.GetUtcNow())); break;
            default: await Say(new StandingCommand.SetRoles(Officer, ["inspector"], Guid.NewGuid(), _house.Clock.GetUtcNow())); break;
        }

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(why, await running.Ended.WaitAsync(TimeSpan.FromMinutes(1), Ct));
        await sessions.StopAsync(Ct);
    }

    /// <summary>What an administrator says on the page of the accounts.</summary>
    async Task Say(StandingCommand command)
    {
        await _house.Services.GetRequiredService<IEventLog>().Execute(Standing.Decider, command.SubjectId, command, new(Guid.NewGuid(), "user:test"), Ct);
        await _house.Services.GetRequiredService<Compliance.Api.Entrance.Bearers>().Learn(command.SubjectId, Ct);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Who_is_suspended_or_police_no_more_gets_no_ticket_and_one_he_has_opens_nothing(bool suspended)
    {
        var session = await Open();
        var ticket = (await Ticket(session)).Ticket;
        await Say(suspended ? new StandingCommand.Suspend(Officer, Guid.NewGuid(), _house.Clock.GetUtcNow()) : new StandingCommand.SetRoles(Officer, ["inspector"], Guid.NewGuid(), _house.Clock.GetUtcNow()));
        await Assert.ThrowsAnyAsync<Exception>(() => Screen(ticket));
        using (var none = await AsOfficer.Ask("POST", $"/access/{session}/tickets", new LiveWanted(_scene.Camera))) Assert.Equal(suspended ? "401 subject.suspended" : "403 request.not-allowed", await none.Refusal());
        if (!suspended) return;
        await Say(new StandingCommand.Reinstate(Officer, Guid.NewGuid(), _house.Clock.GetUtcNow()));
        Assert.NotEmpty((await Ticket(session)).Ticket);
    }

    [Fact]
    public async Task The_owners_whole_file_holds_a_look_once_its_seal_has_ended_and_oversights_at_once()
    {
        var session = await Open();
        await AsOfficer.Do("POST", $"/access/{session}/closed");
        await AsOfficer.Get<AccessRow>($"/access/{session}"); // the views show it
        var streams = _house.Services.GetRequiredService<Compliance.Api.Exports.FileStreams>();
        Assert.True(await Holds(Domain.Exports.FileReader.Oversight));
        Assert.False(await Holds(Domain.Exports.FileReader.Owner));
        Assert.False(await Holds(Domain.Exports.FileReader.Authority));
        _house.Clock.Advance(AccessSession.SealedFor + TimeSpan.FromSeconds(1));
        Assert.True(await Holds(Domain.Exports.FileReader.Owner));
        Assert.False(await Holds(Domain.Exports.FileReader.Inspector));

        async Task<bool> Holds(Domain.Exports.FileReader reader) => (await streams.Of(_scene.Venue, reader, Ct)).Contains(new StreamId("access", session));
    }

    [Fact]
    public async Task Two_hundred_screens_cost_one_feed_and_another_box_brings_nothing()
    {
        var session = await Open();
        var screens = new WebSocket[200];
        for (var n = 0; n < screens.Length; n++) screens[n] = await Screen((await Ticket(session)).Ticket);
        var wish = await _scene.AsProbe.Get<LiveWish>("/probe/live-wishes?wait=20");
        var other = Guid.NewGuid();
        using (var enrolled = await _scene.AsAdministrator.Ask("PUT", $"/probes/{other}", new ProbeCommand.Enrol(other, "box 2"))) enrolled.EnsureSuccessStatusCode();
        await Assert.ThrowsAnyAsync<Exception>(() => Bring(wish.Id, other));
        using var box = await Bring(wish.Id, _scene.Probe);
        using (var nothing = await _scene.AsProbe.Ask("GET", "/probe/live-wishes")) Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);
        await Send(box, Unit(LiveMessage.Keyframe, 7));
        await Send(box, Unit(0, 8));
        foreach (var screen in screens)
        {
            Assert.Equal(Unit(LiveMessage.Keyframe, 7), await Read(screen));
            Assert.Equal(Unit(0, 8), await Read(screen));
            screen.Dispose();
        }
    }

    [Fact]
    public async Task When_the_box_goes_away_the_screen_is_told_and_may_ask_again()
    {
        var session = await Open();
        using var screen = await Screen((await Ticket(session)).Ticket);
        using (var box = await Box())
        {
            await Send(box, Unit(LiveMessage.Keyframe, 7));
            await Read(screen);
            await box.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Ct);
        }

        Assert.Equal(Watch.CameraAway, (await Closed(screen)).Code);
        using var again = await Screen((await Ticket(session)).Ticket);
        using var back = await Box();
        await Send(back, Unit(LiveMessage.Keyframe, 9));
        Assert.Equal(Unit(LiveMessage.Keyframe, 9), await Read(again));
    }

    [Fact]
    public async Task Without_a_basis_there_is_no_session_and_no_picture()
    {
        await _scene.AsOwner.Do("POST", $"/venues/{_scene.Venue}/legal-bases/withdrawn", new VenueCommand.WithdrawLegalBasis(_scene.Consent, "no more"));
        var reason = Reason();
        using var refused = await AsOfficer.Ask("PUT", $"/access/{reason.SessionId}", reason);
        Assert.Equal("409 access.no-basis", await refused.Refusal());
    }

    [Fact]
    public async Task The_door_takes_a_socket_with_a_ticket_and_nothing_else()
    {
        using var plain = await _house.CreateClient().Ask("GET", "/live");
        Assert.Equal("400 live.no-ticket", await plain.Refusal());
    }
}
