namespace Compliance.Domain.Complaints;

/// <summary>A complaint as it is handed in. Words and contact go to the vault; its text never holds them.</summary>
/// <param name="VenueId">A venue of the register; else the district.</param>
/// <param name="Words">What happened and where exactly, in the complainant's own words.</param>
/// <param name="Contact">Where the complainant can be reached, if he wants to be.</param>
public sealed record ComplaintForm(
    ComplaintChannel Channel, ComplaintCategory Category, Guid? VenueId, string? District, DateTimeOffset HappenedAt, string? Words, string? Contact)
{
    public override string ToString() => $"complaint about {Category}";
}

public enum ComplaintState { Received, Answered, Closed }

/// <summary>What a complainant may know of his complaint: its number, where it stands, on which day his words were last read, and what came of it.</summary>
public sealed record ComplaintStatus(Guid ComplaintId, string Number, ComplaintState State, ComplaintOutcome? Outcome, DateOnly? ReadOn);

/// <summary>What stands in the vault of one complaint. Its text never holds it.</summary>
public sealed record ComplaintLetter(string? Words, string? Contact)
{
    public override string ToString() => "a complaint's letter";
}

/// <summary>What anybody may read of a venue before complaining about it: what stands over its door.</summary>
public sealed record VenueSign(Guid VenueId, string NameKk, string NameRu, string Address, string District);

/// <summary>Our own counts, and beside them, never added to them, what was published.</summary>
public sealed record ComplaintFigures(IReadOnlyList<ComplaintTally> Own, IReadOnlyList<PublishedCount> Published);
