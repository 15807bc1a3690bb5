namespace Compliance.Domain.Access;

/// <summary>Cameras that the city demands, and those of them that police looked at: a feed that nobody ever looks at has to be explained.</summary>
/// <param name="Demanded">Cameras on the register.</param>
/// <param name="Viewed">Of those.</param>
public sealed record FeedsLooked(int Demanded, int Viewed)
{
    public int NeverViewed => Demanded - Viewed;

    public static FeedsLooked Of(IReadOnlySet<Guid> cameras, IReadOnlySet<Guid> viewed) => new(cameras.Count, cameras.Count(viewed.Contains));
}
