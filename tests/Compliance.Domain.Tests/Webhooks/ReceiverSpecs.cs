using System.Net;
using System.Text.Json;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Tests.Kernel;
using Compliance.Domain.Webhooks;
using static Compliance.Domain.Tests.Kernel.Story;
using static Compliance.Domain.Webhooks.Receiver;
using static Compliance.Domain.Webhooks.ReceiverCommand;

namespace Compliance.Domain.Tests.Webhooks;

public sealed class ReceiverSpecs
{
    static readonly Guid Id = new("00000000-0000-0000-0000-0000000000e1"), Incident = new("00000000-0000-0000-0000-0000000000e2"), Venue = new("00000000-0000-0000-0000-00000000000a");

    static readonly Register Asked = new(Id, " https://centre.example.kz/hooks ", [WebhookKind.Closed, WebhookKind.Opened, WebhookKind.Opened], ["Медеу", "Медеу", " "]);
    static readonly ReceiverEvent.Registered Given = new(Id, "https://centre.example.kz/hooks", [WebhookKind.Opened, WebhookKind.Closed], ["Медеу"]);
    static readonly ReceiverEvent.SwitchedOff Off = new(Id, ReceiverOff.Gone, Noon);
    static readonly ReceiverEvent.Removed Removed = new(Id, Noon);

    [Fact] public void It_is_told_of_each_kind_and_district_once() => Decider.Given().When(Asked).Then(Given);
    [Fact] public void A_second_knock_adds_nothing() => Decider.Given(Given, Off).When(Asked).ThenNothing();
    [Fact] public void Another_address_is_another_receiver() => Decider.Given(Given).When(Asked with { Url = "https://other.example.kz/" }).ThenRefused("webhook.already-registered");
    [Fact] public void Of_nothing_nobody_is_told() => Decider.Given().When(Asked with { Kinds = [] }).ThenRefused("webhook.kinds-missing", "kinds");
    [Fact] public void It_is_switched_off() => Decider.Given(Given).When(new SwitchOff(ReceiverOff.Gone, Noon)).Then(Off);
    [Fact] public void And_on_again() => Decider.Given(Given, Off).When(new SwitchOn(Noon)).Then(new ReceiverEvent.SwitchedOn(Id, Noon));
    [Fact] public void What_is_on_is_not_switched_on() => Decider.Given(Given).When(new SwitchOn(Noon)).ThenNothing();
    [Fact] public void Why_it_was_switched_off_first_stands() => Decider.Given(Given, Off).When(new SwitchOff(ReceiverOff.Person, Noon)).ThenNothing();
    [Fact] public void It_is_removed_for_good() => Decider.Given(Given).When(new Remove(Noon)).Then(Removed);
    [Fact] public void What_was_removed_stays_off() => Decider.Given(Given, Removed).When(new SwitchOn(Noon)).ThenRefused("webhook.removed");
    [Fact] public void Late_word_of_one_that_was_removed_changes_nothing() => Decider.Given(Given, Removed).When(new SwitchOff(ReceiverOff.Gone, Noon)).ThenNothing();
    [Fact] public void Nobody_switches_what_nobody_registered() => Decider.Given().When(new SwitchOff(ReceiverOff.Person, Noon)).ThenRefused("webhook.unknown");

    [Theory]
    [InlineData("http://centre.example.kz/", "webhook.scheme-refused")]
    [InlineData("ftp://centre.example.kz/", "webhook.scheme-refused")]
    [InlineData("centre.example.kz", "webhook.address-malformed")]
    [InlineData("https://user:word@centre.example.kz/", "webhook.secret-inside")]
    [InlineData("https://centre.example.kz/?token=1", "webhook.secret-inside")]
    [InlineData("https://localhost/", "webhook.inside-refused")]
    [InlineData("https://10.1.2.3/", "webhook.inside-refused")]
    [InlineData("https://[::ffff:127.0.0.1]/", "webhook.inside-refused")]
    [InlineData("https://0x7f.1/", "webhook.inside-refused")]
    [InlineData("https://2130706433/", "webhook.inside-refused")]
    public void Some_addresses_are_refused_by_their_text(string url, string code) => Decider.Given().When(Asked with { Url = url }).ThenRefused(code, "url");

