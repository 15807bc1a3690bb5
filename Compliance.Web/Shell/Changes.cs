using System.Text.Json;
using Compliance.Domain.Kernel;

namespace Compliance.Web.Shell;

/// <summary>A row of a view changed, or appeared, or went.</summary>
/// <param name="Group">What the view lists its rows by: the venue, mostly.</param>
public sealed record Change(string View, Guid Key, Guid? Group);

/// <summary>Whether what stands on the screen follows the log.</summary>
public enum Liveness { Connecting, Live, Reconnecting }

/// <summary>
/// One subscription per circuit to the API's changes, resumed where it broke. Changes come in batches, so that a page
/// draws once for what happened together; a null batch says that some may have been missed and everything is to be read again.
/// </summary>
public sealed partial class Changes(ApiClient api, TimeProvider clock, ILogger<Changes> log) : IAsyncDisposable
{
    public const string Connected = "connected";
    static readonly TimeSpan Together = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LastRetry = TimeSpan.FromSeconds(15);

    readonly CancellationTokenSource closing = new();
    readonly Lock gate = new();
    HashSet<Change> waiting = [];
    Task? following;

    /// <summary>Handlers run one after the other, outside the renderer: they hop onto it themselves.</summary>
    public event Func<IReadOnlyCollection<Change>?, Task>? Arrived;

    public event Action? LivenessChanged;

    public Liveness Liveness { get; private set; }

    public void Follow() => following ??= Task.Run(() => Follow(closing.Token));

    async Task Follow(CancellationToken ct)
    {
        string? lastId = null;
        var retry = FirstRetry;
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var item in api.Changes(lastId, ct))
                {
                    retry = FirstRetry;
                    lastId = string.IsNullOrEmpty(item.EventId) ? lastId : item.EventId;
                    switch (item.EventType)
                    {
                        // Whatever came between the page's own reading and the first subscription is read again once.
                        case Connected when lastId is null: Say(Liveness.Live); await Deliver(null); break;
                        case Connected: Say(Liveness.Live); break;
                        case "reset": lastId = null; await Deliver(null); break;
                        case "change": Gather(JsonSerializer.Deserialize<Change>(item.Data, EventCatalog.Json)!, ct); break;
                    }
                }
            }
            catch (Exception broken) when (!ct.IsCancellationRequested && broken is HttpRequestException or IOException or JsonException or OperationCanceledException)
            {
                if (Liveness != Liveness.Reconnecting) LogBroken(broken.Message);
            }

            if (ct.IsCancellationRequested) return;
            Say(Liveness.Reconnecting);
            await Task.Delay(retry, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            retry = retry * 2 < LastRetry ? retry * 2 : LastRetry;
        }
    }

    void Gather(Change change, CancellationToken ct)
    {
        lock (gate)
        {
            waiting.Add(change);
            if (waiting.Count > 1) return;
        }

        _ = DeliverTogether(ct);
    }

    async Task DeliverTogether(CancellationToken ct)
    {
        await Task.Delay(Together, clock, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        HashSet<Change> batch;
        lock (gate) (batch, waiting) = (waiting, []);
        if (!ct.IsCancellationRequested) await Deliver(batch);
    }

    async Task Deliver(IReadOnlyCollection<Change>? batch)
    {
        foreach (var handler in Arrived?.GetInvocationList().Cast<Func<IReadOnlyCollection<Change>?, Task>>() ?? [])
        {
            try
            {
                await handler(batch);
            }
            catch (Exception fault) when (!closing.IsCancellationRequested)
            {
                LogFault(fault); // a page's own bug: the other pages still want to know
            }
        }
    }

    void Say(Liveness now)
    {
        if (Liveness == now) return;
        Liveness = now;
        LivenessChanged?.Invoke();
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        if (following is not null) await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        closing.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "changes interrupted, will reconnect: {Reason}")]
    partial void LogBroken(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "a page broke over a change")]
    partial void LogFault(Exception fault);
}
