using System.Security.Cryptography;
using System.Text;
using Compliance.Api.Subjects;
using Compliance.Domain.Kernel;
using Compliance.Domain.Subjects;
using Microsoft.AspNetCore.Identity;

namespace Compliance.Api.Identity;

/// <summary>
/// The people of the demo: fixed ids, one password for all, known authenticator keys. They exist only with
/// <c>Demo:Accounts=true</c>; nothing here is a secret.
/// </summary>
internal sealed class DemoAccounts(UserManager<Account> accounts, IUserStore<Account> store, Persons persons)
{
    public const string Password = "Almaty-2026!", Grant = "urn:compliance:demo-account";

    public static readonly IReadOnlyList<DemoAccount> All =
    [
        new("owner@demo", Role.Owner, "Айгүл Сейітқызы"),
        new("owner2@demo", Role.Owner, "Данияр Ахметов"),
        new("manager@demo", Role.Manager, "Мадина Оспанова"),
        new("installer@demo", Role.Installer, "Игорь Ким"),
        new("inspector@demo", Role.Inspector, "Нұрлан Бекенов"),
        new("operator@demo", Role.Operator, "Асель Жұмабаева"),
        new("supervisor@demo", Role.Supervisor, "Ерлан Тұрсынов"),
        new("authority@demo", Role.Authority, "Гүлнар Сәрсенова"),
        new("authority2@demo", Role.Authority, "Сергей Ли"),
        new("oversight@demo", Role.Oversight, "Тимур Қасымов"),
        new("administrator@demo", Role.Administrator, "Ольга Петренко"),
    ];

    public static bool AreOn(IConfiguration configuration) => configuration.GetValue("Demo:Accounts", false);

    /// <summary>Everybody knows the password: whoever can reach the API is every officer in it. So only this machine may, unless somebody says otherwise.</summary>
    public static void DemandLoopback(IConfiguration configuration)
    {
        if (!AreOn(configuration) || configuration.GetValue("Demo:AnyAddress", false)) return;
        var elsewhere = Addresses(configuration).FirstOrDefault(address => !IsLoopback(address));
        if (elsewhere is not null)
            throw new InvalidOperationException(
                $"Demo:Accounts=true gives everybody who reaches '{elsewhere}' every role: their password is public. Listen on 127.0.0.1 or localhost only (setting Urls), or say Demo:AnyAddress=true where nobody else can reach this machine.");
    }

    static IEnumerable<string> Addresses(IConfiguration configuration) =>
    [
        .. (configuration["Urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        .. ((string[])["HTTP_PORTS", "HTTPS_PORTS"]).Where(ports => configuration["Urls"] is null && configuration[ports] is { Length: > 0 }).Select(ports => $"http://*:{configuration[ports]}"),
        .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>(),
    ];

    /// <summary><c>http://*:80</c> and <c>http://+:80</c> are no addresses to a parser, and mean everywhere.</summary>
    static bool IsLoopback(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.IsLoopback;

    public static bool IsDemo(string userName) => All.Any(a => a.UserName == userName);

    public async Task Create(CancellationToken ct)
    {
        var hash = accounts.PasswordHasher.HashPassword(new(), Password);
        foreach (var demo in All)
        {
            if (await accounts.FindByIdAsync(demo.SubjectId.ToString()) is not null) continue;
            await persons.Enrol(new(demo.SubjectId, demo.Name, demo.UserName), new(EventIds.From(demo.SubjectId, "enrol"), "reaction:demo-accounts"), ct);
            var account = new Account { Id = demo.SubjectId, UserName = demo.UserName, PasswordHash = hash };
            (await accounts.CreateAsync(account)).OrThrow();
            (await accounts.AddToRoleAsync(account, demo.Role)).OrThrow();
            if (!Role.NeedsSecondFactor([demo.Role])) continue;
            await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, demo.AuthenticatorKey, ct);
            (await accounts.SetTwoFactorEnabledAsync(account, true)).OrThrow();
        }
    }
}

/// <summary>One of them.</summary>
public sealed record DemoAccount(string UserName, string Role, string Name)
{
    public Guid SubjectId => EventIds.From(Guid.Empty, $"demo-account/{UserName}");

    public string AuthenticatorKey => Totp.Base32(SHA256.HashData(Encoding.UTF8.GetBytes($"demo-authenticator/{UserName}")).AsSpan(0, 20));
}
