using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Compliance.Api.Tests.Entrance;
using Compliance.Api.Tests.Reports;
using Compliance.Api.Webhooks;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Webhooks;
using Microsoft.Extensions.DependencyInjection;

namespace Compliance.Api.Tests.Webhooks;

/// <summary>Incidents told to a control centre that listens on a real port, and misbehaves as real ones do.</summary>
public sealed class WebhookTests
{
    static readonly Guid Venue = new("00000000-0000-0000-0000-00000000000a");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_happens_to_an_incident_is_told_signed_and_names_nobody()
    {
        await using var centre = await ControlCentre.Open();
        await using var house = Knowing(centre);
        await Register(house, centre, [WebhookKind.Opened, WebhookKind.Confirmed]);
        var (incident, officer) = (await Open(house), Guid.NewGuid());
        foreach (var step in (string[])["taken", "confirmed"]) await house.As(officer, "operator").Do("POST", $"/incidents/{incident}/{step}");
        var (opened, confirmed) = (await centre.Hear(), await centre.Hear());
        Assert.Equal(("incident.opened", "incident.confirmed"), (Type(opened), Type(confirmed))); // it did not ask to be told that somebody took it
        Assert.NotEqual(opened.Id, confirmed.Id);
        Assert.DoesNotContain($"{officer}", confirmed.Text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(opened.Body);
        Assert.EndsWith($"/incidents/{incident}/cap.xml", json.RootElement.GetProperty("data").GetProperty("cap").GetString(), StringComparison.Ordinal);
        var sentAt = DateTimeOffset.FromUnixTimeSeconds(long.Parse(opened.Timestamp, CultureInfo.InvariantCulture));
        Assert.InRange(sentAt, house.Clock.GetUtcNow().AddMinutes(-5), house.Clock.GetUtcNow());

        using var anybody = house.CreateClient();
        var key = (await anybody.Get<WebhookPublicKey>("/webhooks/key")).Key;
        await SignedBy(key, opened);
        await Assert.ThrowsAnyAsync<Exception>(() => SignedBy(key, opened with { Body = [.. opened.Body, (byte)' '] }));
        await Assert.ThrowsAnyAsync<Exception>(() => SignedBy(key, opened with { Id = confirmed.Id }));
    }

    [Fact]
    public async Task Only_the_districts_it_named_are_told()
    {
        await using var centre = await ControlCentre.Open();
        await using var house = Knowing(centre);
        await Register(house, centre, [WebhookKind.Opened], ["Медеу"]);
        await Open(house, "Алатау");
        var meant = await Open(house, "Медеу");
        Assert.Contains($"{meant}", (await centre.Hear()).Text, StringComparison.Ordinal);
        Assert.Equal(0, centre.Unheard);
    }

    [Fact]
    public async Task What_did_not_arrive_is_sent_again_the_same_under_the_same_id()
    {
        await using var centre = await ControlCentre.Open();
        await using var house = Knowing(centre);
        centre.Answers(500);
        centre.Answers(503, response => response.Headers.RetryAfter = "600");
        var receiver = await Register(house, centre, [WebhookKind.Opened]);
        await Open(house);
        var first = await centre.Hear();
        var failed = await Asking.Until(() => Deliveries(house, receiver), d => d is [{ Attempts: 1 }]);
        Assert.Equal((DeliveryState.Waiting, 500, DeliveryTrouble.Status), (failed[0].State, failed[0].Status, failed[0].Trouble));
        Assert.InRange((failed[0].DueAt - failed[0].TriedAt)!.Value.TotalSeconds, 4.5, 5.5); // not at once

        await Later(house, TimeSpan.FromSeconds(6));
        var second = await centre.Hear();
        var wished = (await Asking.Until(() => Deliveries(house, receiver), d => d is [{ Attempts: 2 }]))[0];
        Assert.True(wished.DueAt - wished.TriedAt >= TimeSpan.FromSeconds(600)); // it said when
        await Later(house, TimeSpan.FromSeconds(700));
        var third = await centre.Hear();
        Assert.Equal((first.Id, first.Text, first.Id, first.Text), (second.Id, second.Text, third.Id, third.Text));
        Assert.Equal(DeliveryState.Delivered, (await Asking.Until(() => Deliveries(house, receiver), d => d[0].State != DeliveryState.Waiting))[0].State);
        await Later(house, TimeSpan.FromHours(10));
        Assert.Equal(0, centre.Unheard);
    }

    [Fact]
    public async Task Who_hangs_is_given_up()
    {
        await using var slow = await ControlCentre.Open();
        await using var house = Knowing([("Webhooks:TimeoutSeconds", "1")], slow);
        slow.Hangs();
        var receiver = await Register(house, slow, [WebhookKind.Opened]);
        await Open(house);
        await slow.Hear();
        var failed = await Asking.Until(() => Deliveries(house, receiver), d => d is [{ Attempts: 1 }]);
        Assert.Equal((DeliveryTrouble.Timeout, null), (failed[0].Trouble, failed[0].Status));
    }

    [Fact]
    public async Task Who_hangs_holds_up_nobody_else()
    {
        await using var slow = await ControlCentre.Open();
        await using var quick = await ControlCentre.Open();
        await using var house = Knowing([("Webhooks:TimeoutSeconds", "3600")], slow, quick);
        slow.Hangs();
        await Register(house, slow, [WebhookKind.Opened]);
        await Register(house, quick, [WebhookKind.Opened]);
        await Open(house);
        await slow.Hear(); // and it never answers
        await quick.Hear();
        var second = await Open(house);
        Assert.Contains($"{second}", (await quick.Hear()).Text, StringComparison.Ordinal);
        Assert.Equal(0, slow.Unheard);
    }

    [Fact]
    public async Task One_that_has_much_to_be_told_does_not_crowd_out_the_others()
    {
        await using var house = new House();
        var (outbox, now) = (house.Services.GetRequiredService<Outbox>(), house.Clock.GetUtcNow());
        Guid[] receivers = [Guid.NewGuid(), Guid.NewGuid()];
        foreach (var id in receivers) outbox.Keep(new(id, "https://a.kz/", [WebhookKind.Opened], []));
        for (var n = 0; n < 20; n++) outbox.Put(Guid.NewGuid(), receivers[0], Guid.NewGuid(), WebhookKind.Opened, [1], now);
        outbox.Put(Guid.NewGuid(), receivers[1], Guid.NewGuid(), WebhookKind.Opened, [2], now);
        Assert.Equal(receivers.Order(), outbox.Waiting(now).Order());
        Assert.Equal((5, 1), (outbox.Due(receivers[0], now, 5).Count, outbox.Due(receivers[1], now, 5).Count));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var centre = await ControlCentre.Open();
        await using var inside = await ControlCentre.Open();
        await using var house = Knowing(centre);
        centre.Answers(307, response => response.Headers.Location = $"{inside.Url}/admin");
        var receiver = await Register(house, centre, [WebhookKind.Opened]);
        await Open(house);
        await centre.Hear();
        Assert.Equal((DeliveryTrouble.Redirect, 307), (await Asking.Until(() => Deliveries(house, receiver), d => d is [{ Attempts: 1 }]))[0] is var d ? (d.Trouble, d.Status) : default);
        Assert.Equal(0, inside.Unheard);
    }

    [Fact]
    public async Task Who_says_gone_is_switched_off_and_what_waits_can_be_sent_again()
    {
        await using var centre = await ControlCentre.Open();
        await using var house = Knowing(centre);
        centre.Answers(410);
        var receiver = await Register(house, centre, [WebhookKind.Opened]);
        await Open(house);
        var gone = await centre.Hear();
        var lead = house.As(Guid.NewGuid(), "supervisor");
        var line = await Asking.Until(async () => (await lead.Get<Page<ReceiverLine>>("/webhooks")).Items.Single(), l => l.Row.Off is not null && l.Dead == 1);
        Assert.Equal((ReceiverOff.Gone, 0), (line.Row.Off, line.Waiting));
        await Open(house);
        await Settled(house);
        Assert.Equal(0, centre.Unheard);

        var dead = Assert.Single(await Deliveries(house, receiver, "Dead"));
        var path = $"/webhooks/{receiver}/sent-again/{dead.MessageId}";
        Assert.Equal("409 webhook.off", await (await lead.Ask("POST", path)).Refusal());
        await lead.Do("POST", $"/webhooks/{receiver}/switched-on");
        await Asking.Until(async () => house.Services.GetRequiredService<Outbox>().Active(), active => active.Count == 1);
        using var again = await lead.Ask("POST", path);
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        var heard = await centre.Hear();
        Assert.Equal((gone.Id, gone.Text), (heard.Id, heard.Text));
        await Asking.Until(() => Deliveries(house, receiver), d => d is [{ State: DeliveryState.Delivered }]);
        Assert.Equal("409 webhook.not-dead", await (await lead.Ask("POST", path)).Refusal());
    }

    [Fact]
    public async Task After_ten_attempts_it_is_dead_and_a_person_may_send_it_again()
    {
        await using var centre = await ControlCentre.Open();
        await using var house = Knowing(centre);
        for (var i = 0; i < WebhookRetry.Most; i++) centre.Answers(500);
        var receiver = await Register(house, centre, [WebhookKind.Opened]);
        await Open(house);
        for (var attempt = 1; attempt <= WebhookRetry.Most; attempt++)
        {
            await centre.Hear();
            await Asking.Until(() => Deliveries(house, receiver), d => d is [var only] && only.Attempts == attempt);
            await Later(house, TimeSpan.FromHours(7));
        }

        var dead = Assert.Single(await Deliveries(house, receiver, "Dead"));
        Assert.Equal(0, centre.Unheard);
        using var again = await house.As(Guid.NewGuid(), "administrator").Ask("POST", $"/webhooks/{receiver}/sent-again/{dead.MessageId}");
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
        await centre.Hear();
        await Asking.Until(() => Deliveries(house, receiver), d => d is [{ State: DeliveryState.Delivered }]);
    }

    [Fact]
    public async Task A_restart_loses_nothing_and_sends_nothing_twice_that_arrived()
    {
        using var folder = new TempFolder();
        await using var centre = await ControlCentre.Open();
        (string, string)[] kept = [("Data", folder["data"]), ("EventLog", $"sqlite:{folder["log.db"]}")];
        Heard arrived, failed;
        Guid receiver;
        await using (var house = Knowing(kept, centre))
        {
            receiver = await Register(house, centre, [WebhookKind.Opened]);
            await Open(house);
            arrived = await centre.Hear();
            await Asking.Until(() => Deliveries(house, receiver), d => d is [{ State: DeliveryState.Delivered }]);
            centre.Answers(500);
            await Open(house);
            failed = await centre.Hear();
            await Asking.Until(() => Deliveries(house, receiver), d => d is [{ Attempts: 1 }, _]);
        }

        await using var next = Knowing(kept, centre);
        await Later(next, TimeSpan.FromSeconds(6));
        var again = await centre.Hear();
        Assert.Equal((failed.Id, failed.Text), (again.Id, again.Text));
        var third = await Open(next); // and it still follows the log
        Assert.Contains($"{third}", (await centre.Hear()).Text, StringComparison.Ordinal);
        await Later(next, TimeSpan.FromHours(1));
        Assert.Equal(0, centre.Unheard);
        Assert.NotEqual(arrived.Id, failed.Id);
    }

    [Theory, InlineData("webhooks.db*", "views.db*"), InlineData("webhooks.db*", "nothing")]
    public async Task An_outbox_that_is_lost_is_made_again_from_the_log_with_the_same_ids(string one, string other)
    {
        using var folder = new TempFolder();
        await using var centre = await ControlCentre.Open();
        (string, string)[] kept = [("Data", folder["data"]), ("EventLog", $"sqlite:{folder["log.db"]}")];
        Heard first;
        await using (var house = Knowing(kept, centre))
        {
            await Register(house, centre, [WebhookKind.Opened]);
            await Open(house);
            first = await centre.Hear();
            await Settled(house);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools(); // an open file that is deleted lives on
        foreach (var lost in Directory.EnumerateFiles(folder["data"], one).Concat(Directory.EnumerateFiles(folder["data"], other)).ToArray()) File.Delete(lost);
        await using var next = Knowing(kept, centre);
        next.CreateClient().Dispose();
        var again = await centre.Hear();
        Assert.Equal((first.Id, first.Text), (again.Id, again.Text));
    }

    [Fact]
    public async Task A_name_that_turns_inside_after_it_was_registered_is_not_connected_to()
    {
        await using var centre = await ControlCentre.Open();
        using var line = OutsideOnly.Line(new(), (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback, IPAddress.Parse("::ffff:127.0.0.1"), IPAddress.Parse("10.0.0.1")]));
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://centre.example.kz:{new Uri(centre.Url).Port}/");
        var refused = await Assert.ThrowsAnyAsync<Exception>(() => line.SendAsync(request, Ct));
        Assert.True(refused is InsideException || refused.InnerException is InsideException, $"{refused}");
        Assert.Equal(0, centre.Unheard);
    }

    [Fact]
    public async Task Inside_is_refused_at_the_door_and_so_is_a_district_that_is_none()
    {
        await using var house = new House();
        var id = Guid.NewGuid();
        var asked = new ReceiverCommand.Register(id, "https://10.0.0.1/", [WebhookKind.Opened], []);
        Assert.Equal("400 webhook.inside-refused url", await (await house.As(Guid.NewGuid(), "supervisor").Ask("PUT", $"/webhooks/{id}", asked)).Refusal());
        Assert.Equal("400 webhook.district-unknown districts", await (await house.As(Guid.NewGuid(), "supervisor").Ask("PUT", $"/webhooks/{id}", asked with { Url = "https://a.kz/", Districts = ["Atlantis"] })).Refusal());
        Assert.Equal("404 webhook.unknown", await (await house.As(Guid.NewGuid(), "administrator").Ask("POST", $"/webhooks/{id}/removed")).Refusal());
    }

    static House Knowing(params ControlCentre[] centres) => Knowing([], centres);

    static House Knowing((string, string)[] settings, params ControlCentre[] centres) =>
        new([("Webhooks:TimeoutSeconds", "30"), .. settings, .. centres.Select((centre, i) => ($"Webhooks:InsideHosts:{i}", centre.Host))]);

    static async Task<Guid> Register(House house, ControlCentre centre, IReadOnlyList<WebhookKind> kinds, IReadOnlyList<string>? districts = null)
    {
        var id = Guid.NewGuid();
        await house.As(Guid.NewGuid(), "supervisor").Do("PUT", $"/webhooks/{id}", new ReceiverCommand.Register(id, $"{centre.Url}/hooks", kinds, districts ?? []));
        return id;
    }

    static async Task<Guid> Open(House house, string district = "Медеу")
    {
        var (id, now) = (Guid.NewGuid(), house.Clock.GetUtcNow());
        await house.Services.GetRequiredService<IEventLog>().Execute(
            Incident.Decider, id, new IncidentCommand.Gather(id, Venue, district, new(Guid.NewGuid(), AlertKind.Fight, null, now), now), new(Guid.NewGuid(), "reaction:test"), Ct);
        return id;
    }

    static async Task<IReadOnlyList<Delivery>> Deliveries(House house, Guid receiver, string? state = null) =>
        (await house.As(Guid.NewGuid(), "supervisor").Get<Page<Delivery>>($"/webhooks/{receiver}/deliveries{(state is null ? "" : $"?state={state}")}")).Items;

    static Task SendDue(House house) => house.Services.GetRequiredService<Courier>().SendDue(Ct);

    static Task Later(House house, TimeSpan by)
    {
        house.Clock.Advance(by);
        return SendDue(house);
    }

    /// <summary>What was written so far was put together for the receivers, and sent.</summary>
    static async Task Settled(House house)
    {
        var (store, log) = (house.Services.GetRequiredService<Api.Views.IViewStore>(), house.Services.GetRequiredService<Api.EventLog.Written>());
        await Asking.Until(() => store.Marks(Ct), marks => marks.Any(m => m.View == "webhooks" && m.Position >= log.Position));
        await SendDue(house);
    }

    static string Type(Heard heard) => JsonDocument.Parse(heard.Body).RootElement.GetProperty("type").GetString()!;

    /// <summary>By a program that is not ours, from the headers and the bytes as they came.</summary>
    static async Task SignedBy(string key, Heard heard)
    {
        using var folder = new TempFolder();
        Assert.StartsWith("whpk_", key, StringComparison.Ordinal);
        Assert.StartsWith("v1a,", heard.Signature, StringComparison.Ordinal);
        byte[] der = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00, .. Convert.FromBase64String(key[5..])]; // SubjectPublicKeyInfo of RFC 8410
        await File.WriteAllBytesAsync(folder["key.der"], der, Ct);
        await File.WriteAllBytesAsync(folder["signed"], [.. Encoding.UTF8.GetBytes($"{heard.Id}.{heard.Timestamp}."), .. heard.Body], Ct);
        await File.WriteAllBytesAsync(folder["signature"], Convert.FromBase64String(heard.Signature[4..]), Ct);
        await Tool.Run("openssl", "pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", folder["key.der"], "-rawin", "-in", folder["signed"], "-sigfile", folder["signature"]);
    }
}
