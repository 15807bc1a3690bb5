using System.Data.Common;
using OpenIddict.Abstractions;

namespace Compliance.Api.Identity;

/// <summary>Forgets codes and tokens that ran out more than two weeks ago; sign-ins would pile up otherwise.</summary>
internal sealed partial class TokenCleanup(IServiceScopeFactory scopes, TimeProvider clock, ILogger<TokenCleanup> log) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromHours(6), Kept = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken)) await Clean(stoppingToken);
    }

    async Task Clean(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(clock.GetUtcNow() - Kept, ct);
            await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(clock.GetUtcNow() - Kept, ct);
        }
        catch (DbException e)
        {
            Failed(e);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Old tokens could not be forgotten; the next attempt follows in six hours")]
    partial void Failed(Exception e);
}