    [Fact]
    public void A_named_host_of_the_own_network_may_be_inside_and_without_tls() =>
        Decider.Given().When(Asked with { Url = "http://10.1.2.3/", MayBeInside = true }).Then(Given with { Url = "http://10.1.2.3/" });

    [Theory]
    [InlineData("127.0.0.1"), InlineData("0.0.0.0"), InlineData("10.0.0.1"), InlineData("172.16.0.1"), InlineData("172.31.255.255"), InlineData("192.168.1.1"), InlineData("100.64.0.1"), InlineData("100.127.255.255")]
    [InlineData("169.254.169.254"), InlineData("192.0.0.1"), InlineData("192.0.2.1"), InlineData("198.18.0.1"), InlineData("198.51.100.1"), InlineData("203.0.113.1"), InlineData("224.0.0.1"), InlineData("240.0.0.1"), InlineData("255.255.255.255")]
    [InlineData("::"), InlineData("::1"), InlineData("fe80::1"), InlineData("fec0::1"), InlineData("fc00::1"), InlineData("fd12::1"), InlineData("ff02::1"), InlineData("::ffff:10.0.0.1"), InlineData("::10.0.0.1")]
    [InlineData("64:ff9b::a00:1"), InlineData("64:ff9b:1::1"), InlineData("2002:a00:1::"), InlineData("2001::1"), InlineData("2001:db8::1"), InlineData("3fff::1"), InlineData("100::1")]
    public void No_connection_goes_there(string ip) => Assert.True(WebhookAddress.IsInside(IPAddress.Parse(ip)));

    [Theory, InlineData("8.8.8.8"), InlineData("172.15.0.1"), InlineData("172.32.0.1"), InlineData("100.63.0.1"), InlineData("100.128.0.1"), InlineData("192.0.1.1"), InlineData("198.20.0.1"), InlineData("::ffff:8.8.8.8"), InlineData("2a00:1450::1"), InlineData("2001:4860::1")]
    public void The_open_internet_may_be_told(string ip) => Assert.False(WebhookAddress.IsInside(IPAddress.Parse(ip)));

    [Fact]
    public void It_is_sent_again_ever_later_with_chance_and_then_no_more()
    {
        var waits = Enumerable.Range(1, WebhookRetry.Most).Select(n => WebhookRetry.After(n, 0.5)).ToArray();
        Assert.Equal([5, 15, 45, 135, 405, 1215, 3645, 10935, 21600, null], waits.Select(w => w?.TotalSeconds));
        Assert.Equal((4.5, 5.5), (WebhookRetry.After(1, 0)!.Value.TotalSeconds, WebhookRetry.After(1, 1)!.Value.TotalSeconds));
    }

