namespace Compliance.Domain.Licences;

/// <summary>What an officer says to grant a certificate; the number is the API's to give.</summary>
/// <param name="WithoutAct">Why it is granted though no act of an inspection has been issued; only then.</param>
/// <param name="Despite">Why it is granted though hard stops stand open; only then.</param>
public sealed record GrantOrder(
    DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, string Grounds, string? WithoutAct = null, string? Despite = null);

/// <summary>What an owner wants to say in public of his own venue. Its text is no part of any fact.</summary>
public sealed record ReplyWords(string Text)
{
    public const int Longest = 500;

    public override string ToString() => $"reply of {Text.Length} characters";
}
