using Microsoft.AspNetCore.Authorization;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Compliance.Api.Identity;

/// <summary>What a signed-in person or box may be. A token carries them as <c>role</c> claims.</summary>
internal static class Role
{
    public const string Owner = "owner", Manager = "manager", Installer = "installer", Inspector = "inspector", Operator = "operator",
        Supervisor = "supervisor", Authority = "authority", Oversight = "oversight", Administrator = "administrator", Probe = "probe";

    /// <summary>Every role a person may hold.</summary>
    public static readonly string[] Persons =
        [Owner, Manager, Installer, Inspector, Operator, Supervisor, Authority, Oversight, Administrator];

    /// <summary>Police, authority and oversight: no token without a second factor.</summary>
    public static bool NeedsSecondFactor(IEnumerable<string> roles) =>
        roles.Any(r => r is Operator or Supervisor or Authority or Oversight);
}

/// <summary>
/// The one place where roles become permissions. A door names a policy; which venues an owner, manager or installer may reach
/// is asked of the <see cref="Caller"/>.
/// </summary>
internal static class Policies
{
    public const string
        SignedIn = nameof(SignedIn),
        SeeVenues = nameof(SeeVenues),
        KeepVenues = nameof(KeepVenues),
        CloseVenues = nameof(CloseVenues),
        RegisterDevices = nameof(RegisterDevices),
        ChangeFeeds = nameof(ChangeFeeds),
        ServiceDevices = nameof(ServiceDevices),
        ReportVerdicts = nameof(ReportVerdicts),
        WatchFeeds = nameof(WatchFeeds),
        ReadAudits = nameof(ReadAudits),
        ReadNotices = nameof(ReadNotices),
        ReadPersons = nameof(ReadPersons),
        ForgetPersons = nameof(ForgetPersons),
        SeeProbes = nameof(SeeProbes),
        RunProbes = nameof(RunProbes),
        BeProbe = nameof(BeProbe);

    /// <summary>Policy to the roles it lets in.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> Roles = new Dictionary<string, string[]>
    {
        [SignedIn] = Role.Persons,
        [SeeVenues] = Role.Persons,
        [KeepVenues] = [Role.Owner, Role.Authority],
        [CloseVenues] = [Role.Authority],
        [RegisterDevices] = [Role.Owner, Role.Authority, Role.Installer],
        [ChangeFeeds] = [Role.Owner, Role.Manager, Role.Installer],
        [ServiceDevices] = [Role.Owner, Role.Manager, Role.Installer, Role.Inspector],
        [ReportVerdicts] = [Role.Owner, Role.Manager, Role.Inspector],
        [WatchFeeds] = [Role.Operator, Role.Supervisor, Role.Oversight],
        [ReadAudits] = [Role.Owner, Role.Inspector, Role.Authority, Role.Oversight],
        [ReadNotices] = [Role.Owner, Role.Manager],
        [ReadPersons] = Role.Persons,
        [ForgetPersons] = [Role.Oversight],
        [SeeProbes] = [Role.Administrator, Role.Authority, Role.Oversight],
        [RunProbes] = [Role.Administrator],
        [BeProbe] = [Role.Probe],
    };

    public static void AddTo(AuthorizationBuilder authorization)
    {
        foreach (var (policy, roles) in Roles)
            authorization.AddPolicy(policy, p => p
                .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
                .RequireAuthenticatedUser()
                .RequireClaim(OpenIddictConstants.Claims.Role, roles));
    }
}
