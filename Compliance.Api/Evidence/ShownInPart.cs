using Compliance.Domain.Contacts;
using Compliance.Domain.Devices;
using Compliance.Domain.Evidence;
using Compliance.Domain.Kernel;
using Compliance.Domain.Panels;
using Compliance.Domain.Venues;

namespace Compliance.Api.Evidence;

/// <summary>
/// Which facts are ever shown in part: those that say how a device is reached, and on a certificate the details of the venue. Of a fact in part the words are not
/// proven; if any fact could be shown so, whoever prints could invent any.
/// </summary>
static class ShownInPart
{
    static readonly HashSet<string>
        Reached = [.. Kinds(typeof(DeviceEvent.Registered), typeof(DeviceEvent.FeedChanged), typeof(DeviceEvent.OnvifTold), typeof(PanelEvent.Enrolled), typeof(ContactEvent.Fitted))],
        Details = [.. Kinds(typeof(VenueEvent.Registered), typeof(VenueEvent.DetailsCorrected))];

    /// <param name="formula">Of the document; null where it is no document.</param>
    public static bool MayBe(Recorded fact, string? formula) =>
        KindOf(fact.Name) is var kind && kind.StartsWith($"{fact.Stream.Category}.", StringComparison.Ordinal) && (Reached.Contains(kind) || (formula == CertificateRecord.Formula && Details.Contains(kind)));

    public static string NeverIs(Recorded fact) =>
        $"Fact {fact.EventId} ({fact.Name}) is shown in part, and facts of its kind never are: its words may be anybody's.";

    /// <summary>What it means for the reader.</summary>
    public static IEnumerable<CheckedStep> Said(long count) => count == 0 ? []
        : [new("facts", Holds.Open, $"{count:N0} facts are shown in part: their words are what whoever made this file says, and figures that rest on them are only as good.")];

    static IEnumerable<string> Kinds(params Type[] types) => EventCatalog.All.Where(e => types.Contains(e.Value)).Select(e => KindOf(e.Key));

    /// <summary>A name without its version: older shapes are shown as the newest.</summary>
    static string KindOf(string name) => name.LastIndexOf(".v", StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;
}
