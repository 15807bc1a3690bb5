namespace Compliance.Domain.Alerts;

/// <summary>By which key pushed messages are signed (RFC 8292), in base64url, for the browser that subscribes; null where nothing is pushed.</summary>
public sealed record PushKey(string? PublicKey);

/// <summary>A browser that wants to be told of new incidents, as its Push API describes it. Its text never holds the address: whoever knows it can reach the device.</summary>
/// <param name="Endpoint">At the browser's push service.</param>
/// <param name="P256dh">The browser's public key, base64url of an uncompressed point on P-256.</param>
/// <param name="Auth">The secret that belongs to it, base64url of 16 bytes.</param>
/// <param name="District">Whose desk; null: all of them.</param>
public sealed record PushDevice(string Endpoint, string P256dh, string Auth, string? District)
{
    public override string ToString() => "a device";
}

/// <summary>That a browser is no longer to be told.</summary>
public sealed record PushDeviceGone(string Endpoint)
{
    public override string ToString() => "a device";
}

/// <summary>What is pushed, encrypted for the device: enough to say in its reader's language what and where.</summary>
public sealed record PushedIncident(Guid Incident, AlertKind Kind, Urgency Urgency, string NameKk, string NameRu);
