using Compliance.Domain.Kernel;

namespace Compliance.Domain.Alerts;

/// <summary>What is wrong with an alert as a box tells it, before anybody asks what is known of it.</summary>
static class AlertFaults
{
    const int LongestName = 100, HashDigits = 64, LongestClip = 120;

    /// <summary>So long an alert may last that a box tells: longer ones are the box's fault.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromHours(2);

    public static Refusal? Of(AlertCommand.Tell tell)
    {
        var told = tell.Told;
        return told switch
        {
            _ when told.Kind.SeenBy() is null => new("alert.kind-not-told", "A box does not tell alerts of this kind.", "kind"),
            { SeenUntil: { } until } when until < told.SeenFrom || until - told.SeenFrom > Longest => new("alert.interval-impossible", "It ends before it begins, or lasts for hours.", "seenUntil"),
            _ when told.SeenFrom > told.ObservedAt || told.ObservedAt - told.SeenFrom > Longest => new("alert.interval-impossible", "It was seen after it was told, or hours before.", "seenFrom"),
            _ when !tell.Receipt.Doubts(told.ObservedAt) && told.SeenFrom < tell.Receipt.WatchedSince => new("alert.seen-before-watched", "The box did not watch that camera then.", "seenFrom"),
            _ when !IsShare(told.Score) => new("alert.score-impossible", "A score is between 0 and 1.", "score"),
            _ when told.FramesAnalysed < 1 || told.FramesSkipped < 0 => new("alert.frames-impossible", "An alert stands on frames that were looked at.", "framesAnalysed"),
            { Model: var model } when string.IsNullOrWhiteSpace(model.Name) || model.Name.Length > LongestName || !IsHash(model.Sha256) || !IsHash(model.ConfigurationSha256) || !IsShare(model.Threshold) =>
                new("alert.model-malformed", "A model has a name, hashes of file and settings, and a threshold between 0 and 1.", "model"),
            { Clip: { } clip } when !IsHash(clip.Sha256) || clip.Seconds is < 1 or > LongestClip => new("alert.clip-malformed", "A clip has a hash and lasts up to two minutes.", "clip"),
            { Blurred: { } blurred } when !IsHash(blurred.Sha256) || blurred.Seconds is < 1 or > LongestClip || blurred.DetectorSha256 is { } hash && !IsHash(hash) || !Enum.IsDefined(blurred.Blur) =>
                new("alert.clip-malformed", "A clip has a hash and lasts up to two minutes.", "blurred"),
            { Blurred: { DetectorSha256: null, Blur: ClipBlur.Faces } } => new("alert.clip-malformed", "Faces are found by some network: name it.", "blurred"),
            { Blurred: not null, Clip: null } => new("alert.clip-malformed", "A blurred clip is the copy of a clip.", "blurred"),
            _ => null,
        };
    }

    static bool IsShare(double number) => number is >= 0 and <= 1;

    static bool IsHash(string text) => text.Length == HashDigits && text.All(char.IsAsciiHexDigitLower);
}
