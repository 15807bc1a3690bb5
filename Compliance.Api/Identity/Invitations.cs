using System.Net.Mail;
using System.Text;
using Compliance.Api.Identity.Pages;
using Compliance.Api.Subjects;
using Compliance.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace Compliance.Api.Identity;

/// <summary>
/// New accounts: an administrator names the person and the role, and hands over a link under which the person chooses a password.
/// The first administrator's link is printed by a host that has none.
/// </summary>
internal sealed class Invitations(UserManager<Account> accounts, Persons persons, IssuerAddress address, Entrance.Bearers bearers)
{
    public sealed record Invitee(string UserName, string Name, string Role) { public string? Contact { get; init; } }
    public sealed record Reminder(Guid Account);
    public sealed record NewName(Guid Account, string Name);
    public sealed record Choice(Guid Account, string Token, string Password);

    public async Task<IResult> Show(string? fault = null, string? invitation = null)
    {
        var all = new List<ListedAccount>();
        foreach (var account in await accounts.Users.OrderBy(a => a.UserName).ToListAsync())
            all.Add(new(account.Id, account.UserName!, persons.Find(account.Id)?.Name, [.. await accounts.GetRolesAsync(account)], IsAwaited: account.PasswordHash is null, IsSuspended: (await bearers.StandingOf(account.Id, CancellationToken.None)).IsSuspended));
        return new RazorComponentResult<AccountsPage>(new { Fault = fault, Invitation = invitation, Accounts = all });
    }

    public async Task<IResult> Invite(HttpContext http, Invitee form, CancellationToken ct)
    {
        var account = new Account { Id = Guid.CreateVersion7(), UserName = form.UserName.Trim() };
        if (!Role.Persons.Contains(form.Role) || !(await accounts.CreateAsync(account)).Succeeded) return await Show("AccountTaken");
        (await accounts.AddToRoleAsync(account, form.Role)).OrThrow();
        await persons.Enrol(new(account.Id, form.Name, form.Contact), new(Guid.CreateVersion7(), $"user:{accounts.GetUserId(http.User)}"), ct);
        return await Show(invitation: await LinkFor(account));
    }

    /// <summary>The person bears this name from now on; papers about earlier days go on bearing the earlier one.</summary>
    public async Task<IResult> Rename(HttpContext http, NewName form, CancellationToken ct) => await Show(
        string.IsNullOrWhiteSpace(form.Name) || await persons.Rename(form.Account, form.Name.Trim(), new(Guid.CreateVersion7(), $"user:{accounts.GetUserId(http.User)}"), ct) is not null ? "NotRenamed" : null);

    /// <summary>
    /// A new link for whoever has not followed the first, which is void from now on. Whoever has chosen a password gets none: an
    /// administrator does not open other people's accounts.
    /// </summary>
    public async Task<IResult> InviteAgain(Reminder form)
    {
        if (await accounts.FindByIdAsync(form.Account.ToString()) is not { PasswordHash: null } account) return await Show("LinkNotNeeded");
        (await accounts.UpdateSecurityStampAsync(account)).OrThrow();
        return await Show(invitation: await LinkFor(account));
    }

    /// <summary>
    /// The account that signs in by this contact, made now where there is none. It is new until its person chooses a password,
    /// and only to the command that made it: nobody gets a link into an account that another has invited.
    /// </summary>
    /// <param name="newId">Follows from the command, so that a repeat meets the account it made.</param>
    /// <returns>No account where the contact cannot be a user name.</returns>
    public async Task<(Account? Account, bool IsNew)> ByContact(string contact, string role, Guid newId)
    {
        var userName = UserNameOf(contact);
        if (await accounts.FindByNameAsync(userName) is { } known) return (known, known.Id == newId && known.PasswordHash is null);
        var account = new Account { Id = newId, UserName = userName };
        if (!Reaches(userName) || !(await accounts.CreateAsync(account)).Succeeded) return (null, false);
        (await accounts.AddToRoleAsync(account, role)).OrThrow();
        return (account, true);
    }

    /// <summary>A telephone number (E.164: up to 15 digits) or an e-mail address: something a person can be reached at.</summary>
    static bool Reaches(string contact) =>
        (contact.TrimStart('+') is { Length: >= 8 and <= 15 } digits && digits.All(char.IsAsciiDigit))
        || (MailAddress.TryCreate(contact, out var mail) && mail.Address == contact);

    /// <summary>An account nobody needs after all.</summary>
    public async Task Undo(Account account) => (await accounts.DeleteAsync(account)).OrThrow();

    /// <summary>Null when somebody can administer already.</summary>
    public async Task<string?> ForFirstAdministrator(CancellationToken ct)
    {
        var administrators = await accounts.GetUsersInRoleAsync(Role.Administrator);
        if (administrators.Any(a => a.PasswordHash is not null)) return null;
        if (administrators is not [var account, ..])
        {
            account = new Account { Id = Guid.CreateVersion7(), UserName = Role.Administrator };
            (await accounts.CreateAsync(account)).OrThrow();
            (await accounts.AddToRoleAsync(account, Role.Administrator)).OrThrow();
        }

        if (persons.Find(account.Id) is null) await persons.Enrol(new(account.Id, account.UserName!, null), new(Guid.CreateVersion7(), "reaction:first-administrator"), ct);
        return await LinkFor(account);
    }

    public static IResult Welcome(Guid account, string token) => new RazorComponentResult<WelcomePage>(new { Account = account, Token = token });

    public async Task<IResult> Choose(Choice form)
    {
        if (await accounts.FindByIdAsync(form.Account.ToString()) is not { } account) return Again(form, "LinkVoid");
        var result = await accounts.ResetPasswordAsync(account, Encoding.UTF8.GetString(Decode(form.Token)), form.Password);
        return result.Succeeded ? Results.LocalRedirect(Links.SignIn)
            : Again(form, result.Errors.Any(e => e.Code == nameof(IdentityErrorDescriber.InvalidToken)) ? "LinkVoid" : "PasswordWeak");
    }

    static RazorComponentResult<WelcomePage> Again(Choice form, string fault) =>
        new RazorComponentResult<WelcomePage>(new { form.Account, form.Token, Fault = fault });

    /// <summary>A telephone number without what people write between its digits; an e-mail address as it is.</summary>
    static string UserNameOf(string contact) => contact.Contains('@', StringComparison.Ordinal) ? contact.Trim()
        : string.Concat(contact.Where(c => !char.IsWhiteSpace(c) && c is not ('(' or ')' or '-')));

    public async Task<string> LinkFor(Account account)
    {
        var token = WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(await accounts.GeneratePasswordResetTokenAsync(account)));
        return new Uri(address.Issuer, $"{Links.Welcome}?account={account.Id}&token={token}").ToString();
    }

    static byte[] Decode(string token)
    {
        try { return WebEncoders.Base64UrlDecode(token); }
        catch (FormatException) { return []; }
    }
}

/// <summary>An account as the administrator's page lists it; awaited until its person has chosen a password.</summary>
/// <param name="Name">Null when it was forgotten.</param>
public sealed record ListedAccount(Guid Id, string UserName, string? Name, IReadOnlyList<string> Roles, bool IsAwaited, bool IsSuspended);
