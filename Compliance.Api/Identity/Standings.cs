using System.Security.Claims;
using Compliance.Api.Entrance;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;

namespace Compliance.Api.Identity;

/// <summary>
/// An administrator suspends an account, lets it in again, and says which roles it has. It holds from the next knock on, whatever token is held: the fact is asked, not the token;
/// pictures that run go dark within a second or two.
/// </summary>
internal sealed class Standings(UserManager<Account> accounts, IEventLog log, Bearers bearers, Invitations pages, TimeProvider clock)
{
    public sealed record Turned(Guid Account, bool Suspended);

    public async Task<IResult> Turn(HttpContext http, Turned form, CancellationToken ct)
    {
        if (await accounts.FindByIdAsync(form.Account.ToString()) is not { } account) return await pages.Show("StandingRefused");
        var (by, at) = (By(http), clock.GetUtcNow());
        StandingCommand command = form.Suspended ? new StandingCommand.Suspend(account.Id, by, at) : new StandingCommand.Reinstate(account.Id, by, at);
        if (!await Say(command, ct)) return await pages.Show("StandingRefused");
        // No new token either; and the issuer's own pages let go of it within a minute.
        (await accounts.SetLockoutEndDateAsync(account, form.Suspended ? DateTimeOffset.MaxValue : null)).OrThrow();
        (await accounts.UpdateSecurityStampAsync(account)).OrThrow();
        return await pages.Show();
    }

    public async Task<IResult> SetRoles(HttpContext http, IFormCollection form, CancellationToken ct)
    {
        string[] wanted = [.. form["Roles"].OfType<string>().Where(Role.Persons.Contains)];
        if (!Guid.TryParse(form["Account"], out var id) || await accounts.FindByIdAsync(id.ToString()) is not { } account || !await Say(new StandingCommand.SetRoles(id, wanted, By(http), clock.GetUtcNow()), ct)) return await pages.Show("StandingRefused");
        var held = await accounts.GetRolesAsync(account);
        (await accounts.RemoveFromRolesAsync(account, held.Except(wanted))).OrThrow();
        (await accounts.AddToRolesAsync(account, wanted.Except(held))).OrThrow();
        (await accounts.UpdateSecurityStampAsync(account)).OrThrow();
        return await pages.Show();
    }

    Guid By(HttpContext http) => Guid.Parse(accounts.GetUserId(http.User)!);

    /// <summary>The fact first: what broke off behind it locks too much, never too little.</summary>
    async Task<bool> Say(StandingCommand command, CancellationToken ct)
    {
        var done = await log.Execute(Standing.Decider, command.SubjectId, command, new(Guid.CreateVersion7(), $"user:{command.By}"), ct);
        await bearers.Learn(command.SubjectId, CancellationToken.None);
        return done.Refusal is null;
    }
}

/// <summary>A token keeps the roles it was given with until it ends; those that were taken since count for nothing.</summary>
internal sealed class LostRoles(Bearers bearers) : IClaimsTransformation
{
    public async Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (Caller.From(principal) is not { } caller || caller.IsMachine || (await bearers.StandingOf(caller.Id, CancellationToken.None)).Roles is not { } held) return principal;
        var left = principal.Clone();
        foreach (var identity in left.Identities)
            foreach (var role in identity.FindAll(c => c.Type == OpenIddictConstants.Claims.Role && !held.Contains(c.Value)).ToArray()) identity.TryRemoveClaim(role);
        return left;
    }
}
