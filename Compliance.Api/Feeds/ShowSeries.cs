using System.Globalization;
using Compliance.Api.Entrance;
using Compliance.Api.Views;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;
using Compliance.Domain.Probes;

namespace Compliance.Api.Feeds;

/// <summary>How a camera did over a time: from its minutes, in steps. Without a question the last day in steps of ten minutes.</summary>
static class ShowSeries
{
    /// <summary>More points than any picture has columns.</summary>
    const int Most = 1_500;

    public static async Task<IResult> Handle(Guid deviceId, string? from, string? to, int? step, IViewStore views, MinuteStore minutes, TimeProvider clock, CancellationToken ct)
    {
        if (await views.Find(DeviceCard.View, deviceId, ct) is not { Spec: CameraSpec }) return Problems.Of(new Refusal("request.unknown", "There is no such thing."));
        var until = Read("to", to) ?? clock.GetUtcNow();
        var (begin, minutesEach) = (Read("from", from) ?? until.AddDays(-1), step ?? 10);
        if (minutesEach is < 1 or > 1_440) throw new Malformed("step", "A step has 1 to 1440 minutes.");
        if (begin >= until) throw new Malformed("from", "It begins before it ends.");
        begin = DateTimeOffset.FromUnixTimeSeconds(begin.ToUnixTimeSeconds() / (60 * minutesEach) * 60 * minutesEach);
        if ((until - begin).TotalMinutes / minutesEach > Most) throw new Malformed("step", $"At most {Most} steps at a time.");
        return TypedResults.Ok(MeasurementSeries.Of(deviceId, begin, until, minutesEach, minutes.Of(deviceId, begin, until)));
    }

    static DateTimeOffset? Read(string field, string? text) => text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) && at > DateTimeOffset.UnixEpoch && at.Year < 9000
            ? at : throw new Malformed(field, "An instant is written as 2026-11-29T20:00:00Z.");
}
