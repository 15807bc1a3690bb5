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
/// <param name="Hash">SHA-256 over the content (form <c>inspection-content.v2</c>: with how many days each finding gives), hexadecimal.</param>
/// <param name="MeasuredAt">The instant as of which the measured part was read.</param>
public sealed record SignedContent(string Hash, DateTimeOffset MeasuredAt)
{
    /// <summary>So many days after what was signed was measured an act is issued at the latest: the project's own number (DEFAULT), no text that was read gives one.</summary>
    public const int DaysToIssue = 3;

    const string Form = "inspection-content.v2", FormBefore = "inspection-content.v1";

    /// <summary>The last day on which an act of it is issued.</summary>
    public DateOnly LastDay => VenueZone.Day(MeasuredAt).AddDays(DaysToIssue);

    public static SignedContent Of(Inspection.Running walk, Checklist list, DateTimeOffset measuredAt) => new(HashOf(Form, walk, list, measuredAt), measuredAt);

    /// <summary>Whether it is what was signed, in the form in which it was signed.</summary>
    public bool IsOf(Inspection.Running walk, Checklist list) => Hash == HashOf(Form, walk, list, MeasuredAt) || Hash == HashOf(FormBefore, walk, list, MeasuredAt);

    /// <summary>Words of the rulebook are not copied: the hash of its text stands for them.</summary>
    static string HashOf(string form, Inspection.Running walk, Checklist list, DateTimeOffset measuredAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(form, walk.Card.InspectionId, walk.Card.VenueId, walk.Number ?? "", list.Rulebook, list.Version, list.Hash, Instant(measuredAt));
        foreach (var item in list.Items)
        {
            Add("item", item.Rule.RuleId, item.State, item.Rule.Outcome, item.Wording, walk.Failed(item));
            foreach (var g in item.Rule.Grounds) Add("ground", g.Outcome, g.Kind, g.ThingId, g.Attribute, g.Found ?? "?", g.Need, g.Needed ?? "?", g.From?.ToString() ?? "?", string.Join(',', g.By));
        }

        if (form == Form)
            foreach (var failed in list.Items.Where(walk.Failed)) Add("days", failed.Rule.RuleId, RepairDays.Of(failed.Rule.Severity));
        foreach (var said in walk.Items) Add("said", Convert.ToHexStringLower(EventCatalog.Encode(said)));
        foreach (var photo in walk.Photos) Add("photo", photo.PhotoId, photo.RuleId, photo.Sha256, Instant(photo.TakenAt), photo.Device);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // Fields are told apart by their length, so that none can run into the next.
        void Add(params object[] fields)
        {
            foreach (var field in fields.Select(f => Convert.ToString(f, CultureInfo.InvariantCulture)!))
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{field.Length}:{field};")));
            hash.AppendData("\n"u8);
        }
    }

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
}

/// <summary>A signature as it was stored before it named what was signed.</summary>
[EventName("inspection.signed.v1")]
public sealed record SignedV1(Guid InspectionId, Guid VenueId, Guid SubjectId, Signatory As) : IUpcast
{
    public object Upcast() => new InspectionEvent.Signed(InspectionId, VenueId, SubjectId, As, null);
}

/// <summary>A refusal to sign as it was stored before it named what was not signed.</summary>
[EventName("inspection.signature-refused.v1")]
public sealed record SignatureRefusedV1(Guid InspectionId, Guid VenueId, WhyUnsigned Because) : IUpcast
{
    public object Upcast() => new InspectionEvent.SignatureRefused(InspectionId, VenueId, Because, null);
}

/// <summary>What a re-inspection verifies as it was stored before it named what called for it.</summary>
[EventName("inspection.orders-to-verify.v1")]
public sealed record OrdersToVerifyV1(Guid InspectionId, Guid VenueId, Guid ActId, IReadOnlyList<string> Rules) : IUpcast
{
    public object Upcast() => new InspectionEvent.OrdersToVerify(InspectionId, VenueId, ActId, Rules);
}
