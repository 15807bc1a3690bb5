using System.Globalization;
using System.Xml.Linq;

namespace Compliance.Probe.Watch.Onvif;

/// <summary>What a device claims to have recorded; a claim, not evidence.</summary>
internal sealed record OnvifSummary(DateTimeOffset From, DateTimeOffset Until, int Recordings);

/// <summary>One recording, as the device lists it.</summary>
/// <param name="Source">The token of the video source it was made from; null where the device does not say.</param>
internal sealed record OnvifRecording(string Token, string? Source, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>Recordings by ONVIF's Profile G: what there is said to be, and where it is replayed.</summary>
internal static class OnvifArchive
{
    const int Most = 256, Questions = 8;

    public static async Task<OnvifSummary?> Summary(this OnvifCamera camera, CancellationToken ct)
    {
        var told = await camera.Ask(Ns.Search, new(Ns.Search + "GetRecordingSummary"), ct);
        return told.Time("DataFrom") is { } from && told.Time("DataUntil") is { } until ? new(from, until, (int)Math.Clamp(told.Number("NumberRecordings") ?? 0, 0, int.MaxValue)) : null;
    }

    public static async Task<IReadOnlyList<OnvifRecording>> Recordings(this OnvifCamera camera, CancellationToken ct)
    {
        var begun = await camera.Ask(Ns.Search, new(Ns.Search + "FindRecordings", new XElement(Ns.Search + "Scope"), new XElement(Ns.Search + "MaxMatches", Most), new XElement(Ns.Search + "KeepAliveTime", "PT30S")), ct);
        var token = begun.Text("SearchToken") ?? throw new OnvifFault(Trouble.Unreadable, "search");
        var found = new List<OnvifRecording>();
        for (var asked = 0; asked < Questions; asked++)
        {
            var told = await camera.Ask(Ns.Search, new(Ns.Search + "GetRecordingSearchResults",
                new XElement(Ns.Search + "SearchToken", token), new XElement(Ns.Search + "MaxResults", Most), new XElement(Ns.Search + "WaitTime", "PT2S")), ct);
            found.AddRange(told.Descendants(Ns.Schema + "RecordingInformation").Take(Most).Select(Read).Where(r => r.Token.Length > 0));
            if (told.Text("SearchState") == "Completed" || found.Count >= Most) break;
        }

        return found;
    }

    /// <summary>That of the same video source; where sources are not named, the only one.</summary>
    public static async Task<OnvifRecording?> RecordingOf(this OnvifCamera camera, OnvifProfile? profile, CancellationToken ct)
    {
        var all = await camera.Recordings(ct);
        return all.FirstOrDefault(r => r.Source is not null && r.Source == profile?.Source) ?? (all is [var only] ? only : null);
    }

    /// <summary>At the camera's own host, whatever it wrote: its password goes nowhere else.</summary>
    public static async Task<Uri> ReplayUri(this OnvifCamera camera, OnvifRecording recording, Uri stream, CancellationToken ct)
    {
        var told = await camera.Ask(Ns.Replay, new(Ns.Replay + "GetReplayUri", OnvifMedia.Setup(Ns.Replay + "StreamSetup"), new XElement(Ns.Replay + "RecordingToken", recording.Token)), ct);
        if (!Uri.TryCreate(told.Text("Uri"), UriKind.Absolute, out var uri) || uri.Scheme is not ("rtsp" or "rtsps")) throw new OnvifFault(Trouble.Unreadable, "uri");
        return new UriBuilder(uri) { Host = stream.DnsSafeHost, UserName = "", Password = "" }.Uri;
    }

    static OnvifRecording Read(XElement told) => new(
        told.Elements().FirstOrDefault(e => e.Name.LocalName == "RecordingToken")?.Value.Trim() ?? "",
        told.Elements().FirstOrDefault(e => e.Name.LocalName == "Source")?.Text("SourceId"), told.Time("EarliestRecording"), told.Time("LatestRecording"));

    public static string Clock(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddTHHmmss.fffZ", CultureInfo.InvariantCulture);
}
