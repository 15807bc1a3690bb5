using Microsoft.AspNetCore.Components;

namespace Compliance.Web.Shell;

/// <summary>
/// A page that follows the log: it reads once the browser is connected (before that it shows the shape of what will come),
/// and again when a change concerns it. Reads never overlap.
/// </summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    /// <summary>How often "12 minutes ago" is said anew.</summary>
    static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);

    readonly CancellationTokenSource leaving = new();
    ITimer? ticking;
    bool reading, again;

    [Inject] protected ApiClient Api { get; set; } = null!;
    [Inject] protected Changes Changes { get; set; } = null!;
    [Inject] protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Nothing has been read yet.</summary>
    protected bool Waiting { get; private set; } = true;

    protected Problem? Problem { get; private set; }
    protected DateTimeOffset Now => Clock.GetUtcNow();
    protected CancellationToken Leaving => leaving.Token;

    /// <summary>Reads what the page shows; what could not be read is the page's problem.</summary>
    protected abstract Task<Problem?> Read(CancellationToken ct);

    protected abstract bool Concerns(Change change);

    protected override async Task OnInitializedAsync()
    {
        if (!RendererInfo.IsInteractive) return;
        Changes.Arrived += OnArrived;
        ticking = Clock.CreateTimer(_ => _ = InvokeAsync(StateHasChanged), null, Tick, Tick);
        Changes.Follow();
        await ReadAgain();
    }

    /// <summary>A read asked for while one runs follows it.</summary>
    protected async Task ReadAgain()
    {
        again = true;
        if (reading) return;
        reading = true;
        try
        {
            while (again && !leaving.IsCancellationRequested)
            {
                again = false;
                Problem = await Read(leaving.Token);
                Waiting = false;
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            reading = false;
        }

        StateHasChanged();
    }

    /// <summary>Nobody waits for what a change brings about, so a fault in it is shown in the page's own place.</summary>
    async Task OnArrived(IReadOnlyCollection<Change>? batch)
    {
        if (batch is not null && !batch.Any(Concerns)) return;
        try
        {
            await InvokeAsync(ReadAgain);
        }
        catch (Exception fault) when (!leaving.IsCancellationRequested)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing) return;
        Changes.Arrived -= OnArrived;
        ticking?.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }
}
