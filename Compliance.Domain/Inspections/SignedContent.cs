using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Compliance.Domain.Kernel;

namespace Compliance.Domain.Inspections;

/// <summary>
/// What two people put their names to: the list with everything said, shown and measured, as it stood at one instant. The first who signs
/// fixes that instant; whoever signs after him signs the very same.
/// </summary>
/// <param name="Hash">SHA-256 over the content (form <c>inspection-content.v1</c>), hexadecimal.</param>
/// <param name="MeasuredAt">The instant as of which the measured part was read.</param>
public sealed record SignedContent(string Hash, DateTimeOffset MeasuredAt)
{
    /// <summary>Words of the rulebook are not copied: the hash of its text stands for them.</summary>
    public static SignedContent Of(Inspection.Running walk, Checklist list, DateTimeOffset measuredAt)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add("inspection-content.v1", walk.Card.InspectionId, walk.Card.VenueId, walk.Number ?? "", list.Rulebook, list.Version, list.Hash, Instant(measuredAt));
        foreach (var item in list.Items)
        {
            Add("item", item.Rule.RuleId, item.State, item.Rule.Outcome, item.Wording, walk.Failed(item));
            foreach (var g in item.Rule.Grounds) Add("ground", g.Outcome, g.Kind, g.ThingId, g.Attribute, g.Found ?? "?", g.Need, g.Needed ?? "?", g.From?.ToString() ?? "?", string.Join(',', g.By));
        }

        foreach (var said in walk.Items) Add("said", Convert.ToHexStringLower(EventCatalog.Encode(said)));
        foreach (var photo in walk.Photos) Add("photo", photo.PhotoId, photo.RuleId, photo.Sha256, Instant(photo.TakenAt), photo.Device);
        return new(Convert.ToHexStringLower(hash.GetHashAndReset()), measuredAt);

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
