using Compliance.Api.Entrance;
using Compliance.Api.Identity;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Compliance.Api.Subjects;

/// <summary>
/// Whoever was invited and has not chosen a password within thirty days is forgotten: name and contact came from somebody else, and
/// are kept no longer than an answer may take. Their contact is free again then.
/// </summary>
sealed class ForgetWhoNeverCame(IServiceScopeFactory scopes, Beginnings beginnings, TimeProvider clock)
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(30);
    static readonly TimeSpan Every = TimeSpan.FromHours(1);

    HashSet<Guid> _nameless = [];
    long? _last;

    public async Task Tick(CancellationToken ct)
    {
        if (_last is { } last && clock.GetElapsedTime(last) < Every) return;
        await using var scope = scopes.CreateAsyncScope();
        var (accounts, forget) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<ForgetPerson>());
        var nameless = new HashSet<Guid>();
        foreach (var account in await accounts.Users.Where(a => a.PasswordHash == null).ToListAsync(ct))
        {
            var invited = await beginnings.Of(new("subject", account.Id), ct);
            // Made for an invitation that broke off; the one of this very moment has until the next look to get its name.
            if (invited is null && _nameless.Contains(account.Id)) (await accounts.DeleteAsync(account)).OrThrow();
            else if (invited is null) nameless.Add(account.Id);
            else if (clock.GetUtcNow() - invited.Value.At > Patience) await forget.Handle(account.Id, new(EventIds.From(account.Id, "never-came"), "reaction:forget-who-never-came"), ct);
        }

        (_nameless, _last) = (nameless, clock.GetTimestamp());
    }
}
