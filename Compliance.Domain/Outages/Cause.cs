using Compliance.Domain.Kernel;

namespace Compliance.Domain.Outages;

/// <summary>In whose hands it lay that a duty was not met. Unknown counts for nobody until somebody with a say names one.</summary>
public enum Cause { Unknown, Owner, Provider, Power, Authority, ProbeFault }

public static class Causes
{
    public static readonly IReadOnlyList<Cause> All = Enum.GetValues<Cause>();

    /// <summary>What an owner may say in a contest: somebody else's hands.</summary>
    public static readonly IReadOnlyList<Cause> Claimable = [Cause.Provider, Cause.Power, Cause.Authority, Cause.ProbeFault];

    public static bool CountsAgainstOwner(this Cause cause) => cause == Cause.Owner;
}

/// <summary>What stands behind a claim: a document by its number and date, and where there is a file its fingerprint. Neither holds a person.</summary>
/// <param name="Reference">As the issuer of the document numbers it, such as a provider's letter.</param>
/// <param name="Sha256">Of the file, 64 hexadecimal digits; the file stays with its owner.</param>
public sealed record Proof(string Reference, string? Sha256 = null)
{
    public const int LongestReference = 200;

    internal Refusal? Fault => string.IsNullOrWhiteSpace(Reference) || Reference.Length > LongestReference
        ? new("outage.proof-missing", $"A claim names the document it rests on, in at most {LongestReference} characters.", "proof.reference")
        : Sha256 is { } hash && !(hash.Length == 64 && hash.All(char.IsAsciiHexDigit))
            ? new("outage.proof-malformed", "The fingerprint of a file is a SHA-256 in 64 hexadecimal digits.", "proof.sha256") : null;
}
