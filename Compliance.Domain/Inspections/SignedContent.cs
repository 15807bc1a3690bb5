using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Kernel;
using Compliance.Domain.Venues;

namespace Compliance.Domain.Inspections;

/// <summary>
/// What two people put their names to: the list with everything said, shown and measured, as it stood at one instant. The first who signs
/// fixes that instant; whoever signs after him signs the very same.
/// </summary>
/// <param name="Hash">SHA-256 over the content (form <c>inspection-content.v3</c>: ids, outcomes and values as such, none as it is printed), hexadecimal.</param>
/// <param name="MeasuredAt">The instant as of which the measured part was read.</param>
public sealed record SignedContent(string Hash, DateTimeOffset MeasuredAt)
{
    /// <summary>So many days after what was signed was measured an act is issued at the latest: the project's own number (DEFAULT), no text that was read gives one.</summary>
    public const int DaysToIssue = 3;

    const string Form = "inspection-content.v3";

    /// <summary>Forms that were signed before: they held values as they were written, and the first of all not the days a finding gives.</summary>
    const string Written = "inspection-content.v2", WrittenWithoutDays = "inspection-content.v1";

    /// <summary>The last day on which an act of it is issued.</summary>
    public DateOnly LastDay => VenueZone.Day(MeasuredAt).AddDays(DaysToIssue);

    public static SignedContent Of(Inspection.Running walk, Checklist list, DateTimeOffset measuredAt) => new(HashOf(walk, list, measuredAt), measuredAt);

    /// <summary>Whether it is what was signed, in the form in which it was signed.</summary>
    public bool IsOf(Inspection.Running walk, Checklist list) => 
        Hash == HashOf(walk, list, MeasuredAt) || Hash == HashOf(Written, walk, list, MeasuredAt) || Hash == HashOf(WrittenWithoutDays, walk, list, MeasuredAt);

    /// <summary>Words of the rulebook are not copied: the hash of its text stands for them. What an officer wrote in his own words is a fact of its own.</summary>
    static string HashOf(Inspection.Running walk, Checklist list, DateTimeOffset measuredAt)
    {
        using var content = new Fields();
        content.Add(Form, walk.Card.InspectionId, walk.Card.VenueId, walk.Number ?? "", list.Rulebook, list.Version, list.Hash, Instant(measuredAt));
        foreach (var item in list.Items)
        {
            content.Add("item", item.Rule.RuleId, item.State, item.Rule.Outcome, item.Wording, walk.Failed(item));
            if (walk.Failed(item)) content.Add("days", RepairDays.Of(item.Rule.Severity));
            foreach (var g in item.Rule.Grounds)
                content.Add([.. (object[])["ground", g.Outcome, g.Kind, g.ThingId, g.Attribute, GroundValue.Of(g, g.Found), g.Need, GroundValue.Of(g, g.Needed), $"{g.From}", g.By.Count], .. g.By.Cast<object>()]);
        }

        foreach (var said in walk.Items)
        {
            content.Add("said", said.RuleId, $"{said.Verdict}", said.Remark ?? "", $"{said.NoPhoto}");
            foreach (var s in said.Statements) content.Add("statement", s.Kind, s.ThingId, s.Label, s.Attribute, GroundValue.Of(s.Value));
            foreach (var l in said.Listings)
                content.Add([.. (object[])["listing", l.Kind, l.All, l.Things.Count], .. l.Things.SelectMany(t => (object[])[t.ThingId, t.Label])]);
        }

        foreach (var photo in walk.Photos) content.Add("photo", photo.PhotoId, photo.RuleId, photo.Sha256, Instant(photo.TakenAt), photo.Device);
        return content.Hash();
    }

    static string HashOf(string form, Inspection.Running walk, Checklist list, DateTimeOffset measuredAt)
    {
        using var content = new Fields();
        content.Add(form, walk.Card.InspectionId, walk.Card.VenueId, walk.Number ?? "", list.Rulebook, list.Version, list.Hash, Instant(measuredAt));
        foreach (var item in list.Items)
        {
            content.Add("item", item.Rule.RuleId, item.State, item.Rule.Outcome, item.Wording, walk.Failed(item));
            foreach (var g in item.Rule.Grounds) content.Add("ground", g.Outcome, g.Kind, g.ThingId, g.Attribute, g.Found ?? "?", g.Need, g.Needed ?? "?", g.From?.ToString() ?? "?", string.Join(',', g.By));
        }

        if (form == Written)
            foreach (var failed in list.Items.Where(walk.Failed)) content.Add("days", failed.Rule.RuleId, RepairDays.Of(failed.Rule.Severity));
        foreach (var said in walk.Items) content.Add("said", Convert.ToHexStringLower(EventCatalog.Encode(said)));
        foreach (var photo in walk.Photos) content.Add("photo", photo.PhotoId, photo.RuleId, photo.Sha256, Instant(photo.TakenAt), photo.Device);
        return content.Hash();
    }

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>Fields are told apart by their length, so that none can run into the next.</summary>
    sealed class Fields : IDisposable
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Add(params object[] fields)
        {
            foreach (var field in fields.Select(f => Convert.ToString(f, CultureInfo.InvariantCulture)!))
                _hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{field.Length}:{field};")));
            _hash.AppendData("\n"u8);
        }

        public string Hash() => Convert.ToHexStringLower(_hash.GetHashAndReset());

        public void Dispose() => _hash.Dispose();
    }
}
