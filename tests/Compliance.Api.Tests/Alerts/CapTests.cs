using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Compliance.Api.Reports;
using Compliance.Api.Tests.Entrance;
using Compliance.Domain.Alerts;

namespace Compliance.Api.Tests.Alerts;

/// <summary>An incident as a message of CAP 1.2, held against what the standard says of its elements, their order and their words.</summary>
public sealed class CapTests : IAsyncDisposable
{
    static readonly XNamespace Cap = "urn:oasis:names:tc:emergency:cap:1.2";

    static readonly string[]
        OfAlert = ["identifier", "sender", "sent", "status", "msgType", "source", "scope", "restriction", "addresses", "code", "note", "references", "incidents", "info"],
        OfInfo = ["language", "category", "event", "responseType", "urgency", "severity", "certainty", "audience", "eventCode", "effective", "onset", "expires", "senderName", "headline", "description", "instruction", "web", "contact", "parameter", "resource", "area"],
        NeededOfAlert = ["identifier", "sender", "sent", "status", "msgType", "scope"],
        NeededOfInfo = ["category", "event", "urgency", "severity", "certainty"];

    static readonly Dictionary<string, string[]> WordsOf = new()
    {
        ["status"] = ["Actual", "Exercise", "System", "Test", "Draft"], ["msgType"] = ["Alert", "Update", "Cancel", "Ack", "Error"], ["scope"] = ["Public", "Restricted", "Private"],
        ["category"] = ["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"],
        ["responseType"] = ["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"],
        ["urgency"] = ["Immediate", "Expected", "Future", "Past", "Unknown"], ["severity"] = ["Extreme", "Severe", "Moderate", "Minor", "Unknown"],
        ["certainty"] = ["Observed", "Likely", "Possible", "Unlikely", "Unknown"],
    };

    readonly House _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task An_incident_is_a_message_that_changes_as_it_is_answered()
    {
        var scene = await AlertScene.In(_house);
        var told = scene.Fight();
        await scene.Tell(told);
        var id = (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
        var first = await Message(scene, id);
        Assert.Equal(("Alert", "Likely", "Security", "Moderate", "Immediate"), (Of(first, "msgType"), OfFirstInfo(first, "certainty"), OfFirstInfo(first, "category"), OfFirstInfo(first, "severity"), OfFirstInfo(first, "urgency")));
        Assert.Equal(["kk-KZ", "ru-KZ"], first.Elements(Cap + "info").Select(i => i.Element(Cap + "language")!.Value));
        Assert.Contains(AlertScene.Model.Sha256, first.ToString(), StringComparison.Ordinal);

        await scene.Do(id, "taken");
        await scene.Do(id, "confirmed");
        var confirmed = await Message(scene, id);
        Assert.Equal(("Update", "Observed"), (Of(confirmed, "msgType"), OfFirstInfo(confirmed, "certainty")));
        Assert.Equal($"{Of(first, "sender")},{Of(first, "identifier")},{Of(first, "sent")}", Of(confirmed, "references"));
        await scene.Do(id, "closed", new IncidentEnd(IncidentOutcome.SettledOnSite, null));
        Assert.Equal(("Past", "AllClear"), (OfFirstInfo(await Message(scene, id), "urgency"), OfFirstInfo(await Message(scene, id), "responseType")));
    }

    [Fact]
    public async Task What_was_rejected_is_called_off()
    {
        var scene = await AlertScene.In(_house);
        var told = scene.Fight() with { Score = 0.7 };
        await scene.Tell(told);
        var id = (await scene.IncidentOf(told.AlertId)).Card.IncidentId;
        Assert.Equal("Possible", OfFirstInfo(await Message(scene, id), "certainty"));
        await scene.Do(id, "taken");
        await scene.Do(id, "rejected", new IncidentRejection(RejectReason.Dance, null));
        Assert.Equal("Cancel", Of(await Message(scene, id), "msgType"));
    }

    [Fact]
    public void Every_kind_has_a_word_in_every_language() => Assert.All(Words.All.Values, words => Assert.All(Enum.GetValues<AlertKind>(), kind => Assert.NotEmpty(words[kind])));

    static string Of(XElement message, string name) => message.Element(Cap + name)!.Value;

    static string OfFirstInfo(XElement message, string name) => message.Element(Cap + "info")!.Element(Cap + name)!.Value;

    /// <summary>The message, once it was held against the standard.</summary>
    static async Task<XElement> Message(AlertScene scene, Guid incident)
    {
        using var answer = await scene.AsOfficer.Ask("GET", $"/incidents/{incident}/cap.xml");
        Assert.Equal("application/cap+xml", answer.Content.Headers.ContentType!.MediaType);
        var message = XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!;
        Assert.Equal(Cap + "alert", message.Name);
        Ordered(message, OfAlert, NeededOfAlert);
        Assert.Matches(new Regex("^[^ ,<&]+$"), Of(message, "identifier"));
        Assert.Matches(new Regex("^[^ ,<&]+$"), Of(message, "sender"));
        Assert.True(Of(message, "scope") != "Restricted" || Of(message, "restriction").Length > 0);
        foreach (var info in message.Elements(Cap + "info"))
        {
            Ordered(info, OfInfo, NeededOfInfo);
            Assert.All(info.Elements(Cap + "parameter"), p => Assert.Equal(["valueName", "value"], p.Elements().Select(e => e.Name.LocalName)));
            var area = Assert.Single(info.Elements(Cap + "area"));
            Assert.Matches(new Regex(@"^-?\d+(\.\d+)?,-?\d+(\.\d+)? \d+(\.\d+)?$"), area.Element(Cap + "circle")!.Value);
            Assert.NotEmpty(area.Element(Cap + "areaDesc")!.Value);
        }

        Assert.All(message.DescendantsAndSelf().Where(e => e.Name.LocalName is "sent" or "effective" or "onset"), e =>
        {
            Assert.Matches(new Regex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[-+]\d\d:\d\d$"), e.Value);
            Assert.Equal(TimeSpan.FromHours(5), DateTimeOffset.Parse(e.Value, CultureInfo.InvariantCulture).Offset);
        });
        Assert.All(message.Descendants().Where(e => WordsOf.ContainsKey(e.Name.LocalName)), e => Assert.Contains(e.Value, WordsOf[e.Name.LocalName]));
        return message;
    }

    static void Ordered(XElement element, string[] order, string[] needed)
    {
        var at = element.Elements().Select(e => Array.IndexOf(order, e.Name.LocalName)).ToArray();
        Assert.DoesNotContain(-1, at);
        Assert.Equal(at.Order(), at);
        Assert.All(needed, name => Assert.Single(element.Elements(Cap + name)));
    }
}
