namespace Compliance.Web.Parts.Venues;

/// <summary>Sentences about venues, their papers and people.</summary>
public sealed class VenueWords;
