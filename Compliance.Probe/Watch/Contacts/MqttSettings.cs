namespace Compliance.Probe.Watch.Contacts;

/// <summary>The broker at which the contacts of exits speak (section <c>Probe:Mqtt</c>).</summary>
internal sealed record MqttSettings
{
    /// <summary>Null: no contact is read by MQTT.</summary>
    public string? Host { get; init; }

    /// <summary>Null: 1883, with TLS 8883.</summary>
    public int? Port { get; init; }

    public bool Tls { get; init; }

    /// <summary>A certificate (PEM) that vouches for the broker; null: those the system trusts.</summary>
    public string? CaFile { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Better than <see cref="Password"/>.</summary>
    public string? PasswordFile { get; init; }

    public string? Secret => PasswordFile is { } file ? File.ReadAllText(file).Trim() : Password;

    public override string ToString() => $"broker {Host}";
}
