namespace Compliance.Domain.Complaints;

/// <summary>What a published count is of.</summary>
public enum PublishedSubject { EntertainmentPlaces, ClubsAndBars, Restaurants, Cafes }

/// <summary>A number somebody published, with who printed it and for where; it is not ours and is never added to ours.</summary>
/// <param name="Place">As most of the named outlets print it.</param>
/// <param name="ElsewherePrintedAs">The place other outlets give for the same number; null where they agree.</param>
public sealed record PublishedCount(
    PublishedSubject Subject, int Count, DateOnly From, DateOnly To, string Place, IReadOnlyList<string> PrintedBy, string? ElsewherePrintedAs, IReadOnlyList<string> ElsewherePrintedBy)
{
    static readonly DateOnly January = new(2025, 1, 1), August = new(2025, 8, 31);

    /// <summary>
    /// Complaints of January to August 2025. The three parts add up to 11 569, which zakon.kz and nur.kz give as Astana's total;
    /// kursiv and mgorod print the same three numbers as the country's.
    /// </summary>
    public static readonly IReadOnlyList<PublishedCount> All =
    [
        new(PublishedSubject.EntertainmentPlaces, 45_992, January, August, "KZ", ["zakon.kz", "nur.kz", "baq.kz", "mgorod.kz"], null, []),
        Part(PublishedSubject.ClubsAndBars, 2_718),
        Part(PublishedSubject.Restaurants, 2_269),
        Part(PublishedSubject.Cafes, 6_582),
    ];

    static PublishedCount Part(PublishedSubject subject, int count) =>
        new(subject, count, January, August, "Astana", ["zakon.kz", "nur.kz"], "KZ", ["kursiv.media", "mgorod.kz"]);
}
