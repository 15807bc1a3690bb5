namespace Compliance.Api.Vault;

/// <summary>A secret in memory. Whatever prints it prints nothing; only <see cref="Reveal"/> gives it away, and is easy to search for.</summary>
public sealed class Secret(string value)
{
    public string Reveal() => value;

    public override string ToString() => "(secret)";
}
