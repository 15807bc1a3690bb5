using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using Compliance.Domain.Probes;
using Compliance.Probe.Eyes.Live;
using Compliance.Probe.Schedule;
using Compliance.Probe.Watch.Rtp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>
/// Brings a camera to those who may look at it now: the access units of the connection that watches it anyway, as they come. The API says who may look and when it ends; we only dial out.
/// Browsers decode H.264 only. H.265 is transcoded, and meanwhile the camera's smaller stream tried: where that is H.264 and shows the same, it is sent as it is. The screen says which it is.
/// </summary>
internal sealed partial class LiveFeeds(ApiConnection api, WatchedCameras cameras, EyesMeans eyes, TimeProvider clock, ILogger<LiveFeeds> log) : BackgroundService
{
    /// <summary>So many wishes are waited for at once; running feeds count for none.</summary>
    const int Together = 2;
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    /// <summary>A line that takes nothing for so long is given up; the API asks again.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What was received so long ago is not live; of the pictures that somebody begins with, which were kept since the newest keyframe, so much longer.</summary>
    static readonly TimeSpan Old = TimeSpan.FromSeconds(2), OldOfFirst = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(Enumerable.Range(0, Together).Select(_ => TakeOnAndOn(stoppingToken)));

    async Task TakeOnAndOn(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await api.NextLiveWish(ct) is { } wish) _ = Bring(wish, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                if (e is not (ApiAway or ApiRefused)) Broke(log, e);
                await Task.Delay(Pause, clock, ct);
            }
        }
    }

    async Task Bring(LiveWish wish, CancellationToken ct)
    {
        try
        {
            using var socket = await api.Bring(wish, ct);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
            var leaving = UntilNobodyLooks(socket, over);
            await using var lent = cameras.Lend(wish.DeviceId);
            if (lent is not null) await Send(wish.DeviceId, lent, socket, over.Token);
            if (socket.State == WebSocketState.Open) await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", ct);
            await over.CancelAsync();
            await leaving;
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ApiAway or ApiRefused)
        {
            // Nobody looks any more, or the API is away: whoever still wants to see it asks again.
        }
        catch (Exception e)
        {
            Broke(log, e);
        }
    }

    async Task Send(Guid device, LentFeed feed, ClientWebSocket socket, CancellationToken ct)
    {
        var mayTurn = eyes.Settings.SubStream && cameras.Following(device) is not null;
        if (await Hand(feed.Units, first => mayTurn && first.Codec == VideoCodec.H265, () => false, socket, ct)) return;
        await feed.DisposeAsync(); // what nobody takes from it would count as lost
        await HandEither(device, socket, ct);
    }

    /// <summary>The stream that police see, transcoded, and its smaller one whenever that may stand for it.</summary>
    async Task HandEither(Guid device, ClientWebSocket socket, CancellationToken ct)
    {
        if (cameras.Following(device) is not { } main) return;
        using var stream = new EyeStream(device, main, cameras.SubStreamOf(device), eyes, VideoCodec.H264);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var choosing = stream.Run(over.Token);
        try
        {
            // One that ends without a turn to the other is over: whoever looks asks again.
            while (true)
            {
                var onSub = stream.IsOnSub; // before the next is taken: a turn in between is seen as one
                if (stream.Next(ct) is not { } units) break;
                await Hand(_ => units, _ => false, () => stream.IsOnSub, socket, ct);
                if (stream.IsOnSub == onSub) break;
            }
        }
        finally
        {
            await over.CancelAsync();
            await choosing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Sends what comes until it ends.</summary>
    /// <param name="refuses">Asked of the first unit.</param>
    /// <param name="isSmaller">Whether what is sent as it came is the smaller stream.</param>
    /// <returns>False where the first unit was refused: nothing was sent.</returns>
    async Task<bool> Hand(Func<CancellationToken, IAsyncEnumerable<AccessUnit>> take, Func<AccessUnit, bool> refuses, Func<bool> isSmaller, ClientWebSocket socket, CancellationToken ct)
    {
        using var taking = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var coming = Fresh(take(taking.Token), clock, taking.Token).GetAsyncEnumerator(taking.Token);
        try
        {
            if (!await coming.MoveNextAsync()) return true;
            if (refuses(coming.Current)) return false;
            await Hand(coming, isSmaller, socket, ct);
            return true;
        }
        finally
        {
            await taking.CancelAsync();
            try
            {
                await coming.DisposeAsync();
            }
            catch (NotSupportedException)
            {
                // A transcoder that ended of itself left it waiting for the next unit: that wait is over now, and it with it.
            }
        }
    }

    /// <param name="coming">Stands at the first unit.</param>
    async Task Hand(IAsyncEnumerator<AccessUnit> coming, Func<bool> isSmaller, ClientWebSocket socket, CancellationToken ct)
    {
        var isH265 = coming.Current.Codec == VideoCodec.H265;
        var units = From(coming.Current, coming, ct);
        await foreach (var unit in isH265 ? Transcoder.ToH264(units, ct) : units)
        {
            if (unit.Codec == VideoCodec.H265) return; // the camera was set anew: whoever looks asks again
            var flags = (byte)((unit.Keyframe ? LiveMessage.Keyframe : 0) | (isH265 ? LiveMessage.Transcoded : isSmaller() ? LiveMessage.Smaller : 0));
            using var patience = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
            await socket.SendAsync(LiveMessage.Make(flags, unit.At, unit.AnnexB.Span).AsMemory(), WebSocketMessageType.Binary, true, either.Token);
        }
    }

    /// <summary>What is live of what comes: after a unit that waited too long, on a line with no speed to spare, nothing until a keyframe that did not. What lies behind a gap cannot be decoded.</summary>
    internal static async IAsyncEnumerable<AccessUnit> Fresh(IAsyncEnumerable<AccessUnit> units, TimeProvider clock, [EnumeratorCancellation] CancellationToken ct)
    {
        var (keyframes, caughtUp, skips) = (0, false, false);
        await foreach (var unit in units.WithCancellation(ct))
        {
            if (unit.Keyframe) keyframes++;
            var age = clock.GetUtcNow() - unit.At;
            caughtUp |= age <= Old || keyframes > 1;
            skips = age > (caughtUp ? Old : OldOfFirst) || (skips && !unit.Keyframe);
            if (!skips) yield return unit;
            else ProbeMeasures.UnitsDropped.Add(1, ProbeMeasures.Tag("reader", "live"));
        }
    }

    static async IAsyncEnumerable<AccessUnit> From(AccessUnit first, IAsyncEnumerator<AccessUnit> rest, [EnumeratorCancellation] CancellationToken ct)
    {
        yield return first;
        while (await rest.MoveNextAsync().AsTask().WaitAsync(ct)) yield return rest.Current;
    }

    static async Task UntilNobodyLooks(ClientWebSocket socket, CancellationTokenSource over)
    {
        try
        {
            while ((await socket.ReceiveAsync(new byte[64], over.Token)).MessageType != WebSocketMessageType.Close)
            {
                // The API says nothing here but its goodbye.
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // It went without one.
        }

        await over.CancelAsync();
    }

    [LoggerMessage(LogLevel.Critical, "Bringing a live feed broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e);
}
