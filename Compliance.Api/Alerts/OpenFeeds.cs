using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Compliance.Api.Identity;
using Compliance.Api.Reports;
using Compliance.Api.TransparentLog;
using Compliance.Api.Views;
using Compliance.Domain.Alerts;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;
using Microsoft.Net.Http.Headers;

namespace Compliance.Api.Alerts;

/// <summary>
/// What stands open on the desks, for control centres of others that ask again and again: as GeoJSON (RFC 7946) and as Atom (RFC 4287) whose entries lead to
/// their CAP messages. The tag is the hash of the answer, so nothing is sent to whoever has it already (If-None-Match).
/// </summary>
sealed class OpenFeeds(IViewStore views, IssuerAddress address, LogIdentity identity)
{
    /// <summary>Of incidents that are over, so many are asked when the feed changed last.</summary>
    const int JustOver = 50;

    static readonly XNamespace Atom = "http://www.w3.org/2005/Atom", GeoRss = "http://www.georss.org/georss";

    sealed record Open(IncidentCard Card, VenueCard Venue)
    {
        public AlertKind Top => Card.Alerts.MaxBy(a => a.Kind.Urgency())!.Kind;
    }

    /// <param name="district">Of the desk; every one where none is named.</param>
    public static async Task<IResult> GeoJson(string? district, Caller caller, OpenFeeds feeds, CancellationToken ct)
    {
        var (open, _) = await feeds.Read(district, caller, ct);
        return Tagged(JsonSerializer.SerializeToUtf8Bytes(new { Type = "FeatureCollection", Features = open.Select(feeds.Feature) }, EventCatalog.Json), "application/geo+json");
    }

    public static async Task<IResult> Cap(string? district, Caller caller, OpenFeeds feeds, CancellationToken ct)
    {
        var (open, updated) = await feeds.Read(district, caller, ct);
        return Tagged(Encoding.UTF8.GetBytes($"{new XDeclaration("1.0", "utf-8", null)}\n{feeds.Feed(district, open, updated)}"), "application/atom+xml");
    }

    XElement Feed(string? district, List<Open> open, DateTimeOffset updated) => new(Atom + "feed", new XAttribute(XNamespace.Xmlns + "georss", GeoRss.NamespaceName),
        Say("id", $"{new Uri(address.Issuer, "/incidents/open.atom")}{(district is null ? "" : $"?district={Uri.EscapeDataString(district)}")}"),
        Say("title", $"{Words.All["kk"]["CapFeed"]} / {Words.All["ru"]["CapFeed"]}"), Say("updated", Time(updated)), new XElement(Atom + "author", Say("name", identity.Origin)),
        open.Select(Entry));

    /// <summary>What is not over stands first in the view, the most urgent on top.</summary>
    async Task<(List<Open> Open, DateTimeOffset Updated)> Read(string? district, Caller caller, CancellationToken ct)
    {
        var (open, updated, over) = (new List<Open>(), DateTimeOffset.UnixEpoch, 0);
        await foreach (var whole in views.From(IncidentCard.View, ct))
        {
            if (whole.IsOver && ++over > JustOver) break;
            if ((district is not null && !whole.Desks.Contains(district)) || Alerts.Cap.For(caller, whole) is not { } card) continue;
            if (card.ChangedAt > updated) updated = card.ChangedAt;
            if (card.Alerts.Max(a => a.SeenFrom) is var seen && !card.IsOver && seen > updated) updated = seen;
            if (!card.IsOver && await views.Find(VenueCard.View, card.VenueId, ct) is { } venue) open.Add(new(card, venue));
        }

        return (open, updated);
    }

    object Feature(Open o) => new
    {
        Type = "Feature",
        Id = o.Card.IncidentId,
        Geometry = new { Type = "Point", Coordinates = (double[])[o.Venue.Details.Position.Longitude, o.Venue.Details.Position.Latitude] },
        Properties = new
        {
            Kind = o.Top, o.Card.Urgency, o.Card.Stage, District = o.Card.Desks[0], o.Card.VenueId, o.Venue.Details.NameKk, o.Venue.Details.NameRu, o.Venue.Details.Address,
            o.Card.OpenedAt, o.Card.StageAt, Alerts = o.Card.Alerts.Count, o.Card.Revision, Cap = CapOf(o.Card.IncidentId),
        },
    };

    XElement Entry(Open o)
    {
        var (kk, ru, place) = (Words.All["kk"], Words.All["ru"], o.Venue.Details.Position);
        return new(Atom + "entry",
            Say("id", $"urn:uuid:{o.Card.IncidentId}"),
            Say("title", $"{kk.Say("CapHeadline", kk[o.Top], o.Venue.Details.NameKk)} / {ru.Say("CapHeadline", ru[o.Top], o.Venue.Details.NameRu)}"),
            Say("updated", Time(o.Card.ChangedAt)), Say("published", Time(o.Card.OpenedAt)),
            new XElement(Atom + "category", new XAttribute("term", o.Top.ToString())), new XElement(Atom + "category", new XAttribute("term", o.Card.Stage.ToString())),
            new XElement(GeoRss + "point", string.Create(CultureInfo.InvariantCulture, $"{place.Latitude} {place.Longitude}")),
            new XElement(Atom + "link", new XAttribute("rel", "alternate"), new XAttribute("type", Alerts.Cap.MediaType), new XAttribute("href", CapOf(o.Card.IncidentId))),
            new XElement(Atom + "content", new XAttribute("type", Alerts.Cap.MediaType), new XAttribute("src", CapOf(o.Card.IncidentId))));
    }

    Uri CapOf(Guid incident) => new(address.Issuer, $"/incidents/{incident}/cap.xml");

    static IResult Tagged(byte[] body, string type) => Results.Bytes(body, type, entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\""));

    static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    static XElement Say(string name, string text) => new(Atom + name, Alerts.Cap.Clean(text));
}
