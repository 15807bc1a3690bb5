using System.Text.Json;
using Compliance.Api.Vault;
using Compliance.Domain.Devices;
using Compliance.Domain.Kernel;

namespace Compliance.Api.Feeds;

/// <summary>Where in the vault the secret of one camera stands.</summary>
static class FeedSecrets
{
    public static void KeepFeedSecret(this SecretVault vault, Guid deviceId, FeedCredentials credentials) =>
        vault.Put(Name(deviceId), new(JsonSerializer.Serialize(credentials, EventCatalog.Json)));

    /// <summary>Null for a camera that asks for none.</summary>
    public static FeedCredentials? FeedSecretOf(this SecretVault vault, Guid deviceId) =>
        vault.Get(Name(deviceId)) is { } secret ? JsonSerializer.Deserialize<FeedCredentials>(secret.Reveal(), EventCatalog.Json) : null;

    public static void EraseFeedSecret(this SecretVault vault, Guid deviceId) => vault.Erase(Name(deviceId));

    static string Name(Guid deviceId) => $"feed/{deviceId:N}";
}