    [Fact]
    public void A_message_follows_from_the_fact_and_names_nobody()
    {
        var officer = Guid.NewGuid();
        GatheredAlert fight = new(Guid.NewGuid(), AlertKind.Fight, null, Noon), fire = new(Guid.NewGuid(), AlertKind.Fire, null, Noon);
        IncidentEvent[] facts = [new IncidentEvent.Opened(Incident, Venue, "Медеу", fight, Noon), new IncidentEvent.AlertGathered(Incident, Venue, fire, Noon), new IncidentEvent.Taken(Incident, Venue, officer, Noon)];
        var recorded = Of([.. facts.Select(f => (Incident, (object)f))]);
        var matter = ((Domain.Alerts.Incident.Known)Domain.Alerts.Incident.Decider.Fold(facts)).Matter;
        var cap = new Uri($"https://api.example.kz/incidents/{Incident}/cap.xml");
        var body = WebhookMessage.Of(facts[2], recorded[2], matter, cap)!.Encode();
        Assert.Equal(body, WebhookMessage.Of(facts[2], recorded[2], matter, cap)!.Encode());
        using var json = JsonDocument.Parse(body);
        Assert.Equal("incident.taken", json.RootElement.GetProperty("type").GetString());
        Assert.Equal(["type", "timestamp", "data"], json.RootElement.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["eventId", "incidentId", "venueId", "district", "kind", "urgency", "alerts", "cap"], json.RootElement.GetProperty("data").EnumerateObject().Select(p => p.Name));
        Assert.Equal(("Fire", "Critical", 2), (json.RootElement.GetProperty("data").GetProperty("kind").GetString(), json.RootElement.GetProperty("data").GetProperty("urgency").GetString(), json.RootElement.GetProperty("data").GetProperty("alerts").GetInt32()));
        Assert.DoesNotContain($"{officer}", System.Text.Encoding.UTF8.GetString(body), StringComparison.Ordinal);
        Assert.Null(WebhookMessage.Of(facts[1], recorded[1], matter, cap));
        Assert.NotEqual(WebhookMessage.IdOf(recorded[0].EventId, Id), WebhookMessage.IdOf(recorded[0].EventId, Venue));
    }

    [Fact]
    public void That_somebody_on_a_list_was_seen_is_told_to_nobody_and_hides_nothing_else()
    {
        var cap = new Uri("https://api.example.kz/cap.xml");
        GatheredAlert match = new(Guid.NewGuid(), AlertKind.WatchListMatch, null, Noon), another = match with { AlertId = Guid.NewGuid() }, fight = new(Guid.NewGuid(), AlertKind.Fight, null, Noon), third = fight with { AlertId = Guid.NewGuid() };
        IncidentEvent[] facts =
        [
            new IncidentEvent.Opened(Incident, Venue, "Медеу", match, Noon), new IncidentEvent.AlertGathered(Incident, Venue, another, Noon), new IncidentEvent.Taken(Incident, Venue, Id, Noon),
            new IncidentEvent.AlertGathered(Incident, Venue, fight, Noon), new IncidentEvent.AlertGathered(Incident, Venue, third, Noon), new IncidentEvent.AlertGathered(Incident, Venue, match with { AlertId = Guid.NewGuid() }, Noon),
            new IncidentEvent.Confirmed(Incident, Venue, Id, [], Noon),
        ];
        var recorded = Of([.. facts.Select(f => (Incident, (object)f))]);
        var told = facts.Select((fact, at) => WebhookMessage.Of(fact, recorded[at], ((Domain.Alerts.Incident.Known)Domain.Alerts.Incident.Decider.Fold(facts[..(at + 1)])).Matter, cap)).ToArray();
        // Not before there is a fight: that is what it was opened with for whoever is told nothing of the match.
        Assert.Equal([null, null, null, ("incident.opened", AlertKind.Fight, 1), null, null, ("incident.confirmed", AlertKind.Fight, 2)], told.Select(m => m is null ? null : ((string, AlertKind, int)?)(m.Type, m.Data.Kind, m.Data.Alerts)));
        var absorbed = new IncidentEvent.Absorbed(Incident, Venue, Guid.NewGuid(), [fight, match], Noon);
        IncidentEvent[] merged = [facts[0], absorbed];
        Assert.Equal(("incident.opened", 1), WebhookMessage.Of(absorbed, recorded[1], ((Domain.Alerts.Incident.Known)Domain.Alerts.Incident.Decider.Fold(merged)).Matter, cap) is { } first ? (first.Type, first.Data.Alerts) : default);
    }

    [Fact]
    public void A_row_says_whether_it_is_told_and_goes_with_its_receiver()
    {
        var rows = ReceiverRow.View.Build(Of((Id, Given), (Id, Off)));
        Assert.Equal((ReceiverOff.Gone, Noon, "user:test"), (rows[Id].Off, rows[Id].OffAt, rows[Id].RegisteredBy));
        Assert.Empty(ReceiverRow.View.Build(Of((Id, Given), (Id, Removed))));
    }
}
