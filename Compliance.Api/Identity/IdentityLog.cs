namespace Compliance.Api.Identity;

/// <summary>What the sign-in pages tell the operator of the host; never a credential.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(LogLevel.Information, "A passkey was refused: {Because}")]
    public static partial void PasskeyRefused(this ILogger log, string? because);

    [LoggerMessage(LogLevel.Warning, "The keys over passwords and names are guarded by the access rights of their folder alone; {Setting} names a certificate to seal them with")]
    public static partial void KeysUnsealed(this ILogger log, string setting);
}
