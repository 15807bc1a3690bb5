using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Probes;
using Compliance.Probe.Look;
using Compliance.Probe.Watch.Onvif;
using Compliance.Probe.Watch.Rtp;

namespace Compliance.Probe.Judge;

/// <summary>How a challenge ended.</summary>
internal enum Answer { Read, Unseen, Unreadable, NoOverlay, Failed }

/// <param name="Seconds">From writing to reading.</param>
internal sealed record Challenged(Answer Answer, double Seconds = 0, string Why = "");

/// <summary>What has to be put back should the box lose power in the midst of a challenge: a text of ours to delete, or one of the owner's as it was.</summary>
internal sealed record BorrowedText(string Token, string? Before);

/// <summary>
/// Writes one-time digits into the camera's overlay and reads them back in its picture: a picture that is not made now cannot know them. All ten
/// digits in an order drawn by chance first, by which the camera's font is learned; then in another order, which has to be read. The overlay is put back
/// as it was.
/// </summary>
internal sealed class OverlayChallenge(Decoder decoder, ProofSettings settings, TimeProvider clock)
{
    static readonly TimeSpan KeyframeWithin = TimeSpan.FromSeconds(12), ToPutBack = TimeSpan.FromSeconds(20);

    /// <param name="keep">Called before something is borrowed, and with null when it was given back.</param>
    public async Task<Challenged> Run(OnvifCamera camera, string sourceConfiguration, Fanout pictures, Action<BorrowedText?> keep, CancellationToken ct)
    {
        BorrowedText? borrowed = null;
        try
        {
            var before = await Two(pictures, ct);
            var (first, second) = (Drawn(), Drawn());
            borrowed = await Write(camera, sourceConfiguration, first, keep, ct);
            var font = await Learn(pictures, before, first, ct);
            if (font is null) return new(await Appeared(pictures, before, ct) ? Answer.Unreadable : Answer.Unseen);
            var written = clock.GetTimestamp();
            await camera.Rewrite(borrowed.Token, sourceConfiguration, second, ct);
            var read = await Reads(pictures, font, second, ct);
            return new(read ? Answer.Read : Answer.Unseen, Math.Round(clock.GetElapsedTime(written).TotalSeconds, 1));
        }
        catch (OnvifFault fault)
        {
            return new(borrowed is null && fault.Trouble is Trouble.NotSupported or Trouble.Refused ? Answer.NoOverlay : Answer.Failed, Why: fault.Message);
        }
        catch (TimeoutException)
        {
            return new(Answer.Failed, Why: "no-keyframe");
        }
        finally
        {
            if (borrowed is not null) await GiveBack(camera, borrowed, keep);
        }
    }

    /// <summary>Gives back what a challenge that was cut short had borrowed; also when the probe is just being stopped.</summary>
    public async Task GiveBack(OnvifCamera camera, BorrowedText borrowed, Action<BorrowedText?> keep)
    {
        using var limit = new CancellationTokenSource(ToPutBack, clock);
        try
        {
            if (borrowed.Before is { } before) await camera.PutBack(new(borrowed.Token, null, System.Xml.Linq.XElement.Parse(before)), limit.Token);
            else await camera.Delete(borrowed.Token, limit.Token);
            keep(null);
        }
        catch (Exception e) when (e is OnvifFault or OperationCanceledException)
        {
            // It stays kept, and is tried again before the next challenge.
        }
    }

    /// <summary>All ten digits in an order nobody can foresee: one of 3.6 million.</summary>
    static string Drawn()
    {
        var digits = "0123456789".ToCharArray();
        RandomNumberGenerator.Shuffle<char>(digits);
        return new(digits);
    }

    /// <summary>A text of our own; where the camera has no room for one more, that of its first plain text meanwhile.</summary>
    static async Task<BorrowedText> Write(OnvifCamera camera, string sourceConfiguration, string text, Action<BorrowedText?> keep, CancellationToken ct)
    {
        var there = await camera.Texts(sourceConfiguration, ct);
        try
        {
            var token = await camera.Create(sourceConfiguration, text, ct);
            var ours = new BorrowedText(token, null);
            keep(ours);
            return ours;
        }
        catch (OnvifFault fault) when (fault.Trouble is Trouble.Refused or Trouble.NotSupported && there.FirstOrDefault(t => t.Plain is not null) is { } lent)
        {
            var borrowed = new BorrowedText(lent.Token, lent.Whole.ToString());
            keep(borrowed);
            await camera.Rewrite(lent.Token, sourceConfiguration, text, ct);
            return borrowed;
        }
    }

    async Task<DigitFont?> Learn(Fanout pictures, IReadOnlyList<ReadablePicture> before, string text, CancellationToken ct)
    {
        for (var begun = clock.GetTimestamp(); clock.GetElapsedTime(begun) < settings.OverlayWithin;)
        {
            var now = await Two(pictures, ct);
            if (WrittenDigits.Appear(before, now) is { } line && WrittenDigits.Learn(now, line, text) is { } font) return font;
        }

        return null;
    }

    async Task<bool> Appeared(Fanout pictures, IReadOnlyList<ReadablePicture> before, CancellationToken ct) =>
        WrittenDigits.Appear(before, await Two(pictures, ct)) is { } line && WrittenDigits.Appear(before, await Two(pictures, ct)) is { } again && (line & again) is { Width: > 0, Height: > 0 };

    async Task<bool> Reads(Fanout pictures, DigitFont font, string text, CancellationToken ct)
    {
        for (var begun = clock.GetTimestamp(); clock.GetElapsedTime(begun) < settings.OverlayWithin;)
            if (WrittenDigits.Read([await One(pictures, ct)], font, text.Length) == text) return true;
        return false;
    }

    async Task<IReadOnlyList<ReadablePicture>> Two(Fanout pictures, CancellationToken ct) => [await One(pictures, ct), await One(pictures, ct)];

    async Task<ReadablePicture> One(Fanout pictures, CancellationToken ct)
    {
        for (var begun = clock.GetTimestamp(); clock.GetElapsedTime(begun) < KeyframeWithin;)
        {
            var keyframe = await pictures.NextKeyframe(ct).WaitAsync(KeyframeWithin, clock, ct);
            if (await decoder.Gray(keyframe, ReadablePicture.Width, ReadablePicture.Height, ct) is { } luma) return new(luma);
        }

        throw new TimeoutException();
    }
}
