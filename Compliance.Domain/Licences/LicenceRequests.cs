namespace Compliance.Domain.Licences;

/// <summary>What an officer says to grant a certificate; the number is the API's to give.</summary>
public sealed record GrantOrder(DateOnly From, DateOnly Until, IReadOnlyList<Condition> Conditions, string Grounds);

/// <summary>What an owner wants to say in public of his own venue. Its text is no part of any fact.</summary>
public sealed record ReplyWords(string Text)
{
    public const int Longest = 500;

    public override string ToString() => $"reply of {Text.Length} characters";
}
