using System.Diagnostics;
using System.Security.Cryptography;
using Compliance.Domain.Devices;
using Compliance.Domain.Footage;
using Compliance.Domain.Probes;
using Compliance.Probe.Judge;
using Compliance.Probe.Schedule;
using Compliance.Probe.Watch;
using Compliance.Probe.Watch.Contacts;
using Compliance.Probe.Watch.Onvif;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Compliance.Probe.Tell;

/// <summary>Section <c>Probe:Footage</c>: recordings that police asked for and the venue lets us fetch.</summary>
internal sealed record FootageSettings
{
    /// <summary>How often the API is asked what to fetch, and how long what came to nothing rests; while something is fetched, whether it still is to be, how often it is told how far that is, and when an API that is away is tried again.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(15);
    public TimeSpan AskBusyEvery { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A recorder that sends nothing for so long is asked to go on.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest file, MiB; the API has a bound of its own.</summary>
    public int LargestMegabytes { get; init; } = 4096;
}

/// <summary>
/// Fetches from a venue's recorder, by ONVIF replay, what police asked for and the venue lets us fetch: one at a time, as it was recorded, packed as MP4 without coding it anew, hashed, and sent in
/// pieces that go on where they broke off. What lies on this box is gone once it was sent, stopped or is not wanted any more; a restart goes on with what there is.
/// </summary>
internal sealed partial class FootageFetches(ApiConnection api, CamerasHeld cameras, OnvifMeans onvif, OpenFeed open, ProbeOptions options, TimeProvider clock, ILogger<FootageFetches> log) : BackgroundService
{
    const int Piece = 1 << 20, MostRefusals = 5;

    /// <summary>So much of the disk stays free.</summary>
    const long Spared = 1L << 30;

    readonly string _folder = Path.Combine(options.DataDir, "footage");

    /// <summary>What came to nothing and is wished all the same, the latest last: it waits behind all others.</summary>
    readonly List<Guid> _vain = [];

    /// <summary>What was sent last: the API's list may name it for a moment longer.</summary>
    Guid _sent;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        (FetchWish Wish, CancellationTokenSource Over, Task<bool> Work)? running = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var wishes = await api.GetFetches(stoppingToken);
                if (running is { } at && wishes.All(w => w.FileId != at.Wish.FileId)) await at.Over.CancelAsync();
                Clear(wishes);
                if (running is null && wishes.Where(w => w.FileId != _sent).MinBy(w => _vain.IndexOf(w.FileId)) is { } next)
                {
                    var over = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
                    running = (next, over, Fetch(next, over.Token));
                }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                if (e is not (ApiAway or ApiRefused)) Broke(log, e);
            }

