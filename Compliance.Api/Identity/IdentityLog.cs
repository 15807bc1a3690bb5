namespace Compliance.Api.Identity;

/// <summary>What the sign-in pages tell the operator of the host; never a credential.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(LogLevel.Information, "A passkey was refused: {Because}")]
    public static partial void PasskeyRefused(this ILogger log, string? because);
}
