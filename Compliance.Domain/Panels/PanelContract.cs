namespace Compliance.Domain.Panels;

/// <summary>A panel as a page gets it.</summary>
/// <param name="LastHeard">When it was heard last: telemetry, gone with the process.</param>
public sealed record PanelShown(PanelCard Card, DateTimeOffset? LastHeard);

/// <summary>What connects a panel. Its text never holds the key.</summary>
/// <param name="Account">3 to 16 hexadecimal digits.</param>
/// <param name="Key">16, 24 or 32 bytes in hexadecimal; null leaves the one it has; empty takes it away.</param>
/// <param name="Source">An address or a network; null: from anywhere.</param>
public sealed record PanelEnrolment(string Account, string? Key, string? Source, int PollSeconds)
{
    public override string ToString() => $"panel {Account}";
}

/// <summary>All zones of a panel.</summary>
public sealed record PanelZones(IReadOnlyList<PanelZone> Zones);

/// <summary>Opens a test.</summary>
public sealed record PanelTestAsked(Guid TestId);
