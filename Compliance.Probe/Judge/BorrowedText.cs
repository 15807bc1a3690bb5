using System.Xml.Linq;
using Compliance.Probe.Watch.Onvif;

namespace Compliance.Probe.Judge;

/// <summary>
/// What has to be given back of a camera's overlay: a text of ours to delete, or one of the owner's as it was. Kept before the camera is asked, so that
/// neither lost power nor a lost answer makes it forgotten.
/// </summary>
internal sealed record BorrowedText
{
    /// <summary>The digits it was asked to show; by them our text is known again, whatever token it got.</summary>
    public IReadOnlyList<string> Written { get; init; } = [];

    /// <summary>Where it stands; null while the camera has not said.</summary>
    public string? Token { get; init; }

    /// <summary>The owner's text that stood there, as the camera described it; null of one we made.</summary>
    public string? Before { get; init; }

    /// <summary>How often giving it back came to nothing.</summary>
    public int Tries { get; init; }

    public BorrowedText InVain() => this with { Tries = Tries + 1 };

    /// <summary>Of a record made before digits were kept the token has to do.</summary>
    public bool IsOurs(OnvifText text) => Written.Count == 0 ? text.Token == Token : text.Plain is { } plain && Written.Contains(plain);

    /// <summary>What the owner had there; null of a place that was ours alone.</summary>
    public OnvifText? Lent(string token)
    {
        if (Before is null || token != Token) return null;
        var whole = XElement.Parse(Before);
        return new(token, whole.Text("PlainText"), whole);
    }
}
