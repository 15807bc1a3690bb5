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

/// <summary>
/// Writes one-time digits into the camera's overlay and reads them back in its picture: a picture that is not made now cannot know them. All ten
/// digits in an order drawn by chance first, by which the camera's font is learned; then in another order, which has to be read. The overlay is put back
/// as it was.
/// </summary>
internal sealed class OverlayChallenge(Decoder decoder, ProofSettings settings, TimeProvider clock)
{
    static readonly TimeSpan KeyframeWithin = TimeSpan.FromSeconds(12), ToPutBack = TimeSpan.FromSeconds(20);

    /// <param name="keep">Called before the camera is asked for anything, and with null when all was given back.</param>
    public async Task<Challenged> Run(OnvifCamera camera, string sourceConfiguration, Fanout pictures, Action<BorrowedText?> keep, CancellationToken ct)
    {
        var (loan, isAsking, isWritten) = (new Loan(keep), true, false);
        try
        {
            var before = await Two(pictures, ct);
            var (first, second) = (Drawn(), Drawn());
            var token = await Write(camera, sourceConfiguration, new() { Written = [first, second] }, loan, ct);
            (isAsking, isWritten) = (false, true);
            var font = await Learn(pictures, before, first, ct);
            if (font is null) return new(await Appeared(pictures, before, ct) ? Answer.Unreadable : Answer.Unseen);
            var written = clock.GetTimestamp();
            isAsking = true;
            await camera.Rewrite(token, sourceConfiguration, second, ct);
            isAsking = false;
            var read = await Reads(pictures, font, second, ct);
            return new(read ? Answer.Read : Answer.Unseen, Math.Round(clock.GetElapsedTime(written).TotalSeconds, 1));
        }
        catch (OnvifFault fault)
        {
            isAsking &= !fault.IsNo;
            return new(!isWritten && fault.IsNo ? Answer.NoOverlay : Answer.Failed, Why: fault.Message);
        }
        catch (TimeoutException)
        {
            return new(Answer.Failed, Why: "no-keyframe");
        }
        finally
        {
            // What was asked and not answered may be carried out later still: it stays kept, and the next round looks again. What was answered with no may be there all the same.
            if (loan.Text is { Token: { } token } lent && (isWritten || isAsking)) await AtOnce(camera, sourceConfiguration, token, lent, isAsking ? _ => { } : loan.Keep);
            else if (loan.Text is { } refused && !isAsking) await GiveBack(camera, sourceConfiguration, refused, loan.Keep);
        }
    }

    /// <summary>
    /// Gives back what a challenge before could not. Only a text that reads what we had written is ours: it may be another camera by now, and its
    /// owner may have written another. Where none is, nothing is owed; what the camera says no to counts as done; else it is tried again.
    /// </summary>
    public async Task GiveBack(OnvifCamera camera, string? sourceConfiguration, BorrowedText borrowed, Action<BorrowedText?> keep)
    {
        using var limit = new CancellationTokenSource(ToPutBack, clock);
        await Try(borrowed, keep, async () =>
        {
            foreach (var text in (await camera.Texts(sourceConfiguration, limit.Token)).Where(borrowed.IsOurs)) await Return(camera, text.Token, borrowed, limit.Token);
        });
    }

    /// <summary>
    /// In the conversation it was borrowed in the token is enough; also when the probe is just being stopped. Where an owner's text was lent because the camera refused one
    /// of ours, that one may stand there all the same.
    /// </summary>
    async Task AtOnce(OnvifCamera camera, string sourceConfiguration, string token, BorrowedText borrowed, Action<BorrowedText?> keep)
    {
        using var limit = new CancellationTokenSource(ToPutBack, clock);
        await Try(borrowed, keep, async () =>
        {
            await Return(camera, token, borrowed, limit.Token);
            if (borrowed.Before is null) return;
            foreach (var text in (await camera.Texts(sourceConfiguration, limit.Token)).Where(text => text.Token != token && borrowed.IsOurs(text))) await Return(camera, text.Token, borrowed, limit.Token);
        });
    }

    static async Task Try(BorrowedText borrowed, Action<BorrowedText?> keep, Func<Task> giveBack)
    {
        try
        {
            await giveBack();
            keep(null);
        }
        catch (OnvifFault no) when (no.IsNo)
        {
            keep(null);
        }
        catch (Exception e) when (e is OnvifFault or OperationCanceledException)
        {
            // Until it is given back nothing else is borrowed.
            keep(borrowed.InVain());
        }
    }

    /// <summary>What the camera says no to is done.</summary>
    static async Task Return(OnvifCamera camera, string token, BorrowedText borrowed, CancellationToken ct)
    {
        try
        {
            await (borrowed.Lent(token) is { } lent ? PutBack(camera, lent, ct) : camera.Delete(token, ct));
        }
        catch (OnvifFault no) when (no.IsNo)
        {
            // It was asked.
        }
    }

    static async Task PutBack(OnvifCamera camera, OnvifText lent, CancellationToken ct)
    {
        try
        {
            await camera.PutBack(lent, ct);
        }
        catch (OnvifFault no) when (no.IsNo && lent.Plain is not null)
        {
            // A device may not take all it tells of a text; its words are what the owner wants back.
            await camera.Rewrite(lent.Token, lent.Whole.Text("VideoSourceConfigurationToken") ?? "", lent.Plain, ct);
        }
    }

    /// <summary>All ten digits in an order nobody can foresee: one of 3.6 million.</summary>
    static string Drawn()
    {
        var digits = "0123456789".ToCharArray();
        RandomNumberGenerator.Shuffle<char>(digits);
        return new(digits);
    }

    /// <summary>A text of our own; where the camera has no room for one more, that of its first plain text meanwhile. The token it stands under.</summary>
    static async Task<string> Write(OnvifCamera camera, string sourceConfiguration, BorrowedText ours, Loan loan, CancellationToken ct)
    {
        var (there, text) = (await camera.Texts(sourceConfiguration, ct), ours.Written[0]);
        loan.Keep(ours);
        try
        {
            var token = await camera.Create(sourceConfiguration, text, ct);
            loan.Keep(ours with { Token = token });
            return token;
        }
        catch (OnvifFault no) when (no.IsNo)
        {
            if (there.FirstOrDefault(t => t.Plain is not null) is not { } lent) throw;
            loan.Keep(ours with { Token = lent.Token, Before = lent.Whole.ToString() });
            await camera.Rewrite(lent.Token, sourceConfiguration, text, ct);
            return lent.Token;
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

    /// <summary>What is borrowed in one challenge, kept whenever it changes.</summary>
    sealed class Loan(Action<BorrowedText?> keep)
    {
        public BorrowedText? Text { get; private set; }

        public void Keep(BorrowedText? text) => keep(Text = text);
    }
}