            var wait = Task.Delay(running is null ? options.Footage.AskEvery : options.Footage.AskBusyEvery, clock, stoppingToken);
            await (running is { } busy ? Task.WhenAny(wait, busy.Work) : wait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (running is not { Work.IsCompleted: true } ended) continue;
            var isUnwished = ended.Over.IsCancellationRequested;
            running = null;
            ended.Over.Dispose();
            if (await ended.Work || isUnwished) continue;
            // Whatever it was, disk, program or API: it is not tried again at the speed at which it fails.
            _vain.Remove(ended.Wish.FileId);
            _vain.Add(ended.Wish.FileId);
            await Task.Delay(options.Footage.AskEvery, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (running is not { } last) return;
        await last.Work;
        last.Over.Dispose();
    }

    /// <summary>Whether it was sent. Never throws.</summary>
    async Task<bool> Fetch(FetchWish wish, CancellationToken ct)
    {
        try
        {
            await Run(wish, ct);
            _sent = wish.FileId;
            Remove(wish.FileId);
            return true;
        }
        catch (PullFailed failed)
        {
            await Fail(wish, failed.Why, ct);
        }
        catch (OnvifFault)
        {
            await Fail(wish, FetchFailure.NoArchive, ct);
        }
        catch (Exception e) when (e is OperationCanceledException or ApiAway or ApiRefused)
        {
            // Stopped, or the API is away or does not want it: what lies here is gone on with, or removed when nobody wishes it any more.
        }
        catch (Exception e)
        {
            Broke(log, e);
        }

        return false;
    }

    async Task Run(FetchWish wish, CancellationToken ct)
    {
        Directory.CreateDirectory(_folder);
        var mp4 = PathOf(wish.FileId, "mp4");
        var packed = await Packed.Left(mp4, ct);
        if (packed is null)
        {
            var pulled = await Pull(wish, PathOf(wish.FileId, "ts"), ct);
            await Tell(wish, FetchStage.Packing, 0, 0, ct);
            packed = await Pack(wish, pulled, mp4, ct);
            File.Delete(PathOf(wish.FileId, "ts"));
        }

        await Send(wish, packed, mp4, ct);
    }

    async Task<(Pulled Pulled, TimeSpan Ahead)> Pull(FetchWish wish, string path, CancellationToken ct)
    {
        if (Camera() is null) await Task.Delay(options.Footage.AskEvery, clock, ct); // one that is just connected anew stands in no list for a moment
        var assigned = Camera() ?? throw new PullFailed(FetchFailure.NoArchive);
        await Tell(wish, FetchStage.Replaying, 0, (wish.To - wish.From).TotalSeconds, ct);
        var camera = await OnvifCamera.Meet(OnvifTarget.Of(assigned.MainStream, assigned.Onvif, assigned.UserName, assigned.Password), onvif, ct);
        if (!camera.Has(Ns.Search) || !camera.Has(Ns.Replay)) throw new PullFailed(FetchFailure.NoArchive);
        if (await camera.RecordingOf(await camera.ProfileOf(assigned.MainStream, ct), ct) is not { } recording) throw new PullFailed(FetchFailure.NoArchive);
        var target = new FeedTarget(await camera.ReplayUri(recording, assigned.MainStream, ct), assigned.UserName, assigned.Password, FeedTransport.Tcp);
        // Recordings are dated by the recorder's clock, right or wrong.
        var ahead = camera.ClockOffset ?? TimeSpan.Zero;
        var (largest, room) = ((long)options.Footage.LargestMegabytes << 20, Room(path));
        var (pull, telling) = (new ReplayPull(open, clock, options.Footage.Idle, Math.Min(largest, room)), Task.CompletedTask);
        try
        {
            return (await pull.Run(target, wish.From + ahead, wish.To + ahead, path, Say, ct), ahead);
        }
        catch (PullFailed failed) when (failed.Why == FetchFailure.TooLarge && room < largest)
        {
            throw new PullFailed(FetchFailure.NoRoom);
        }
        finally
        {
            await telling; // what is told of it later overtakes nothing
        }

        AssignedCamera? Camera() => cameras().FirstOrDefault(c => c.DeviceId == wish.DeviceId);

        // An API that answers slowly is told less.
        void Say(Pulled state)
        {
            if (telling.IsCompleted) telling = Tell(wish, FetchStage.Replaying, ((state.Last ?? wish.From) - wish.From - ahead).TotalSeconds, (wish.To - wish.From).TotalSeconds, ct);
        }
    }

    /// <summary>How large the stream may become, in bytes, what was pulled of it before included: packing needs as much again.</summary>
    long Room(string path) =>
        new DriveInfo(Path.GetFullPath(_folder)).AvailableFreeSpace is var free && free > Spared ? (free + (File.Exists(path) ? new FileInfo(path).Length : 0) - Spared) / 2 : throw new PullFailed(FetchFailure.NoRoom);

    async Task<Packed> Pack(FetchWish wish, (Pulled State, TimeSpan Ahead) pulled, string mp4, CancellationToken ct)
    {
        var half = mp4 + ".half";
        string[] tag = pulled.State.Codec == VideoCodec.H265 ? ["-tag:v", "hvc1"] : [];
        using var child = Process.Start(new ProcessStartInfo("ffmpeg",
            ["-hide_banner", "-loglevel", "quiet", "-nostdin", "-f", "mpegts", "-i", PathOf(wish.FileId, "ts"), "-map", "0:v:0", "-c", "copy", .. tag, "-movflags", "+faststart", "-f", "mp4", "-y", half]))!;
        try
        {
            await child.WaitForExitAsync(ct);
        }
        finally
        {
            if (!child.HasExited) child.Kill();
        }

        if (child.ExitCode != 0 || !File.Exists(half)) throw new PullFailed(FetchFailure.Unreadable);
        await using (var made = File.OpenRead(half))
        {
            var packed = new Packed(new(made.Length, Convert.ToHexStringLower(await SHA256.HashDataAsync(made, ct)),
                pulled.State.First!.Value - pulled.Ahead, pulled.State.Last!.Value - pulled.Ahead, (int)Math.Round(pulled.State.Missing)));
            await packed.Keep(mp4, ct);
            File.Move(half, mp4, overwrite: true);
            return packed;
        }
    }

    async Task Send(FetchWish wish, Packed packed, string mp4, CancellationToken ct)
    {
        await using var file = File.OpenRead(mp4);
        var (buffer, told, refusals, said) = (new byte[Piece], packed.File, 0, (long?)null);
        for (var at = await Stands(); at < told.Bytes;)
        {
            file.Position = at;
            var count = await file.ReadAtLeastAsync(buffer, (int)Math.Min(Piece, told.Bytes - at), throwOnEndOfStream: false, ct);
            try
            {
                at = (await api.SendFetched(wish.FileId, buffer.AsMemory(0, count), at, told.Bytes, ct)).Received;
                if (said is { } before && clock.GetElapsedTime(before) < options.Footage.AskBusyEvery) continue;
                said = clock.GetTimestamp();
                await Tell(wish, FetchStage.Sending, at, told.Bytes, ct);
            }
            catch (Exception e) when (e is ApiAway || (e is ApiRefused && ++refusals < MostRefusals))
            {
                await Task.Delay(options.Footage.AskBusyEvery, clock, ct);
                at = await Stands(); // the line broke: more may have come than was answered
            }
        }

        async Task<long> Stands()
        {
            while (true)
            {
                try
                {
                    return (await api.AnnounceFetched(wish.FileId, told, ct)).Received;
                }
                catch (ApiAway)
                {
                    await Task.Delay(options.Footage.AskBusyEvery, clock, ct);
                }
                catch (ApiRefused refused) when (refused.Said is "footage.file-large" or "footage.disk-full" or "footage.too-many-coming")
                {
                    throw new PullFailed(refused.Said == "footage.file-large" ? FetchFailure.TooLarge : FetchFailure.NoRoom);
                }
            }
        }
    }

    async Task Tell(FetchWish wish, FetchStage stage, double done, double of, CancellationToken ct)
    {
        try
        {
            await api.TellFetch(wish.FileId, new(stage, Math.Max(0, done), of, null), ct);
        }
        catch (Exception e) when (e is ApiAway or ApiRefused or OperationCanceledException)
        {
            // How it stands is told again soon; that it is over is read from the list.
        }
    }

    async Task Fail(FetchWish wish, FetchFailure why, CancellationToken ct)
    {
        Failed(log, wish.FileId, why);
        Remove(wish.FileId);
        try
        {
            while (true)
            {
                try
                {
                    await api.TellFetch(wish.FileId, new(FetchStage.Replaying, 0, 0, why), ct);
                    return;
                }
                catch (ApiAway)
                {
                    await Task.Delay(options.Footage.AskBusyEvery, clock, ct);
                }
            }
        }
        catch (Exception e) when (e is ApiRefused or OperationCanceledException)
        {
            // Nobody waits for it any more.
        }
    }

    /// <summary>What nobody wishes any more does not lie here.</summary>
    void Clear(IReadOnlyList<FetchWish> wishes)
    {
        _vain.RemoveAll(id => wishes.All(w => w.FileId != id));
        if (!Directory.Exists(_folder)) return;
        foreach (var path in Directory.EnumerateFiles(_folder))
            if (!Guid.TryParse(Path.GetFileName(path).Split('.')[0], out var id) || wishes.All(w => w.FileId != id)) File.Delete(path);
    }

    void Remove(Guid file)
    {
        if (!Directory.Exists(_folder)) return;
        foreach (var path in Directory.EnumerateFiles(_folder, $"{file:N}.*")) File.Delete(path);
    }

    string PathOf(Guid file, string kind) => Path.Combine(_folder, $"{file:N}.{kind}");

    [LoggerMessage(LogLevel.Warning, "Fetching {File} from its recorder came to nothing: {Why}")]
    static partial void Failed(ILogger log, Guid file, FetchFailure why);

    [LoggerMessage(LogLevel.Critical, "Fetching a recording broke; this is a bug")]
    static partial void Broke(ILogger log, Exception e);

    /// <summary>A file that was made, and what is told of it: kept beside it, so that a restart sends that very file.</summary>
    sealed record Packed(FetchedFile File)
    {
        public async Task Keep(string mp4, CancellationToken ct) =>
            await System.IO.File.WriteAllBytesAsync(mp4 + ".json", System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(File, Domain.Kernel.EventCatalog.Json), ct);

        public static async Task<Packed?> Left(string mp4, CancellationToken ct)
        {
            if (!System.IO.File.Exists(mp4) || !System.IO.File.Exists(mp4 + ".json")) return null;
            try
            {
                return System.Text.Json.JsonSerializer.Deserialize<FetchedFile>(await System.IO.File.ReadAllBytesAsync(mp4 + ".json", ct), Domain.Kernel.EventCatalog.Json) is { } file && new FileInfo(mp4).Length == file.Bytes ? new(file) : null;
            }
            catch (System.Text.Json.JsonException)
            {
                return null;
            }
        }
    }
}
