using Compliance.Domain.Devices;

namespace Compliance.Domain.Outages;

/// <summary>What a second place says of an outage: nobody else could look, it saw no picture either, or it saw the picture.</summary>
public enum Vantage { OnePlaceOnly, Confirmed, Contradicted }

/// <summary>How a person found that an outage was real: on the spot, by the owner's own word, or by a document.</summary>
public enum PersonConfirmation { OnTheSpot, OwnersWord, Document }

/// <summary>From where an outage was seen, and by whom it was confirmed.</summary>
/// <param name="WasDark">At some time the camera brought no picture: only then a second place is asked.</param>
/// <param name="WasSeen">At some time the fault was seen in a picture, or told by the device itself.</param>
/// <param name="Look">The second look; null while nobody has taken it.</param>
/// <param name="Person">Set where a person confirmed it.</param>
public sealed record Sight(bool WasDark, bool WasSeen, OutageEvent.LookedAgain? Look, PersonConfirmation? Person)
{
    internal static Sight Of(OutageEvent.Opened opened) => new Sight(false, false, null, null).With(opened.Kind, opened.Verdict);

    internal Sight With(DeviceKind kind, Verdict verdict) =>
        kind == DeviceKind.Camera && verdict.BringsNoPicture() ? this with { WasDark = true } : this with { WasSeen = true };

    /// <summary>A picture that was seen after the outage had ended contradicts nothing.</summary>
    public bool IsContradicted(DateTimeOffset? ended) => Look is { Vantage: Vantage.Contradicted, At: var at } && !(ended <= at);

    /// <summary>It is looked at once; that nobody else could look stands until somebody can.</summary>
    internal bool IsNews(Vantage vantage) => Look is null || (Look.Vantage == Vantage.OnePlaceOnly && vantage != Vantage.OnePlaceOnly);

    public bool IsConfirmed => Person is not null || Look is { Vantage: Vantage.Confirmed };
}
