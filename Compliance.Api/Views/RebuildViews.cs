using System.Globalization;
using Compliance.Domain.Kernel;
using Microsoft.Extensions.Logging.Abstractions;

namespace Compliance.Api.Views;

/// <summary>
/// <c>dotnet Compliance.Api.dll rebuild-views</c>: throws all rows away and makes them again from the log, while no API runs.
/// Ctrl-C is safe at any moment: rows and marks are stored together, so the API or another run goes on from there.
/// </summary>
static class RebuildViews
{
    public const string Command = "rebuild-views";

    /// <returns>The process's exit code: 0 done, 130 interrupted.</returns>
    public static async Task<int> Run(IServiceProvider services, TextWriter output, CancellationToken ct) => await Run(
        services.GetRequiredService<IEventLog>(), services.GetRequiredService<IViewStore>(), AllViews.Of,
        services.GetRequiredService<TimeProvider>(), output, ct);

    public static async Task<int> Run(
        IEventLog log, IViewStore store, IReadOnlyList<IView> views, TimeProvider clock, TextWriter output, CancellationToken ct)
    {
        var (facts, began, told) = (0L, clock.GetTimestamp(), clock.GetTimestamp());
        try
        {
            await store.Save([.. views.Select(view => new ViewSave(new(view.Name, view.Version, LogPosition.Start), [], [], Anew: true))], ct);
            await foreach (var step in new Projection(log, store, views, clock, NullLogger<Projection>.Instance).Run(ct))
            {
                facts += step.Facts;
                if (step.AtEnd) break;
                if (clock.GetElapsedTime(told) < TimeSpan.FromSeconds(1)) continue;
                told = clock.GetTimestamp();
                await Say($"{facts:N0} facts, at {step.Position}");
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await Say($"Interrupted after {facts:N0} facts. The API goes on from there when it starts.");
            return 130;
        }

        await Say($"{views.Count} views rebuilt from {facts:N0} facts in {clock.GetElapsedTime(began).TotalSeconds:F1} s");
        return 0;

        Task Say(FormattableString what) => output.WriteLineAsync(what.ToString(CultureInfo.InvariantCulture));
    }
}
