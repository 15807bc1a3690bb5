namespace Compliance.Api.Identity;

/// <summary>What a signed-in person or box may be. A token carries them as <c>role</c> claims; what each may do stands in the table of doors.</summary>
internal static class Role
{
    public const string Owner = "owner", Manager = "manager", Installer = "installer", Inspector = "inspector", Operator = "operator",
        Supervisor = "supervisor", Authority = "authority", Oversight = "oversight", Administrator = "administrator", Probe = "probe", Centre = "centre";

    /// <summary>Every role a person may hold.</summary>
    public static readonly string[] Persons =
        [Owner, Manager, Installer, Inspector, Operator, Supervisor, Authority, Oversight, Administrator];

    /// <summary>Police, authority and oversight: no token without a second factor.</summary>
    public static bool NeedsSecondFactor(IEnumerable<string> roles) =>
        roles.Any(r => r is Operator or Supervisor or Authority or Oversight);
}
