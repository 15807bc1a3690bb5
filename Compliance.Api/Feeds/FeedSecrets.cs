using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Feeds;

/// <summary>
/// Where in the vault the secret of one camera stands. It was given for one machine, and is bound to it: another one to which the
/// camera's address leads later never gets to see it, whatever broke off in between.
/// </summary>
static class FeedSecrets
{
    public static void KeepFeedSecret(this SecretVault vault, Guid deviceId, Uri machine, FeedCredentials credentials) =>
        vault.Put(Name(deviceId), new(JsonSerializer.Serialize(new Bound(credentials.UserName, credentials.Password, Of(machine)), EventCatalog.Json)));

    /// <summary>Null for a camera that asks for none, and where the secret was given for another machine.</summary>
    public static FeedCredentials? FeedSecretOf(this SecretVault vault, Guid deviceId, Uri machine) =>
        Kept(vault, deviceId) is { } kept && (kept.Machine ?? Of(machine)) == Of(machine) ? new(kept.UserName, kept.Password) : null;

    /// <summary>A secret kept before they were bound becomes that of the machine it has opened until now.</summary>
    public static void BindFeedSecret(this SecretVault vault, Guid deviceId, Uri machine)
    {
        if (Kept(vault, deviceId) is { Machine: null } kept) vault.KeepFeedSecret(deviceId, machine, new(kept.UserName, kept.Password));
    }

    public static void EraseFeedSecret(this SecretVault vault, Guid deviceId) => vault.Erase(Name(deviceId));

    /// <summary>A secret given for the one may be shown to the other.</summary>
    public static bool IsSameMachine(Uri one, Uri other) => Of(one) == Of(other);

    static Bound? Kept(SecretVault vault, Guid deviceId) =>
        vault.Get(Name(deviceId)) is { } secret ? JsonSerializer.Deserialize<Bound>(secret.Reveal(), EventCatalog.Json) : null;

    static string Of(Uri machine) => $"{machine.Scheme}://{machine.IdnHost}{(machine.IsDefaultPort ? "" : $":{machine.Port}")}";

    static string Name(Guid deviceId) => $"feed/{deviceId:N}";

    sealed record Bound(string UserName, string Password, string? Machine = null)
    {
        public override string ToString() => "feed credentials";
    }
}
