using Compliance.Api.Identity;

namespace Compliance.Api.Entrance;

/// <summary>
/// Who may pass a door. A role on its own passes for every venue; <c>…OfIt</c> passes only for the venue the path leads to,
/// and only for a person who holds that post there today (an installer: on that device).
/// </summary>
[Flags]
enum Who
{
    Nobody = 0,
    Owner = 1 << 0,
    Manager = 1 << 1,
    Installer = 1 << 2,
    Inspector = 1 << 3,
    Operator = 1 << 4,
    Supervisor = 1 << 5,
    Authority = 1 << 6,
    Oversight = 1 << 7,
    Administrator = 1 << 8,
    Probe = 1 << 9,
    Centre = 1 << 10,

    OwnerOfIt = 1 << 16,
    ManagerOfIt = 1 << 17,
    InstallerOfIt = 1 << 18,

    SignedIn = 1 << 30,
    Anyone = 1 << 31,

    /// <summary>Those whose office covers every venue.</summary>
    Officials = Inspector | Operator | Supervisor | Authority | Oversight | Administrator,
}

static class Whos
{
    /// <summary>The roles that answer for their own venues rather than oversee everybody's.</summary>
    const Who Posts = Entrance.Who.Owner | Entrance.Who.Manager | Entrance.Who.Installer;

    static readonly Dictionary<string, Who> Roles =
        ((string[])[.. Role.Persons, Role.Probe, Role.Centre]).ToDictionary(role => role, role => Enum.Parse<Who>(role, ignoreCase: true));

    /// <summary>The roles in the caller's token; a word that is no role of ours counts for nothing.</summary>
    public static Who Who(this Caller caller) => caller.Roles.Aggregate(Entrance.Who.Nobody, (who, role) => who | Roles.GetValueOrDefault(role));

    public static bool Is(this Caller caller, Who any) => caller.Who().Has(any);

    public static bool Has(this Who who, Who any) => (who & any) != 0;

    /// <summary>The roles that pass at their own venue.</summary>
    public static Who OfIt(this Who who) => (Who)((int)who >> 16) & Posts;
}
